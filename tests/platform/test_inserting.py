"""Placeholders as stores write them."""

import pytest

from backend.platform import db


@pytest.mark.parametrize(("values", "written"), [("ab", "{}, {}"), ("a", "{}"), ("", "NULL")])
def test_there_are_as_many_places_as_values(values, written):
    assert db.places(values) == written


async def test_nothing_is_among_no_values(database):
    assert await db.rows(f"SELECT 1 AS one WHERE 'a' IN ({db.places([])})") == []
