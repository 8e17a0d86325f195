"""How many new dossiers one address may begin."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.intake.actions.crowds import MOST_NEW, WINDOW, Crowds
from backend.platform.kit.errors import TooMany

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


def full(crowds, address="203.0.113.7"):
    for _ in range(MOST_NEW):
        crowds.count(address, now=NOW)


def test_an_address_is_told_when_it_may_go_on():
    crowds = Crowds()
    full(crowds)

    with pytest.raises(TooMany) as refused:
        crowds.count("203.0.113.7", now=NOW + timedelta(minutes=20))

    assert refused.value.retry_after == 40 * 60


def test_another_address_and_another_hour_are_not_concerned():
    crowds = Crowds()
    full(crowds)

    crowds.count("203.0.113.8", now=NOW)
    crowds.count("203.0.113.7", now=NOW + WINDOW)


def test_a_flood_of_addresses_does_not_fill_the_memory():
    crowds = Crowds()

    for number in range(25_000):
        crowds.count(f"2001:db8::{number:x}", now=NOW + timedelta(seconds=number))

    assert len(crowds._counted) <= 10_000
