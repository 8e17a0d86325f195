"""Histories from seeds: whatever is lost, repeated, late or killed, every promise is kept."""

import pytest

from backend import reactions
from backend.dossiers import DossierMoved
from backend.fee_receipts import FOLLOW
from backend.payments import ObligationSettled
from backend.platform.outbox import Reaction
from tests.conftest import ON_POSTGRESQL
from tests.simulation.history import BrokenHistoryError, play
from tests.simulation.world import load_records

SEEDS = range(1, 17 if ON_POSTGRESQL else 33)  # a round trip costs more than a function call

# What a thread opened for a process that died meanwhile is closed by the collector, late.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module", autouse=True)
def _records():
    load_records()


@pytest.mark.parametrize("seed", SEEDS)
async def test_every_promise_is_kept_in_the_history_of(seed, database, tmp_path):
    world = await play(seed, tmp_path)

    assert world.log


@pytest.mark.parametrize("forgotten", [ObligationSettled, DossierMoved])
async def test_a_flow_that_forgets_to_forward_is_found(forgotten, database, tmp_path):
    table = {**reactions.TABLE, forgotten: Reaction()}

    with pytest.raises(BrokenHistoryError, match="seed 5"):
        await play(5, tmp_path, table=table, calm=True)


async def test_a_flow_that_writes_no_receipts_is_found(database, tmp_path):
    table = {
        event: Reaction(
            together=then.together, later=tuple(one for one in then.later if one != FOLLOW)
        )
        for event, then in reactions.TABLE.items()
    }

    with pytest.raises(BrokenHistoryError, match="receipts of 0 stand"):
        await play(5, tmp_path, table=table, calm=True)
