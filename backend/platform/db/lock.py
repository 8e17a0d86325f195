"""One writing process per data folder (SQLite)."""

import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self


class LockHeld(Exception):  # noqa: N818
    """Another process writes to this data folder (thư mục dữ liệu đang được dùng)."""


class DataLock:
    """The lock on a data folder, held until `release()`, the block's or the process's end."""

    def __init__(self, file: int) -> None:
        self._file: int | None = file

    def release(self) -> None:
        """Let another process write."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        """Hold it for the length of the block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let another process write."""
        self.release()


def hold_lock(data: Path) -> DataLock:
    """Take `DATA/lock` or refuse: two writers would starve each other and damage the database."""
    path = data / "lock"
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(file, 32).decode(errors="replace").strip() or "?"
        os.close(file)
        raise LockHeld(
            f"another process (pid {holder}) writes to {data}; stop it first, then try again"
        ) from None
    os.ftruncate(file, 0)
    os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
    return DataLock(file)
