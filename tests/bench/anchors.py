"""What this machine can do at best: the sides that our figures are held against."""

import hashlib
import io
import os
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image


def _rate(work: Callable[[], object], seconds: float = 0.7) -> float:
    begun, done = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        work()
        done += 1
    return done / (time.perf_counter() - begun)


def commits(folder: Path) -> float:
    """Give one-row transactions a second of bare SQLite, WAL and synchronous=FULL."""
    connection = sqlite3.connect(folder / "anchor.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE one (id BLOB PRIMARY KEY, body BLOB)")

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO one VALUES (?, ?)", (os.urandom(16), b"x" * 1000))
        connection.execute("COMMIT")

    try:
        return _rate(commit)
    finally:
        connection.close()


def durable_files(folder: Path, size: int = 300_000) -> float:
    """Give new files of a photo's size a second, file and folder fsynced."""
    data, handle = os.urandom(size), os.open(folder, os.O_RDONLY)

    def put() -> None:
        path = folder / os.urandom(8).hex()
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.fsync(handle)
        path.unlink()

    try:
        return _rate(put)
    finally:
        os.close(handle)


def hashing(size: int = 300_000) -> float:
    """Give megabytes a second of SHA-256."""
    data = os.urandom(size)
    return _rate(lambda: hashlib.sha256(data).digest()) * size / 1e6


def small_decode(photo: bytes) -> float:
    """Give photos a second that Pillow opens at an eighth of their size."""

    def decode() -> None:
        picture = Image.open(io.BytesIO(photo))
        picture.draft("RGB", (picture.width // 8, picture.height // 8))
        picture.load()

    return _rate(decode)


def full_view(photo: bytes) -> float:
    """Give view copies a second of bare Pillow: decode, scale, encode."""

    def view() -> None:
        picture = Image.open(io.BytesIO(photo))
        picture.thumbnail((1600, 1600))
        picture.save(io.BytesIO(), "JPEG", quality=80)

    return _rate(view)
