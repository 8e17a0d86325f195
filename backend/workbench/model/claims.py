"""What a citizen claims of a fee (đề nghị miễn phí), as the desk shows it."""

from collections.abc import Mapping

from msgspec import Struct


class Claim(Struct, frozen=True, kw_only=True):
    """Why somebody claims to pay nothing; `group` is None where the form has it no more."""

    group: str | None
    words: str
    evidence: str


def read_claim(note: str, groups: Mapping[str, str]) -> Claim:
    """Part a claim into its group and what proves it; the longest words that fit are meant."""
    fits = [
        (len(words), group)
        for group, words in groups.items()
        if note == words or note.startswith(f"{words}: ")
    ]
    if not fits:
        return Claim(group=None, words=note, evidence="")
    length, group = max(fits)
    return Claim(group=group, words=groups[group], evidence=note[length + 2 :])
