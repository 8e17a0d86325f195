"""The citizen's rooms as one running app: real database, vault, files, procedures."""

import pytest

from backend import catalogue, places, qr
from tests.backend.citizens import MORNING, ROOT, House, Phone


@pytest.fixture
async def house(database, tmp_path):
    """What the rooms stand on; its time is a value."""
    places.load("test")
    catalogue.load(ROOT / "procedures", demo=True, clock=lambda: MORNING)
    await catalogue.remember_versions(now=MORNING)
    await qr.load(now=MORNING)
    house = House(tmp_path)
    yield house
    await house.workshop.close()


@pytest.fixture
async def web(house):
    """A client of the app."""
    async with house.browser() as client:
        yield client


@pytest.fixture
def phone(web):
    """A citizen's phone with an example dossier nobody has saved yet."""
    return Phone(web)


@pytest.fixture
async def sent(phone):
    """A dossier that was handed in."""
    phone.answer = await phone.hand_in()
    return phone
