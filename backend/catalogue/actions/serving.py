"""Loads the procedures of a folder, keeps every version served, and answers from memory."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import msgspec

from backend import places
from backend.catalogue import store
from backend.catalogue.actions.checking import texts
from backend.catalogue.model import folder as folders
from backend.catalogue.model import golden, publication, publishing
from backend.catalogue.model.choosers import Chooser
from backend.catalogue.model.definition import Definition
from backend.catalogue.model.editions import Editions, begins
from backend.catalogue.model.elsewhere import SearchWords
from backend.catalogue.model.english import Language
from backend.catalogue.model.fees import TariffFile
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.publication import Publication
from backend.catalogue.model.reading import Reading, Source, read
from backend.platform.db import transaction
from backend.platform.http import etag_of
from backend.platform.kit import logs
from backend.platform.kit.clock import VIETNAM, Clock, utc_now
from backend.platform.kit.errors import NotFound

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
        self.search = SearchWords()
        self.kept: dict[tuple[str, str], Source] = {}
        self.published: dict[str, list[Publication]] = {}
        self.old: dict[tuple[str, str], Procedure] = {}
        self.packed: dict[tuple[str, str, str | None, Language, date, date], Packed] = {}

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
    found = folders.collect(texts(folder), name=folder.name)
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
    book.search = found.search
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
    await hear_of_publications()


async def hear_of_publications() -> None:
    """Know every publication, those of later days too; call at start, then every few seconds.

    What is served changes at 00:00 by the clock alone.
    """
    found: dict[str, list[Publication]] = {}
    for one in await store.publications():
        found.setdefault(one.code, []).append(one)
    _Serving.book.published = found


async def recall(code: str, *, version: str) -> Procedure:
    """Like get(), but looks into the database for a version that another process has served."""
    try:
        return get(code, version=version)
    except UnknownProcedure:
        kept = await store.one(code, version)
        if kept is None:
            await hear_of_publications()
        else:
            _Serving.book.kept[code, version] = kept.source
        return get(code, version=version)


async def look_up(code: str, *, version: str) -> None:
    """Know a version that another process has served, if there is one: the forms of dossiers."""
    try:
        get(code, version=version)
    except UnknownProcedure:
        kept = await store.one(code, version)
        if kept is not None:  # into the book of now, as it may have been read anew meanwhile
            _Serving.book.kept[code, version] = kept.source


def get(code: str, *, version: str | None = None) -> Procedure:
    """Find a procedure in force today, or in the version a dossier is pinned to."""
    book = _Serving.book
    current = _in_force(code, book)
    if current is not None and version in (None, current.version):
        return current
    if version is None:
        raise UnknownProcedure
    for one in book.procedures.get(code, ()):
        if one.version == version:
            return one
    source = book.kept.get((code, version)) or _begun(code, version, book)
    if source is None:
        raise UnknownProcedure(f"version {version}")
    return _once_more(code, source, book)


def served(code: str) -> Source | None:
    """Give the text that is served today, for a rollback to it or for a comparison."""
    book = _Serving.book
    found = publication.in_force(book.published.get(code, ()), on=book.today())
    return found.source if found else next(iter(held(code)), None)


def published(code: str) -> Sequence[Publication]:
    """List the publications of a procedure that this process knows of."""
    return _Serving.book.published.get(code, ())


def held(code: str) -> list[Source]:
    """List the folder's editions that have begun, the latest first, served or not."""
    book = _Serving.book
    begun = {
        day: source
        for (known, day), source in book.sources.items()
        if known == code and day <= book.today()
    }
    return [begun[day] for day in sorted(begun, reverse=True)]


def definition_of(source: Source) -> Definition | None:
    """Read a text that was served or proposed, for a comparison."""
    return read(source.path, source.text, source.blocks, judged=False).definition


def in_force() -> list[Procedure]:
    """List the procedures of today, each in the version that is served."""
    return _all_in_force(_Serving.book)


def known_choosers() -> Mapping[str, Chooser]:
    """Give the choosers by id."""
    return _Serving.book.choosers


def search_words() -> SearchWords:
    """Give the words that help finding, and what other offices do."""
    return _Serving.book.search


def today() -> date:
    """Say what day it is in Vietnam by the clock of what is served."""
    return _Serving.book.today()


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
    if unit is not None:
        places.get(unit)
    opens = _opens(unit or "") if procedure.asks_for_a_day else today
    key = (code, procedure.version, unit, language, opens, today)
    if key not in _Serving.book.packed:
        if any(day != today for *_, day in _Serving.book.packed):
            _Serving.book.packed.clear()
        document = procedure.published(unit=unit, on=today, visits_from=opens, language=language)
        _Serving.book.packed[key] = _pack(document)
    return _Serving.book.packed[key]


def example(code: str, *, unit: str | None = None) -> dict[str, Any]:
    """Give the golden dossier marked `example: true` as a manifest, for a unit."""
    procedure = get(code)
    found = next((one for one in _goldens(procedure, _Serving.book) if one.example), None)
    if found is None or not procedure.fileable:
        raise NoExample
    if unit is not None:
        places.get(unit)
    at = _Serving.book.started_at or _Serving.book.clock()
    on = _Serving.book.today()
    return golden.manifest(procedure, found, unit=unit or found.unit, at=at, on=on)


# -- inside ---------------------------------------------------------------------------------------


def _opens(unit: str) -> date:
    """Say on which day a desk is open next: today until it closes."""
    return places.current().reached(_Serving.book.clock(), unit=unit).astimezone(VIETNAM).date()


def _procedure(reading: Reading, book: _Book) -> Procedure:
    if reading.definition is None:
        return _stub(reading, book)
    return Procedure(
        reading.definition,
        version=reading.source.version,
        tariffs=book.tariffs,
        places=places.current(),
    )


def _goldens(procedure: Procedure, book: _Book) -> tuple[golden.Golden, ...]:
    """Find the golden dossiers of a version; a published text has those of the folder's edition."""
    if procedure.version in book.goldens:
        return book.goldens[procedure.version]
    edition = next(iter(held(procedure.code)), None)
    return book.goldens.get(edition.version, ()) if edition else ()


def _all_in_force(book: _Book) -> list[Procedure]:
    codes = {**book.procedures, **book.published}
    return [one for code in codes if (one := _in_force(code, book)) is not None]


def _in_force(code: str, book: _Book) -> Procedure | None:
    """Find what is served today: a publication before the folder's edition of the day."""
    published = book.published.get(code)
    found = publication.in_force(published, on=book.today()) if published else None
    if found is not None:
        return _once_more(code, found.source, book)
    editions = book.procedures.get(code)
    return editions.on(book.today()) if editions else None


def _begun(code: str, version: str, book: _Book) -> Source | None:
    """Find a text that a publication has served, from its first day on."""
    begun = publication.in_order(book.published.get(code, ()), on=book.today())
    return next((one.source for one in begun if one.version == version), None)


def _once_more(code: str, source: Source, book: _Book) -> Procedure:
    """Read a text once and keep what came of it."""
    key = (code, source.version)
    if key not in book.old:
        book.old[key] = _again(code, source, book)
    return book.old[key]


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
    version, tariffs = reading.source.version, book.tariffs
    return Procedure(definition, version=version, tariffs=tariffs, places=places.current())


def _pack(document: Mapping[str, Any]) -> Packed:
    plain = msgspec.json.encode(document)
    small: bytes = brotli.compress(plain, quality=11)
    return Packed(plain, etag_of(plain), small, etag_of(small))
