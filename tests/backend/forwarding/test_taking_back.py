"""What comes back from the one-stop: applied where it may be, listed where it may not."""

import msgspec
import pytest

from backend import dossiers, forwarding
from backend.forwarding import store
from backend.platform import db
from tests.backend.forwarding.conftest import WARD


@pytest.fixture
def decided_there(house):
    """Let the one-stop decide."""
    given = {name: getattr(house.forwarder, name) for name in house.forwarder.__dataclass_fields__}
    house.forwarder = forwarding.Forwarder(**given | {"authority": "onestop"})


async def accepted(house):
    dossier = await house.settled()
    await house.work()
    house.later(minutes=5)
    await house.moved(dossier, "accept")
    await house.work()
    return dossier


async def state_of(dossier):
    return (await dossiers.get(dossier.id)).state


async def test_processing_comes_from_the_one_stop_and_is_not_sent_back(house):
    dossier = await accepted(house)
    house.onestop.set_status(dossier.code, "4", note="Chuyển tư pháp hộ tịch")

    await house.poll()
    await house.work()

    assert await state_of(dossier) == "processing"
    assert await store.untold_moves(dossier.id) == []
    [there] = house.onestop.received(dossier.code)
    assert [row["TrangThai"] for row in there["progress"]] == ["2", "4"]
    opened = await dossiers.opened(dossier.id, house.vault)
    assert await forwarding.remark(opened) == "Chuyển tư pháp hộ tịch"


async def test_where_officers_decide_here_a_decision_there_is_listed_and_changes_nothing(house):
    dossier = await accepted(house)
    house.onestop.set_status(dossier.code, "9")

    await house.poll()
    await house.poll()

    assert await state_of(dossier) == "accepted"
    [difference] = await forwarding.differences([WARD])
    assert (difference.kind, difference.ours, difference.theirs) == ("status", "2", "9")
    told = await db.rows("SELECT verb FROM audit WHERE verb = 'forwarding.differs'")
    assert len(told) == 1


async def test_a_difference_ends_when_both_say_the_same(house):
    dossier = await accepted(house)
    house.onestop.set_status(dossier.code, "9")
    await house.poll()
    house.later(minutes=5)
    await house.moved(dossier, "finish")
    await house.work()

    await house.poll()

    assert await forwarding.differences([WARD]) == []


@pytest.mark.usefixtures("decided_there")
async def test_where_the_one_stop_decides_its_moves_are_followed_step_by_step(house):
    dossier = await house.settled()
    await house.work()
    house.later(minutes=5)
    house.onestop.set_status(dossier.code, "2")
    house.onestop.set_status(dossier.code, "4")
    house.onestop.set_status(dossier.code, "9")
    house.onestop.set_status(dossier.code, "10")

    await house.poll()

    assert await state_of(dossier) == "returned"
    assert await forwarding.differences([WARD]) == []
    steps = await dossiers.timeline(await dossiers.get(dossier.id))
    assert [step.state for step in steps] == [
        "submitted",
        "accepted",
        "processing",
        "result_ready",
        "returned",
    ]


@pytest.mark.usefixtures("decided_there")
async def test_an_incoming_status_that_is_no_allowed_move_is_listed(house):
    dossier = await house.settled()
    await house.work()
    house.onestop.set_status(dossier.code, "10")

    await house.poll()

    assert await state_of(dossier) == "submitted"
    [difference] = await forwarding.differences([WARD])
    assert (difference.ours, difference.theirs) == ("1", "10")


@pytest.mark.usefixtures("decided_there")
async def test_a_refusal_there_is_told_to_the_citizen_with_its_reason(house):
    dossier = await house.settled()
    await house.work()
    house.onestop.set_status(dossier.code, "3", note="Thiếu giấy ủy quyền")

    await house.poll()

    opened = await dossiers.opened(dossier.id, house.vault)
    last = (await dossiers.timeline(opened.dossier, opened.key))[-1]
    assert (last.state, "Thiếu giấy ủy quyền" in last.what) == ("declined", True)


async def test_what_was_decided_here_goes_out_before_anything_is_taken_back(house):
    dossier = await accepted(house)
    house.later(minutes=5)
    await house.moved(dossier, "finish")

    await house.poll()

    assert await forwarding.differences([WARD]) == []


async def test_an_ended_dossier_is_not_asked_about_any_more(house):
    dossier = await house.settled()
    await house.work()
    house.later(minutes=5)
    await house.moved(dossier, "decline", reason="Sai nơi nộp")
    await house.work()
    await house.poll()

    assert await store.to_poll(most=10) == []


async def test_another_number_there_is_listed_and_ours_stays(house):
    dossier = await accepted(house)
    await store.execute(
        "UPDATE forwardings SET receipt_number = 'X-1' WHERE dossier = {}", dossier.id
    )

    await house.poll()

    [difference] = await forwarding.differences([WARD])
    assert (difference.kind, difference.ours) == ("receipt_number", "X-1")


async def test_a_dossier_that_vanished_there_is_listed(house):
    dossier = await accepted(house)
    await store.execute("UPDATE dossiers SET code = 'ABCDEFGHJKMNP' WHERE id = {}", dossier.id)

    await house.poll()

    [difference] = await forwarding.differences([WARD])
    assert difference.kind == "missing"


async def test_a_one_stop_that_is_down_does_not_stop_the_asking_for_good(house):
    first, second = await accepted(house), await accepted(house)
    house.onestop.down()
    await house.poll()
    house.onestop.well()
    house.onestop.set_status(first.code, "4")
    house.onestop.set_status(second.code, "4")

    house.later(minutes=1)
    await house.poll()

    assert [await state_of(one) for one in (first, second)] == ["processing", "processing"]


async def test_the_desk_of_another_ward_sees_nothing(house):
    dossier = await accepted(house)
    house.onestop.set_status(dossier.code, "9")
    await house.poll()

    assert await forwarding.differences(["om-thoi-an"]) == []
    assert await forwarding.waiting([], now=house.now) == []
    assert msgspec.json.encode(await forwarding.sent(dossier.id))


class WhileAsking:
    """A connector during whose look-up an officer here decides something."""

    def __init__(self, inner, decide):
        self.inner = inner
        self.decide = decide

    async def look_up(self, code, /):
        held = await self.inner.look_up(code)
        await self.decide()
        return held


async def test_a_decision_made_here_while_we_ask_is_not_taken_for_a_difference(house):
    dossier = await accepted(house)

    async def decide():
        await house.moved(dossier, "finish")

    given = {name: getattr(house.forwarder, name) for name in house.forwarder.__dataclass_fields__}
    asking = WhileAsking(house.forwarder.connector, decide)
    house.forwarder = forwarding.Forwarder(**given | {"connector": asking})

    await house.poll()

    assert await forwarding.differences([WARD]) == []
