"""Casso's notices of movements, as developer.casso.vn publishes them, old form and new; pure.

V1 shows a shared token and proves nothing of what it says; V2 signs the whole body with its keys
sorted at every level, written as JavaScript writes JSON.
"""

import hmac
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha512
from typing import Annotated

from msgspec import Meta, Raw, Struct

from payment_adapters.bank_notice.names import VIETNAM, name_of
from payment_adapters.contract import BadSignature, Malformed, Observation, Secret
from payment_adapters.strict import check_timestamp, read_json

TOKEN = "secure-token"  # noqa: S105 - the name of a header
SIGNATURE = "x-casso-signature"

_Text = Annotated[str, Meta(max_length=1000)]
_Account = Annotated[str, Meta(max_length=34)]
_Id = Annotated[int, Meta(ge=0, le=2**63 - 1)]
_Signed = Annotated[int, Meta(ge=-(10**12), le=10**12)]
_Moment = Annotated[str, Meta(max_length=32)]
_LARGEST_EXACT = 1e21
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Line(Struct, frozen=True):
    """One movement as V1 tells it; a negative amount goes out."""

    id: _Id
    amount: _Signed
    when: _Moment
    description: _Text | None = None
    tid: _Text | None = None
    bank_sub_acc_id: _Account | None = None
    subAccId: _Account | None = None  # noqa: N815 - Casso's name


class First(Struct, frozen=True):
    """The body of V1: several movements in one call."""

    error: int
    data: Annotated[list[Line], Meta(max_length=1000)]


class Movement(Struct, frozen=True):
    """One movement as V2 tells it; the id 0 is a trial call."""

    id: _Id
    amount: _Signed
    transactionDateTime: _Moment  # noqa: N815 - Casso's names
    accountNumber: _Account  # noqa: N815
    description: _Text | None = None
    reference: _Text | None = None
    virtualAccountNumber: _Account | None = None  # noqa: N815


class Second(Struct, frozen=True):
    """The body of V2: one movement."""

    error: int
    data: Movement


def check_token(secret: Secret, token: str) -> None:
    """Prove that V1's caller knows the token; BadSignature otherwise."""
    if not hmac.compare_digest(token.encode(), secret.reveal()):
        raise BadSignature("token")


def sign(secret: Secret, body: bytes, *, at: datetime) -> dict[str, str]:
    """Sign a body as V2 does."""
    milliseconds = str((at - _EPOCH) // timedelta(milliseconds=1))
    return {"X-Casso-Signature": f"t={milliseconds},v1={_signature(secret, milliseconds, body)}"}


def check(secret: Secret, body: bytes, *, signature: str, now: datetime) -> None:
    """Prove a body of V2 genuine and fresh; BadSignature, or Malformed where it is no JSON."""
    stamp, _, given = signature.partition(",v1=")
    milliseconds = stamp.removeprefix("t=")
    if not stamp.startswith("t=") or not (milliseconds.isascii() and milliseconds.isdigit()):
        raise BadSignature("signature")
    read_json(body, dict[str, Raw])
    wanted = _signature(secret, milliseconds, body)
    if not hmac.compare_digest(given.encode(), wanted.encode()):
        raise BadSignature("signature")
    check_timestamp(milliseconds[:-3], now=now)


def read_first(body: bytes, *, by_reference: bool = False) -> tuple[Observation, ...]:
    """Read a body of V1; what goes out is no payment to us."""
    said = read_json(body, First)
    if said.error:
        raise Malformed("error")
    seen = (
        _observed(
            amount=line.amount,
            account=line.subAccId or line.bank_sub_acc_id,
            memo=line.description,
            txn=name_of(line.tid if by_reference else None, otherwise=str(line.id)),
            moment=line.when,
        )
        for line in said.data
    )
    return tuple(one for one in seen if one is not None)


def read_second(body: bytes, *, by_reference: bool = False) -> tuple[Observation, ...]:
    """Read a body of V2; a trial call, and what goes out, is no payment to us."""
    said = read_json(body, Second)
    line = said.data
    if said.error:
        raise Malformed("error")
    if line.id == 0:
        return ()
    seen = _observed(
        amount=line.amount,
        account=line.virtualAccountNumber or line.accountNumber,
        memo=line.description,
        txn=name_of(line.reference if by_reference else None, otherwise=str(line.id)),
        moment=line.transactionDateTime,
    )
    return () if seen is None else (seen,)


def canonical(body: bytes) -> bytes:
    """Write a JSON body as V2 signs it: keys sorted at every level, no spaces, letters as is."""
    value = json.loads(body, parse_float=_number)
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError:
        raise Malformed("half a letter") from None


def _observed(
    *, amount: int, account: str | None, memo: str | None, txn: str, moment: str
) -> Observation | None:
    if amount <= 0:
        return None
    if not account:
        raise Malformed("account")
    return Observation(
        status="succeeded",
        amount=amount,
        account=account,
        memo=memo or "",
        txn=txn,
        occurred_at=_moment(moment),
    )


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed("moment") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)


def _signature(secret: Secret, milliseconds: str, body: bytes) -> str:
    message = milliseconds.encode() + b"." + canonical(body)
    return hmac.new(secret.reveal(), message, sha512).hexdigest()


def _number(text: str) -> int | float:
    """Read a number with a point or an exponent as JavaScript writes it again."""
    number = float(text)  # not money: amounts are read as whole numbers
    return int(number) if abs(number) < _LARGEST_EXACT and number.is_integer() else number
