"""Sealed files in a folder of this machine: `FILES/ab/<dossier>/<sha256>`.

All work of a call (hash, seal, write, fsync of file and folder) is done in one hop to a thread.
A disk that cannot say whether it kept something is believed no longer: the process ends at once,
and the next one starts from what is really there.
"""

import asyncio
import errno
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from backend.platform.files import writing
from backend.platform.files.contract import START, FileName, Mark
from backend.platform.files.segments import SEGMENT, opened
from backend.platform.kit import logs
from backend.platform.kit.errors import Full
from backend.platform.kit.ids import Randomness
from backend.platform.vault import DossierKey

_BATCH_SEGMENTS = 16
BATCH = _BATCH_SEGMENTS * SEGMENT
"""Bytes held in memory for one upload or download, and handled in one hop."""

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_RESERVE_SHARE = 20
_RESERVE_MOST = 512 * 1024 * 1024
_EXIT_IO_ERROR = 74

_logger = logs.get("files")


class LocalFiles:
    """A FileStore in a local folder."""

    def __init__(
        self,
        folder: Path,
        *,
        random: Randomness = os.urandom,
        fsync: Callable[[int], None] = os.fsync,
        end_process: Callable[[int], object] = os._exit,
    ) -> None:
        self._folder = folder
        self._random = random
        self._fsync = fsync
        self._end_process = end_process
        self._lasting: set[Path] = set()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    async def append(
        self,
        file: FileName,
        pieces: Sequence[bytes],
        *,
        after: Mark,
        key: DossierKey,
        digest: str | None = None,
    ) -> Mark:
        """Seal and add bytes after a mark; see the contract."""

        def work() -> Mark:
            with self._room(file) as path:
                part = _part(path)
                mark = writing.append(
                    part, file.name, pieces, after=after, key=key, digest=digest, sync=self._sync
                )
                if digest is not None:
                    part.rename(path)
                if digest is not None or after == START:
                    self._sync_folder(path.parent)
                return mark

        return await asyncio.to_thread(work)

    async def write(
        self, file: FileName, chunks: AsyncIterator[bytes], *, key: DossierKey, digest: str
    ) -> Mark:
        """Seal a whole content; one hop when it fits one batch."""
        spool = writing.Spool(self._temporary(file), file.name, key=key, sync=self._sync)

        def add(batch: list[bytes]) -> None:
            with self._room(file):
                spool.add(batch)

        def finish(batch: list[bytes]) -> Mark:
            with self._room(file) as path:
                mark = spool.finish(batch, path, digest=digest)
                self._sync_folder(path.parent)
                return mark

        waiting: list[bytes] | None = None
        try:
            async for batch in _batches(chunks):
                if waiting is not None:
                    await asyncio.to_thread(add, waiting)
                waiting = batch
            return await asyncio.to_thread(finish, waiting or [])
        finally:
            spool.drop()

    async def read(self, file: FileName, *, key: DossierKey) -> AsyncIterator[bytes]:
        """Give the plain bytes batch by batch; one hop for a file of one batch."""

        def begin() -> tuple[BinaryIO, Iterator[bytes], list[bytes]]:
            handle = self._path(file).open("rb", buffering=BATCH)
            segments = opened(file.name, handle, upto=None, key=key)
            try:
                return handle, segments, _some(segments)
            except BaseException:
                handle.close()
                raise

        handle, segments, batch = await asyncio.to_thread(begin)
        with handle:
            while batch:
                yield b"".join(batch)
                more = len(batch) == _BATCH_SEGMENTS
                batch = await asyncio.to_thread(_some, segments) if more else []

    async def size(self, file: FileName) -> int | None:
        """Give the number of sealed bytes on the disk."""
        try:
            return self._path(file).stat().st_size
        except FileNotFoundError:
            return None

    async def drop_part(self, file: FileName) -> None:
        """Remove what has come of a file that is not whole."""
        await asyncio.to_thread(_part(self._path(file)).unlink, missing_ok=True)

    async def delete(self, file: FileName, *, before: datetime) -> None:
        """Remove an old file; it is moved aside first, so that a new one is never hit.

        A new one is not touched at all: whoever reads it meanwhile must find it.
        """

        def work() -> None:
            path, aside = self._path(file), self._temporary(file)
            try:
                if path.stat().st_mtime >= before.timestamp():
                    return
                path.rename(aside)
            except FileNotFoundError:
                return
            if aside.stat().st_mtime < before.timestamp():
                aside.unlink()
            else:
                aside.rename(path)

        await asyncio.to_thread(work)

    async def touched(self, after: datetime, before: datetime) -> list[FileName]:
        """List the files last touched between two moments."""

        def work() -> list[FileName]:
            return [
                FileName(UUID(hex=path.parent.name), path.name)
                for path in self._folder.glob("*/*/*")
                if after.timestamp() <= path.stat().st_mtime < before.timestamp()
            ]

        return await asyncio.to_thread(work)

    def _path(self, file: FileName) -> Path:
        dossier = file.dossier.hex
        return self._folder / dossier[:2] / dossier / file.name

    def _temporary(self, file: FileName) -> Path:
        return self._path(file).with_name(f"{file.name}.{self._random(6).hex()}.tmp")

    @contextmanager
    def _room(self, file: FileName) -> Iterator[Path]:
        """Make the dossier's folder; a twentieth of the disk (at most 512 MiB) stays free.

        That reserve is the database's: it must be able to say what was kept.
        """
        disk = os.statvfs(self._folder)
        reserve = min(disk.f_blocks * disk.f_frsize // _RESERVE_SHARE, _RESERVE_MOST)
        if disk.f_bavail * disk.f_frsize < reserve:
            raise Full
        path = self._path(file)
        try:
            self._make_folder(path.parent)
            yield path
        except OSError as fault:
            if fault.errno in _NO_ROOM:
                raise Full from fault
            raise

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.parent not in self._lasting:
            self._sync_folder(self._folder)
            self._lasting.add(folder.parent)
        self._sync_folder(folder.parent)

    def _sync_folder(self, folder: Path) -> None:
        """Force the names in a folder to the disk."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self._sync(handle)
        finally:
            os.close(handle)

    def _sync(self, handle: int) -> None:
        """Force a file to the disk; when the disk fails, nothing it said before can be trusted."""
        try:
            self._fsync(handle)
        except OSError as fault:
            if fault.errno not in _NO_ROOM:
                _logger.critical("fsync-failed", extra={"reason": str(fault.errno)})
                self._end_process(_EXIT_IO_ERROR)
            raise


def _part(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


async def _batches(chunks: AsyncIterator[bytes]) -> AsyncIterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    async for chunk in chunks:
        batch.append(chunk)
        size += len(chunk)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _some(segments: Iterator[bytes]) -> list[bytes]:
    return list(islice(segments, _BATCH_SEGMENTS))
