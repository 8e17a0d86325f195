"""Loads the procedures of a folder, keeps every version served, and answers from memory."""

import sys
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import msgspec

from backend import places
from backend.catalogue import store
from backend.catalogue.model import choosers, documents, english, golden, publishing
from backend.catalogue.model import folder as folders
from backend.catalogue.model.choosers import Chooser, ChooserShown
from backend.catalogue.model.editions import Editions, begins
from backend.catalogue.model.english import Language
from backend.catalogue.model.fees import TariffFile
from backend.catalogue.model.listing import Area, Listed, rank
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.reading import Reading, Source, read
from backend.platform.db import transaction
from backend.platform.http import etag_of
from backend.platform.kit import logs
from backend.platform.kit.clock import VIETNAM, Clock, utc_now
from backend.platform.kit.errors import NotFound
from backend.platform.kit.vietnamese import fold
from backend.platform.yamlfiles import Finding

_logger = logs.get("catalogue")

BROKEN = "Thủ tục này đang được sửa trên máy, chưa nộp được. Hỏi bộ phận một cửa của phường."


class UnknownProcedure(NotFound):
    """No procedure has that code, or no version of it was ever served."""

    slug = "unknown-procedure"
    title = "Không có thủ tục này. Quét lại mã QR hoặc chọn thủ tục trong danh sách."


class NoExample(NotFound):
    """A procedure that cannot be filed has no example."""

    slug = "no-example"
    title = "Thủ tục này không có hồ sơ mẫu vì chưa nộp được ở đây."


class Packed(msgspec.Struct, frozen=True):
    """An answer kept ready: plain and compressed, each with its ETag."""

    plain: bytes
    etag: str
    brotli: bytes
    brotli_etag: str


class _Book:
    """What this process serves; filled by load() and remember_versions()."""

    def __init__(self) -> None:
        self.clock: Clock = utc_now
        self.started_at: datetime | None = None
        self.procedures: dict[str, Editions] = {}
        self.sources: dict[tuple[str, date], Source] = {}
        self.broken: list[Reading] = []
        self.goldens: dict[str, tuple[golden.Golden, ...]] = {}
        self.tariffs: tuple[TariffFile, ...] = ()
        self.choosers: dict[str, Chooser] = {}
        self.kept: dict[tuple[str, str], Source] = {}
        self.old: dict[tuple[str, str], Procedure] = {}
        self.packed: dict[tuple[str, str, str | None, Language, date], Packed] = {}

    def put(self, code: str, procedure: Procedure) -> None:
        """Serve a version beside those of other days."""
        self.procedures.setdefault(code, Editions()).add(procedure)

    def served(self) -> list[tuple[str, Source]]:
        """List the texts that are served, each with its code."""
        return [(code, source) for (code, _), source in self.sources.items()]

    def today(self) -> date:
        """Say what day it is in Vietnam."""
        return self.clock().astimezone(VIETNAM).date()


class _Serving:
    """The book of this process, replaced whole by load()."""

    book = _Book()


def load(folder: Path, *, demo: bool, clock: Clock = utc_now) -> None:
    """Read all procedures of a folder; faults are logged and take out their own file alone.

    A broken file's last good version goes on: from memory when loaded again, else from the
    database with remember_versions(). Tariffs marked demo (trình diễn) count in demo mode only.
    """
    found = folders.collect(_texts(folder), name=folder.name)
    for finding in found.findings:
        _logger.error("file-refused", extra={"file": finding.file, "reason": str(finding)})
    book = _Book()
    book.clock = clock
    book.started_at = clock()
    book.tariffs = tuple(tariff for tariff in found.tariffs if demo or not tariff.demo)
    for key, reading in found.good.items():
        _serve(book, reading)
        book.goldens[reading.source.version] = found.goldens.get(key, ())
    book.choosers = dict(found.choosers)
    book.broken = list(found.broken)
    _mend(book, _Serving.book.served())
    for reading in book.broken:
        if reading.code and reading.code not in book.procedures:
            book.put(reading.code, _stub(reading, book))
    _Serving.book = book


async def remember_versions(*, now: datetime) -> None:
    """Keep the text of every version served now, and know all those served before.

    Call once at start, after load(), before the first request.
    """
    book = _Serving.book
    async with transaction():
        await store.keep(book.served(), now=now)
    kept = await store.all_versions()
    book.kept.update({(one.code, one.version): one.source for one in kept})
    _mend(book, [(one.code, one.source) for one in kept])


async def recall(code: str, *, version: str) -> Procedure:
    """Like get(), but looks into the database for a version that another process has served."""
    try:
        return get(code, version=version)
    except UnknownProcedure:
        kept = await store.one(code, version)
        if kept is None:
            raise
        _Serving.book.kept[code, version] = kept.source
        return get(code, version=version)


def get(code: str, *, version: str | None = None) -> Procedure:
    """Find a procedure in force, or in the version a dossier is pinned to."""
    editions = _Serving.book.procedures.get(code)
    if version is None:
        if editions is None:
            raise UnknownProcedure
        return editions.on(_Serving.book.today())
    for one in editions or ():
        if one.version == version:
            return one
    known = _Serving.book.old.get((code, version))
    if known is None:
        source = _Serving.book.kept.get((code, version))
        if source is None:
            raise UnknownProcedure(f"version {version}")
        known = _Serving.book.old[code, version] = _again(code, source, _Serving.book)
    return known


def listing(
    *, unit: str | None = None, q: str | None = None, language: Language = "vi"
) -> list[Listed]:
    """List the procedures; `q` is looked for without diacritics, all its words, titles first."""
    if unit is not None:
        places.get(unit)
    words = fold(q or "").split()
    ranked = []
    for code in _Serving.book.procedures:
        procedure = get(code)
        place = rank(procedure.definition, words)
        if place is not None:
            ranked.append((not procedure.fileable, place, procedure.title, procedure))
    return [_listed(one[-1], unit, language) for one in sorted(ranked, key=lambda one: one[:3])]


def offered(codes: Iterable[str], *, language: Language = "vi") -> list[ChooserShown]:
    """List the choosers that lead to one of these procedures."""
    wanted = set(codes)
    return [
        choosers.shown(id_, chooser, language)
        for id_, chooser in _Serving.book.choosers.items()
        if choosers.leads_to(chooser) & wanted
    ]


def public(code: str, *, unit: str | None = None, version: str | None = None) -> tuple[bytes, str]:
    """Give the definition as the PWA draws it: JSON bytes and their ETag."""
    kept = packed(code, unit=unit, version=version)
    return kept.plain, kept.etag


def packed(
    code: str,
    *,
    unit: str | None = None,
    version: str | None = None,
    language: Language = "vi",
) -> Packed:
    """Give the definition of today, plain and compressed; made once and kept in memory."""
    procedure = get(code, version=version)
    today = _Serving.book.today()
    key = (code, procedure.version, unit, language, today)
    if key not in _Serving.book.packed:
        if unit is not None:
            places.get(unit)
        if any(day != today for *_, day in _Serving.book.packed):
            _Serving.book.packed.clear()
        document = procedure.published(unit=unit, on=today, language=language)
        _Serving.book.packed[key] = _pack(document)
    return _Serving.book.packed[key]


def example(code: str, *, unit: str | None = None) -> dict[str, Any]:
    """Give the golden dossier marked `example: true` as a manifest, for a unit."""
    procedure = get(code)
    found = next(
        (one for one in _Serving.book.goldens.get(procedure.version, ()) if one.example), None
    )
    if found is None or not procedure.fileable:
        raise NoExample
    if unit is not None:
        places.get(unit)
    at = _Serving.book.started_at or _Serving.book.clock()
    return golden.manifest(procedure, found, unit=unit or found.unit, at=at)


# -- the linter -----------------------------------------------------------------------------------


def check(folder: Path) -> list[Finding]:
    """Find every fault of a folder of procedures (motcua check-procedures), golden dossiers too."""
    known, findings = places.read(places.DATA, demo=True)
    found = folders.collect(_texts(folder), name=folder.name)
    found_more = folders.judge(found, known)
    return sorted({*findings, *found.findings, *found_more})


def untranslated(folder: Path) -> list[Finding]:
    """Find every text that has no English beside it: a warning, the file may be published."""
    found = folders.collect(_texts(folder), name=folder.name)
    return sorted(warning for one in found.good.values() for warning in one.warnings)


def print_findings(folder: Path) -> int:
    """Print what check() finds, then the warnings; the exit code is 1 when there is a fault."""
    findings, warnings, guesses = check(folder), untranslated(folder), places.warnings()
    bold, plain = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("", "")
    for finding in [*findings, *warnings, *guesses]:
        where, _, message = str(finding).partition("  ")
        sys.stdout.write(f"{bold}{where}{plain}  {message}\n")
    count = len(list(folder.glob("*/*.yaml")))
    if warnings:
        texts = "1 text" if len(warnings) == 1 else f"{len(warnings)} texts"
        sys.stdout.write(f"\n{texts} without English; the Vietnamese is shown.\n")
    if findings:
        files = len({finding.file for finding in findings})
        faults = "1 fault" if len(findings) == 1 else f"{len(findings)} faults"
        sys.stdout.write(f"\n{faults} in {files} of {count} files.\n")
        return 1
    sys.stdout.write(f"{count} files are in order.\n")
    return 0


def write_generated(folder: Path) -> None:
    """Write what is generated into a folder of procedures: schema and the README's key tables."""
    (folder / "procedure.schema.json").write_text(documents.schema(), encoding="utf-8")
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(documents.with_keys(text), encoding="utf-8")


# -- inside ---------------------------------------------------------------------------------------


def _texts(folder: Path) -> dict[str, str | None]:
    """Read all YAML files below a folder, by relative path; None where one is not UTF-8."""
    texts: dict[str, str | None] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        try:
            text: str | None = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            text = None
        texts[path.relative_to(folder).as_posix()] = text
    return texts


def _procedure(reading: Reading, book: _Book) -> Procedure:
    if reading.definition is None:
        return _stub(reading, book)
    return Procedure(
        reading.definition,
        version=reading.source.version,
        tariffs=book.tariffs,
        places=places.current(),
    )


def _again(code: str, source: Source, book: _Book) -> Procedure:
    """Read a text that was served before; today's stricter rules do not take it away."""
    reading = read(source.path, source.text, source.blocks, judged=False)
    if reading.definition is None:
        named = {"file": source.path, "procedure": code, "version": source.version}
        _logger.error("version-unreadable", extra=named)
    return _procedure(reading, book)


def _serve(book: _Book, reading: Reading) -> None:
    if reading.definition is not None:
        code = reading.definition.code
        book.sources[code, begins(reading.definition)] = reading.source
        book.put(code, _procedure(reading, book))


def _mend(book: _Book, served: Iterable[tuple[str, Source]]) -> None:
    """Let the version of a broken file that was served last go on; `served` has it first."""
    for code, source in served:
        mended = [
            reading
            for reading in book.broken
            if source.path == reading.source.path or code == reading.code
        ]
        again = _again(code, source, book) if mended else None
        if again is None or (code, begins(again.definition)) in book.sources:
            continue
        named = {"file": source.path, "procedure": code, "version": source.version}
        _logger.error("last-good-version-goes-on", extra=named)
        for reading in mended:
            book.broken.remove(reading)
            if not any(known == reading.code for known, _ in book.sources):
                book.procedures.pop(reading.code, None)
        book.sources[code, begins(again.definition)] = source
        book.put(code, again)


def _stub(reading: Reading, book: _Book) -> Procedure:
    definition = publishing.stub(reading.code, reading.name or reading.code, why=BROKEN)
    return Procedure(
        definition,
        version=reading.source.version,
        tariffs=book.tariffs,
        places=places.current(),
    )


def _listed(procedure: Procedure, unit: str | None, language: Language) -> Listed:
    today = _Serving.book.today()
    definition = procedure.as_of(today)
    plain = english.spoken(msgspec.to_builtins(definition), language)
    return Listed(
        code=procedure.code,
        name=procedure.name,
        title=plain["title"],
        summary=tuple(plain["summary"]),
        field=Area(**plain["field"]),
        fileable=definition.not_fileable is None,
        why_not=plain["not_fileable"],
        minutes=plain["minutes"],
        fee_note=procedure.fee_note(unit=unit, on=today, language=language),
        deadline=(plain["deadline"] or plain["no_deadline"] or {}).get("text"),
    )


def _pack(document: Mapping[str, Any]) -> Packed:
    plain = msgspec.json.encode(document)
    small: bytes = brotli.compress(plain, quality=11)
    return Packed(plain, etag_of(plain), small, etag_of(small))
