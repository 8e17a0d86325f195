"""What is told to citizens, in which words, and what the two slips say; pure."""

import base64
import hashlib
import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import msgspec
import segno
from msgspec import Struct

from backend.dossiers.model.events import DossierMoved, DossierSubmitted, SupplementAsked
from backend.dossiers.model.record import Receipt
from backend.dossiers.model.states import AT_WORK
from backend.payments.model.words import (
    ExemptionDecided,
    MoneySetAside,
    ObligationQuoted,
    ObligationSettled,
    RefundGiven,
)
from backend.platform.kit.clock import iso
from backend.platform.kit.errors import Problem

Money = MoneySetAside | ObligationSettled | ObligationQuoted | RefundGiven | ExemptionDecided
Told = DossierSubmitted | DossierMoved | SupplementAsked | Money
"""The events that citizens hear of."""

SlipKind = Literal["receipt", "slip", "fee_receipt", "paid"]

Reach = Literal["message", "log"]
"""How messages go out: to phones, or only into the log of a demo."""

_BY_VERB = {
    "accept": "accepted",
    "decline": "declined",
    "expire": "expired",
    "stop": "stopped",
    "withdraw": "withdrawn",
    "finish": "result_ready",
}
_DATED = frozenset({"accepted", "answered"})
_ACCEPTED = frozenset({"accepted", "accepted_without_date"})


class NotYet(Problem):
    """The slip exists from acceptance on, the receipt from submission on."""

    status = 409
    slug = "not-yet"
    title = "Chưa có giấy hẹn. Giấy hẹn có sau khi phường tiếp nhận hồ sơ."


class Notice(Struct, frozen=True, kw_only=True):
    """One notice on its way (thông báo): to a phone, in plain words, without whole names."""

    at: str
    code: str
    to: str
    event: str
    text: str


class Blanks(Struct, frozen=True, kw_only=True):
    """What is filled into the words of a notice."""

    code: str
    procedure: str = ""
    office: str = ""
    date: str = ""
    provisional: bool = False
    paused: bool = False
    amount: str = ""
    digits: str = ""
    track: str = ""
    owner: str = ""
    """Whose dossier it is, masked; empty where who is told filed it for themselves."""
    visit: str = ""
    """When they still have to come; empty where nobody has to."""


class Proof(Struct, frozen=True):
    """What a verification token says (mã kiểm tra); fields in the order of the alphabet."""

    at: str
    code: str
    digest: str
    kind: SlipKind
    unit: str
    v: int = 1


def kind_of(event: Told) -> str | None:
    """Tell what a citizen hears of an event; None when nothing."""
    if isinstance(event, DossierSubmitted):
        return "submitted"
    if isinstance(event, DossierMoved):
        goes_on = event.verb == "answer" and event.after in AT_WORK
        return "answered" if goes_on else _BY_VERB.get(event.verb)
    if isinstance(event, SupplementAsked):
        return "supplement" if event.by == "officer" else "retake"
    return _of_money(event)


def _of_money(event: Money) -> str | None:
    if isinstance(event, ObligationQuoted):
        return "quoted" if event.amount else None
    if isinstance(event, MoneySetAside):
        return event.reason if event.reason in {"short", "second", "ended"} else None
    if isinstance(event, RefundGiven):
        return "given_back"
    if isinstance(event, ExemptionDecided):
        return _of_exemption(event)
    return "paid" if event.state == "paid" else None


def _of_exemption(event: ExemptionDecided) -> str:
    if not event.granted:
        return "not_exempt" if event.until else "not_exempt_paid"
    return "exempt_given_back" if event.amount else "exempt"


def key_of(event: Told) -> str:
    """Name an event so that it is told once on each channel, however often it is heard."""
    if isinstance(event, DossierMoved):
        return f"{event.dossier}:{event.verb}:{event.rev}"
    if isinstance(event, SupplementAsked):
        return f"{event.dossier}:asked:{event.supplement}"
    if isinstance(event, DossierSubmitted):
        return f"{event.dossier}:submitted"
    return f"{event.dossier}:{type(event).__name__}:{iso(event.at)}:{event.amount}"


@lru_cache(maxsize=4)
def words(language: str) -> Mapping[str, str]:
    """Read the words of a language: `vi`, the source, or `en`."""
    text = files("backend.notices").joinpath(f"words/{language}.toml").read_text("utf-8")
    return tomllib.loads(text)


def worded(kind: str, blanks: Blanks, *, language: str = "vi") -> str:
    """Write a notice."""
    known = words(language)
    if kind in _DATED and not blanks.date:
        kind = f"{kind}_without_date"
    filled = msgspec.structs.asdict(blanks)
    parts = {
        "for_another": bool(blanks.owner),
        kind: True,
        "to_come": kind in _ACCEPTED and bool(blanks.visit),
        "paused": kind == "supplement" and blanks.paused,
        "provisional": kind in _DATED and blanks.provisional,
    }
    said = [part for part, fits in parts.items() if fits]
    return " ".join(known[one].format_map(filled) for one in said)


def proof_of(receipt: Receipt, *, kind: SlipKind, at: datetime) -> bytes:
    """Write what the verification token of a receipt or slip signs, as canonical JSON."""
    digest = hashlib.sha256(receipt.payload()).digest()
    proof = Proof(
        at=iso(at),
        code=receipt.code,
        digest=base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        kind=kind,
        unit=receipt.unit,
    )
    return msgspec.json.encode(proof)


def receipt_proof(receipt: Receipt) -> bytes:
    """Write what proves a receipt, on paper and on the screen: its own moment, byte for byte."""
    return proof_of(receipt, kind="receipt", at=datetime.fromisoformat(receipt.at))


def proof_symbol(text: str) -> tuple[str, ...]:
    """Draw the QR symbol of a verification link at level M: it is long, and paper is smooth."""
    made = segno.make(text, error="m", boost_error=False, micro=False)
    return tuple("".join("1" if dark else "0" for dark in row) for row in made.matrix)
