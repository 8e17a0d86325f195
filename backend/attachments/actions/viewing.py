"""Showing files: view copies of their pages, and all pages of a paper as one PDF."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

from backend.attachments import store
from backend.attachments.actions.keeping import states
from backend.attachments.model import LIMITS, FileUnreadable, NotJoined
from backend.platform.files import FileName, FileStore
from backend.platform.kit import logs
from backend.platform.kit.errors import Busy, Full, NotFound
from backend.platform.vault import DossierKey
from backend.platform.workshop import Interrupted, Unreadable, Workshop

EDGE = 1600
"""Longest side of a view copy, in pixels."""

MOST_JOINED = 30
"""Most pages of a paper as one PDF; beyond that the pages are looked at one by one."""

MOST_JOINED_BYTES = 40 * 1024 * 1024
"""Most bytes of its files, and of their view copies; twice as many end the child that joins."""

_logger = logs.get("attachments")


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
    made = await _made_before(copy, key=key, files=files)
    if made is not None:
        return made
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


def may_be_joined(files: Sequence[tuple[int, int]]) -> bool:
    """Tell whether files, each of so many pages and bytes, are few and small enough for one PDF."""
    pages, size = (sum(one[part] for one in files) for part in (0, 1))
    return pages <= MOST_JOINED and size <= MOST_JOINED_BYTES


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
    leftover. NotFound, FileUnreadable; NotJoined when it is too long or too large.
    """
    known = await states(dossier)
    if not sha256s or any(sha not in known or not known[sha].whole for sha in sha256s):
        raise NotFound
    given = [known[sha] for sha in sha256s]
    if not may_be_joined([(one.pages or 1, one.size) for one in given]):
        raise NotJoined
    name = hashlib.sha256("".join([bool(stamp) * "stamped", *sha256s]).encode()).hexdigest()
    copy = FileName(dossier, f"{name}.joined")
    made = await _made_before(copy, key=key, files=files)
    if made is not None:
        return made
    how: Any = {"stamp": stamp, "key": key, "files": files, "workshop": workshop}
    pages = [(one.sha256, page) for one in given for page in range(1, (one.pages or 1) + 1)]
    made = await _join(
        [await view(dossier, sha, page=page, **how) for sha, page in pages], workshop
    )
    await _keep(copy, made, key=key, files=files)
    return made


async def _join(views: Sequence[bytes], workshop: Workshop) -> bytes:
    sizes = list(map(len, views))
    if sum(sizes) > MOST_JOINED_BYTES:
        raise NotJoined
    try:
        _, made = await workshop.run("join_pages", {"sizes": sizes}, b"".join(views))
    except Unreadable:
        raise NotJoined from None
    except Interrupted:
        raise Busy("workshop") from None
    return made


async def _made_before(copy: FileName, *, key: DossierKey, files: FileStore) -> bytes | None:
    """Give a copy that was made before; None when there is none, or the sweep took it."""
    try:
        return await _content(copy, key=key, files=files)
    except FileNotFoundError:
        return None


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
