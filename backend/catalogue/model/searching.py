"""Finding a procedure by what people type; the PWA finds the same (`vectors/search.json`).

A word typed with marks means a word with these marks, one without any mark means every word that
reads so without its marks. Fillers (`Tôi muốn làm …`) say nothing of what is wanted.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from backend.catalogue.model.elsewhere import Elsewhere
from backend.catalogue.model.listing import Listed

SUMMARY = 7
"""The place of a line that says the words in its summary alone."""
ALIKE = 4
"""Up to this place the words stand one after the other in what people call it."""
FEW = 2
"""Of so many words one is enough to come near, of more it takes more than half."""

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


class Found(NamedTuple):
    """What a search found, best first."""

    lines: list[Listed]
    near: bool
    """No line says all that was typed; these say most of it."""
    elsewhere: list[Elsewhere]


Words = Sequence[Word]


def words_of(text: str) -> list[Word]:
    """Split a text into what is compared."""
    apart = unicodedata.normalize("NFD", text).lower().replace("ð", "đ")
    return [_word(one) for one in _WORD.findall(apart)]


def _word(text: str) -> Word:
    tones = _TONES.findall(text)
    tone = tones[-1].replace(_TILDE, _HOOK) if tones else ""
    letters = _LAST_Y.sub("i", _OTHER_MARKS.sub("", _TONES.sub("", text)))
    return Word(letters, tone, letters.translate(_BARE))


def find(
    lines: Sequence[Listed],
    typed: str,
    *,
    fillers: Iterable[str] = (),
    elsewhere: Sequence[Elsewhere] = (),
) -> Found:
    """Find the lines that say what was typed, else those that say most of it.

    Lines stay in their order where they fit equally well. What another office does is named beside;
    then nothing that only comes near is shown, as it would lead to the wrong counter.
    """
    passed = tuple(word for one in fillers for word in words_of(one))
    words = _said(words_of(typed))
    kept = _said(without(words, passed))
    doors = [one for one in elsewhere if _spans(one, words)]
    own = [
        word
        for at, word in enumerate(words)
        if not any(at in span for one in doors for span in _spans(one, words))
    ]
    said = (
        lambda line: _up_to(rank(line, words, passed), SUMMARY - 1),
        lambda line: _up_to(rank(line, kept, passed), SUMMARY - 1),
        lambda line: _least(held(line, own)),
        lambda line: rank(line, words, passed),
        lambda line: rank(line, kept, passed),
    )
    for way in said[:3] if doors else said:
        if found := _best(lines, way):
            return Found(found, near=False, elsewhere=doors)
    close = [] if doors else _near(lines, kept)
    return Found(close, near=bool(close), elsewhere=doors)


def _said(words: list[Word]) -> list[Word]:
    """Take one letter alone for nothing said yet."""
    return [] if [len(one.bare) for one in words] == [1] else words


def _near(lines: Sequence[Listed], words: Words) -> list[Listed]:
    """Find what is meant in spite of a slip of marks, else the lines that say most of the words."""
    bare = [Word(one.bare, "", one.bare) for one in words]
    if found := _best(lines, lambda line: _up_to(rank(line, bare), ALIKE)):
        return found
    most = max((shared(line, words) for line in lines), default=0)
    enough = most > 0 and (most * 2 > len(words) or len(words) <= FEW)
    return [line for line in lines if enough and shared(line, words) == most]


def _best(lines: Sequence[Listed], place: Callable[[Listed], int | None]) -> list[Listed]:
    placed = [(at, line) for line in lines if (at := place(line)) is not None]
    return [line for _, line in sorted(placed, key=lambda one: one[0])]


def _up_to(place: int | None, last: int) -> int | None:
    return place if place is not None and place <= last else None


def _least(count: int) -> int | None:
    """Place by a count, the greatest first; nothing has no place."""
    return -count or None


def rank(listed: Listed, words: Words, fillers: Words = ()) -> int | None:
    """Say how well a line fits; None where it does not.

    0 what people call it; 1 the same but for fillers; 2 the title, 3 a word of the people has the
    words one after the other, 4 with the last one begun; 5 official name or code; 6 all words there
    in any order; 7 all words in one line of the summary.
    """
    keywords = [words_of(one) for one in listed.keywords]
    names = [words_of(one) for one in (listed.name, listed.code)]
    title = words_of(listed.title)
    called = [title, *keywords]
    kept = without(words, fillers)
    layers: tuple[Iterable[bool], ...] = (
        (_same(one, words) for one in keywords),
        (bool(kept) and _same(without(one, fillers, strictly), kept) for one in keywords),
        (_after_another(title, words, fits),),
        (_after_another(one, words, fits) for one in keywords),
        (_after_another(one, words, begins) for one in called),
        (_after_another(one, words, begins) for one in names),
        (_any_order(one, words) for one in [*called, *names, words_of(_with_field(listed))]),
        (_any_order(words_of(one), words) for one in listed.summary),
    )
    return next((place for place, layer in enumerate(layers) if any(layer)), None)


def _with_field(listed: Listed) -> str:
    return f"{listed.title} {listed.field.name}"


def held(listed: Listed, words: Words) -> int:
    """Count the words of the longest title or word of the people that stands in what was typed."""
    phrases = [words_of(one) for one in (listed.title, *listed.keywords)]
    return max((len(one) for one in phrases if _places(one, words)), default=0)


def _places(phrase: Words, words: Words) -> list[range]:
    """Say where a phrase stands in what was typed; one word alone only with its own marks.

    Its last word may be begun only where that was typed last.
    """
    size = len(phrase)
    if size == 1:
        return [range(at, at + 1) for at, word in enumerate(words) if strictly(word, phrase[0])]
    return [
        range(at, at + size)
        for at in range(len(words) - size + 1)
        if all(map(fits, words[at:], phrase[:-1]))
        and (_begun if at + size == len(words) else fits)(words[at + size - 1], phrase[-1])
    ]


def _spans(one: Elsewhere, words: Words) -> list[range]:
    """Say where something of another office was typed."""
    return [place for keyword in one.keywords for place in _places(words_of(keyword), words)]


def shared(listed: Listed, words: Words) -> int:
    """Count the words that stand in the title or in one word of the people, whichever has most."""
    phrases = [words_of(one) for one in (listed.title, *listed.keywords)]
    return max(sum(any(fits(word, said) for said in one) for word in words) for one in phrases)


def without(
    words: Words, fillers: Words, same: Callable[[Word, Word], bool] | None = None
) -> list[Word]:
    """Leave out the fillers; of fillers alone nothing is left."""
    alike = same or fits
    return [word for word in words if not any(alike(word, filler) for filler in fillers)]


def strictly(word: Word, said: Word) -> bool:
    """Tell whether two words are one, marks and all."""
    return word.letters == said.letters and word.tone == said.tone


def _plain(word: Word) -> bool:
    return word.letters == word.bare and not word.tone


def fits(word: Word, said: Word) -> bool:
    """Tell whether a typed word means a word of a phrase."""
    return word.bare == said.bare if _plain(word) else strictly(word, said)


def begins(word: Word, said: Word) -> bool:
    """Tell whether a typed word is a word of a phrase, or its beginning, its tone yet to come."""
    if _plain(word):
        return said.bare.startswith(word.bare)
    return said.letters.startswith(word.letters) and word.tone in ("", said.tone)


def _begun(word: Word, said: Word) -> bool:
    return fits(word, said) or (len(word.bare) > 1 and begins(word, said))


def _same(phrase: Words, words: Words) -> bool:
    return len(phrase) == len(words) and all(map(fits, words, phrase))


def _after_another(phrase: Words, words: Words, last: Callable[[Word, Word], bool]) -> bool:
    if not words:
        return True
    *whole, end = words
    return any(
        all(map(fits, whole, phrase[at:])) and last(end, phrase[at + len(whole)])
        for at in range(len(phrase) - len(whole))
    )


def _any_order(phrase: Words, words: Words) -> bool:
    return all(any(fits(word, said) for said in phrase) for word in words)
