"""Compares two states of procedures for a reviewer: files, folders, versions that were served."""

import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from backend.catalogue import store
from backend.catalogue.actions.checking import texts
from backend.catalogue.actions.serving import UnknownProcedure
from backend.catalogue.model import folder as folders
from backend.catalogue.model.definition import Definition
from backend.catalogue.model.differences import differences, tariff_differences
from backend.catalogue.model.english import Language
from backend.catalogue.model.fees import TariffFile, TariffPrice
from backend.catalogue.model.reading import SHARED, Reading, Source, read
from backend.catalogue.model.sidebyside import Difference
from backend.catalogue.model.wording import day, words
from backend.platform.yamlfiles import Finding


class NotComparable(Exception):  # noqa: N818 - it reads as the sentence it is
    """A file is broken or missing; `findings` say where, the text says it in a sentence."""

    def __init__(self, sentence: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(sentence)
        self.findings = findings


class Side(msgspec.Struct, frozen=True):
    """One of the two states that are compared."""

    definitions: dict[str, Definition]
    """By code; an edition that begins later stands beside it as `code@2027-03-01`."""
    tariffs: tuple[TariffFile, ...] = ()


class Comparison(msgspec.Struct, frozen=True):
    """What differs for one procedure (so sánh một thủ tục)."""

    code: str
    title: str
    differences: tuple[Difference, ...]


def read_file(path: Path, *, shared: Path) -> Reading:
    """Read one procedure file; its blocks lie in its own folder of procedures, else in `shared`.

    A draft outside such a folder may use the blocks of the procedures in force.
    """
    own = path.resolve().parent.parent / SHARED
    blocks = {
        block.stem: block.read_text(encoding="utf-8")
        for block in sorted((own if own.is_dir() else shared / SHARED).glob("*.yaml"))
    }
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as wrong:
        raise NotComparable(f"Không đọc được tệp {path}.") from wrong
    return read(str(path), text, blocks)


def side_of_path(path: Path, *, shared: Path) -> Side:
    """Take a file or a folder as one side; raises NotComparable with every fault."""
    if path.is_dir():
        found = folders.collect(texts(path), name=path.name)
        if found.findings:
            raise NotComparable(f"Thư mục {path} có chỗ sai.", tuple(found.findings))
        definitions = {key: one.definition for key, one in found.good.items() if one.definition}
        return Side(definitions, tuple(found.tariffs))
    reading = read_file(path, shared=shared)
    if reading.definition is None:
        raise NotComparable(f"Tệp {path} có chỗ sai.", reading.findings)
    return Side({reading.code: reading.definition})


async def side_of_version(code: str, version: str) -> Side:
    """Take a version kept in the database as one side; raises UnknownProcedure."""
    source = await _source(code, version)
    reading = read(source.path, source.text, source.blocks, judged=False)
    if reading.definition is None:
        raise NotComparable(f"Bản {code}@{version} không đọc lại được.", reading.findings)
    return Side({code: reading.definition})


async def _source(code: str, version: str) -> Source:
    """Find a text that was served, or one that is only proposed."""
    kept = await store.one(code, version)
    if kept is not None:
        return kept.source
    for one in await store.publications(code):
        if one.version == version:
            return one.source
    raise UnknownProcedure(f"{code}@{version}")


def compare(before: Side, after: Side, *, language: Language = "vi") -> list[Comparison]:
    """List what differs, procedure by procedure; two single files are compared with each other.

    An edition that is new is compared with the one before it.
    """
    found = []
    for key, (was, now) in _pairs(before.definitions, after.definitions).items():
        both = _differences(was, now, language) + _prices(key, before, after, now or was, language)
        named = now or was
        if both and named:
            found.append(Comparison(named.code, named.title, tuple(_grouped(both, language))))
    return found


Pair = tuple[Definition | None, Definition | None]


def _pairs(before: Mapping[str, Definition], after: Mapping[str, Definition]) -> dict[str, Pair]:
    if len(before) == len(after) == 1:
        (old,), (new,) = before.values(), after.values()
        return {new.code: (old, new)}
    return {
        key: (before.get(key) or _edition_before(key, after), after.get(key))
        for key in {**before, **after}
    }


def _edition_before(key: str, editions: Mapping[str, Definition]) -> Definition | None:
    """Find the edition that a new one follows; None for what begins a procedure."""
    code, dated, _day = key.partition("@")
    earlier = [one for one in editions if one.partition("@")[0] == code and one < key]
    return editions[max(earlier)] if dated and key in editions and earlier else None


def _grouped(found: list[Difference], language: Language) -> list[Difference]:
    parts = list(words(language).parts.values())
    return sorted(found, key=lambda one: parts.index(one.part))


def _differences(
    was: Definition | None, now: Definition | None, language: Language
) -> list[Difference]:
    if was is not None and now is not None:
        return differences(was, now, language=language)
    known = words(language)
    kind = "procedure_added" if was is None else "procedure_removed"
    first = was.valid_from if was else None
    if first is not None:
        return [
            Difference(known.parts["general"], known.say["edition_removed"].format(date=day(first)))
        ]
    return [Difference(known.parts["general"], known.say[kind])]


def _prices(
    code: str, before: Side, after: Side, definition: Definition | None, language: Language
) -> list[Difference]:
    """Compare the amounts that tariffs set for one procedure; two single files have none."""
    names = {
        item.id: item.name
        for item in (definition.fee.items if definition and definition.fee else ())
    }
    was, now = (_charged(code, side.tariffs, names, language) for side in (before, after))
    return tariff_differences(was, now, language=language)


def _charged(
    code: str, tariffs: tuple[TariffFile, ...], names: Mapping[str, str], language: Language
) -> dict[str, list[TariffPrice]]:
    found: dict[str, list[TariffPrice]] = {}
    for tariff in tariffs:
        for one in tariff.prices:
            if one.procedure == code:
                where = f"{tariff.place}, {one.channel}" if one.channel else tariff.place
                what = names.get(one.item, one.item)
                said = words(language).say["tariff"].format(what=what, new=where)
                found.setdefault(said, []).append(one)
    return found


def print_comparison(before: Side, after: Side, *, language: Language = "vi") -> int:
    """Print what differs, grouped by part; the exit code is 1 when something does, as of diff."""
    found = compare(before, after, language=language)
    if not found:
        sys.stdout.write(words(language).say["nothing"] + "\n")
        return 0
    for one in found:
        sys.stdout.write("\n".join([f"{one.code} {one.title}", *_lines(one.differences), "", ""]))
    return 1


def _lines(found: tuple[Difference, ...]) -> list[str]:
    lines, part = [], ""
    for one in found:
        if one.part != part:
            lines.append(f"  {one.part}")
            part = one.part
        lines.append(f"    - {one.words}")
        if one.warning:
            lines.append(f"      ! {one.warning}")
    return lines
