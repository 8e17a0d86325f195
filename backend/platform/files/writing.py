"""The writes themselves, each safe on the disk when it returns; they run in a thread."""

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from backend.platform.files.contract import START, Damaged, Mark, WrongHash
from backend.platform.files.segments import opened, sealed
from backend.platform.vault import DossierKey

Sync = Callable[[int], None]


def append(
    part: Path,
    name: str,
    pieces: Sequence[bytes],
    *,
    after: Mark,
    key: DossierKey,
    digest: str | None,
    sync: Sync,
) -> Mark:
    """Add bytes to a part after a mark and cut away what lies beyond; the last ones prove it all.

    A part that is shorter than the mark was damaged from outside: Damaged with what still opens.
    """
    try:
        handle = part.open("w+b" if after == START else "r+b", buffering=0)
    except FileNotFoundError:
        raise Damaged(START) from None
    with handle:
        if digest is not None or handle.seek(0, os.SEEK_END) < after.sealed:
            hashed = _hashed(name, handle, after=after, key=key)
            _prove(part, hashed, pieces, digest)
        handle.truncate(after.sealed)
        handle.seek(after.sealed)
        parts = sealed(name, pieces, first=after.segments, last=digest is not None, key=key)
        mark = _put(handle, parts, after)
        sync(handle.fileno())
    return mark


class Spool:
    """A whole content on its way under a temporary name; it appears when it is proven."""

    def __init__(self, temporary: Path, name: str, *, key: DossierKey, sync: Sync) -> None:
        self._temporary = temporary
        self._name = name
        self._key = key
        self._sync = sync
        self._hash = hashlib.sha256()
        self._mark = START
        self._open = False

    def add(self, pieces: Sequence[bytes], *, digest: str | None = None) -> None:
        """Seal and write one batch; with `digest` it is the last one and proves the content."""
        batch = b"".join(pieces)
        self._hash.update(batch)
        if digest is not None and self._hash.hexdigest() != digest:
            raise WrongHash
        last = digest is not None
        parts = sealed(self._name, [batch], first=self._mark.segments, last=last, key=self._key)
        self._open = True
        with self._temporary.open("ab", buffering=0) as handle:
            self._mark = _put(handle, parts, self._mark)
            if last:
                self._sync(handle.fileno())

    def finish(self, pieces: Sequence[bytes], path: Path, *, digest: str) -> Mark:
        """Write the last batch and give the content its name."""
        self.add(pieces, digest=digest)
        self._temporary.rename(path)
        self._open = False
        return self._mark

    def drop(self) -> None:
        """Remove what is left under the temporary name, if anything is."""
        if self._open:
            self._temporary.unlink(missing_ok=True)


def _put(handle: BinaryIO, parts: Iterable[tuple[bytes, int]], mark: Mark) -> Mark:
    """Write the segments of a batch in one go: each call gives up the interpreter to others."""
    batch = list(parts)
    rest = memoryview(b"".join([segment for segment, _length in batch]))
    sealed_bytes = len(rest)
    while rest:
        rest = rest[handle.write(rest) :]
    plain = sum(length for _segment, length in batch)
    return Mark(mark.plain + plain, mark.sealed + sealed_bytes, mark.segments + len(batch))


def _hashed(name: str, handle: BinaryIO, *, after: Mark, key: DossierKey) -> "hashlib._Hash":
    handle.seek(0)
    found = hashlib.sha256()
    for plain in opened(name, handle, upto=after, key=key):
        found.update(plain)
    return found


def _prove(
    path: Path, hashed: "hashlib._Hash", pieces: Sequence[bytes], digest: str | None
) -> None:
    if digest is None:
        return
    for piece in pieces:
        hashed.update(piece)
    if hashed.hexdigest() != digest:
        path.unlink(missing_ok=True)
        raise WrongHash
