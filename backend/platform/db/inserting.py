"""Inserting a row that is a Struct, and writing placeholders, for the stores of every room."""

from collections.abc import Iterable

from msgspec import Struct

from backend.platform.db.transactions import execute


async def insert(table: str, row: Struct, *, conflict: str) -> bool:
    """Insert a row; False when one with the same `conflict` column (or any key) is there."""
    fields = row.__struct_fields__
    target = f" ({conflict})" if conflict else ""
    changed = await execute(
        f"INSERT INTO {table} ({', '.join(fields)}) VALUES ({places(fields)})"
        f" ON CONFLICT{target} DO NOTHING",
        *(getattr(row, field) for field in fields),
    )
    return changed == 1


def places(values: Iterable[object]) -> str:
    """Write as many placeholders as there are values; for none NULL, which nothing is IN."""
    return ", ".join("{}" for _ in values) or "NULL"
