"""What the desk reads and sends of daily closes."""

from typing import Annotated

from msgspec import Meta, Struct

from backend.payments.model.closing import DailyClose, Foreign
from backend.platform.kit.vietnamese import refuse_control_characters


class Signing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A close is signed (ký đối soát), with a word on what differs."""

    note: Annotated[str, Meta(max_length=500)] = ""

    def checked_note(self) -> str:
        """Give the note without hidden characters; empty when there is none."""
        refuse_control_characters(self.note, pointer="/note", lines=True)
        return self.note.strip()


class CloseShown(DailyClose, frozen=True, kw_only=True):
    """A close as the desk shows it; `names` and `titles` are the officers', by who acted.

    The `txn` of a line is empty where the file gave no reference. `foreign` is money of that day,
    told by the same source, of accounts that take no fees here: it stands in no line.
    """

    unit_name: str
    foreign: tuple[Foreign, ...]
    names: dict[str, str]
    titles: dict[str, str]


class CloseList(Struct, frozen=True, kw_only=True):
    """A page of closes, newest first, each without its lines.

    `units` names the officer's units, `sources` the adapters that read files.
    """

    items: list[CloseShown]
    next: str | None
    units: dict[str, str]
    sources: list[str]
