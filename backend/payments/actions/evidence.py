"""A provider's own receipt (chứng từ của bên thanh toán), fetched once and kept as evidence.

It may name the payer, so it is sealed under a key of its own.
"""

import asyncio
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from backend.payments.actions import asking
from backend.payments.actions.adapters import Adapters
from backend.payments.actions.settling import Fetch
from backend.payments.store import attempts, bills, obligations
from backend.payments.store.rows import BillRow
from backend.platform.kit import logs
from backend.platform.kit.errors import NotFound
from backend.platform.vault import Vault

PATIENCE = timedelta(days=7)
"""How long a receipt is asked for; a provider that gives none is not asked for ever."""

_DEADLINE = 20.0
_PDF = "provider_bills.pdf"
_logger = logs.get("payments")


async def fetch(work: Fetch, *, adapters: Adapters, vault: Vault, now: datetime) -> None:
    """Fetch a receipt and keep it; what cannot be had now is tried again by the job."""
    attempt = await attempts.get(work.attempt)
    adapter = adapters.find(attempt.adapter) if attempt else None
    if attempt is None or adapter is None or attempt.state != "succeeded":
        return
    if await bills.has(attempt.id):
        return
    if now - attempt.created_at > PATIENCE:
        _logger.warning("no-provider-bill", extra={"adapter": attempt.adapter})
        return
    obligation = await obligations.get(attempt.obligation)
    async with asyncio.timeout(_DEADLINE):
        pdf = await adapter.fetch_bill(
            adapters.context(attempt.adapter), asking.as_adapter_sees(attempt, obligation)
        )
    wrapped, key = vault.new_key(attempt.id)
    await bills.keep(
        BillRow(
            attempt=attempt.id,
            at=now,
            digest=sha256(pdf).digest(),
            wrapped_key=wrapped,
            sealed=key.seal(_PDF, pdf),
        )
    )


async def provider_bill(dossier: UUID, *, vault: Vault) -> bytes:
    """Open the receipt that a provider gave out for a dossier's payment; NotFound."""
    row = await _kept(dossier)
    if row is None:
        raise NotFound
    return vault.open_key(row.wrapped_key, row.attempt).open(_PDF, row.sealed)


async def has_provider_bill(dossier: UUID) -> bool:
    """Tell whether there is one."""
    return await _kept(dossier) is not None


async def _kept(dossier: UUID) -> BillRow | None:
    obligation = await obligations.of(dossier)
    tries = await attempts.of(obligation.id) if obligation else []
    return await bills.of([one.id for one in tries if one.state in {"succeeded", "review"}])
