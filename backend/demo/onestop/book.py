"""Keep what the pretend one-stop received in effect (sổ tiếp nhận); a file survives a kill.

One SQLite connection, one transaction for each call, each effect by a single atomic statement: what
was answered is on disk, and two processes over one file would still never give a number twice.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

import msgspec

from backend.demo.onestop.vocabulary import Progress, Record

_VIETNAM = timezone(timedelta(hours=7))

_TABLES = """
CREATE TABLE IF NOT EXISTS counters (day TEXT PRIMARY KEY, last INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS held (
  code TEXT PRIMARY KEY,
  receipt_number TEXT NOT NULL UNIQUE,
  created TEXT NOT NULL,
  record TEXT NOT NULL,
  deliveries INTEGER NOT NULL,
  updates INTEGER NOT NULL DEFAULT 0,
  arrived_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS files (
  code TEXT NOT NULL REFERENCES held (code),
  file TEXT NOT NULL,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY (code, file)
);
CREATE TABLE IF NOT EXISTS progress (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL REFERENCES held (code),
  line TEXT NOT NULL,
  deliveries INTEGER NOT NULL DEFAULT 1,
  UNIQUE (code, line)
);
"""


class Fetched(msgspec.Struct, frozen=True):
    """One file as it came through its link: what was measured, not what was promised."""

    file: str
    name: str
    sha256: str
    size: int


class ReceivedFile(msgspec.Struct, frozen=True):
    """One file in `GET /received`."""

    name: str
    sha256: str
    size: int


class Received(msgspec.Struct, frozen=True):
    """One dossier in `GET /received`: once in effect, with the number of raw deliveries."""

    code: str
    receipt_number: str
    deliveries: int
    updates: int
    files: list[ReceivedFile]
    progress: list[dict[str, str]]
    repeated_rows: int
    record: dict[str, object]
    arrived_at: str


class RefusedError(Exception):
    """The pretend one-stop does not take this; it answers with the code and the words."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


def unlinked(record: Record) -> str:
    """Return a record as canonical text without its links, which are new at each delivery."""
    words = msgspec.to_builtins(record)
    for paper in words["TaiLieuNop"]:
        del paper["DuongDanTaiTepTin"]
    return json.dumps(words, ensure_ascii=False, sort_keys=True)


class Book:
    """The register of one pretend one-stop; `path` None keeps it in memory only."""

    def __init__(self, path: Path | None, *, agency: str) -> None:
        self._agency = agency
        self._database = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._database.row_factory = sqlite3.Row
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.executescript(_TABLES)

    def knows(self, code: str) -> bool:
        """Tell whether this dossier is in the register."""
        return self._held(code) is not None

    def known_files(self, code: str) -> set[str]:
        """Return the ids of the files that were fetched for a dossier."""
        rows = self._database.execute("SELECT file FROM files WHERE code = ?", (code,))
        return {row["file"] for row in rows}

    def create(self, record: Record, files: Sequence[Fetched], *, now: datetime) -> str:
        """Enter a new dossier and return its number; the same one again has no second effect."""
        text = unlinked(record)
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            held = self._held(record.MaHoSo)
            if held is None:
                number = self._next_number(now)
                self._database.execute(
                    "INSERT INTO held (code, receipt_number, created, record, deliveries,"
                    " arrived_at) VALUES (?, ?, ?, ?, 1, ?)",
                    (record.MaHoSo, number, text, text, now.astimezone(_VIETNAM).isoformat()),
                )
                self._keep_files(record.MaHoSo, files)
                return number
            self._count(record.MaHoSo, "deliveries")
        if held["created"] != text:
            raise RefusedError("11", "Hồ sơ đã có với nội dung khác")
        return str(held["receipt_number"])

    def update(self, record: Record, files: Sequence[Fetched]) -> str:
        """Put new facts in the place of the old ones and return the number."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            held = self._held(record.MaHoSo)
            if held is None:
                raise RefusedError("12", "Chưa có hồ sơ này để cập nhật")
            self._count(record.MaHoSo, "updates")
            self._database.execute(
                "UPDATE held SET record = ? WHERE code = ?", (unlinked(record), record.MaHoSo)
            )
            self._keep_files(record.MaHoSo, files)
            return str(held["receipt_number"])

    def advance(self, rows: Sequence[Progress]) -> None:
        """Append rows of progress; a row that is there already has no second effect."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            for row in rows:
                if self._held(row.MaHoSo) is None:
                    raise RefusedError("12", f"Chưa có hồ sơ {row.MaHoSo}")
                line = json.dumps(msgspec.to_builtins(row), ensure_ascii=False, sort_keys=True)
                self._database.execute(
                    "INSERT INTO progress (code, line) VALUES (?, ?)"
                    " ON CONFLICT (code, line) DO UPDATE SET deliveries = deliveries + 1",
                    (row.MaHoSo, line),
                )

    def set_status(self, code: str, status: str, *, note: str, now: datetime) -> None:
        """Set a dossier's state as an officer of the one-stop would, with its row of progress."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            held = self._held(code)
            if held is None:
                raise RefusedError("12", "Chưa có hồ sơ này")
            words = json.loads(held["record"]) | {"TrangThaiHoSo": status, "GhiChu": note}
            self._database.execute(
                "UPDATE held SET record = ? WHERE code = ?",
                (json.dumps(words, ensure_ascii=False, sort_keys=True), code),
            )
            row = Progress(
                MaHoSo=code,
                ThoiDiemXuLy=now.astimezone(_VIETNAM).strftime("%Y%m%d%H%M%S"),
                TrangThai=status,  # type: ignore[arg-type]
                NoiDungXuLy=note or "Cập nhật tại hệ thống một cửa giả định",
                PhongBanXuLy="Hệ thống một cửa giả định",
            )
            line = json.dumps(msgspec.to_builtins(row), ensure_ascii=False, sort_keys=True)
            self._database.execute("INSERT INTO progress (code, line) VALUES (?, ?)", (code, line))

    def look_up(self, code: str) -> dict[str, object] | None:
        """Return a dossier as it is held, with its number and its rows of progress."""
        held = self._held(code)
        if held is None:
            return None
        words: dict[str, object] = json.loads(held["record"])
        return words | {"SoBienNhan": held["receipt_number"], "TienDo": self._progress(code)}

    def count(self) -> int:
        """Count the dossiers in the register."""
        found: int = self._database.execute("SELECT count(*) FROM held").fetchone()[0]
        return found

    def received(self, *, last: int = -1) -> list[Received]:
        """Return what is in the register, all or the last so many, oldest first."""
        latest = "SELECT * FROM held ORDER BY rowid DESC LIMIT ?"
        rows = self._database.execute(latest, (last,)).fetchall()
        return [
            Received(
                code=row["code"],
                receipt_number=row["receipt_number"],
                deliveries=row["deliveries"],
                updates=row["updates"],
                files=self._files(row["code"]),
                progress=self._progress(row["code"]),
                repeated_rows=self._repeated(row["code"]),
                record=json.loads(row["record"]),
                arrived_at=row["arrived_at"],
            )
            for row in reversed(rows)
        ]

    def _held(self, code: str) -> sqlite3.Row | None:
        found = self._database.execute("SELECT * FROM held WHERE code = ?", (code,)).fetchone()
        return found if isinstance(found, sqlite3.Row) else None

    def _count(self, code: str, what: str) -> None:
        self._database.execute(f"UPDATE held SET {what} = {what} + 1 WHERE code = ?", (code,))

    def _next_number(self, now: datetime) -> str:
        day = now.astimezone(_VIETNAM).strftime("%y%m%d")
        row = self._database.execute(
            "INSERT INTO counters (day, last) VALUES (?, 1)"
            " ON CONFLICT (day) DO UPDATE SET last = last + 1 RETURNING last",
            (day,),
        ).fetchone()
        return f"{self._agency}-{day}-{row['last']:04d}"

    def _keep_files(self, code: str, files: Sequence[Fetched]) -> None:
        self._database.executemany(
            "INSERT INTO files (code, file, name, sha256, size) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            [(code, file.file, file.name, file.sha256, file.size) for file in files],
        )

    def _files(self, code: str) -> list[ReceivedFile]:
        rows = self._database.execute(
            "SELECT name, sha256, size FROM files WHERE code = ? ORDER BY rowid", (code,)
        )
        return [ReceivedFile(**dict(row)) for row in rows]

    def _progress(self, code: str) -> list[dict[str, str]]:
        rows = self._database.execute(
            "SELECT line FROM progress WHERE code = ? ORDER BY id", (code,)
        )
        return [json.loads(row["line"]) for row in rows]

    def _repeated(self, code: str) -> int:
        row = self._database.execute(
            "SELECT coalesce(sum(deliveries - 1), 0) AS n FROM progress WHERE code = ?", (code,)
        ).fetchone()
        return int(row["n"])
