"""The sandbox's two signed services at the pretend bank: make a payment known, ask about it."""

import asyncio
from collections.abc import Mapping

import msgspec

from backend.demo.bank.ledger import Payment
from backend.demo.bank.teller import VIETNAM, Teller
from payment_adapters.contract import AdapterError, Secret
from payment_adapters.sandbox import wire
from payment_adapters.strict import read_json

START_LOST_SECONDS = 30.0
_LEAST, _MOST = 1_000, 500_000_000

Reply = tuple[int, dict[str, str], bytes]


async def start(teller: Teller, headers: Mapping[str, str], body: bytes, *, origin: str) -> Reply:
    """Make a payment known; the same reference with the same content is the same payment."""
    try:
        secret = _proven(teller, headers, body, "start")
        wish = read_json(body, wire.Start)
    except AdapterError:
        return 401, {}, b""
    if not _LEAST <= wish.amount <= _MOST:
        return 422, {}, msgspec.json.encode(wire.Refusal(code="amount"))
    known = teller.ledger.payment(wish.ref)
    script = known.script if known else teller.scripted(wish.amount)
    payment = Payment(**msgspec.structs.asdict(wish), script=script)
    if known is not None and _wish_of(known) != _wish_of(payment):
        return 409, {}, b""
    if known is None:
        teller.ledger.keep(payment)
        await _begin(teller, payment)
    answer = wire.StartAnswer(
        merchant=wish.merchant,
        ref=wish.ref,
        pay_url=f"{origin}{wire.PAGE}{wish.ref}",
        expires_at=wish.expires_at.astimezone(VIETNAM),
    )
    return _signed(teller, secret, msgspec.json.encode(answer))


async def _begin(teller: Teller, payment: Payment) -> None:
    """Play what the script wants around the answer to `start`."""
    if payment.script == "notice_first":
        teller.settle(payment.ref, payment.script)
        await teller.work_once()
    elif payment.script == "pay_at_once":
        due = teller.clock().timestamp() + 0.2
        teller.ledger.add_task("settle", payment.ref, {"script": payment.script}, due=due)
    elif payment.script == "start_lost":
        await asyncio.sleep(START_LOST_SECONDS)


async def query(teller: Teller, headers: Mapping[str, str], body: bytes) -> Reply:
    """Say what became of a payment, as far as its script lets the bank know."""
    try:
        secret = _proven(teller, headers, body, "query")
        question = read_json(body, wire.Query)
    except AdapterError:
        return 401, {}, b""
    payment = teller.ledger.payment(question.ref)
    answer = wire.QueryAnswer(merchant=question.merchant, ref=question.ref, status="not_found")
    if payment is not None and payment.status in ("open", "pending"):
        answer = msgspec.structs.replace(answer, status="pending")
    elif payment is not None:
        answer = wire.QueryAnswer(
            merchant=question.merchant,
            ref=question.ref,
            status=payment.status,  # type: ignore[arg-type]
            amount=payment.paid,
            txn=payment.txn,
            at=payment.at,
            code=payment.code,
        )
    return _signed(teller, secret, msgspec.json.encode(answer))


def _wish_of(payment: Payment) -> tuple[object, ...]:
    return (
        payment.merchant,
        payment.amount,
        payment.description,
        payment.return_url,
        payment.notice_url,
        payment.expires_at,
    )


def _proven(
    teller: Teller, headers: Mapping[str, str], body: bytes, purpose: wire.Purpose
) -> Secret:
    secret = Secret(teller.demo().sandbox_secret or "unknown")
    wire.check(
        secret,
        purpose,
        body,
        timestamp=headers.get(wire.TIMESTAMP, ""),
        signature=headers.get(wire.SIGNATURE, ""),
        now=teller.clock(),
    )
    return secret


def _signed(teller: Teller, secret: Secret, body: bytes) -> Reply:
    return 200, wire.sign(secret, "answer", body, at=teller.clock()), body
