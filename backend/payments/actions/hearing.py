"""Hearing providers (nghe báo có): a notice is kept as it came, proven, and only then believed."""

from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.payments.actions import settling
from backend.payments.actions.adapters import Adapters
from backend.payments.store import inbox as notices
from backend.payments.store.rows import InboxRow
from backend.platform import db, limits
from backend.platform.kit import logs
from backend.platform.kit.errors import TooMany
from backend.platform.kit.ids import Randomness
from backend.platform.vault import DossierKey, Vault
from payment_adapters.contract import (
    BadSignature,
    Malformed,
    Notice,
    Outcome,
    RawReply,
    RawRequest,
)

LONGEST_BODY = 64 * 1024
_RAW = "notices_inbox.raw"
_REFUSED_AN_HOUR = 600
_KEEP_REFUSED = timedelta(days=30)
_UNFINISHED = timedelta(seconds=60)
_MOST_HEADERS = 50
_SAMPLE = 1024
_WORST_FIRST = (
    Outcome.RETRY_LATER,
    Outcome.AMOUNT_MISMATCH,
    Outcome.UNKNOWN_REF,
    Outcome.ACCEPTED,
    Outcome.DUPLICATE,
)
_logger = logs.get("payments")


async def hear(
    name: str,
    request: RawRequest,
    *,
    adapters: Adapters,
    vault: Vault,
    random: Randomness,
    now: datetime,
) -> RawReply:
    """Take a notice in and answer in the provider's form; no network call is made.

    The raw notice is committed before anything is read in it. A fault of ours is answered as
    "come again", never as heard. NotFound when no adapter of this name listens.
    """
    adapter = adapters.listening(name)
    inbox = UUID(bytes=random(16), version=4)
    try:
        key = await _keep(inbox, name, request, vault=vault, now=now)
        outcome = await _read(inbox, name, request, key=key, adapters=adapters, now=now)
    except Exception:
        _logger.exception("notice-not-taken", extra={"adapter": name})
        outcome = Outcome.RETRY_LATER
    return adapter.answer_notice(adapters.context(name, at=now), request, outcome)


async def finish_unread(*, adapters: Adapters, vault: Vault, now: datetime) -> int:
    """Read notices that a crash left unread, as of the moment they came (recurring work).

    One that cannot be read stays, and holds up none of the others.
    """
    left = await notices.unread(before=now - _UNFINISHED, most=50)
    for row in left:
        if adapters.find(row.adapter) is None:
            continue
        try:
            key = vault.open_key(row.wrapped_key, row.id)
            request = msgspec.json.decode(key.open(_RAW, row.sealed), type=RawRequest)
            await _read(row.id, row.adapter, request, key=key, adapters=adapters, now=row.at)
        except Exception:
            _logger.exception("notice-not-taken", extra={"adapter": row.adapter})
    await notices.forget_refused(before=now - _KEEP_REFUSED)
    return len(left)


async def _keep(
    inbox: UUID, name: str, request: RawRequest, *, vault: Vault, now: datetime
) -> DossierKey:
    wrapped, key = vault.new_key(inbox)
    cut = replace(
        request,
        headers=tuple(h for h in request.headers if h[0] != "cookie")[:_MOST_HEADERS],
        query=request.query[:LONGEST_BODY],
        body=request.body if len(request.body) <= LONGEST_BODY else request.body[:_SAMPLE],
    )
    await notices.receive(
        InboxRow(
            id=inbox,
            adapter=name,
            at=now,
            digest=sha256(request.body).digest(),
            wrapped_key=wrapped,
            sealed=key.seal(_RAW, msgspec.json.encode(cut)),
        )
    )
    return key


async def _read(
    inbox: UUID,
    name: str,
    request: RawRequest,
    *,
    key: DossierKey,
    adapters: Adapters,
    now: datetime,
) -> Outcome:
    try:
        notice = _parsed(name, request, adapters=adapters, now=now)
    except BadSignature:
        return await _refuse(inbox, name, Outcome.BAD_SIGNATURE, now=now)
    except Malformed:
        return await _refuse(inbox, name, Outcome.MALFORMED, now=now)
    source = settling.Source(adapter=name, inbox=inbox, key=key)
    async with db.transaction():
        outcomes = {
            await settling.settle(seen, source=source, adapters=adapters, now=now)
            for seen in notice.observations
        }
        outcome = next((one for one in _WORST_FIRST if one in outcomes), Outcome.ACCEPTED)
        await notices.judge(inbox, outcome.value)
    return outcome


async def _refuse(inbox: UUID, name: str, outcome: Outcome, *, now: datetime) -> Outcome:
    """Keep a refused notice as evidence, but not without end."""
    _logger.warning("notice-refused", extra={"adapter": name, "reason": outcome.value})
    try:
        await limits.hit(
            "refused-notices", name, limit=_REFUSED_AN_HOUR, window=timedelta(hours=1), now=now
        )
    except TooMany:
        await notices.forget(inbox)
    else:
        await notices.judge(inbox, outcome.value)
    return outcome


def _parsed(name: str, request: RawRequest, *, adapters: Adapters, now: datetime) -> Notice:
    if len(request.body) > LONGEST_BODY:
        raise Malformed("too long")
    return adapters.listening(name).parse_notice(adapters.context(name, at=now), request)
