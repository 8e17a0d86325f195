"""Every example handed in over HTTP on its own day: the fee and the due date its file says."""

from datetime import datetime
from uuid import UUID

import pytest

from backend import catalogue, dossiers, places, qr
from backend.platform.kit.clock import VIETNAM
from tests.backend.citizens import House, Phone
from tests.procedures.test_procedures import FOUND, PROCEDURES, procedures

MORNING = "08:00"
EXAMPLES = {
    code: next(case for case in FOUND.goldens[code] if case.example)
    for code, procedure in procedures().items()
    if procedure.fileable
}


def moment(text):
    """Read a moment of a golden dossier, in Vietnam's time."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)


@pytest.fixture
async def on_that_day(database, tmp_path):
    """Open the house on the morning of an example's day; its time is a value."""

    async def opened(case):
        now = moment(f"{case.on} {MORNING}")
        places.load("test")
        catalogue.load(PROCEDURES, demo=True, clock=lambda: now)
        await catalogue.remember_versions(now=now)
        await qr.load(now=now)
        house = House(tmp_path)
        house.now = now
        houses.append(house)
        return house

    houses = []
    yield opened
    for house in houses:
        await house.workshop.close()


@pytest.mark.parametrize("code", EXAMPLES)
async def test_an_example_is_handed_in_with_its_fee_and_due_as_its_file_says(code, on_that_day):
    case = EXAMPLES[code]
    house = await on_that_day(case)

    async with house.browser() as web:
        phone = Phone(web, procedure=code)
        owed = (await phone.hand_in())["obligation"]
    accepted = moment(case.expect.accepted_at or f"{case.on} {MORNING}")
    moved = await dossiers.move(
        UUID(phone.id), "accept", by="officer:thu", now=accepted, vault=house.vault
    )

    fee, due = case.expect.fee, case.expect.due_at
    assert owed == fee or (owed["state"], owed["amount"]) == (fee.state, fee.amount)
    assert {one["paper"] for one in phone.manifest["papers"]} == set(case.expect.papers)
    assert moved.due_at == (due and moment(due))
