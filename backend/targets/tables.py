"""What the leader's figures are made from: one row a dossier, one row a goal."""

from piccolo.columns import UUID, BigInt, Boolean, Date, DoublePrecision, Timestamptz, Varchar
from piccolo.table import Table


class TargetFact(Table, tablename="target_facts"):
    """One accepted dossier as the indicators see it; written in the move's own transaction."""

    dossier = UUID(primary_key=True, default=None)
    code = Varchar(length=13)
    unit = Varchar()
    procedure = Varchar()
    channel = Varchar()
    accepted_at = Timestamptz()
    accepted_on = Date()
    due_on = Date(null=True)
    ended_on = Date(null=True)
    waiting_since = Date(null=True)
    amount = BigInt()
    exempt = Boolean()
    paid_online = Boolean()


class TargetGoal(Table, tablename="target_goals"):
    """A goal (chỉ tiêu được giao) of one unit in one year, tied to the unit's head."""

    unit = Varchar(primary_key=True)
    year = BigInt()
    indicator = Varchar()
    percent = DoublePrecision()
    head = Varchar()
