"""Why a citizen claims to pay nothing (đề nghị miễn phí): a note of the dossier, and its parts."""

from collections.abc import Mapping

from msgspec import Struct

_PARTED = ": "


class Claim(Struct, frozen=True, kw_only=True):
    """A group of the procedure in its words, and what proves it in the citizen's.

    `group` is None where the form has it no more.
    """

    group: str | None
    words: str
    evidence: str

    def note(self) -> str:
        """Write it as the note that officers read."""
        return f"{self.words}{_PARTED}{self.evidence}" if self.evidence else self.words


def read_claim(note: str, groups: Mapping[str, str]) -> Claim:
    """Part a note into group and proof; the longest words that fit are meant."""
    fits = [
        (len(words), group)
        for group, words in groups.items()
        if note == words or note.startswith(f"{words}{_PARTED}")
    ]
    if not fits:
        return Claim(group=None, words=note, evidence="")
    length, group = max(fits)
    return Claim(group=group, words=groups[group], evidence=note[length + len(_PARTED) :])
