"""Telling what is payable (tra cứu khoản phải nộp): a platform asks about a dossier.

The citizen then pays there what was filed with us. The answer carries a reference of ours, so an
attempt is made for it; nothing that the citizen has begun elsewhere is put aside by a question.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from backend import dossiers
from backend.payments.actions import asking, billing, paying, settling
from backend.payments.actions.adapters import Adapters
from backend.payments.actions.hearing import LONGEST_BODY
from backend.payments.model.states import ATTEMPT_MOVES, PAYABLE
from backend.payments.store import attempts, obligations
from backend.payments.store.rows import AttemptRow, ObligationRow
from backend.platform import audit, db, limits
from backend.platform.kit import logs
from backend.platform.kit.errors import Malformed, NotFound, Unauthorised
from backend.platform.kit.ids import Randomness
from payment_adapters import contract

PATIENCE = timedelta(hours=24)
"""How long what was told may be paid there before it counts as late; late money pays too."""

MOST_QUESTIONS = 30
_HOUR = timedelta(hours=1)
_logger = logs.get("payments")


async def tell(
    name: str, request: contract.RawRequest, *, adapters: Adapters, random: Randomness
) -> contract.RawReply:
    """Answer in the platform's form what is payable for the dossier that it asks about.

    NotFound when no adapter of this name answers, Unauthorised when the question is not proven,
    Malformed, TooMany (for one dossier).
    """
    adapter, ctx = adapters.answering(name), adapters.context(name)
    now = adapters.now()
    try:
        dossier = await dossiers.by_code(_asked_for(adapter, ctx, request))
    except NotFound:
        return adapter.lookup_reply(ctx, None, known=False)
    await limits.hit("payments.lookup", dossier.id.hex, limit=MOST_QUESTIONS, window=_HOUR, now=now)
    found = await _offered(dossier.id, adapter, adapters=adapters, random=random, now=now)
    if found is None:
        return adapter.lookup_reply(ctx, None)
    attempt, obligation = found
    bill = await billing.bill_of(obligation)
    seen = replace(asking.as_adapter_sees(attempt, obligation), bill=bill)
    return adapter.lookup_reply(ctx, seen)


def _asked_for(
    adapter: contract.Adapter, ctx: contract.Context, request: contract.RawRequest
) -> str:
    if len(request.body) > LONGEST_BODY:
        raise Malformed
    try:
        return adapter.parse_lookup(ctx, request)
    except contract.BadSignature:
        _logger.warning("lookup-refused", extra={"adapter": adapter.spec.id})
        raise Unauthorised from None
    except contract.Malformed:
        raise Malformed from None


async def _offered(
    dossier: UUID,
    adapter: contract.Adapter,
    *,
    adapters: Adapters,
    random: Randomness,
    now: datetime,
) -> tuple[AttemptRow, ObligationRow] | None:
    """Find the attempt that is told, or make it; None while nothing may be paid there."""
    name = adapter.spec.id
    async with db.transaction():
        row = await obligations.lock(dossier)
        if row is None or row.state not in PAYABLE:
            return None
        row = await paying.with_account(row, adapters)
        tries = await attempts.of(row.id)
        deciding = any(one.state == "unknown" for one in tries)
        if deciding or not adapters.fits(adapter, row.due, account=row.account is not None):
            return None
        if live := paying.live_of(name, tries, now=now):
            return live, row
        return await _made(row, adapter, random=random, now=now), row


async def _made(
    row: ObligationRow, adapter: contract.Adapter, *, random: Randomness, now: datetime
) -> AttemptRow:
    """Make the attempt, in the caller's transaction: whoever pays has it before them already."""
    made = await paying.add(
        row, adapter, now=now, until=now + PATIENCE, random=random, description="Phí hồ sơ"
    )
    await attempts.move(made.id, "start", ATTEMPT_MOVES["created"]["start"])
    await asking.watch(made, adapter, now=now, random=random)
    await audit.write(
        actor=f"adapter:{adapter.spec.id}",
        verb="pay_told",
        dossier=row.dossier,
        unit=row.unit,
        facts={"attempt": str(made.id), "amount": made.amount},
        now=now,
    )
    await settling.match_parked(made, now=now)
    return made
