"""What a file store must do: keep a dossier's files sealed, safe before it answers, resumable.

Bytes are sealed under the dossier's own key in segments, added at the end only, and forced to the
disk before a call returns. A Mark says how far a file is known to be safe; the caller keeps it
(in its database row, written afterwards) and hands it in again: what lies beyond is cut away, so
that a kill or a power cut in the middle of a write leaves nothing half.
"""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from msgspec import Struct

from backend.platform.vault import DossierKey


class FileName(Struct, frozen=True):
    """A file of a dossier: its sha256, or `<sha256>.view.1` for what was made from it."""

    dossier: UUID
    name: str


class Mark(Struct, frozen=True):
    """How far a file is safe: plain bytes, sealed bytes, sealed segments."""

    plain: int = 0
    sealed: int = 0
    segments: int = 0


START = Mark()


class WrongHash(Exception):  # noqa: N818
    """The whole content is not what its name says; nothing of it was kept."""


class Damaged(Exception):  # noqa: N818
    """Stored bytes no longer open; `mark` says how far the file still is good."""

    def __init__(self, mark: Mark) -> None:
        super().__init__(f"good up to {mark.plain} bytes")
        self.mark = mark


class FileStore(Protocol):
    """Keeps sealed files; every method may raise OSError, and Full when there is no room."""

    async def append(
        self,
        file: FileName,
        pieces: Sequence[bytes],
        *,
        after: Mark,
        key: DossierKey,
        digest: str | None = None,
    ) -> Mark:
        """Seal and add bytes to a file's part after a mark; with `digest` they are the last ones.

        The last call proves the SHA-256 of the whole content (WrongHash, and the part is gone)
        and only then gives it the file's name, in place of an equal one that came meanwhile.
        Damaged when the bytes before the mark are not all there any more.
        """
        ...

    async def write(
        self, file: FileName, chunks: AsyncIterator[bytes], *, key: DossierKey, digest: str
    ) -> Mark:
        """Seal a whole content at once; it appears when it is whole and proven, or not at all."""
        ...

    def read(self, file: FileName, *, key: DossierKey) -> AsyncIterator[bytes]:
        """Give the plain bytes of a whole file; FileNotFoundError, or Damaged when it was cut."""
        ...

    async def size(self, file: FileName) -> int | None:
        """Give the number of sealed bytes, or None when there is no such file."""
        ...

    async def drop_part(self, file: FileName) -> None:
        """Remove what has come of a file that is not whole; the whole one is never touched."""
        ...

    async def delete(self, file: FileName, *, before: datetime) -> None:
        """Remove a file if it was last touched before a moment; one that is gone is no fault."""
        ...

    async def touched(self, after: datetime, before: datetime) -> list[FileName]:
        """List the files last touched between two moments; leftovers end in `.part` or `.tmp`."""
        ...
