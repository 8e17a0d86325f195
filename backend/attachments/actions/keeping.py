"""Keeping files: receive them, tell how far they are, read them, sweep leftovers.

The order is always the same: bytes on the disk first, then the row, then the answer.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID
from weakref import WeakValueDictionary

from backend.attachments import store
from backend.attachments.model import (
    LIMITS,
    TELLING_BYTES,
    FileState,
    FileWanted,
    HashMismatch,
    Kind,
    OffsetConflict,
    kind_of,
)
from backend.platform.files import START, Damaged, FileName, FileStore, Mark, WrongHash
from backend.platform.kit import logs
from backend.platform.kit.errors import NotFound, TooLarge, WrongType
from backend.platform.vault import DossierKey

Arrival = Callable[[UUID, str, DossierKey, bytes | None], None]
"""Told of a whole file: its dossier, hash and key, and its content where it is at hand."""

LEFT_FOR = timedelta(hours=24)
_LOOK_BACK = timedelta(days=7)
_SWEPT_AT_ONCE = 500
_LEFTOVERS = (".part", ".tmp")
_HASH = 64
_AT_HAND = 2 * 1024 * 1024
"""A file up to this size is handed on as it came, so that nobody reads it again at once."""

_logger = logs.get("attachments")
_heard: list[Arrival] = []
_locks: WeakValueDictionary[tuple[UUID, str], asyncio.Lock] = WeakValueDictionary()


def on_arrival(heard: Arrival) -> None:
    """Set who is told of each whole file at once; a second call replaces the first."""
    _heard[:] = [heard]


async def offset(dossier: UUID, sha256: str) -> int:
    """Tell how many bytes of a file are safe: 0 when none, its size when it is whole."""
    kept = await store.find(dossier, sha256)
    return kept.state.offset if kept else 0


async def states(dossier: UUID) -> dict[str, FileState]:
    """Tell of every file of a dossier how far it is, by its hash."""
    return {kept.state.sha256: kept.state for kept in await store.of_dossier(dossier)}


async def receive(
    dossier: UUID,
    wanted: FileWanted,
    chunks: AsyncIterator[bytes],
    *,
    start: int | None,
    complete: bool,
    key: DossierKey,
    files: FileStore,
    now: datetime,
) -> FileState:
    """Take a whole file (`start` None), or the piece that begins at an offset.

    OffsetConflict 409, HashMismatch 422, TooLarge 413, WrongType 415, Full 507. What is answered
    is safe on the disk.
    """
    if wanted.size > LIMITS.file_bytes:
        raise TooLarge
    file = FileName(dossier, wanted.sha256)
    if start is None:
        return await _receive_whole(file, wanted, chunks, key=key, files=files, now=now)
    pieces = await _gathered(chunks)
    lock = _locks.setdefault((dossier, wanted.sha256), asyncio.Lock())
    async with lock:
        kept = await store.find(dossier, wanted.sha256)
        if start != (kept.state.offset if kept else 0):
            raise OffsetConflict(kept.state.offset if kept else 0)
        if kept and kept.state.whole:
            return _finished(kept, pieces)
        return await _receive_piece(
            file, wanted, pieces, kept, complete=complete, key=key, files=files, now=now
        )


async def read(
    dossier: UUID, sha256: str, *, key: DossierKey, files: FileStore
) -> AsyncIterator[bytes]:
    """Give the very bytes that the phone sent; NotFound while they are not whole."""
    kept = await store.find(dossier, sha256)
    if kept is None or not kept.state.whole:
        raise NotFound
    async for chunk in files.read(FileName(dossier, sha256), key=key):
        yield chunk


async def forget(dossier: UUID, *, files: FileStore, now: datetime) -> None:
    """Delete all files of a dossier that is gone (xóa hồ sơ nháp), view copies included."""
    await delete(dossier, await forget_but((), dossier), files=files, now=now)


async def forget_but(named: Collection[str], dossier: UUID) -> list[FileState]:
    """Forget the files that are named no more, in the caller's transaction; then `delete` them."""
    return [kept.state for kept in await store.forget_all(dossier, but=named)]


async def delete(
    dossier: UUID, forgotten: Sequence[FileState], *, files: FileStore, now: datetime
) -> None:
    """Delete forgotten files from the disk; what a crash leaves is swept a day later."""
    for state in forgotten:
        name = state.sha256
        pages = range(1, (state.pages or 1) + 1)
        copies = [f"{name}.{kind}.{page}" for kind in ("view", "stamped") for page in pages]
        for file in (FileName(dossier, one) for one in (name, *copies)):
            await files.drop_part(file)
            await files.delete(file, before=now)


async def sweep(*, files: FileStore, now: datetime) -> int:
    """Remove parts that nobody went on with for a day, and files that no row knows; counts them."""
    swept = 0
    for dossier, sha256 in await store.forget_parts(now - LEFT_FOR, limit=_SWEPT_AT_ONCE):
        await files.drop_part(FileName(dossier, sha256))
        swept += 1
    known: dict[UUID, set[str]] = {}
    for file in await files.touched(now - _LOOK_BACK, now - LEFT_FOR):
        if file.dossier not in known:
            held = (await states(file.dossier)).values()
            known[file.dossier] = {state.sha256 for state in held if state.whole}
        if file.name.endswith(_LEFTOVERS) or file.name[:_HASH] not in known[file.dossier]:
            await files.delete(file, before=now - LEFT_FOR)
            swept += 1
    return swept


async def _receive_whole(
    file: FileName,
    wanted: FileWanted,
    chunks: AsyncIterator[bytes],
    *,
    key: DossierKey,
    files: FileStore,
    now: datetime,
) -> FileState:
    kept = await store.find(file.dossier, file.name)
    if kept and kept.state.whole:
        return await _again(kept.state, chunks)
    body = _Body(chunks, wanted)
    try:
        mark = await files.write(file, body.checked(), key=key, digest=wanted.sha256)
    except (WrongHash, HashMismatch):
        await _start_again(file, wanted, files=files, now=now)
        raise HashMismatch from None
    return await _whole(
        file, wanted, kind=body.kind, mark=mark, key=key, content=body.content(), now=now
    )


async def _receive_piece(
    file: FileName,
    wanted: FileWanted,
    pieces: list[bytes],
    kept: store.Kept | None,
    *,
    complete: bool,
    key: DossierKey,
    files: FileStore,
    now: datetime,
) -> FileState:
    mark = kept.mark if kept else START
    if not pieces and not complete:
        return FileState(file.name, wanted.size, mark.plain, "pending", whole=False)
    known = kept.state.kind if kept and mark.plain else None
    kind = known or _told(b"".join(pieces))
    end = mark.plain + sum(map(len, pieces))
    if end > wanted.size or (complete and end != wanted.size):
        await _start_again(file, wanted, files=files, now=now)
        raise HashMismatch
    digest = wanted.sha256 if complete else None
    try:
        mark = await files.append(file, pieces, after=mark, key=key, digest=digest)
    except WrongHash:
        await _start_again(file, wanted, files=files, now=now)
        raise HashMismatch from None
    except Damaged as damage:
        _logger.exception("part-damaged", extra={"dossier": file.dossier, "sha256": file.name})
        await _save(file, wanted, kind=kind, mark=damage.mark, whole=False, now=now)
        raise OffsetConflict(damage.mark.plain) from None
    if complete:
        return await _whole(file, wanted, kind=kind, mark=mark, key=key, now=now)
    await _save(file, wanted, kind=kind, mark=mark, whole=False, now=now)
    return FileState(file.name, wanted.size, mark.plain, "pending", whole=False, kind=kind)


async def _whole(
    file: FileName,
    wanted: FileWanted,
    *,
    kind: Kind | None,
    mark: Mark,
    key: DossierKey,
    now: datetime,
    content: bytes | None = None,
) -> FileState:
    await _save(file, wanted, kind=kind, mark=mark, whole=True, now=now)
    for heard in _heard:
        heard(file.dossier, file.name, key, content)
    return FileState(file.name, wanted.size, wanted.size, "pending", whole=True, kind=kind)


async def _start_again(
    file: FileName, wanted: FileWanted, *, files: FileStore, now: datetime
) -> None:
    """Take the offset back to 0: the row first, so that it never claims what is gone."""
    await _save(file, wanted, kind=None, mark=START, whole=False, now=now)
    await files.drop_part(file)


async def _save(
    file: FileName, wanted: FileWanted, *, kind: Kind | None, mark: Mark, whole: bool, now: datetime
) -> None:
    await store.save(
        file.dossier, file.name, size=wanted.size, kind=kind, mark=mark, whole=whole, now=now
    )


async def _gathered(chunks: AsyncIterator[bytes]) -> list[bytes]:
    """Hold one piece in memory: it is written in one go, whatever the network does meanwhile."""
    pieces: list[bytes] = []
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > LIMITS.piece_bytes:
            raise TooLarge
        if chunk:
            pieces.append(chunk)
    return pieces


class _Body:
    """A whole body on its way to the disk, while it can still be right."""

    def __init__(self, chunks: AsyncIterator[bytes], wanted: FileWanted) -> None:
        self._chunks = chunks
        self._size = wanted.size
        self._passed: list[bytes] = []
        self.kind: Kind | None = None

    async def checked(self) -> AsyncIterator[bytes]:
        """Pass it on once its kind is known; WrongType, HashMismatch when it is too long."""
        held, size = b"", 0
        async for chunk in self._chunks:
            size += len(chunk)
            held += chunk
            if size > self._size:
                raise HashMismatch
            if self.kind is None and size >= TELLING_BYTES:
                self.kind = _told(held)
            if self.kind:
                if self._size <= _AT_HAND:
                    self._passed.append(held)
                yield held
                held = b""
        if self.kind is None:
            raise WrongType

    def content(self) -> bytes | None:
        """Give what has passed, unless it was too much to be kept at hand."""
        return b"".join(self._passed) if self._passed else None


def _told(first: bytes) -> Kind:
    kind = kind_of(first)
    if kind is None:
        raise WrongType
    return kind


async def _again(state: FileState, chunks: AsyncIterator[bytes]) -> FileState:
    """Compare what is sent once more with what is kept, which stays as it is."""
    digest = hashlib.sha256()
    async for chunk in chunks:
        digest.update(chunk)
    if digest.hexdigest() != state.sha256:
        raise HashMismatch
    return state


def _finished(kept: store.Kept, pieces: list[bytes]) -> FileState:
    if pieces:
        raise OffsetConflict(kept.state.offset)
    return kept.state
