"""Fees (phí, lệ phí): what is owed, tries to pay, money that came, whom to give it back.

An obligation has attempts, and money is posted to them; states are folded from that money and
never set by hand, so that the order in which notices arrive does not matter. `start` calls the
provider after the attempt is committed; `Adapters` are the translators that are switched on.
"""

from backend.payments.actions.adapters import Adapters
from backend.payments.actions.auditing import Audit, audit
from backend.payments.actions.changing import (
    ask_exemption,
    grant_exemption,
    refuse_exemption,
    restate,
)
from backend.payments.actions.closing import (
    close_day,
    foreign_money,
    listed_closes,
    one_close,
    readers,
    sign_close,
)
from backend.payments.actions.deciding import Deciding, count, explain, give_back, match, move, note
from backend.payments.actions.evidence import has_provider_bill, provider_bill
from backend.payments.actions.giving import approve as approve_refund
from backend.payments.actions.giving import listed as refunds
from backend.payments.actions.giving import one as refund
from backend.payments.actions.health import report as health
from backend.payments.actions.hearing import hear
from backend.payments.actions.lending import end_lending, lend, lent_to
from backend.payments.actions.looking import decided, explained, suggestions, unmatched
from backend.payments.actions.looking import one as unmatched_one
from backend.payments.actions.owing import (
    bill,
    cancel,
    hold,
    is_exempt,
    kept,
    of_dossier,
    of_dossiers,
    on_moved,
    paid_online,
)
from backend.payments.actions.owing import open_for as open  # noqa: A004 - read as payments.open
from backend.payments.actions.owing import quote_for as quote
from backend.payments.actions.paying import collect, start
from backend.payments.actions.refunding import confirm as confirm_refund
from backend.payments.actions.refunding import pay_out as pay_out_refund
from backend.payments.actions.refunding import reject as reject_refund
from backend.payments.actions.refunding import send_back as send_back_refund
from backend.payments.actions.settling import Source, settle
from backend.payments.actions.shifts import (
    close_shift,
    listed_shifts,
    one_shift,
    open_shift,
    takings,
)
from backend.payments.model.closing import (
    CloseLine,
    CloseSigned,
    DailyClose,
    Foreign,
    NoStatement,
)
from backend.payments.model.desk import DeskVerb, MoneyDecided, MoneyGivenBack, MoneyTakenBack
from backend.payments.model.refunds import (
    OPEN,
    NotByProvider,
    RefundDecided,
    RefundState,
    RefundVerb,
    Route,
    SamePerson,
    TooMuchBack,
)
from backend.payments.model.shifts import Counted, Shift, ShiftClosed, ShiftOpen, Taking
from backend.payments.model.words import (
    AlreadyPaid,
    Attempt,
    Bill,
    Decided,
    ExemptionDecided,
    FeeKind,
    Kept,
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
    Payee,
    Priced,
    ProviderDeciding,
    ProviderHealth,
    RefundGiven,
    RefundLine,
    Suggestion,
    Unmatched,
    Way,
    WayDown,
    due_settled,
)

__all__ = [
    "OPEN",
    "Adapters",
    "AlreadyPaid",
    "Attempt",
    "Audit",
    "Bill",
    "CloseLine",
    "CloseSigned",
    "Counted",
    "DailyClose",
    "Decided",
    "Deciding",
    "DeskVerb",
    "ExemptionDecided",
    "FeeKind",
    "Foreign",
    "Kept",
    "Line",
    "MoneyDecided",
    "MoneyGivenBack",
    "MoneySetAside",
    "MoneyTakenBack",
    "NextAction",
    "NoStatement",
    "NotByProvider",
    "NothingDue",
    "Obligation",
    "ObligationBrief",
    "ObligationQuoted",
    "ObligationRestated",
    "ObligationSettled",
    "Opened",
    "Payee",
    "Priced",
    "ProviderDeciding",
    "ProviderHealth",
    "RefundDecided",
    "RefundGiven",
    "RefundLine",
    "RefundState",
    "RefundVerb",
    "Route",
    "SamePerson",
    "Shift",
    "ShiftClosed",
    "ShiftOpen",
    "Source",
    "Suggestion",
    "Taking",
    "TooMuchBack",
    "Unmatched",
    "Way",
    "WayDown",
    "approve_refund",
    "ask_exemption",
    "audit",
    "bill",
    "cancel",
    "close_day",
    "close_shift",
    "collect",
    "confirm_refund",
    "count",
    "decided",
    "due_settled",
    "end_lending",
    "explain",
    "explained",
    "foreign_money",
    "give_back",
    "grant_exemption",
    "has_provider_bill",
    "health",
    "hear",
    "hold",
    "is_exempt",
    "kept",
    "lend",
    "lent_to",
    "listed_closes",
    "listed_shifts",
    "match",
    "move",
    "note",
    "of_dossier",
    "of_dossiers",
    "on_moved",
    "one_close",
    "one_shift",
    "open",
    "open_shift",
    "paid_online",
    "pay_out_refund",
    "provider_bill",
    "quote",
    "readers",
    "refund",
    "refunds",
    "refuse_exemption",
    "reject_refund",
    "restate",
    "send_back_refund",
    "settle",
    "sign_close",
    "start",
    "suggestions",
    "takings",
    "unmatched",
    "unmatched_one",
]
