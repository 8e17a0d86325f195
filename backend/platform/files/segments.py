"""Sealed segments: how a file's bytes lie on the disk.

    length and last flag (4 bytes) · version 1 · nonce 12 · up to 64 KiB sealed · tag 16 · next …

The place of each (file, index, last or not) is bound into its seal: segments cannot be swapped,
dropped from the end, or moved to another file or dossier. 33 bytes per 64 KiB.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from backend.platform.files.contract import Damaged, Mark
from backend.platform.vault import OVERHEAD, DossierKey, SealBroken

SEGMENT = 64 * 1024
HEAD = 4
_LAST = 1 << 31


def sealed(
    name: str, pieces: Iterable[bytes], *, first: int, last: bool, key: DossierKey
) -> Iterator[tuple[bytes, int]]:
    """Seal bytes as segments from index `first`; gives (sealed with its head, plain length).

    With `last` the final one is marked so, and there is one even for no bytes at all.
    """
    index = first
    waiting = b""
    for segment in _cut(pieces):
        if waiting:
            yield _seal(name, waiting, index=index, last=False, key=key), len(waiting)
            index += 1
        waiting = segment
    if waiting or last:
        yield _seal(name, waiting, index=index, last=last, key=key), len(waiting)


def opened(name: str, file: BinaryIO, *, upto: Mark | None, key: DossierKey) -> Iterator[bytes]:
    """Open segment by segment: up to a mark, or to the end, which must be marked as the last.

    Damaged says how far it was good.
    """
    good = Mark()
    finished = False
    while not finished and (upto is None or good.segments < upto.segments):
        head = file.read(HEAD)
        packed = int.from_bytes(head)
        length, finished = packed & ~_LAST, bool(packed & _LAST)
        body = file.read(length + OVERHEAD) if len(head) == HEAD and length <= SEGMENT else b""
        try:
            plain = key.open(_place(name, good.segments, last=finished), body)
        except SealBroken:
            raise Damaged(good) from None
        good = Mark(good.plain + length, good.sealed + HEAD + len(body), good.segments + 1)
        yield plain
    if upto is not None and good != upto:
        raise Damaged(good)


def _cut(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Cut bytes into full segments and a rest, copying no more than needed."""
    content = b"".join(pieces)
    for start in range(0, len(content), SEGMENT):
        yield content[start : start + SEGMENT]


def _seal(name: str, plain: bytes, *, index: int, last: bool, key: DossierKey) -> bytes:
    head = (len(plain) | (_LAST if last else 0)).to_bytes(HEAD)
    return head + key.seal(_place(name, index, last=last), plain)


def _place(name: str, index: int, *, last: bool) -> str:
    return f"file/{name}/{index}/{'last' if last else 'more'}"
