"""Reads one YAML text into nodes that remember their place; nothing in it is interpreted."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import msgspec
import yaml

from backend.platform.kit.vietnamese import has_control_characters

# libyaml where the wheel brings it (15 times faster), else the same grammar in Python.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_NEAR = 0.6


class Limits(msgspec.Struct, frozen=True):
    """What one data file may hold at most; a file beyond this is a mistake or an attack."""

    characters: int = 256 * 1024
    nodes: int = 20_000
    depth: int = 16


LIMITS = Limits()


class Finding(msgspec.Struct, frozen=True, order=True):
    """One fault in a data file: where it stands, what was found, what is wanted."""

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        """Write it as editors and terminals understand it: file:line:column  path: message."""
        where = f"{self.file}:{self.line}:{self.column}"
        return f"{where}  {self.path}: {self.message}" if self.path else f"{where}  {self.message}"


class Place(NamedTuple):
    """Where a node begins; line and column count from 1."""

    file: str
    line: int
    column: int

    def finding(self, path: str, message: str) -> Finding:
        """Say what is wrong here."""
        return Finding(*self, path=path, message=message)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, as the text that was written, in NFC."""

    text: str
    place: Place
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with the places where they stand, and their nodes."""

    entries: dict[str, tuple[Place, "Node"]]
    place: Place

    def get(self, key: str) -> "Node | None":
        """Find the node of a key."""
        entry = self.entries.get(key)
        return entry[1] if entry else None


Node = Scalar | Sequence | Mapping


class _Refused(Exception):  # noqa: N818 - never leaves this module
    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.finding = place.finding("", message)


def read(text: str, *, file: str) -> tuple[Node | None, list[Finding]]:
    """Read one document; a text that is no YAML has one finding and no node."""
    if len(text) > LIMITS.characters:
        message = f"the file is over {LIMITS.characters} characters"
        return None, [Place(file, 1, 1).finding("", message)]
    hidden = _hidden_character(text, file)
    if hidden is not None:
        return None, [hidden]
    builder = _Builder(file)
    try:
        node = builder.document(iter(yaml.parse(text, Loader=_LOADER)))
    except _Refused as refused:
        return None, [*builder.findings, refused.finding]
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file, 1, 1)
        return None, [*builder.findings, place.finding("", f"is not YAML: {error.problem}")]
    return node, builder.findings


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """Write the help behind a wrong word: the nearest known one, and all of them."""
    words = list(known)
    near = difflib.get_close_matches(wrong, words, n=1, cutoff=_NEAR)
    guess = f' Did you mean "{near[0]}"?' if near else ""
    return f"{guess} Known: {', '.join(words)}" if words else guess


def _hidden_character(text: str, file: str) -> Finding | None:
    """Find what nobody sees in a review: control, zero-width and direction characters."""
    if not has_control_characters(text, lines=True) and "\t" not in text:
        return None
    places = (
        (Place(file, number, column), letter)
        for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1)
        for column, letter in enumerate(line, start=1)
    )
    place, letter = next(one for one in places if has_control_characters(one[1]))
    name = unicodedata.name(letter, f"U+{ord(letter):04X}")
    return place.finding("", f"hidden character {name}")


class _Builder:
    """Builds nodes from parser events, counting them."""

    def __init__(self, file: str) -> None:
        self.findings: list[Finding] = []
        self._file = file
        self._left = LIMITS.nodes
        self._places = partial(Place, file)

    def document(self, events: Iterator[yaml.Event]) -> Node:
        """Take the one document of the stream."""
        node: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent) and node is not None:
                raise _Refused(self._place(event), "one document in a file, here begins another")
            if isinstance(event, yaml.NodeEvent):
                node = self._node(event, events, depth=1)
        if node is None:
            raise _Refused(self._places(1, 1), "the file is empty")
        return node

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], *, depth: int) -> Node:
        place = self._place(event)
        self._left -= 1
        if self._left < 0:
            raise _Refused(place, f"more than {LIMITS.nodes} values in a file")
        if depth > LIMITS.depth:
            raise _Refused(place, f"nested deeper than {LIMITS.depth} levels")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(place, "anchors (&) and aliases (*) are not taken; write it out")
        if tag := getattr(event, "tag", None):
            raise _Refused(place, f"tags ({tag}) are not taken; every value is text")
        if isinstance(event, yaml.ScalarEvent):
            text = unicodedata.normalize("NFC", event.value)
            return Scalar(text, place, quoted=not event.implicit[0])
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self._items(events, depth=depth)), place)
        return self._mapping(place, events, depth=depth)

    def _items(self, events: Iterator[yaml.Event], *, depth: int) -> Iterator[Node]:
        while not isinstance(event := next(events), yaml.SequenceEndEvent):
            yield self._node(event, events, depth=depth + 1)

    def _mapping(self, place: Place, events: Iterator[yaml.Event], *, depth: int) -> Mapping:
        entries: dict[str, tuple[Place, Node]] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self._node(event, events, depth=depth + 1)
            value = self._node(next(events), events, depth=depth + 1)
            if not isinstance(key, Scalar):
                self.findings.append(key.place.finding("", "a key is one word, not a list"))
            elif key.text in entries:
                first = entries[key.text][0].line
                message = f'the key "{key.text}" stands here again; first on line {first}'
                self.findings.append(key.place.finding("", message))
            else:
                entries[key.text] = (key.place, value)
        return Mapping(entries, place)

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return self._places(mark.line + 1, mark.column + 1) if mark else self._places(1, 1)
