"""The log (nhật ký máy): one JSON line per event on stderr, of allow-listed fields only.

    logger = logs.get("payments")
    logger.info("notice-parked", extra={"adapter": "vietqr", "reason": "amount"})

The message is a fixed word, never a sentence with values in it. A field that is not listed in
FIELDS is left out, so a name, a phone number or an address cannot slip in. Of an exception only
its type and the places it passed are written: its text may quote what a citizen typed.
"""

import logging
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType

import msgspec

from backend.platform.kit.clock import iso

FIELDS = frozenset(
    {
        "adapter", "attempt", "attempts", "bytes", "check", "code", "count", "dossier", "event",
        "failed", "file", "job", "key_id", "kind", "lane", "method", "mode", "ms", "next_in",
        "port", "procedure", "reason", "room", "route", "rows", "seconds", "service", "sha256",
        "state", "status", "task", "topic", "unit", "verb", "version",
    }
)  # fmt: skip
"""What may be written. Ids, counts and words of ours; nothing that a person typed."""

trace_id: ContextVar[str] = ContextVar("trace_id", default="")
"""The id of the request that is being answered; it stands in every line and problem document."""

_LONGEST = 200
_ROOT = "motcua"
_encoder = msgspec.json.Encoder()


def get(name: str) -> logging.Logger:
    """Give the logger of a room or of a part of the ground."""
    return logging.getLogger(f"{_ROOT}.{name}")


def configure(*, level: int = logging.INFO) -> None:
    """Send everything of this process to stderr as JSON lines; called once at start."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_ROOT).setLevel(level)


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object in one line."""

    def format(self, record: logging.LogRecord) -> str:
        """Write time, level, room, event, trace and the allow-listed extra fields."""
        ours = record.name.startswith(_ROOT)
        line: dict[str, object] = {
            "at": iso(datetime.fromtimestamp(record.created, UTC)),
            "level": record.levelname.lower(),
            "room": record.name.removeprefix(f"{_ROOT}."),
            "event": record.msg if ours else "foreign",
        }
        if trace := trace_id.get():
            line["trace_id"] = trace
        for field in FIELDS & record.__dict__.keys():
            line[field] = _plain(record.__dict__[field])
        if record.exc_info:
            line |= _fault(*record.exc_info)
        return _encoder.encode(line).decode()


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)[:_LONGEST]


def _fault(
    kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
) -> dict[str, object]:
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-12:]]
    cause = fault.__cause__ or fault.__context__ if fault else None
    return {
        "fault": kind.__name__ if kind else "",
        "cause": type(cause).__name__ if cause else None,
        "places": places,
    }
