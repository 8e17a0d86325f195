"""What can be done with a file: receive it, tell how far it is, read it, show it, sweep leftovers.

The order is always the same: bytes on the disk first, then the row, then the answer.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from weakref import WeakValueDictionary

from backend.attachments import store
from backend.attachments.model import (
    LIMITS,
    TELLING_BYTES,
    FileState,
    FileUnreadable,
    FileWanted,
    HashMismatch,
    Kind,
    OffsetConflict,
    kind_of,
)
from backend.platform.files import START, Damaged, FileName, FileStore, Mark, WrongHash
from backend.platform.kit import logs
from backend.platform.kit.errors import Busy, Full, NotFound, TooLarge, WrongType
from backend.platform.vault import DossierKey
from backend.platform.workshop import Interrupted, Unreadable, Workshop

Arrival = Callable[[UUID, str, DossierKey, bytes | None], None]
"""Told of a whole file: its dossier, hash and key, and its content where it is at hand."""

EDGE = 1600
"""Longest side of a view copy, in pixels."""

MOST_JOINED = 60
"""Most pages of a paper as one PDF; beyond that the pages are looked at one by one."""

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


async def view(
    dossier: UUID,
    sha256: str,
    *,
    page: int = 1,
    stamp: str = "",
    key: DossierKey,
    files: FileStore,
    workshop: Workshop,
) -> bytes:
    """Give the view copy (bản xem) of a page as JPEG: upright, small, without EXIF.

    Made when it is first opened, kept sealed beside the original. With a `stamp` it is another
    copy, and its words are those of the first time. NotFound, FileUnreadable.
    """
    kept = await store.find(dossier, sha256)
    if kept is None or not kept.state.whole or not 1 <= page <= (kept.state.pages or LIMITS.pages):
        raise NotFound
    if kept.state.check == "unreadable":
        raise FileUnreadable
    copy = FileName(dossier, f"{sha256}.{'stamped' if stamp else 'view'}.{page}")
    if await files.size(copy) is not None:
        return await _content(copy, key=key, files=files)
    original = await _content(FileName(dossier, sha256), key=key, files=files)
    wanted = {"edge": EDGE, "page": page, "stamp": stamp}
    try:
        _, made = await workshop.run("view_copy", wanted, original)
    except Unreadable as refusal:
        raise (NotFound if refusal.reason == "no-such-page" else FileUnreadable) from None
    except Interrupted:
        raise Busy("workshop") from None
    await _keep(copy, made, key=key, files=files)
    return made


async def joined(
    dossier: UUID,
    sha256s: Sequence[str],
    *,
    stamp: str = "",
    key: DossierKey,
    files: FileStore,
    workshop: Workshop,
) -> bytes:
    """Give the pages of several files as one PDF of A4 pages (cả giấy tờ), made of view copies.

    Made when it is first opened, kept sealed until the sweep of the next day, which knows it as a
    leftover. NotFound, FileUnreadable; TooLarge beyond `MOST_JOINED` pages.
    """
    found = await states(dossier)
    if not sha256s or any(sha not in found or not found[sha].whole for sha in sha256s):
        raise NotFound
    pages = [(sha, page) for sha in sha256s for page in range(1, (found[sha].pages or 1) + 1)]
    if len(pages) > MOST_JOINED:
        raise TooLarge
    name = hashlib.sha256("".join([bool(stamp) * "stamped", *sha256s]).encode()).hexdigest()
    copy = FileName(dossier, f"{name}.joined")
    if await files.size(copy) is not None:
        return await _content(copy, key=key, files=files)
    given: Any = {"stamp": stamp, "key": key, "files": files, "workshop": workshop}
    views = [await view(dossier, sha, page=page, **given) for sha, page in pages]
    try:
        _, made = await workshop.run(
            "join_pages", {"sizes": list(map(len, views))}, b"".join(views)
        )
    except Interrupted:
        raise Busy("workshop") from None
    await _keep(copy, made, key=key, files=files)
    return made


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


async def _content(file: FileName, *, key: DossierKey, files: FileStore) -> bytes:
    return b"".join([chunk async for chunk in files.read(file, key=key)])


async def _keep(copy: FileName, made: bytes, *, key: DossierKey, files: FileStore) -> None:
    """Keep what was made from a file; without room it is made again next time."""
    try:
        await files.write(copy, _once(made), key=key, digest=hashlib.sha256(made).hexdigest())
    except Full:
        _logger.warning("view-not-kept", extra={"reason": "full"})


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
