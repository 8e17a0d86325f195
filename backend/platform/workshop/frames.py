"""What parent and child say to each other: two lengths, a msgpack map, and bytes beside it."""

import msgspec
from msgspec import Struct

HEAD = 8
LONGEST_WORDS = 4 * 1024 * 1024
LONGEST_BLOB = 64 * 1024 * 1024


class Job(Struct, array_like=True):
    """A task for the child; `seconds` limits its CPU time."""

    task: str
    payload: object
    seconds: int


class Result(Struct, array_like=True):
    """What came out: an answer, or why there is none."""

    answer: dict[str, object] = {}
    unreadable: str = ""
    fault: str = ""


def pack(words: Struct, blob: bytes) -> list[bytes]:
    """Write a frame as parts, so that a large blob is not copied."""
    packed = msgspec.msgpack.encode(words)
    return [len(packed).to_bytes(4) + len(blob).to_bytes(4), packed, blob]


def lengths(head: bytes) -> tuple[int, int]:
    """Read a frame's head; ValueError when it cannot be one of ours."""
    words, blob = int.from_bytes(head[:4]), int.from_bytes(head[4:])
    if len(head) != HEAD or words > LONGEST_WORDS or blob > LONGEST_BLOB:
        raise ValueError("not a frame")
    return words, blob
