"""The hand-over against a real pretend one-stop: once in effect, in order, through every fault."""

import asyncio
import hashlib
from datetime import timedelta

import msgspec
import pytest

from backend import dossiers, forwarding
from backend.catalogue import Person
from backend.demo.onestop.wire import KINDS
from backend.forwarding import jobs as forwarding_jobs
from backend.forwarding import store
from backend.forwarding.model import Move
from backend.platform import jobs
from backend.platform.db import execute, rows, transaction
from tests.backend.forwarding.conftest import PAPER, WARD
from tests.conftest import ON_POSTGRESQL

EVERY_FAULT = sorted(KINDS)
WAITS_FOR_US = (
    "SELECT pid FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
)


async def test_a_paid_dossier_arrives_once_with_its_files_and_its_number_comes_back(house):
    dossier = await house.settled()

    await house.work()

    [there] = house.onestop.received(dossier.code)
    assert there["deliveries"] == 1
    assert there["record"]["TrangThaiHoSo"] == "1"
    assert there["files"] == [
        {
            "name": "giay-uy-quyen.jpg",
            "sha256": hashlib.sha256(PAPER).hexdigest(),
            "size": len(PAPER),
        }
    ]
    assert (await dossiers.get(dossier.id)).receipt_number == there["receipt_number"]
    told = await forwarding.sent(dossier.id)
    assert told is not None
    assert (told.receipt_number, told.sent_at) == (there["receipt_number"], house.now)


async def test_an_unpaid_dossier_stays_here(house):
    dossier = await house.handed_in()

    await house.work()

    assert house.onestop.received(dossier.code) == []
    assert await forwarding.sent(dossier.id) is None


async def test_a_dossier_of_a_procedure_without_a_fee_goes_at_once(house):
    dossier = await house.handed_in(procedure="1.001776")

    await house.work()

    [there] = house.onestop.received(dossier.code)
    assert there["record"]["DanhSachLePhi"][0]["Gia"] == 0


async def test_an_unpaid_dossier_goes_when_an_officer_accepts_it(house):
    dossier = await house.handed_in()
    house.later(minutes=5)
    await house.moved(dossier, "accept")

    await house.work()

    [there] = house.onestop.received(dossier.code)
    assert there["record"]["TrangThaiHoSo"] == "2"
    assert [row["TrangThai"] for row in there["progress"]] == ["2"]


async def test_money_that_comes_after_the_end_sends_nothing(house):
    dossier = await house.handed_in()
    await house.moved(dossier, "decline", reason="Không thuộc phường")
    await house.settle(dossier)

    await house.work()

    assert house.onestop.received(dossier.code) == []


async def test_each_later_move_follows_with_its_own_moment_and_words(house):
    dossier = await house.settled()
    await house.work()
    for verb in ("accept", "finish", "return"):
        house.later(minutes=30)
        await house.moved(dossier, verb)
        await house.work()

    [there] = house.onestop.received(dossier.code)
    assert [row["TrangThai"] for row in there["progress"]] == ["2", "9", "10"]
    assert [row["ThoiDiemXuLy"] for row in there["progress"]] == [
        "20261123123000",
        "20261123130000",
        "20261123133000",
    ]
    assert there["progress"][0]["NoiDungXuLy"] == "Phường đã tiếp nhận hồ sơ"
    assert there["record"]["NgayTra"] == "20261123133000"
    assert there["updates"] == 3


@pytest.mark.parametrize("kind", EVERY_FAULT)
@pytest.mark.parametrize("service", ["DangNhap", "DongBoHoSoMC", "CapNhatTienDoHoSoMC"])
async def test_through_every_fault_a_dossier_has_one_effect(house, kind, service):
    dossier = await house.settled()
    await house.moved(dossier, "accept")
    house.onestop.fail(kind, service, times=2, seconds=2.8)

    await house.work_until_done(hours=1)

    [there] = house.onestop.received(dossier.code)
    assert [row["TrangThai"] for row in there["progress"]] == ["2"]
    assert len(there["files"]) == 1
    if kind != "duplicate":  # then a proxy between us repeats the call
        assert (there["deliveries"], there["repeated_rows"]) == (1, 0)
    assert (await dossiers.get(dossier.id)).receipt_number == there["receipt_number"]
    told = await forwarding.sent(dossier.id)
    assert told is not None
    assert (told.moves_waiting, told.problem) == (0, None)


@pytest.mark.parametrize("kind", EVERY_FAULT)
async def test_through_every_fault_of_the_look_up_a_lost_answer_is_found_again(house, kind):
    dossier = await house.settled()
    house.onestop.fail("lose")
    house.onestop.fail(kind, "TraCuuHoSo", times=2, seconds=2.8)

    await house.work_until_done(hours=1)

    [there] = house.onestop.received(dossier.code)
    if kind != "odd":  # "nothing here" is the wire's own word for a dossier that is not there
        assert there["deliveries"] == 1
    assert (await dossiers.get(dossier.id)).receipt_number == there["receipt_number"]


class DiesAfterSending:
    """A connector whose process is killed once, right after the one-stop took what was sent."""

    def __init__(self, inner):
        self.inner = inner
        self.alive = False

    async def create(self, record, /):
        number = await self.inner.create(record)
        return self._survive(number)

    async def update(self, record, /):
        return await self.inner.update(record)

    async def advance(self, rows, /):
        self._survive(await self.inner.advance(rows))

    async def look_up(self, code, /):
        return await self.inner.look_up(code)

    def _survive(self, value):
        if self.alive:
            return value
        self.alive = True
        raise KeyboardInterrupt


async def test_a_crash_after_sending_and_before_noting_it_sends_nothing_twice(house):
    dossier = await house.settled()
    dying = with_connector(house, DiesAfterSending(house.forwarder.connector))
    with pytest.raises(KeyboardInterrupt):
        await dying.deliver(dossier.id)
    await house.moved(dossier, "accept")

    await house.work_until_done(hours=1)

    [there] = house.onestop.received(dossier.code)
    assert (there["deliveries"], there["repeated_rows"]) == (1, 0)
    assert [row["TrangThai"] for row in there["progress"]] == ["2"]


async def test_a_crash_after_telling_a_move_tells_it_once(house):
    dossier = await house.settled()
    await house.work()
    await house.moved(dossier, "accept")
    dying = with_connector(house, DiesAfterSending(house.forwarder.connector))
    with pytest.raises(KeyboardInterrupt):
        await dying.deliver(dossier.id)

    await house.work_until_done(hours=1)

    [there] = house.onestop.received(dossier.code)
    assert (there["repeated_rows"], len(there["progress"])) == (0, 1)


def with_connector(house, connector):
    forwarder = house.forwarder
    return forwarding.Forwarder(
        connector=connector,
        vault=forwarder.vault,
        links=forwarder.links,
        clock=forwarder.clock,
        files_base_url=forwarder.files_base_url,
    )


async def test_after_a_day_down_everything_goes_in_order_without_help(house):
    house.onestop.down()
    made = []
    for _ in range(3):
        dossier = await house.settled()
        made.append(dossier)
        house.later(minutes=1)
        await house.moved(dossier, "accept")
        house.later(minutes=1)
        await house.moved(dossier, "finish")
        await house.work()
    await house.work_until_done(hours=24)
    waiting = await forwarding.waiting([WARD], now=house.now)
    assert [one.dossier for one in waiting] == [one.id for one in made]
    assert all(one.age >= timedelta(hours=24).total_seconds() for one in waiting)
    assert all(one.problem == "DangNhap: HTTP 503" for one in waiting)
    house.onestop.well()

    await house.work_until_done(hours=1)

    assert await forwarding.waiting([WARD], now=house.now) == []
    for dossier in made:
        [there] = house.onestop.received(dossier.code)
        assert [row["TrangThai"] for row in there["progress"]] == ["2", "9"]
        assert there["deliveries"] == 1
        assert there["record"]["NgayTiepNhan"] < there["record"]["NgayKetThucXuLy"]


async def test_after_three_days_it_is_flagged_and_still_tried(house):
    house.onestop.down()
    dossier = await house.settled()
    await house.work()
    house.later(hours=73)
    await house.work()
    [waiting] = await forwarding.waiting([WARD], now=house.now)
    [flagged] = await jobs.flagged()
    house.onestop.well()

    await house.work_until_done(hours=2)

    assert waiting.flagged
    assert flagged.lane == f"forwarding:{dossier.id}"
    assert len(house.onestop.received(dossier.code)) == 1


async def test_a_one_stop_that_was_killed_still_holds_what_it_acknowledged(house):
    dossier = await house.settled()
    await house.work()
    house.onestop.kill()
    await house.moved(dossier, "accept")
    await house.work()
    house.onestop.start()

    await house.work_until_done(hours=1)

    [there] = house.onestop.received(dossier.code)
    assert (there["deliveries"], len(there["progress"])) == (1, 1)


async def test_the_same_code_with_other_content_there_is_flagged_and_left_alone(house):
    dossier = await house.settled()
    stranger = await house.settled(owner=Person(name="Người khác"))
    await house.work()
    [there] = house.onestop.received(stranger.code)
    await store.doubt(dossier.id)
    clash = await house.settled()
    await house.forwarder.connector.create(
        msgspec.convert(
            there["record"] | {"MaHoSo": clash.code, "TaiLieuNop": []},
            type(await _record_of(house, dossier)),
        )
    )
    house.onestop.fail("lose")

    await house.work_until_done(hours=2)

    [held] = house.onestop.received(clash.code)
    assert held["record"]["ChuHoSo"] == "Người khác"
    assert (await dossiers.get(clash.id)).receipt_number is None
    [difference] = await forwarding.differences([WARD])
    assert (difference.dossier, difference.kind) == (clash.id, "fields")
    assert "ChuHoSo" in difference.ours


async def _record_of(house, dossier):
    opened = await dossiers.opened(dossier.id, house.vault)
    return (await forwarding.copies(opened))[0].record


async def test_what_was_sent_is_kept_sealed_unchangeable_and_without_links(house):
    dossier = await house.settled()
    await house.work()
    house.later(minutes=5)
    await house.moved(dossier, "accept")
    await house.work()

    opened = await dossiers.opened(dossier.id, house.vault)
    first, second = await forwarding.copies(opened)

    assert (first.record.TrangThaiHoSo, second.record.TrangThaiHoSo) == ("1", "2")
    assert first.record.TaiLieuNop[0].DuongDanTaiTepTin == ""
    assert list(first.files.values()) == [hashlib.sha256(PAPER).hexdigest()]
    assert [row.TrangThai for row in second.rows] == ["2"]
    [(_, sealed), _] = await store.copies(dossier.id)
    assert "Trâm".encode() not in sealed
    with pytest.raises(Exception, match="never changed"):
        await store.execute("UPDATE forwarding_copies SET kind = 'update'")


async def test_links_are_made_anew_for_each_delivery_and_end_after_three_days(house, files):
    dossier = await house.settled()
    house.onestop.fail("down")
    await house.work_until_done(hours=1)

    _, opened = files
    [line] = opened
    link = house.links.read(line.removeprefix("/f/"), now=house.now)

    assert (link.dossier, link.what, link.purpose) == (
        dossier.id,
        hashlib.sha256(PAPER).hexdigest(),
        "onestop",
    )


async def test_a_held_dossier_waits_until_the_photo_is_retaken(house):
    dossier = await house.settled()
    await store.execute("UPDATE dossiers SET held_at = {} WHERE id = {}", house.now, dossier.id)
    await house.work()
    assert house.onestop.received(dossier.code) == []
    await store.execute("UPDATE dossiers SET held_at = NULL WHERE id = {}", dossier.id)
    house.later(minutes=1)

    await house.work()

    assert len(house.onestop.received(dossier.code)) == 1


async def test_many_moves_go_out_by_tens(house):
    dossier = await house.settled()
    await house.work()
    for rev in range(100, 123):
        house.later(seconds=1)
        state = dossiers.State.SUPPLEMENT_REQUESTED
        move = Move(rev=rev, at=house.now, verb="request_supplement", after=state)
        await store.add_move(dossier.id, move)

    await house.forwarder.deliver(dossier.id)

    [there] = house.onestop.received(dossier.code)
    assert len(there["progress"]) == 23


async def test_nothing_personal_stands_in_what_the_jobs_say(house):
    dossier = await house.settled(owner=Person(name="Nguyễn Thị Bích Trâm", email="sai @ đâu"))
    house.onestop.fail("refuse", times=9)

    await house.work()

    [row] = await store.rows("SELECT last_error FROM jobs WHERE lane IS NOT NULL")
    assert row["last_error"] == "Refused: error code 99"
    assert dossier.code not in str(row)


async def test_a_photo_that_is_not_checked_yet_is_waited_for(house):
    dossier = await house.settled()
    await store.execute(
        "INSERT INTO attachments (dossier, sha256, size, kind, received, stored, segments,"
        " changed_at, whole_at, check_state)"
        " VALUES ({}, {}, 9, 'jpeg', 9, 9, 1, {}, {}, 'pending')",
        dossier.id, hashlib.sha256(PAPER).hexdigest(), house.now, house.now,
    )  # fmt: skip
    await house.work()
    before = house.onestop.received(dossier.code)
    await store.execute("UPDATE attachments SET check_state = 'ok'")
    house.later(seconds=5)

    await house.work()

    assert before == []
    assert len(house.onestop.received(dossier.code)) == 1


async def test_a_number_that_changes_with_an_update_is_listed(house):
    dossier = await house.settled()
    await house.work()
    await store.execute(
        "UPDATE forwardings SET receipt_number = 'X-1' WHERE dossier = {}", dossier.id
    )
    await house.moved(dossier, "accept")

    await house.work()

    [difference] = await forwarding.differences([WARD])
    assert (difference.kind, difference.ours) == ("receipt_number", "X-1")


async def test_a_dossier_that_vanished_there_is_listed_and_its_moves_wait(house):
    dossier = await house.settled()
    await house.work()
    await store.execute("UPDATE dossiers SET code = 'ABCDEFGHJKMNP' WHERE id = {}", dossier.id)
    await store.doubt(dossier.id)
    await house.moved(dossier, "accept")

    await house.work()

    [difference] = await forwarding.differences([WARD])
    told = await forwarding.sent(dossier.id)
    assert difference.kind == "missing"
    assert told is not None
    assert told.moves_waiting == 1


async def test_the_recurring_question_takes_the_states_back(house):
    dossier = await house.settled()
    await house.work()
    await house.moved(dossier, "accept")
    await house.work()
    house.onestop.set_status(dossier.code, "4")

    _seconds, ask = forwarding_jobs.recurring(house.forwarder)["forwarding.poll"]
    await ask()

    assert (await dossiers.get(dossier.id)).state == "processing"


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has one writer, who waits for no row")
async def test_who_accepts_while_the_number_comes_and_the_number_do_not_wait_for_each_other(house):
    dossier = await house.settled()
    held = asyncio.Event()

    async def deliver():
        await held.wait()
        await house.work()

    delivering = asyncio.create_task(deliver())
    async with transaction():
        await execute("UPDATE dossiers SET rev = rev WHERE id = {}", dossier.id)
        held.set()
        async with asyncio.timeout(20):
            while not await rows(WAITS_FOR_US):  # noqa: ASYNC110 - a database rings no bell
                await asyncio.sleep(0.01)
        await store.make_due(dossier.id, WARD, now=house.now)
    await delivering

    [there] = house.onestop.received(dossier.code)
    assert (await dossiers.get(dossier.id)).receipt_number == there["receipt_number"]
