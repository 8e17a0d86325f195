"""What the citizen's side does later: photos found unreadable, and what ends by itself."""

from collections.abc import Mapping

import msgspec

from backend import dossiers
from backend.attachments import FileChecked
from backend.intake import store
from backend.platform.files import FileStore
from backend.platform.jobs import Handler, Handler0
from backend.platform.kit.clock import Clock
from backend.platform.vault import Vault

NOTE_UNREADABLE = "intake.note_unreadable"
HOURLY = 3600.0
OFTEN = 60.0

_read = msgspec.json.Decoder(FileChecked).decode


def handlers(vault: Vault, *, clock: Clock) -> Mapping[str, Handler]:
    """Give the handlers of this room's topics."""

    async def note_unreadable(payload: bytes) -> None:
        event = _read(payload)
        if event.check == "unreadable" and event.dossier is not None:
            await dossiers.note_unreadable(event.dossier, event.sha256, vault=vault, now=clock())

    return {NOTE_UNREADABLE: note_unreadable}


def recurring(files: FileStore, *, clock: Clock) -> Mapping[str, tuple[float, Handler0]]:
    """Give the work that comes round again: what nobody answers or touches ends."""

    async def end_supplements() -> None:
        await dossiers.expire_supplements(now=clock())

    async def end_drafts() -> None:
        await dossiers.delete_old_drafts(files=files, now=clock())
        await store.forget(before=clock())

    return {
        "intake.end_supplements": (OFTEN, end_supplements),
        "intake.end_drafts": (HOURLY, end_drafts),
    }
