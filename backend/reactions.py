"""Who reacts to what (ai theo sau việc gì): the whole flow of the house on one screen.

`together` runs inside the transaction that made the event true; `later` are jobs by topic, done
at least once after its commit.
"""

from collections.abc import Mapping

from backend import forwarding, payments, targets
from backend.attachments import FileChecked
from backend.dossiers import DossierMoved, DossierSubmitted, SupplementAnswered, SupplementAsked
from backend.fee_receipts import FOLLOW
from backend.intake.jobs import NOTE_UNREADABLE
from backend.notices.jobs import TELL
from backend.payments import (
    ExemptionDecided,
    MoneySetAside,
    ObligationQuoted,
    ObligationRestated,
    ObligationSettled,
    RefundGiven,
)
from backend.platform.outbox import Event, Reaction

TABLE: Mapping[type[Event], Reaction] = {
    FileChecked: Reaction(later=(NOTE_UNREADABLE,)),  # told of unreadable ones only
    DossierSubmitted: Reaction(together=(forwarding.on_submitted,), later=(TELL,)),
    DossierMoved: Reaction(
        together=(payments.on_moved, targets.follow_move, forwarding.on_moved), later=(TELL,)
    ),
    SupplementAsked: Reaction(later=(TELL,)),
    SupplementAnswered: Reaction(),
    MoneySetAside: Reaction(later=(TELL,)),
    ExemptionDecided: Reaction(later=(TELL,)),
    ObligationQuoted: Reaction(later=(TELL,)),
    ObligationRestated: Reaction(together=(targets.follow_money,), later=(FOLLOW,)),
    RefundGiven: Reaction(later=(TELL,)),
    ObligationSettled: Reaction(
        together=(targets.follow_money, forwarding.on_settled), later=(TELL, FOLLOW)
    ),
}
