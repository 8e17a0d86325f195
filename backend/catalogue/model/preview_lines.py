"""A preview (xem trước) as lines of text: the citizen's walk-through, and what an officer checks.

The walk-through names every screen in order with its conditions in words; the officer's view names
what is to be checked, and by which rule.
"""

from collections.abc import Iterator

from backend.catalogue.model.preview import Row, Screen, Sheet


def walk_through(shown: Sheet) -> list[str]:
    """Write what a citizen is shown and asked, screen after screen, as lines of text."""
    return [
        *_head(shown, "citizen"),
        *shown.summary,
        *(f"{row.name}: {'; '.join(row.notes)}" for row in shown.facts),
        *_why_not(shown),
        *(line for screen in shown.screens for line in _screen(screen)),
        *_rows(shown, "stops", shown.stops),
        *_rows(shown, "agreements", shown.agreements),
        *_rows(shown, "papers", shown.papers, none="no_papers"),
        *_money(shown),
        *_rows(shown, "presence", shown.presence),
        *_lines(shown, "deadline", shown.deadline),
        *_lines(shown, "consents", [f"[ ] {one}" for one in shown.consents]),
        *_lines(shown, "result", [shown.result]),
        *_lines(shown, "unverified", [f"! {one}" for one in shown.unverified]),
    ]


def desk(shown: Sheet) -> list[str]:
    """Write what an officer checks and by which rule, as lines of text."""
    return [
        *_head(shown, "officer"),
        *(f"{row.name}: {'; '.join(row.notes)}" for row in shown.facts),
        *_why_not(shown),
        *_rows(shown, "stops", shown.stops),
        *_rows(shown, "agreements", shown.agreements),
        *_rows(shown, "papers", shown.papers, none="no_papers"),
        *_money(shown),
        *_rows(shown, "presence", shown.presence),
        *_lines(shown, "deadline", shown.deadline),
        *_lines(shown, "result", [shown.result]),
        *_lines(shown, "law", shown.law),
        *_lines(shown, "unverified", [f"! {one}" for one in shown.unverified]),
        *_lines(shown, "source", shown.source),
        *_lines(shown, "notes", shown.notes),
    ]


def _head(shown: Sheet, audience: str) -> list[str]:
    return [shown.labels[audience], f"{shown.title}  ({shown.labels['draft']})", shown.name, ""]


def _why_not(shown: Sheet) -> list[str]:
    return ["", f"! {shown.labels['not_fileable']}: {shown.why_not}"] if shown.why_not else []


def _screen(screen: Screen) -> Iterator[str]:
    yield from ("", f"── {screen.number}. {screen.title}")
    yield from (f"   {note}" for note in screen.notes)
    for question in screen.questions:
        yield f"   ? {question.label}"
        yield from (f"       {note}" for note in question.notes)
        yield from (f"       ( ) {option}" for option in question.options)


def _rows(shown: Sheet, key: str, rows: tuple[Row, ...], *, none: str = "") -> list[str]:
    lines = [line for row in rows for line in (f"- {row.name}", *(f"    {n}" for n in row.notes))]
    return _lines(shown, key, lines or ([shown.labels[none]] if none else []))


def _money(shown: Sheet) -> list[str]:
    exempt = [f"- {one}" for one in shown.exemptions]
    rows = _rows(shown, "fee", shown.fee, none="free")
    return [*rows, *(_lines(shown, "exempt", exempt) if exempt else [])]


def _lines(shown: Sheet, key: str, lines: list[str] | tuple[str, ...]) -> list[str]:
    return ["", f"── {shown.labels[key]}", *(f"   {line}" for line in lines)] if lines else []
