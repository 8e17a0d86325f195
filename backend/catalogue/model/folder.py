"""A folder of procedures as a whole: what each file is, and what must agree between them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TypeVar

import msgspec

from backend.catalogue.model import choosers, elsewhere
from backend.catalogue.model import golden as goldens
from backend.catalogue.model.choosers import Chooser
from backend.catalogue.model.editions import begins
from backend.catalogue.model.elsewhere import SearchWords
from backend.catalogue.model.fees import TariffFile
from backend.catalogue.model.golden import Golden
from backend.catalogue.model.notes import finding
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.reading import SHARED, Reading, read
from backend.places.model import Places
from backend.platform import yamlfiles
from backend.platform.yamlfiles import Finding, Node, Place, Sequence

T = TypeVar("T")

TARIFFS = "tariffs"
CHOOSERS = "choosers"
SEARCH = "search"
WORDS = f"{SEARCH}/words.yaml"
NOT_PROCEDURES = (SHARED, TARIFFS, CHOOSERS, SEARCH, "vectors")
GOLDEN = ".golden"


class Folder(msgspec.Struct):
    """What was found in a folder; nodes are kept so that later judgements can name a place."""

    name: str
    good: dict[str, Reading] = {}
    """By code; a version that begins later stands beside it as `code@2027-03-01`."""
    broken: list[Reading] = []
    tariffs: list[TariffFile] = []
    goldens: dict[str, tuple[Golden, ...]] = {}
    choosers: dict[str, Chooser] = {}
    search: SearchWords = SearchWords()
    findings: list[Finding] = []
    tariff_nodes: list[Node] = []
    golden_nodes: dict[str, Sequence] = {}
    golden_broken: set[str] = set()
    unused_blocks: list[str] = []


def collect(texts: Mapping[str, str | None], *, name: str) -> Folder:
    """Read all files by their relative paths, `ho-tich/x.yaml`; a broken one stays alone."""
    found = Folder(name)
    if not texts:
        found.findings.append(Place(name, 1, 1).finding("", "no procedure files in this folder"))
    readable: dict[str, str] = {}
    for path, text in texts.items():
        if text is None:
            found.findings.append(_start(found, path).finding("", "the file is not UTF-8"))
        else:
            readable[path] = text
    blocks = {
        PurePosixPath(path).stem: text
        for path, text in readable.items()
        if path.startswith(f"{SHARED}/")
    }
    by_kind: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for path, text in readable.items():
        by_kind[_kind(path)][path] = text
    for path, text in by_kind[TARIFFS].items():
        _tariff(found, path, text)
    for path, text in by_kind["procedure"].items():
        _procedure(found, path, text, blocks)
    found.good = dict(_keyed(found.good.values()))
    for path, text in by_kind[CHOOSERS].items():
        _chooser(found, path, text)
    for path, text in by_kind[SEARCH].items():
        _search(found, path, text)
    for path, text in by_kind["golden"].items():
        _goldens(found, path, text)
    used = {
        block
        for reading in (*found.good.values(), *found.broken)
        for block in reading.source.blocks
    }
    found.unused_blocks = sorted(set(blocks) - used)
    return found


def _kind(path: str) -> str:
    """Tell what a file is, by its folder and name."""
    folder, _, file = path.partition("/")
    if folder in NOT_PROCEDURES:
        return folder
    return "golden" if GOLDEN in file else "procedure"


def judge(found: Folder, places: Places) -> list[Finding]:
    """Run the golden dossiers and compare tariffs with procedures and units."""
    findings = [
        _start(found, f"{SHARED}/{block}.yaml").finding("", "no procedure uses this block")
        for block in found.unused_blocks
    ]
    for tariff, node in zip(found.tariffs, found.tariff_nodes, strict=True):
        findings += _judge_tariff(found, tariff, node, places)
    for code, reading in found.good.items():
        findings += _judge_goldens(found, code, reading, places)
        findings += _judge_stops(found, reading)
    return findings


def _start(found: Folder, path: str) -> Place:
    return Place(f"{found.name}/{path}", 1, 1)


def _procedure(found: Folder, path: str, text: str, blocks: Mapping[str, str]) -> None:
    reading = read(f"{found.name}/{path}", text, blocks)
    found.findings.extend(reading.findings)
    if reading.definition is None:
        found.broken.append(reading)
        return
    code, folder = reading.definition.code, path.partition("/")[0]
    field = reading.definition.field.id
    if field != folder:
        message = f'field.id is "{field}", the file stands in the folder "{folder}"'
        found.findings.append(_start(found, path).finding("field.id", message))
    key = f"{code}@{begins(reading.definition)}"
    if key in found.good:
        message = f"{code} is in {found.good[key].source.path} already"
        help_ = "; a version beside it has another valid_from"
        found.findings.append(_start(found, path).finding("code", f"{message}{help_}"))
    else:
        found.good[key] = reading


def _keyed(readings: Iterable[Reading]) -> Iterator[tuple[str, Reading]]:
    """Name each version: the first of a procedure by its code, later ones with their first day."""
    named: set[str] = set()
    defined = [(one.definition, one) for one in readings if one.definition is not None]
    for definition, reading in sorted(defined, key=lambda one: begins(one[0])):
        code = definition.code
        yield (f"{code}@{begins(definition)}" if code in named else code), reading
        named.add(code)


def _typed(found: Folder, path: str, text: str, wanted: type[T]) -> tuple[T | None, Node | None]:
    node, findings = yamlfiles.read(text, file=f"{found.name}/{path}")
    found.findings.extend(findings)
    if node is None:
        return None, None
    value, more = yamlfiles.convert(node, wanted)
    found.findings.extend(more)
    return value, node


def _tariff(found: Folder, path: str, text: str) -> None:
    value, node = _typed(found, path, text, TariffFile)
    if value is not None and node is not None:
        found.tariffs.append(value)
        found.tariff_nodes.append(node)


def _chooser(found: Folder, path: str, text: str) -> None:
    value, node = _typed(found, path, text, Chooser)
    if value is None or node is None:
        return
    known = {*found.good, *(broken.code for broken in found.broken)}
    wrong = [finding(node, place, words) for place, words in choosers.faults(value, known)]
    found.findings.extend(wrong)
    if not wrong:
        found.choosers[PurePosixPath(path).stem] = value


def _search(found: Folder, path: str, text: str) -> None:
    if path != WORDS:
        message = f"the words for finding stand in {WORDS} alone; this file is passed over"
        found.findings.append(_start(found, path).finding("", message))
        return
    value, node = _typed(found, path, text, SearchWords)
    if value is None or node is None:
        return
    found.findings.extend(finding(node, place, words) for place, words in elsewhere.faults(value))
    found.search = value


def _goldens(found: Folder, path: str, text: str) -> None:
    beside = f"{found.name}/{path.replace(GOLDEN, '')}"
    if any(reading.source.path == beside for reading in found.broken):
        return
    paths = {reading.source.path: code for code, reading in found.good.items()}
    code = paths.get(beside)
    if code is None:
        message = f"stands beside no procedure; {beside} is missing"
        found.findings.append(_start(found, path).finding("", message))
        return
    value, node = _typed(found, path, text, tuple[Golden, ...])
    if value is not None and isinstance(node, Sequence):
        found.goldens[code] = value
        found.golden_nodes[code] = node
    else:
        found.golden_broken.add(code)


def _judge_tariff(
    found: Folder, tariff: TariffFile, node: Node, places: Places
) -> Iterable[Finding]:
    if tariff.demo and places.unit(tariff.place) is None:
        known = yamlfiles.suggestion(tariff.place, [unit.code for unit in places.units()])
        yield node.place.finding("place", f'"{tariff.place}" is no unit.{known}')
    broken = {reading.code for reading in found.broken}
    for index, price in enumerate(tariff.prices):
        if price.procedure in broken:
            continue
        items = _lines_of(found, price.procedure)
        if items is None:
            known = yamlfiles.suggestion(price.procedure, found.good)
            message = f'"{price.procedure}" is no procedure here.{known}'
            yield _item(node, index).finding(f"prices[{index}].procedure", message)
            continue
        if price.item not in items:
            known = yamlfiles.suggestion(price.item, items)
            message = f'"{price.item}" is no line that a tariff sets.{known}'
            yield _item(node, index).finding(f"prices[{index}].item", message)


def _lines_of(found: Folder, code: str) -> list[str] | None:
    """List the fee lines that a tariff sets, of all versions of a procedure; None if unknown."""
    versions = [
        one.definition
        for one in found.good.values()
        if one.definition is not None and one.definition.code == code
    ]
    items = [item for one in versions if one.fee for item in one.fee.items if not item.amounts]
    return [item.id for item in items] if versions else None


def _item(node: Node, index: int) -> Place:
    prices = node.get("prices") if isinstance(node, yamlfiles.Mapping) else None
    return prices.items[index].place if isinstance(prices, Sequence) else node.place


def _judge_stops(found: Folder, reading: Reading) -> Iterable[Finding]:
    """Tell where a stop leads to a procedure that is not here."""
    known = {*found.good, *(broken.code for broken in found.broken)}
    stops = reading.definition.stops if reading.definition else ()
    for index, stop in enumerate(stops):
        if stop.procedure is not None and stop.procedure not in known:
            message = f'"{stop.procedure}" is no procedure here.'
            help_ = yamlfiles.suggestion(stop.procedure, sorted(known))
            place = Place(reading.source.path, 1, 1)
            yield place.finding(f"stops[{index}].procedure", f"{message}{help_}")


def _judge_goldens(found: Folder, code: str, reading: Reading, places: Places) -> Iterable[Finding]:
    if reading.definition is None or reading.definition.not_fileable is not None:
        return
    node = found.golden_nodes.get(code)
    if code in found.golden_broken:
        return
    if node is None:
        place = Place(reading.source.path, 1, 1)
        yield place.finding("", "has no golden dossiers: add a file ….golden.yaml beside it")
        return
    procedure = Procedure(
        reading.definition,
        version=reading.source.version,
        tariffs=found.tariffs,
        places=places,
    )
    cases = dict(enumerate(found.goldens[code]))
    for index, golden in cases.items():
        for difference in goldens.differences(procedure, golden):
            yield node.items[index].place.finding(f"[{index}]", f"{golden.name}: {difference}")
    for index, weakness in goldens.weaknesses(procedure, cases):
        place = node.items[index].place if node.items else node.place
        yield place.finding(f"[{index}]", weakness)
