"""From the draft to the submission (nháp, nộp hồ sơ), and the citizen's key."""

from datetime import datetime
from uuid import UUID

import msgspec

from backend.catalogue import People
from backend.dossiers.actions.moving import add_step
from backend.dossiers.actions.reading import (
    PRIVATE,
    RECEIPT,
    Opened,
    procedure_of,
    track_mark,
)
from backend.dossiers.model.events import DossierSubmitted
from backend.dossiers.model.record import (
    NO_DEADLINE,
    Dossier,
    Draft,
    Private,
    Receipt,
    second_factors,
)
from backend.dossiers.model.states import allowed
from backend.dossiers.store import dossiers as store
from backend.platform import audit, outbox
from backend.platform.vault import Vault


async def keep_draft(
    dossier: UUID,
    draft: Draft,
    *,
    known: Opened | None,
    key_hash: bytes,
    vault: Vault,
    now: datetime,
) -> Opened | None:
    """Keep a draft (hồ sơ nháp), new or over the known one; None when somebody was first."""
    plain = msgspec.json.encode(draft.private)
    if known is None:
        wrapped, key = vault.new_key(dossier)
        sealed = key.seal(PRIVATE, plain)
        made = _drafted(dossier, draft, wrapped_key=wrapped, rev=1, created_at=now, now=now)
        kept = await store.insert_draft(
            dossier, draft, key_hash=key_hash, wrapped=wrapped, sealed=sealed, now=now
        )
    else:
        old, key = known.dossier, known.key
        sealed = key.seal(PRIVATE, plain)
        made = _drafted(
            dossier,
            draft,
            wrapped_key=old.wrapped_key,
            rev=old.rev + 1,
            created_at=old.created_at,
            now=now,
        )
        kept = await store.replace_draft(dossier, draft, seen=old.rev, sealed=sealed, now=now)
    return Opened(made, key, sealed) if kept else None


async def submit(
    draft: Opened,
    receipt: Receipt,
    *,
    owned: Private,
    campaign: str | None,
    expected_at: datetime | None,
    track_digits: str | None,
    vault: Vault,
    now: datetime,
) -> Dossier | None:
    """Turn a draft into a submitted dossier (nộp hồ sơ); None when another request was first.

    In the caller's transaction: row, search marks, first step, audit, event. `owned` is what
    stands in the draft.
    """
    old = draft.dossier
    made = msgspec.structs.replace(
        old,
        state=allowed("submit", old.state, by="citizen"),
        rev=old.rev + 1,
        code=receipt.code,
        submitted_at=now,
        changed_at=now,
        expected_at=expected_at,
        queue_at=expected_at or NO_DEADLINE,
        campaign=campaign,
        track_digits=track_digits,
    )
    sealed = draft.key.seal(RECEIPT, msgspec.json.encode(receipt))
    marks = track_marks(made, owned, vault)
    if not await store.submit(made, track_marks=marks, receipt=sealed):
        return None
    await store.add_words(old.id, await word_marks(made, owned, vault))
    await add_step(made, "submit", before=old.state, by="citizen", until=expected_at)
    await outbox.emit(
        DossierSubmitted(
            dossier=old.id, at=now, unit=old.unit, procedure=old.procedure, channel=old.channel
        )
    )
    return made


async def give_key(dossier: Dossier, *, key_hash: bytes, now: datetime) -> None:
    """Give a dossier a new citizen's key, in the caller's transaction; earlier ones end."""
    await store.replace_key(dossier.id, key_hash)
    await audit.write(
        actor="citizen",
        verb="dossier.new_key",
        dossier=dossier.id,
        unit=dossier.unit,
        facts={},
        now=now,
    )


async def word_marks(dossier: Dossier, owned: Private, vault: Vault) -> list[bytes]:
    """Make the blind marks of the people's names: both, where two apply together."""
    procedure = await procedure_of(dossier)
    people = People(owned.owner, owned.submitter)
    names = [one.name for one in procedure.applicants(people, owned.answers)]
    return [vault.blind(dossier.unit, word) for word in owned.name_words(names)]


def track_marks(dossier: Dossier, owned: Private, vault: Vault) -> bytes:
    """Make the blind marks of the second factors of a submitted dossier."""
    code = dossier.code or ""
    factors = second_factors(owned, dossier.track_digits)
    return b"".join(track_mark(dossier.unit, code, digits, vault) for digits in factors)


def _drafted(
    dossier: UUID,
    draft: Draft,
    *,
    wrapped_key: bytes,
    rev: int,
    created_at: datetime,
    now: datetime,
) -> Dossier:
    return Dossier(
        id=dossier,
        procedure=draft.procedure,
        version=draft.version,
        unit=draft.unit,
        channel=draft.channel,
        qr=draft.qr,
        example=draft.example,
        rev=rev,
        created_at=created_at,
        changed_at=now,
        wrapped_key=wrapped_key,
    )
