"""Says what a procedure file holds in plain words (lời): values, conditions, keys.

The words stand in `backend/catalogue/words`, one file a language. They are for those who write and
review procedures, and for the citizen who is told what has changed.
"""

import tomllib
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import msgspec

from backend.catalogue.model import conditions
from backend.catalogue.model.conditions import Condition
from backend.catalogue.model.costs import Tier
from backend.catalogue.model.definition import Definition, Field, Holder, Lead, Paper
from backend.catalogue.model.english import BESIDE, Language
from backend.catalogue.model.parts import Part
from backend.catalogue.model.promises import Deadline, DeadlineCase
from backend.platform.kit.money import dong

_NAMES = ("label", "title", "about", "role", "name", "words", "id", "text", "answer")
_CURRENCY = len("\u00a0đ")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All words of one language; `keys` by the struct that holds the key."""

    parts: dict[str, str]
    say: dict[str, str]
    subject: dict[str, str]
    when: dict[str, str]
    keys: dict[str, dict[str, str]]
    values: dict[str, str]
    people: dict[str, str]
    preview: dict[str, str] = {}


@lru_cache
def words(language: Language) -> Words:
    """Read the words of a language: `vi`, the source, or `en`."""
    text = files("backend.catalogue").joinpath(f"words/{language}.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), Words)


class Speaker:
    """Speaks about definitions in one language; questions are named as the first of them does."""

    def __init__(self, language: Language, definitions: Iterable[Definition]) -> None:
        self.language = language
        self.words = words(language)
        self._asked: dict[str, Field] = {}
        for definition in definitions:
            for step in definition.steps:
                for field in step.fields:
                    self._asked.setdefault(field.id, field)
                    for column in field.columns:
                        self._asked.setdefault(f"{field.id}.{column.id}", column)

    def say(self, kind: str, **blanks: str) -> str:
        """Fill a sentence of the language; it begins with a capital letter."""
        text = self.words.say[kind].format_map(blanks)
        return text[:1].upper() + text[1:]

    def text(self, part: Any, name: str) -> Any:
        """Give a text of a part in the language; the Vietnamese where it has no other."""
        beside = getattr(part, f"{name}{BESIDE}", None) if self.language == "en" else None
        return beside or getattr(part, name)

    def name(self, part: Any) -> str:
        """Name a part by what people read of it: its label, title or name."""
        if isinstance(part, DeadlineCase):
            return self.condition(part.when)
        if isinstance(part, Tier):
            blanks = {"old": str(part.above + 1), "new": money(part.amount, self.language)}
            return self.words.say["tier"].format_map(blanks)
        if isinstance(part, Lead):
            return self.days(part)
        if isinstance(part, Holder):
            return self.source(part.number).strip("“”")
        for name in _NAMES:
            if getattr(part, name, None):
                return str(self.text(part, name))
        fields = msgspec.structs.fields(type(part))
        keys = [(field.encode_name, getattr(part, field.name)) for field in fields]
        return "; ".join(f"{self.key(type(part), key)}: {value}" for key, value in keys)

    def line(self, one: Any) -> str:
        """Give a line of a list: a text as it is, a part by its name."""
        return self.name(one) if isinstance(one, Part) else str(one)

    def key(self, part: type, key: str) -> str:
        """Name a key of a part in words."""
        return self.words.keys.get(part.__name__, {}).get(key, key)

    def value(self, part: type, key: str, value: Any) -> str:
        """Say what stands under a key."""
        if isinstance(value, Condition):
            return self.condition(value)
        if isinstance(value, tuple):
            said = "; ".join(self.value(part, key, one) for one in value)
            return said or self.words.say["none"]
        if isinstance(value, Part):
            return self._inside(value)
        if key == "is" and value:
            return self.person(str(value))
        listed = self.words.values.get(f"{part.__name__}.{key}.{value}")
        return listed or self._plain(key, value)

    def _inside(self, part: Part) -> str:
        asked = self._asked.get(getattr(part, "answer", ""))
        name = self.name(asked or part)
        return name if isinstance(part, Tier) else f"“{name}”"

    def _plain(self, key: str, value: Any) -> str:
        if value is None or value == "":
            return self.words.say["none"]
        if isinstance(value, bool):
            return self.words.say["yes" if value else "no"]
        if isinstance(value, date):
            return day(value)
        if key == "most":
            return self.words.say["dong"].format(new=money(value, self.language))
        return str(value) if isinstance(value, int) else f"“{value}”"

    def source(self, question: str) -> str:
        """Name a question by its label; by its id where it is not known."""
        field = self._asked.get(question)
        return f"“{self.name(field)}”" if field else question

    def days(self, deadline: Deadline | DeadlineCase | Lead) -> str:
        """Say how long something takes: `5 ngày làm việc`, or the same day."""
        if not deadline.days:
            return self.words.say["same_day"]
        unit = self.words.values[f"Deadline.unit.{deadline.unit}"]
        return self.words.say["days"].format(new=deadline.days, what=unit)

    def person(self, path: str) -> str:
        """Say whose property a question edits: `owner.name` is the owner's name."""
        whose, _, what = path.partition(".")
        known = self.words.people
        return known["person"].format(what=known.get(what, what), new=known.get(whose, whose))

    # -- conditions -------------------------------------------------------------------------

    def condition(self, condition: Condition) -> str:
        """Say when something applies: `khi “Bạn nộp cho ai?” là “Cho chính tôi”`."""
        return self.words.when["condition"].format(new=self._holds(condition))

    def needed(self, paper: Paper) -> str | None:
        """Say in which case a paper is needed: as the file words it, else by its condition."""
        if paper.when is None:
            return None
        return str(self.text(paper, "needed_if") or self._holds(paper.when))

    def _holds(self, condition: Condition) -> str:
        for parts, word in ((condition.all_, "and"), (condition.any_, "or")):
            if parts is not None:
                inner = [self._inner(part, alone=len(parts) == 1) for part in parts]
                return self.words.say[word].join(inner)
        if condition.not_ is not None:
            return self._not(condition.not_)
        return self._test(condition)

    def _not(self, condition: Condition) -> str:
        if condition.is_ is not None or condition.in_ is not None:
            return self._test(condition, "is_not")
        return self.words.when["not"].format(new=self._inner(condition))

    def _inner(self, condition: Condition, *, alone: bool = False) -> str:
        said = self._holds(condition)
        grouped = not alone and (condition.all_ is not None or condition.any_ is not None)
        return f"({said})" if grouped else said

    def _test(self, condition: Condition, same: str = "is") -> str:
        field = self._asked.get(condition.answer or "")
        what = str(self.text(field, "label")) if field else str(condition.answer)
        given = [name for name in conditions.TESTS if getattr(condition, name) is not None]
        name = given[0] if given else "filled"
        wanted = getattr(condition, name)
        if name == "filled":
            return self._when("filled" if wanted else "not_filled", what, "")
        many = wanted if name == "in_" else (wanted,)
        said = [self.answer(field, one) for one in many]
        if name in ("is_", "in_"):
            joined = "”" + self.words.say["or"] + "“"
            return self._when(same, what, joined.join(said))
        dated = "_day" if name in conditions.ORDERED and conditions.full_date(wanted) else ""
        return self._when(f"{name}{dated}", what, said[0])

    def _when(self, test: str, what: str, new: str) -> str:
        known = self.words.when
        return known.get(test, known["other"]).format(what=what, new=new)

    def answer(self, field: Field | None, value: Any) -> str:
        """Say an answer to a question as people read it on the screen."""
        if isinstance(value, bool):
            return self.words.say["yes" if value else "no"]
        for option in field.options if field else ():
            if option.id == value:
                return str(self.text(option, "label"))
        written = conditions.full_date(value)
        return day(written) if written else str(value)


def day(value: date) -> str:
    """Write a day as it is written at the counter: 01/01/2027."""
    return f"{value:%d/%m/%Y}"


def money(amount: int, language: Language) -> str:
    """Write an amount without its currency: 10.000, in English 10,000."""
    return dong(amount, language)[:-_CURRENCY]
