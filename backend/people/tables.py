"""Officers, the units given to them with dates, and their sessions."""

from piccolo.columns import UUID, Bytea, Date, ForeignKey, Text, Timestamptz
from piccolo.table import Table


class OfficerRow(Table, tablename="officers"):
    """One officer; `ended_at` closes the account, the row stays for the journal."""

    id = UUID(primary_key=True, default=None)
    login = Text(unique=True)
    name = Text()
    role = Text()
    title = Text(null=True, default=None)
    password = Text(secret=True)
    created_at = Timestamptz()
    ended_at = Timestamptz(null=True, default=None)


class OfficerUnit(Table, tablename="officer_units"):
    """A unit given to an officer from a day on, until a day that no more counts."""

    officer = ForeignKey(OfficerRow)
    unit = Text()
    since = Date()
    until = Date(null=True, default=None)


class SessionRow(Table, tablename="sessions"):
    """A signed-in browser; only the SHA-256 of its token is kept."""

    token_hash = Bytea(primary_key=True, default=None)
    officer = ForeignKey(OfficerRow)
    started_at = Timestamptz()
    seen_at = Timestamptz()
