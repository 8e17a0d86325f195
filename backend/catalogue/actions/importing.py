"""Writes the draft of a national procedure record into a folder of procedures (nhập bản ghi)."""

from datetime import date
from pathlib import Path

import msgspec

from backend.catalogue.model.importing import Draft, NotARecord, draft
from backend.catalogue.model.reading import read

_LARGEST = 5_000_000


def import_record(
    file: Path, *, out: Path, today: date, code: str | None = None
) -> tuple[Path, Draft]:
    """Write the draft of one record; raises NotARecord with a sentence, never overwrites a file."""
    try:
        body = file.read_bytes()
        record = msgspec.json.decode(body[: _LARGEST + 1])
    except OSError as wrong:
        raise NotARecord(f"Không đọc được tệp {file}.") from wrong
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as wrong:
        raise NotARecord(f"Tệp {file} không phải JSON đọc được: {wrong}.") from wrong
    made = draft(record, source=file.name, today=today, code=code)
    faults = read(made.path, made.text, {}).findings
    if faults:
        raise NotARecord(f"Bản ghi này chưa lập được bản nháp: {faults[0]}")
    path = out / made.path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as opened:
            opened.write(made.text)
    except FileExistsError as taken:
        raise NotARecord(f"{path} đã có; không ghi đè.") from taken
    except OSError as wrong:
        raise NotARecord(f"Không ghi được {path}: {wrong.strerror}.") from wrong
    return path, made
