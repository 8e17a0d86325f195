"""Checking (kiểm tra ảnh): each file that has come is opened in the workshop right afterwards.

The queue is in memory: it holds open keys, which are never stored, and small files as they came.
What a crash leaves unchecked is found by the sweep at the next start and every minute.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

from backend.attachments import store
from backend.attachments.actions import keeping
from backend.attachments.model import LIMITS, Check, FileChecked
from backend.platform import outbox
from backend.platform.db import transaction
from backend.platform.files import Damaged, FileName, FileStore
from backend.platform.kit import logs
from backend.platform.kit.clock import Clock
from backend.platform.vault import DossierKey
from backend.platform.workshop import Interrupted, Unreadable, Workshop

KeyOf = Callable[[UUID], Awaitable[DossierKey]]
"""Opens the key of a dossier; the room of dossiers, which lies above, provides it."""

SWEEP_EVERY = 60.0
_SETTLED_BY_THEN = timedelta(seconds=30)
_SWEPT_AT_ONCE = 200
_WAITING_AT_MOST = 2000
_INTERRUPTED_AT_MOST = 5
_BYTES_AT_HAND = 16 * 1024 * 1024

_logger = logs.get("attachments")


class Checker:
    """Checks files one after the other; `run` it as a task beside the server."""

    def __init__(
        self, *, files: FileStore, workshop: Workshop, clock: Clock, key_of: KeyOf
    ) -> None:
        self._files = files
        self._workshop = workshop
        self._clock = clock
        self._key_of = key_of
        self._waiting: deque[tuple[FileName, DossierKey, bytes | None]] = deque()
        self._at_hand = 0
        self._interrupted: Counter[FileName] = Counter()
        self._woken = asyncio.Event()
        keeping.on_arrival(self.check)

    def check(
        self, dossier: UUID, sha256: str, key: DossierKey, content: bytes | None = None
    ) -> None:
        """Queue one file; returns at once. Beyond a limit it is left to the sweep.

        While there is room, its content waits here too; else it is read from the disk.
        """
        if len(self._waiting) >= _WAITING_AT_MOST:
            return
        size = len(content or b"")
        if self._at_hand + size > _BYTES_AT_HAND:
            content, size = None, 0
        self._at_hand += size
        self._waiting.append((FileName(dossier, sha256), key, content))
        self._woken.set()

    async def run(self) -> None:
        """Check what comes until cancelled."""
        await self.sweep(settled=timedelta(0))
        while True:
            await self.drain()
            self._woken.clear()
            try:
                await asyncio.wait_for(self._woken.wait(), SWEEP_EVERY)
            except TimeoutError:
                await self.sweep()

    async def drain(self) -> None:
        """Check all that waits now; a fault of ours leaves a file to the next sweep."""
        while self._waiting:
            file, key, content = self._waiting.popleft()
            self._at_hand -= len(content or b"")
            try:
                await self._check(file, key, content)
            except Exception:
                words = {"dossier": file.dossier, "sha256": file.name}
                _logger.exception("check-failed", extra=words)

    async def sweep(self, *, settled: timedelta = _SETTLED_BY_THEN) -> None:
        """Queue the files that were left unchecked; a database that is away is asked next time."""
        before = self._clock() - settled
        try:
            left = await store.unchecked(before, limit=_SWEPT_AT_ONCE)
        except Exception:
            _logger.exception("sweep-failed")
            return
        for dossier, sha256 in left:
            try:
                self.check(dossier, sha256, await self._key_of(dossier))
            except Exception:
                _logger.exception("no-key", extra={"dossier": dossier, "sha256": sha256})

    async def _check(self, file: FileName, key: DossierKey, content: bytes | None) -> None:
        begun, dossier, sha256 = self._clock(), file.dossier, file.name
        check, reason, pages = await self._verdict(file, key, content)
        now = self._clock()
        async with transaction():
            settled = await store.settle(
                dossier, sha256, check=check, reason=reason, pages=pages, whole_by=begun, now=now
            )
            if settled and check == "unreadable":  # nobody waits to hear that all is well
                await outbox.emit(FileChecked(dossier=dossier, at=now, sha256=sha256, check=check))

    async def _verdict(
        self, file: FileName, key: DossierKey, content: bytes | None
    ) -> tuple[Check, str | None, int | None]:
        limits = {"pixels": LIMITS.pixels, "pages": LIMITS.pages}
        try:
            if content is None:
                content = b"".join([chunk async for chunk in self._files.read(file, key=key)])
            answer, _ = await self._workshop.run("check_photo", limits, content)
        except Unreadable as refusal:
            return "unreadable", refusal.reason, None
        except Interrupted:
            self._interrupted[file] += 1
            if self._interrupted[file] < _INTERRUPTED_AT_MOST:
                raise  # left to the next sweep: a good photo is not refused for our trouble
            return "unreadable", "crash", None
        except (Damaged, FileNotFoundError):
            _logger.exception("file-lost", extra={"dossier": file.dossier, "sha256": file.name})
            return "unreadable", "lost", None
        return "ok", None, int(answer["pages"])
