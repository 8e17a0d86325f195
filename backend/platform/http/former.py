"""Files of earlier builds (tệp của bản trước): a page that is open during an update finds its own.

A page asks for its later files by names that hold their hash. An update brings other names; who is
filling in a form at that moment, perhaps on a device that keeps nothing, must not lose the page.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from backend.platform.kit import logs

KEPT_FOR = timedelta(days=14)
MOST = 240
"""Six builds of forty files; more are the leavings of a workshop."""

_logger = logs.get("http")


def remember(build: Path, kept: Path, *, now: datetime) -> list[Path]:
    """Copy the files of this build beside those of earlier ones; give all that are kept.

    What is too old is dropped. A disk that does not take them costs the earlier builds alone.
    """
    try:
        _copy(build, kept, now=now)
        for place, file in enumerate(_newest_first(kept)):
            if place >= MOST or now - _served_at(file) > KEPT_FOR:
                file.unlink(missing_ok=True)
        return _newest_first(kept)
    except OSError as fault:
        _logger.warning("former-pages-not-kept", extra={"reason": type(fault).__name__})
        return []


def _copy(build: Path, kept: Path, *, now: datetime) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept.mkdir(exist_ok=True, mode=0o700)
    for file in sorted(build.iterdir()) if build.is_dir() else ():
        copy = kept / file.name
        if not copy.exists():
            half = kept / f".{file.name}.{os.getpid()}"
            half.write_bytes(file.read_bytes())
            half.replace(copy)
        os.utime(copy, (now.timestamp(), now.timestamp()))


def _newest_first(kept: Path) -> list[Path]:
    return sorted(kept.iterdir(), key=lambda file: (_served_at(file), file.name), reverse=True)


def _served_at(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)
