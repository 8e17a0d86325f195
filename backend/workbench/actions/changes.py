"""What citizens changed after filing (bổ sung): earlier answers, and a fee that hangs on them."""

from backend import dossiers
from backend.catalogue import Answers, Procedure, Quote
from backend.dossiers import Opened
from backend.payments import Obligation
from backend.platform.kit.clock import VIETNAM
from backend.workbench.model.signals import UNSETTLED, Changed, FeeByAnswers, earlier


async def changed(found: Opened, obligation: Obligation | None) -> Changed | None:
    """Say what was answered anew since filing; None where the answers are as they were filed."""
    before = await dossiers.answers_before(found)
    now = found.private().answers
    if before is None or before == now:
        return None
    procedure = await dossiers.procedure_of(found.dossier)
    quoted, filed = _quote(found, procedure, now), _quote(found, procedure, before)
    fee = _fee(quoted, filed, obligation)
    return Changed(earlier(before, now), fee)


def _fee(quoted: Quote | None, filed: Quote | None, owed: Obligation | None) -> FeeByAnswers | None:
    """Give the fee of the new answers where they changed it and another one is written."""
    if quoted is None or filed is None or owed is None or owed.state not in UNSETTLED:
        return None
    if quoted.amount in {None, filed.amount, owed.amount}:
        return None
    return FeeByAnswers(quoted.amount or 0, quoted.lines)


def _quote(found: Opened, procedure: Procedure, answers: Answers) -> Quote | None:
    """Price answers by what was in force on the day of filing."""
    one = found.dossier
    on = (one.submitted_at or one.created_at).astimezone(VIETNAM).date()
    return procedure.quote(answers, unit=one.unit, channel=one.channel, on=on)
