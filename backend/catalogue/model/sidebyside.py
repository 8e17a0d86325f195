"""Compares two parts of a procedure side by side (đối chiếu), whatever they are: key by key.

What has a rule of its own stands in `differences`; here is what holds for every part.
"""

from collections.abc import Sequence
from typing import Any, Literal

import msgspec

from backend.catalogue.model.definition import Definition
from backend.catalogue.model.english import Language
from backend.catalogue.model.parts import Part
from backend.catalogue.model.promises import Presence
from backend.catalogue.model.wording import Speaker

Group = Literal[
    "general",
    "law",
    "papers",
    "steps",
    "fee",
    "presence",
    "deadline",
    "consents",
    "result",
    "record",
]


class Difference(msgspec.Struct, frozen=True):
    """One change (thay đổi): its part of the procedure, the sentence, a warning or nothing."""

    part: str
    words: str
    warning: str | None = None


class SideBySide:
    """Walks two states of a part and keeps every change as a sentence."""

    def __init__(self, before: Definition, after: Definition, language: Language) -> None:
        self.found: list[Difference] = []
        self._before = before
        self._after = after
        self._speak = Speaker(language, (after, before))
        self._group: Group = "general"

    # -- saying -----------------------------------------------------------------------------

    def _at(self, group: Group) -> None:
        self._group = group

    def _note(self, kind: str, *, warning: str | None = None, **blanks: str) -> None:
        part = self._speak.words.parts[self._group]
        words = self._speak.say(kind, **blanks)
        self.found.append(Difference(part, words, warning and self._speak.say(warning)))

    def _subject(self, part: Part, inside: str = "") -> str:
        known = self._speak.words.subject.get(type(part).__name__, "")
        return inside + known.format(what=self._speak.name(part))

    # -- any part ---------------------------------------------------------------------------

    def _keys(
        self,
        before: Any,
        after: Any,
        *,
        subject: str = "",
        only: Sequence[str] = (),
        but: Sequence[str] = (),
    ) -> None:
        """Compare two parts of the same kind key by key."""
        for field in msgspec.structs.fields(type(after)):
            key = field.encode_name
            old, new = getattr(before, field.name), getattr(after, field.name)
            if old != new and key not in but and (key in only or not only):
                self._key(type(after), key, old, new, subject)

    def _key(self, part: type, key: str, old: Any, new: Any, subject: str) -> None:
        named = self._speak.key(part, key)
        if isinstance(old, Part) and isinstance(new, Part):
            self._keys(old, new, subject=self._subject(new, subject))
        elif isinstance(old, tuple) and isinstance(new, tuple):
            self._lines(part, key, old, new, subject)
        elif old is None or new is None:
            value = self._speak.value(part, key, new if old is None else old)
            kind = "set" if old is None else "unset"
            self._note(kind, what=subject, key=named, old=value, new=value)
        else:
            values = {"old": self._speak.value(part, key, old)}
            values["new"] = self._speak.value(part, key, new)
            self._note("changed", what=subject, key=named, **values)

    def _lines(
        self, part: type, key: str, old: tuple[Any, ...], new: tuple[Any, ...], subject: str
    ) -> None:
        """Compare two lists of texts, or of parts without a rule of their own."""
        named = self._speak.key(part, key)
        was, now = by_identity(old), by_identity(new)
        for id_, one in now.items():
            if id_ not in was:
                self._note("line_added", what=subject, key=named, new=self._speak.line(one))
            elif was[id_] != one:
                inside = f"{subject}{named} “{self._speak.line(one)}”, "
                self._keys(was[id_], one, subject=inside)
        for id_, one in was.items():
            if id_ not in now:
                self._note("line_removed", what=subject, key=named, old=self._speak.line(one))
        if moved(list(was), list(now)):
            self._note("lines_moved", what=subject, key=named)


def by_identity(parts: Sequence[Any]) -> dict[str, Any]:
    """Name each part by what makes it the same one in both states; one that stands twice, too."""
    named: dict[str, Any] = {}
    for one in parts:
        name = _identity(one)
        while name in named:
            name += "+"
        named[name] = one
    return named


def _identity(one: Any) -> str:
    """Never its English, so that both languages tell of the same changes."""
    if isinstance(one, Presence):
        return f"{one.who} {one.step}"
    for name in ("id", "about", "name", "number", "above", "when"):
        if getattr(one, name, None) is not None:
            return str(getattr(one, name))
    return str(one)


def moved(was: Sequence[str], now: Sequence[str]) -> bool:
    """Tell whether what stands in both lists stands in another order."""
    return [one for one in was if one in now] != [one for one in now if one in was]
