"""Money that comes: in time, late, twice, short, over, without text, forged, too early."""

import asyncio
from itertools import permutations

import pytest
from msgspec.structs import replace

from backend import payments, places
from backend.platform import db
from backend.platform.kit.errors import NotFound
from backend.platform.settings import Account
from payment_adapters.contract import Observation, RawRequest
from tests.backend.payments.conftest import ACCOUNT, AMOUNT, SECRET, SEPAY, WARD, House


async def test_a_transfer_with_our_code_and_the_exact_amount_settles(house):
    dossier = await house.dossier()
    code = await house.code(dossier)

    status = await house.hear(house.transfer(f"MBVCB.1.{code}.CT tu 0123 NGUYEN VAN A"))

    assert status == 200
    assert await house.state(dossier) == "paid"
    assert await house.attempts(dossier) == ["succeeded"]
    settled = house.events[0]
    assert (settled.state, settled.adapter, settled.amount) == ("paid", "vietqr", AMOUNT)
    assert await payments.paid_online(dossier)
    assert await house.unmatched() == []


async def test_the_same_notice_again_changes_nothing(house):
    dossier = await house.dossier()
    notice = house.transfer(await house.code(dossier))

    for _ in range(3):
        assert await house.hear(notice) == 200

    assert await house.state(dossier) == "paid"
    assert len(house.events) == 1
    assert await house.surplus() == 0


async def test_a_copy_of_what_is_posted_does_not_touch_the_fee(house):
    dossier = await house.dossier()
    notice = house.transfer(await house.code(dossier))
    await house.hear(notice)
    before = await db.rows("SELECT * FROM obligations")

    await house.hear(notice)

    assert await db.rows("SELECT * FROM obligations") == before


async def test_sixteen_of_one_notice_at_once_count_once(house):
    dossier = await house.dossier()
    notice = house.transfer(await house.code(dossier))

    statuses = await asyncio.gather(*(house.hear(notice) for _ in range(16)))

    assert statuses == [200] * 16
    assert await house.state(dossier) == "paid"
    assert len(house.events) == 1
    assert (await payments.of_dossier(dossier))[0].paid == AMOUNT


async def test_sixteen_different_transfers_at_once_leave_the_exact_surplus(house):
    dossier = await house.dossier()
    code = await house.code(dossier)

    await asyncio.gather(*(house.hear(house.transfer(code, txn=n)) for n in range(1, 17)))

    assert await house.state(dossier) == "refund_due"
    assert (await payments.of_dossier(dossier))[0].paid == 16 * AMOUNT
    assert await house.surplus() == 15 * AMOUNT
    assert len(house.events) == 1


async def test_a_second_payment_is_recorded_as_a_refund_of_its_exact_amount(house):
    dossier = await house.dossier()
    code = await house.code(dossier)

    await house.hear(house.transfer(code, txn=1))
    await house.hear(house.transfer(code, txn=2))

    assert await house.state(dossier) == "refund_due"
    assert await house.surplus() == AMOUNT
    assert [item.reason for item in await house.unmatched()] == ["second"]


@pytest.mark.parametrize(("amount", "reason"), [(AMOUNT - 1000, "short"), (AMOUNT + 1000, "over")])
async def test_another_amount_settles_nothing_and_waits_for_an_officer(house, amount, reason):
    dossier = await house.dossier()
    code = await house.code(dossier)

    await house.hear(house.transfer(code, amount=amount))

    assert await house.state(dossier) == "open"
    assert (await payments.of_dossier(dossier))[0].paid == amount
    assert await house.attempts(dossier) == ["review"]
    assert [(i.reason, i.dossier) for i in await house.unmatched()] == [(reason, dossier)]


async def test_the_rest_paid_exactly_later_gives_the_short_money_back(house):
    dossier = await house.dossier()
    code = await house.code(dossier)
    await house.hear(house.transfer(code, amount=1000, txn=1))

    await house.hear(house.transfer(code, txn=2))

    assert await house.state(dossier) == "refund_due"
    assert await house.surplus() == 1000


async def test_money_after_the_time_still_settles_and_is_shown_as_late(house):
    dossier = await house.dossier()
    code = await house.code(dossier)
    house.later(minutes=16)
    await house.work()
    assert await house.attempts(dossier) == ["expired_unverified"]
    assert await house.state(dossier) == "open"

    await house.hear(house.transfer(code))

    assert await house.state(dossier) == "paid"
    assert await house.attempts(dossier) == ["succeeded"]
    assert [(i.reason, i.counted) for i in await house.unmatched()] == [("late", True)]


async def test_money_without_text_and_with_an_unknown_code_stands_in_the_list(house):
    await house.hear(house.transfer("NGUYEN VAN A chuyen tien", txn=1))
    await house.hear(house.transfer("le phi HS2222222", txn=2))
    house.later(seconds=1)

    items = await house.unmatched()

    assert sorted((i.reason, i.memo, i.dossier) for i in items) == [
        ("no_text", "…", None),
        ("unknown", "…2222", None),
    ]


async def test_money_to_an_account_that_the_code_was_not_issued_to_settles_nothing(house):
    dossier = await house.dossier()
    code = await house.code(dossier)

    await house.hear(house.transfer(code, account="999999"))

    assert await house.state(dossier) == "open"
    assert [item.reason for item in await house.unmatched()] == ["unknown"]


async def test_two_codes_in_one_memo_are_left_to_a_human(house):
    first, second = await house.dossier(), await house.dossier()
    memo = f"{await house.code(first)} {await house.code(second)}"

    await house.hear(house.transfer(memo))

    assert [await house.state(one) for one in (first, second)] == ["open", "open"]
    assert [item.reason for item in await house.unmatched()] == ["ambiguous"]


async def test_a_movement_told_with_another_amount_is_kept_apart(house):
    dossier = await house.dossier()
    code = await house.code(dossier)
    await house.hear(house.transfer(code, txn=1))

    await house.hear(house.transfer(code, txn=1, amount=AMOUNT * 2))

    assert await house.state(dossier) == "paid"
    assert [item.reason for item in await house.unmatched()] == ["contradiction"]


async def test_a_forged_a_stale_and_an_unsigned_notice_move_nothing_and_are_kept(house):
    dossier = await house.dossier()
    code = await house.code(dossier)
    old = house.now
    house.later(seconds=301)
    good = house.transfer(code)

    statuses = [
        await house.hear(house.transfer(code, secret="another-secret")),
        await house.hear(house.transfer(code, at=old)),
        await house.hear(RawRequest(method="POST", body=good.body)),
        await house.hear(replace(good, body=good.body.replace(b"24000", b"24001"))),
        await house.hear(RawRequest(method="GET")),
    ]

    assert statuses == [401] * 5
    assert await house.state(dossier) == "open"
    kept = await db.rows("SELECT verdict FROM notices_inbox")
    assert [row["verdict"] for row in kept] == ["bad_signature"] * 5


@pytest.mark.parametrize("amount", ["15000", 15000.0, 2**63, 10**400, -1, True, None, [15000]])
async def test_an_amount_that_is_no_whole_number_is_malformed(house, amount):
    dossier = await house.dossier()
    code = await house.code(dossier)

    assert await house.hear(house.transfer(code, amount=amount)) == 400
    assert await house.state(dossier) == "open"


async def test_a_body_that_is_too_long_is_kept_cut_and_refused(house):
    assert await house.hear(house.transfer("x" * 70_000)) == 400


async def test_a_notice_before_start_is_answered_settles(house):
    dossier = await house.dossier()
    heard = []

    async def notice_first(asked):
        heard.append(await house.hear(house.notice(asked["ref"]), "sandbox"))

    house.bank.before_answer = notice_first
    opened = await house.start(dossier, "sandbox")

    assert heard == [200]
    assert opened.attempt.state == "succeeded"
    assert await house.state(dossier) == "paid"


async def parked(house, dossier):
    """Let money come for a code that is made only later, as chance would have it."""
    ahead = house.random.__self__.getstate()
    code = await house.code(dossier)
    await db.execute("DELETE FROM payment_attempts")
    await house.hear(house.transfer(code))
    assert [item.reason for item in await house.unmatched()] == ["unknown"]
    house.random.__self__.setstate(ahead)


async def test_money_that_came_before_its_attempt_is_matched_when_it_appears(house):
    dossier = await house.dossier()
    await parked(house, dossier)
    house.later(hours=23)

    opened = await house.start(dossier)

    assert opened.attempt.state == "succeeded"
    assert await house.state(dossier) == "paid"
    assert await house.unmatched() == []


async def test_money_that_came_days_before_its_code_was_made_is_left_to_a_person(house):
    dossier = await house.dossier()
    await parked(house, dossier)
    house.later(hours=25)

    await house.start(dossier)

    assert await house.state(dossier) == "open"
    assert [item.reason for item in await house.unmatched()] == ["unknown"]


async def test_money_taken_back_opens_the_obligation_again(house):
    dossier = await house.dossier()
    await house.start(dossier, "sandbox")
    ref = house.bank.started[0]

    await house.hear(house.notice(ref), "sandbox")
    await house.hear(house.notice(ref, event="reversal"), "sandbox")

    assert await house.state(dossier) == "open"
    assert await house.attempts(dossier) == ["review"]
    assert [item.reason for item in await house.unmatched()] == ["reversed"]
    assert not await payments.paid_online(dossier)


@pytest.mark.parametrize("order", [("paid", "failed"), ("failed", "paid")])
async def test_failed_before_or_after_paid_is_paid(house, order):
    dossier = await house.dossier()
    await house.start(dossier, "sandbox")
    ref = house.bank.started[0]

    for number, status in enumerate(order):
        await house.hear(house.notice(ref, status=status, txn=f"t{number}"), "sandbox")

    assert await house.state(dossier) == "paid"
    assert await house.attempts(dossier) == ["succeeded"]


async def test_money_for_a_cancelled_fee_is_given_back_in_full(house):
    dossier = await house.dossier()
    code = await house.code(dossier)
    await payments.cancel(dossier, now=house.now)
    assert await house.state(dossier) == "cancelled"

    await house.hear(house.transfer(code))

    assert await house.state(dossier) == "refund_due"
    assert await house.surplus() == AMOUNT
    assert house.events == []


async def test_a_crash_after_receiving_is_made_good_by_the_sweep(house):
    dossier = await house.dossier()
    notice = house.transfer(await house.code(dossier))
    await house.hear(notice)
    await db.execute("UPDATE notices_inbox SET verdict = NULL")
    house.later(hours=1)

    await house.work()

    assert await house.state(dossier) == "paid"
    assert (await db.rows("SELECT verdict FROM notices_inbox"))[0]["verdict"] == "duplicate"


async def test_officers_see_the_money_of_their_units_only(house):
    dossier = await house.dossier(unit="om-phuoc-thoi")
    await house.hear(house.transfer(await house.code(dossier), amount=1))

    assert await house.unmatched([WARD]) == []
    assert await house.unmatched([]) == []
    assert len(await house.unmatched(["om-phuoc-thoi"])) == 1


async def test_the_text_of_a_transfer_is_whole_only_for_whom_the_account_is(database, vault):
    others = "om-phuoc-thoi", "om-thoi-an"
    accounts = [
        Account(unit=unit, bank_bin="970436", account=number, name="UBND")
        for unit, number in ((WARD, "1"), (WARD, "2"), (others[0], "2"), ("*", "3"))
    ]
    split = House(vault, accounts=accounts)
    places.load("test")
    everyone = [unit.code for unit in places.current().units() if unit.level == "commune"]
    for number in (1, 2, 3):
        memo, account = "NGUYEN VAN A chuyen tien 20261121", str(number)
        await split.hear(split.transfer(memo, txn=number, account=account))
    await split.client.aclose()

    async def read(*units):
        found = await split.unmatched(units)
        return sorted((one.account, one.memo, one.masked) for one in found)

    own, kept = "NGUYEN VAN A chuyen tien 20261121", "…1121"
    assert await read(WARD) == [("1", own, False), ("2", kept, True), ("3", kept, True)]
    assert await read(others[1]) == [("2", kept, True), ("3", kept, True)]
    assert await read(WARD, others[0]) == [("1", own, False), ("2", own, False), ("3", kept, True)]
    assert await read(*everyone) == [(number, own, False) for number in "123"]


async def test_the_wards_are_sought_once_for_a_whole_list(house, monkeypatch):
    sought = []
    units = places.current().units
    monkeypatch.setattr(type(places.current()), "units", lambda _self: sought.append(1) or units())
    for number in (1, 2, 3):
        await house.hear(house.transfer("khong ma", txn=number))

    before = len(sought)
    assert len(await house.unmatched()) == 3
    assert len(sought) - before == 1


async def test_money_of_an_own_dossier_shows_its_text_though_the_account_is_shared(house):
    code = await house.code(await house.dossier())

    await house.hear(house.transfer(f"NGUYEN VAN A {code}", amount=1))

    assert [(one.memo, one.masked) for one in await house.unmatched()] == [
        (f"NGUYEN VAN A {code}", False)
    ]


async def test_nothing_personal_lies_open_in_the_database(house):
    await house.hear(house.transfer("NGUYEN VAN A chuyen tien 0987654321"))

    tables = ("notices_inbox", "money_events", "audit")
    stored = repr([await db.rows(f"SELECT * FROM {table}") for table in tables])

    assert "NGUYEN" not in stored
    assert "0987654321" not in stored


async def test_who_listens_to_nothing_is_not_found(house):
    for name in ("vietqr", "nobody"):
        with pytest.raises(NotFound):
            await house.hear(house.transfer("x"), name)


@pytest.mark.parametrize("order", list(permutations(range(4))))
async def test_any_order_of_the_same_notices_gives_the_same_books(house, order):
    dossier = await house.dossier()
    await house.start(dossier, "sandbox")
    ref = house.bank.started[0]
    notices = [
        house.notice(ref, txn="a"),
        house.notice(ref, txn="b"),
        house.notice(ref, txn="a", event="reversal"),
        house.notice(ref, txn="c", amount=1_000),
    ]

    for number in order:
        assert await house.hear(notices[number], "sandbox") == 200

    obligation, attempts = await payments.of_dossier(dossier)
    assert (obligation.state, obligation.paid) == ("refund_due", AMOUNT + 1_000)
    assert [one.state for one in attempts] == ["review"]
    assert await house.surplus() == 1_000
    assert len(house.events) == 1


async def test_no_secret_reaches_a_log(house, caplog):
    dossier = await house.dossier()
    caplog.set_level("DEBUG")
    house.bank.mood = "down"

    await house.start(dossier, "sandbox")
    await house.hear(house.transfer("x", secret="another-secret"))
    await house.hear(house.transfer("x", amount="y"))

    logged = caplog.text + repr([vars(record) for record in caplog.records])
    assert caplog.records
    for secret in (SECRET, SEPAY, "another-secret"):
        assert secret not in logged
    assert SECRET not in repr(house.adapters.context("sandbox"))


async def test_a_flood_of_forged_notices_is_refused_and_not_kept_without_end(house):
    forged = RawRequest(method="POST", body=b"x")

    await house.hear(forged)
    await db.execute("UPDATE limits SET hits = 599")

    statuses = [await house.hear(forged) for _ in range(5)]

    assert statuses == [401] * 5
    assert len(await db.rows("SELECT id FROM notices_inbox")) == 2


async def test_when_nothing_can_be_stored_the_provider_is_asked_to_come_again(house):
    dossier = await house.dossier()
    notice = house.transfer(await house.code(dossier))
    await db.execute("ALTER TABLE money_events RENAME TO money_gone")

    assert await house.hear(notice) == 503

    await db.execute("ALTER TABLE money_gone RENAME TO money_events")
    assert await house.hear(notice) == 200
    assert await house.state(dossier) == "paid"


async def test_money_in_another_currency_and_pretend_money_count_nothing(house):
    dossier = await house.dossier()
    await house.start(dossier, "sandbox")
    seen = Observation(
        status="succeeded", provider_ref=house.bank.started[0], amount=AMOUNT, txn="u"
    )
    source = payments.Source(adapter="sandbox")

    for odd in (replace(seen, currency="USD"), replace(seen, txn="n", amount=None)):
        await payments.settle(odd, source=source, adapters=house.adapters, now=house.now)

    assert await house.state(dossier) == "open"
    assert {item.reason for item in await house.unmatched()} == {"currency", "review"}


async def test_money_parked_beside_the_making_of_its_attempt_is_matched_by_the_sweep(house):
    dossier = await house.dossier()
    notice = house.transfer(await house.code(dossier))
    row = (await db.rows("SELECT * FROM payment_attempts"))[0]
    await db.execute("DELETE FROM payment_attempts")
    await house.hear(notice)
    await db.execute(
        f"INSERT INTO payment_attempts ({', '.join(row)}) VALUES ({', '.join('{}' for _ in row)})",
        *row.values(),
    )
    await house.hear(house.transfer("le phi HS2222222", txn=2))

    await house.work()

    assert await house.state(dossier) == "paid"


async def test_test_money_counts_nothing_in_production(database, vault):
    house = House(vault, mode="production", tables={"vietqr": {"enabled": True}})
    dossier = await house.dossier()
    code = await house.code(dossier)
    seen = Observation(
        status="succeeded", account=ACCOUNT, memo=code, amount=AMOUNT, txn="t", test=True
    )

    for _ in range(2):
        await payments.settle(
            seen,
            source=payments.Source(adapter="bank_notice"),
            adapters=house.adapters,
            now=house.now,
        )

    assert await house.state(dossier) == "open"
    assert [item.reason for item in await house.unmatched()] == ["test"]
