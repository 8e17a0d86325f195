"""What ends by itself: drafts that nobody touches, supplements that nobody answers."""

from datetime import datetime, timedelta

from backend import attachments
from backend.dossiers.actions.moving import move
from backend.dossiers.model.states import NotAllowedNow, Stale
from backend.dossiers.store import dossiers as store
from backend.dossiers.store import lists
from backend.platform.files import FileStore

DRAFT_DAYS = 30
"""A draft that nobody touches is deleted after so many days."""

_BATCH = 100


async def expire_supplements(*, now: datetime) -> int:
    """Close the dossiers whose supplement was not answered in time; tell how many."""
    late = await lists.past_until(now, limit=_BATCH)
    for dossier in late:
        try:
            await move(dossier, "expire", by="system", now=now)
        except (NotAllowedNow, Stale):
            continue  # answered or withdrawn in the meantime
    return len(late)


async def delete_old_drafts(*, files: FileStore, now: datetime) -> int:
    """Delete the drafts that nobody touched for DRAFT_DAYS, their files too; tell how many.

    The draft's key goes with its row, so what a crash leaves of the files opens no more.
    """
    before = now - timedelta(days=DRAFT_DAYS)
    old = await lists.old_drafts(before, limit=_BATCH)
    for dossier in old:
        if await store.delete_draft(dossier, before=before):
            await attachments.forget(dossier, files=files, now=now)
    return len(old)
