"""Finding a procedure by what people type; the PWA finds the same (`vectors/search.json`).

A word typed with marks means a word with these marks, one without any mark means every word that
reads so without its marks. Fillers (`Tôi muốn làm …`) say nothing of what is wanted.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from backend.catalogue.model.elsewhere import Elsewhere
from backend.catalogue.model.listing import Listed

SUMMARY = 7
"""The place of a line that says the words in its summary alone."""
ALIKE = 4
"""Up to this place the words stand one after the other in what people call it."""
CALLED = 1
"""Up to this place they are, but for fillers, what people call it."""
FEW = 2
"""Of so many words one is enough to come near, of more it takes more than half."""
MOST = 12
"""So many words are looked at; nobody needs more to say what is wanted."""

_WORD = re.compile(r"[a-z0-9đ][a-z0-9đ\u0300-\u036f]*", re.ASCII)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_VOWELS = "\u0302\u0306\u031b"
_OTHER_MARKS = re.compile(f"[^a-z0-9đ{_VOWELS}]")
_BARE = str.maketrans(dict.fromkeys(_VOWELS) | {"đ": "d"})
# People in the South write hỏi and ngã for one another, everybody kí and ký.
_TILDE, _HOOK = "\u0303", "\u0309"
_LAST_Y = re.compile("(?<=[hklmst])y$")


class Word(NamedTuple):
    """A word as it is compared: `hoà` and `hòa` are one, so are `kí` and `ký`, `sửa` and `sữa`."""

    letters: str
    """With the marks of vowels and đ, without its tone."""
    tone: str
    bare: str
    """Without any mark."""
    whole: str
    """The letters, then the tone."""


class Phrase(NamedTuple):
    """Words that stand together, worked out once; the sets tell fast whether a word is there."""

    words: tuple[Word, ...]
    bare: frozenset[str]
    whole: frozenset[str]


class Said(NamedTuple):
    """What a line says, worked out once."""

    called: tuple[Phrase, ...]
    """Its title, then what people call it."""
    names: tuple[Phrase, ...]
    """Its official name and its code."""
    titled: Phrase
    """Its title with its field."""
    summary: tuple[Phrase, ...]
    bare: frozenset[str]
    """Every word of it without marks."""


class Found(NamedTuple):
    """What a search found, best first."""

    lines: list[Listed]
    near: bool
    """No line says all that was typed; these say most of it."""
    elsewhere: list[Elsewhere]


Words = Sequence[Word]


class Asked(NamedTuple):
    """What was typed, where a part of it belongs to another office."""

    words: Words
    kept: Words
    """Without the fillers."""
    own: Words
    """Without what belongs to another office."""
    fillers: Phrase


def words_of(text: str) -> list[Word]:
    """Split a text into what is compared."""
    apart = unicodedata.normalize("NFD", text).lower().replace("ð", "đ")
    return [_word(one) for one in _WORD.findall(apart)]


def _word(text: str) -> Word:
    tones = _TONES.findall(text)
    tone = tones[-1].replace(_TILDE, _HOOK) if tones else ""
    letters = _LAST_Y.sub("i", _OTHER_MARKS.sub("", _TONES.sub("", text)))
    return Word(letters, tone, letters.translate(_BARE), letters + tone)


@lru_cache(maxsize=8192)
def phrase(*texts: str) -> Phrase:
    """Work out texts of ours; what people type is not kept."""
    words = tuple(word for text in texts for word in words_of(text))
    return Phrase(words, frozenset(w.bare for w in words), frozenset(w.whole for w in words))


NONE = phrase()


def _said_by(line: Listed) -> Said:
    called = (line.title, *line.keywords)
    return _said(called, (line.name, line.code), line.field.name, tuple(line.summary))


@lru_cache(maxsize=1024)
def _said(
    called: tuple[str, ...], names: tuple[str, ...], field: str, summary: tuple[str, ...]
) -> Said:
    titled = phrase(called[0], field)
    own, official, lines = (tuple(map(phrase, texts)) for texts in (called, names, summary))
    every = (*own, *official, titled, *lines)
    return Said(own, official, titled, lines, frozenset().union(*(one.bare for one in every)))


def find(
    lines: Sequence[Listed],
    typed: str,
    *,
    fillers: Iterable[str] = (),
    common: Iterable[str] = (),
    elsewhere: Sequence[Elsewhere] = (),
) -> Found:
    """Find the lines that say what was typed, else those that say most of it.

    Lines stay in their order where they fit equally well. What another office does is named
    beside, and what else was typed is looked for on its own; there `common` words (`đăng ký …`),
    which many lines have, are not enough.
    """
    passed = phrase(*fillers)
    words = _more_than_a_letter(words_of(typed)[:MOST])
    kept = _more_than_a_letter(without(words, passed))
    doors = [one for one in elsewhere if _spans(one, words)]
    if doors:
        asked = Asked(words, kept, _own(words, doors), passed)
        found, near = _beside(lines, asked, phrase(*common))
        return Found(found, near=near, elsewhere=doors)
    found = (
        _ranked(lines, words, passed, SUMMARY - 1)
        or _ranked(lines, kept, passed, SUMMARY - 1)
        or _best(lines, lambda line: _least(held(line, words)))
        or _ranked(lines, words, passed)
        or _ranked(lines, kept, passed)
    )
    close = [] if found else _near(lines, kept)
    return Found(found or close, near=bool(close), elsewhere=[])


def _beside(lines: Sequence[Listed], asked: Asked, common: Phrase) -> tuple[list[Listed], bool]:
    """Find what is ours beside what another office does; tell whether it only comes near."""
    last = CALLED if len(asked.kept) < FEW else SUMMARY - 1
    found = (
        _ranked(lines, asked.words, asked.fillers, last)
        or _ranked(lines, asked.kept, asked.fillers, last)
        or _best(lines, lambda line: _least(held(line, asked.own)))
    )
    own = without(asked.own, asked.fillers)
    telling = without(own, common)
    if found or len(telling) < FEW:
        return found, False
    if found := _ranked(lines, own, asked.fillers, SUMMARY - 1):
        return found, False
    close = _near(lines, telling, at_least=FEW)
    return close, bool(close)


def _own(words: Words, doors: Sequence[Elsewhere]) -> list[Word]:
    """Leave out what belongs to another office."""
    taken = {at for one in doors for span in _spans(one, words) for at in span}
    return [word for at, word in enumerate(words) if at not in taken]


def _more_than_a_letter(words: list[Word]) -> list[Word]:
    """Take one letter alone for nothing said yet."""
    return [] if [len(one.bare) for one in words] == [1] else words


def _near(lines: Sequence[Listed], words: Words, at_least: int = 1) -> list[Listed]:
    """Find what is meant in spite of a slip of marks, else the lines that say most of the words."""
    bare = [Word(one.bare, "", one.bare, one.bare) for one in words]
    if found := _ranked(lines, bare, NONE, ALIKE):
        return found
    counts = [shared(line, words) for line in lines]
    most = max(counts, default=0)
    enough = most >= at_least and (most * 2 > len(words) or len(words) <= FEW)
    return [line for line, count in zip(lines, counts, strict=True) if enough and count == most]


def _ranked(
    lines: Sequence[Listed], words: Words, fillers: Phrase, last: int = SUMMARY
) -> list[Listed]:
    """List the lines that have a place up to the last one."""
    return _best(lines, lambda line: _up_to(rank(line, words, fillers), last))


def _best(lines: Sequence[Listed], place: Callable[[Listed], int | None]) -> list[Listed]:
    placed = [(at, line) for line in lines if (at := place(line)) is not None]
    return [line for _, line in sorted(placed, key=lambda one: one[0])]


def _up_to(place: int | None, last: int) -> int | None:
    return place if place is not None and place <= last else None


def _least(count: int) -> int | None:
    """Place by a count, the greatest first; nothing has no place."""
    return -count or None


def rank(listed: Listed, words: Words, fillers: Phrase = NONE) -> int | None:
    """Say how well a line fits; None where it does not.

    0 what people call it; 1 the same but for fillers; 2 the title, 3 a word of the people has the
    words one after the other, 4 with the last one begun; 5 official name or code; 6 all words there
    in any order; 7 all words in one line of the summary.
    """
    said = _said_by(listed)
    kept = without(words, fillers)
    if not _may_say(said, kept):
        return None
    title, *keywords = said.called
    every = (*said.called, *said.names, said.titled)
    layers: tuple[Iterable[bool], ...] = (
        (_same(one.words, words) for one in keywords),
        (bool(kept) and _same(without(one.words, fillers, marks=True), kept) for one in keywords),
        (_after_another(title.words, words, fits),),
        (_after_another(one.words, words, fits) for one in keywords),
        (_after_another(one.words, words, begins) for one in said.called),
        (_after_another(one.words, words, begins) for one in said.names),
        (all(has(one, word) for word in words) for one in every),
        (all(has(one, word) for word in words) for one in said.summary),
    )
    return next((place for place, layer in enumerate(layers) if any(layer)), None)


def _may_say(said: Said, words: Words) -> bool:
    """Tell fast whether a line is worth a look: most have none of the words."""
    if not words:
        return True
    *whole, last = (word.bare for word in words)
    return said.bare.issuperset(whole) and (
        last in said.bare or any(word.startswith(last) for word in said.bare)
    )


def held(listed: Listed, words: Words) -> int:
    """Count the words of the longest title or word of the people that stands in what was typed."""
    there = frozenset(word.bare for word in words)
    return max(
        (
            len(one.words)
            for one in _said_by(listed).called
            if _may_stand(one, there) and _places(one.words, words)
        ),
        default=0,
    )


def _may_stand(one: Phrase, there: frozenset[str]) -> bool:
    """Tell fast whether a phrase may stand in what was typed: all its words but a begun one."""
    return len(one.bare - there) < FEW


def _places(said: Words, words: Words) -> list[range]:
    """Say where a phrase stands in what was typed; one word among others only with its own marks.

    Its last word may be begun only where that was typed last.
    """
    size = len(said)
    if size == 1:
        same = fits if len(words) == 1 else strictly
        return [range(at, at + 1) for at, word in enumerate(words) if same(word, said[0])]
    return [
        range(at, at + size)
        for at in range(len(words) - size + 1)
        if all(map(fits, words[at:], said[:-1]))
        and (_begun if at + size == len(words) else fits)(words[at + size - 1], said[-1])
    ]


def _spans(one: Elsewhere, words: Words) -> list[range]:
    """Say where something of another office was typed."""
    there = frozenset(word.bare for word in words)
    known = (phrase(keyword) for keyword in one.keywords)
    return [
        place for said in known if _may_stand(said, there) for place in _places(said.words, words)
    ]


def shared(listed: Listed, words: Words) -> int:
    """Count the words that stand in the title or in one word of the people, whichever has most."""
    said = _said_by(listed)
    there = [word for word in words if word.bare in said.bare]
    return max(sum(has(one, word) for word in there) for one in said.called)


def without(words: Words, fillers: Phrase, *, marks: bool = False) -> list[Word]:
    """Leave out the fillers, with `marks` only as they are written; of fillers nothing is left."""
    if marks:
        return [word for word in words if word.whole not in fillers.whole]
    return [word for word in words if not has(fillers, word)]


def has(one: Phrase, word: Word) -> bool:
    """Tell whether a phrase has what a typed word means."""
    return word.bare in one.bare if _plain(word) else word.whole in one.whole


def strictly(word: Word, said: Word) -> bool:
    """Tell whether two words are one, marks and all."""
    return word.whole == said.whole


def _plain(word: Word) -> bool:
    return word.whole == word.bare


def fits(word: Word, said: Word) -> bool:
    """Tell whether a typed word means a word of a phrase."""
    return word.bare == said.bare if _plain(word) else word.whole == said.whole


def begins(word: Word, said: Word) -> bool:
    """Tell whether a typed word is a word of a phrase, or its beginning, its tone yet to come."""
    if _plain(word):
        return said.bare.startswith(word.bare)
    return said.letters.startswith(word.letters) and word.tone in ("", said.tone)


def _begun(word: Word, said: Word) -> bool:
    return fits(word, said) or (len(word.bare) > 1 and begins(word, said))


def _same(said: Words, words: Words) -> bool:
    return len(said) == len(words) and all(map(fits, words, said))


def _after_another(said: Words, words: Words, last: Callable[[Word, Word], bool]) -> bool:
    if not words:
        return True
    *whole, end = words
    return any(
        last(end, said[at + len(whole)]) and all(map(fits, whole, said[at:]))
        for at in range(len(said) - len(whole))
    )
