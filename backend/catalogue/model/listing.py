"""The list of procedures (danh mục thủ tục): one line of it."""

import msgspec


class Area(msgspec.Struct, frozen=True):
    """A field of administration (lĩnh vực)."""

    id: str
    name: str


class Listed(msgspec.Struct, frozen=True):
    """One line of the list of procedures (danh mục thủ tục)."""

    code: str
    name: str
    title: str
    summary: tuple[str, ...]
    keywords: tuple[str, ...]
    field: Area
    fileable: bool
    why_not: str | None
    minutes: int | None
    fee_note: str
    deadline: str | None
