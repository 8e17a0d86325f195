"""Fees (phí, lệ phí): what is owed, tries to pay, money that came, whom to give it back.

An obligation has attempts, and money is posted to them; states are folded from that money and
never set by hand, so that the order in which notices arrive does not matter. `start` calls the
provider after the attempt is committed; `Adapters` are the translators that are switched on.
"""

from backend.payments.actions.adapters import Adapters
from backend.payments.actions.hearing import hear, unmatched
from backend.payments.actions.owing import (
    bill,
    cancel,
    hold,
    of_dossier,
    of_dossiers,
    on_moved,
    paid_online,
)
from backend.payments.actions.owing import open_for as open  # noqa: A004 - read as payments.open
from backend.payments.actions.owing import quote_for as quote
from backend.payments.actions.paying import collect, start
from backend.payments.actions.settling import Source, settle
from backend.payments.model.words import (
    AlreadyPaid,
    Attempt,
    Bill,
    Line,
    MoneySetAside,
    NextAction,
    NothingDue,
    Obligation,
    ObligationBrief,
    ObligationQuoted,
    ObligationRestated,
    ObligationSettled,
    Opened,
    Priced,
    ProviderDeciding,
    Unmatched,
    Way,
    due_settled,
)

__all__ = [
    "Adapters",
    "AlreadyPaid",
    "Attempt",
    "Bill",
    "Line",
    "MoneySetAside",
    "NextAction",
    "NothingDue",
    "Obligation",
    "ObligationBrief",
    "ObligationQuoted",
    "ObligationRestated",
    "ObligationSettled",
    "Opened",
    "Priced",
    "ProviderDeciding",
    "Source",
    "Unmatched",
    "Way",
    "bill",
    "cancel",
    "collect",
    "due_settled",
    "hear",
    "hold",
    "of_dossier",
    "of_dossiers",
    "on_moved",
    "open",
    "paid_online",
    "quote",
    "settle",
    "start",
    "unmatched",
]
