"""The desk of unmatched money: what officers decide, once, with their reason, to the đồng."""

import asyncio
from uuid import UUID

import pytest

from backend import payments
from backend.payments import MoneyDecided, MoneyGivenBack, MoneyTakenBack
from backend.payments.model.desk import Near, dossier_codes, likeness, plain, score, steps
from backend.payments.model.matching import make_payment_code
from backend.platform import db
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import make_code
from tests.backend.payments.conftest import AMOUNT, WARD

OTHER_WARD = "om-thoi-an"


@pytest.fixture
def act(house):
    """Make a decision of an officer of the ward."""

    def made(seen=0, *, by="officer:lan", units=(WARD,), reason="Theo sao kê ngày 22/11"):
        return payments.Deciding(
            by=by, units=units, seen=seen, reason=reason, now=house.now, vault=house.vault,
            random=house.random,
        )  # fmt: skip

    return made


async def came(house, memo="khong ma", *, amount=AMOUNT, txn=1):
    """Let money come and give it as the list shows it."""
    await house.hear(house.transfer(memo, amount=amount, txn=txn))
    return next(one for one in await house.unmatched() if one.amount == amount)


async def test_money_without_text_is_matched_and_pays(house, act):
    dossier = await house.dossier()
    money = await came(house)

    await payments.match(money.event, dossier, act())

    assert money.can == ("match", "give_back", "note")
    assert await house.state(dossier) == "paid"
    assert await house.unmatched() == []
    assert [type(one).__name__ for one in house.events] == ["ObligationSettled"]
    assert await payments.paid_online(dossier)


async def test_of_sixteen_who_match_at_once_one_does(house, act):
    dossiers = [await house.dossier() for _ in range(4)]
    money = await came(house)

    answers = await asyncio.gather(
        *(payments.match(money.event, dossiers[one % 4], act()) for one in range(16)),
        return_exceptions=True,
    )

    assert [type(one) for one in answers].count(MoneyDecided) == 15
    states = [await house.state(one) for one in dossiers]
    assert sorted(states) == ["open", "open", "open", "paid"]
    assert len(house.events) == 1


async def test_a_decision_on_an_old_reading_is_refused(house, act):
    dossier = await house.dossier()
    money = await came(house)
    await payments.note(money.event, act())

    with pytest.raises(MoneyDecided):
        await payments.match(money.event, dossier, act(0))

    assert await house.unmatched() == []


async def test_money_that_still_does_not_fit_stays_on_the_list(house, act):
    dossier = await house.dossier()
    money = await came(house, amount=AMOUNT - 1)

    await payments.match(money.event, dossier, act())

    (left,) = await house.unmatched()
    assert (left.reason, left.can[:2]) == ("short", ("move", "count"))
    assert await house.state(dossier) == "open"


async def test_short_money_counts_when_an_officer_says_so_and_the_rest_is_paid(house, act):
    dossier = await house.dossier()
    code = await house.code(dossier)
    money = await came(house, code, amount=10_000)

    await payments.count(money.event, act())
    owed, _ = await payments.of_dossier(dossier)
    await payments.collect(
        dossier, kind="cash", amount=AMOUNT - 10_000, slip_number=None, by="officer:lan",
        now=house.now,
    )  # fmt: skip

    assert (owed.state, owed.due) == ("open", AMOUNT - 10_000)
    assert await house.state(dossier) == "paid"
    assert await house.surplus() == 0


async def test_too_much_counts_and_what_is_over_goes_back(house, act):
    dossier = await house.dossier()
    money = await came(house, await house.code(dossier), amount=AMOUNT + 6_000)

    await payments.count(money.event, act())

    assert await house.state(dossier) == "refund_due"
    assert await house.surplus() == 6_000


async def test_a_second_payment_is_moved_to_another_dossier(house, act):
    dossier, other = await house.dossier(), await house.dossier()
    code = await house.code(dossier)
    for txn in (1, 2):
        await house.hear(house.transfer(code, txn=txn))
    (money,) = [one for one in await house.unmatched() if one.reason == "second"]

    await payments.move(money.event, other, act())

    assert await house.state(dossier) == "paid"
    assert await house.state(other) == "paid"
    assert await house.surplus() == 0
    assert await house.unmatched() == []


async def test_two_who_move_the_same_money_do_not_both_win(house, act):
    dossier, *others = [await house.dossier() for _ in range(3)]
    code = await house.code(dossier)
    for txn in (1, 2):
        await house.hear(house.transfer(code, txn=txn))
    (money,) = [one for one in await house.unmatched() if one.reason == "second"]

    answers = await asyncio.gather(
        *(payments.move(money.event, one, act()) for one in others), return_exceptions=True
    )

    assert [type(one) for one in answers].count(MoneyDecided) == 1
    assert sorted([await house.state(one) for one in others]) == ["open", "paid"]


async def test_money_that_is_being_given_back_stays_where_it_is(house, act):
    dossier, other = await house.dossier(), await house.dossier()
    code = await house.code(dossier)
    for txn in (1, 2):
        await house.hear(house.transfer(code, txn=txn))
    (money,) = [one for one in await house.unmatched() if one.reason == "second"]
    await db.execute("UPDATE refunds SET state = 'paid_out', evidence = 'UNC 1'")

    with pytest.raises(MoneyGivenBack):
        await payments.move(money.event, other, act())

    assert await house.state(other) == "open"


async def test_money_that_the_bank_took_back_is_not_moved(house, act):
    dossier, other = await house.dossier(), await house.dossier()
    ref = (await house.start(dossier, "sandbox")).attempt.attempt
    attempt = await db.row("SELECT provider_ref FROM payment_attempts WHERE id = {}", ref)
    for event in ("payment", "reversal"):
        notice = house.notice(attempt["provider_ref"], event=event, amount=AMOUNT - 1)
        await house.hear(notice, "sandbox")
    (money,) = [one for one in await house.unmatched() if one.kind == "payment"]

    with pytest.raises(MoneyTakenBack):
        await payments.move(money.event, other, act())


async def test_a_reversal_follows_the_payment_that_was_moved(house, act):
    dossier, other = await house.dossier(), await house.dossier()
    started = await house.start(dossier, "sandbox")
    named = await db.row(
        "SELECT provider_ref FROM payment_attempts WHERE id = {}", started.attempt.attempt
    )
    await house.hear(house.notice(named["provider_ref"], amount=AMOUNT - 1), "sandbox")
    (money,) = await house.unmatched()
    await payments.move(money.event, other, act())

    back = house.notice(named["provider_ref"], event="reversal", amount=AMOUNT - 1)
    await house.hear(back, "sandbox")

    owed, _ = await payments.of_dossier(other)
    assert (owed.state, owed.paid) == ("open", 0)


async def test_money_of_nobody_is_asked_back_and_no_later_attempt_takes_it(house, act):
    code = make_payment_code(random=house.random)
    money = await came(house, code)

    refund = await payments.give_back(money.event, act())
    listed = await refunds(house)
    with pytest.raises(MoneyDecided):
        await payments.give_back(money.event, act(1))

    assert [(one.refund, one.state, one.amount) for one in listed] == [
        (refund, "requested", AMOUNT)
    ]
    assert listed[0].can == ()
    assert await house.unmatched() == []


async def test_money_that_is_asked_back_pays_nothing_when_its_notice_comes_again(house, act):
    dossier = await house.dossier()
    code = await house.code(dossier)
    await db.execute("UPDATE payment_attempts SET code = 'OTHER'")
    money = await came(house, code)
    await payments.give_back(money.event, act())
    await db.execute("UPDATE payment_attempts SET code = {}", code)

    await house.hear(house.transfer(code))
    await house.work()

    assert await house.state(dossier) == "open"
    assert [one.state for one in await refunds(house)] == ["requested"]


async def test_of_a_match_and_a_request_to_give_back_at_once_one_wins(house, act):
    dossier = await house.dossier()
    money = await came(house)

    answers = await asyncio.gather(
        payments.match(money.event, dossier, act()),
        payments.give_back(money.event, act(by="officer:minh")),
        return_exceptions=True,
    )

    lost = [type(one) for one in answers].count(MoneyDecided)
    paid, asked = await house.state(dossier) == "paid", await refunds(house) != []
    assert (lost, paid + asked) == (1, 1)


async def test_short_money_is_released_and_asked_back(house, act):
    dossier = await house.dossier()
    money = await came(house, await house.code(dossier), amount=1_000)

    await payments.give_back(money.event, act())

    owed, _ = await payments.of_dossier(dossier)
    assert (owed.state, owed.paid) == ("open", 0)
    assert [(one.amount, one.dossier) for one in await refunds(house)] == [(1_000, None)]


async def test_a_refused_request_puts_the_money_on_the_list_again(house, act):
    money = await came(house)
    refund = await payments.give_back(money.event, act())

    await payments.reject_refund(refund, seen=0, by="officer:minh", now=house.now)

    (left,) = await house.unmatched()
    assert left.can == ("match", "give_back", "note")
    again = await payments.give_back(money.event, act(left.rev))
    assert again != refund


async def test_short_money_that_is_not_given_back_can_be_matched_again(house, act):
    dossier, other = await house.dossier(), await house.dossier(amount=1_000)
    money = await came(house, await house.code(dossier), amount=1_000)
    refund = await payments.give_back(money.event, act())
    await payments.reject_refund(refund, seen=0, by="officer:minh", now=house.now)
    (left,) = await house.unmatched()

    await payments.match(money.event, other, act(left.rev))

    assert await house.state(other) == "paid"
    assert await house.unmatched() == []


async def refunds(house, by="officer:lan"):
    return await payments.refunds(
        (WARD, "*"), states=tuple(payments.OPEN), by=by, adapters=house.adapters,
        vault=house.vault, before=house.now.replace(year=2027),
    )  # fmt: skip


async def test_another_units_money_is_not_found(house, act):
    money = await came(house, await house.code(await house.dossier()), amount=1)

    for verb in (payments.count, payments.note, payments.give_back):
        with pytest.raises(NotFound):
            await verb(money.event, act(units=(OTHER_WARD,)))


async def test_a_decision_stands_in_the_journal_and_its_reason_is_sealed(house, act):
    money = await came(house)
    await payments.note(money.event, act(reason="Bà Hoa trả nhầm"))

    (decided,) = await payments.decided(money.event, vault=house.vault)
    rows = await db.rows("SELECT * FROM money_decisions")
    journal = await db.rows("SELECT actor, verb, unit FROM audit WHERE verb = 'money_note'")

    assert (decided.by, decided.verb, decided.reason) == ("officer:lan", "note", "Bà Hoa trả nhầm")
    assert b"Hoa" not in rows[0]["reason"]
    assert [(one["actor"], one["unit"]) for one in journal] == [("officer:lan", "*")]


async def test_money_that_counts_or_moves_nowhere_is_refused(house, act):
    dossier = await house.dossier()
    money = await came(house, await house.code(dossier), amount=1_000)
    free = await house.dossier(amount=0, state="nothing_due")
    none = UUID(int=5)

    with pytest.raises(MoneyDecided):
        await payments.move(money.event, dossier, act())
    with pytest.raises(payments.NothingDue):
        await payments.move(money.event, none, act())
    await payments.move(money.event, free, act())

    assert await house.state(free) == "refund_due"


async def test_a_match_to_nobody_is_refused(house, act):
    money = await came(house)

    with pytest.raises(payments.NothingDue):
        await payments.match(money.event, UUID(int=5), act())


# -- suggestions -----------------------------------------------------------------------------------


async def test_a_code_with_a_wrong_symbol_is_suggested_first(house):
    dossier, _other = await house.dossier(), await house.dossier()
    code = await house.code(dossier)
    await house.code(_other)
    wrong = code[:4] + ("2" if code[4] != "2" else "3") + code[5:]
    money = await came(house, f"CT DEN {wrong} NGUYEN VAN A")

    found = await payments.suggestions(money.event, (WARD,), vault=house.vault)

    assert found[0].dossier == dossier
    assert "near_code" in found[0].why
    assert await house.state(dossier) == "open"


async def test_the_same_amount_at_the_same_time_is_suggested(house):
    dossier = await house.dossier()
    await house.code(dossier)
    house.later(minutes=5)
    money = await came(house, "le phi")

    (found,) = await payments.suggestions(money.event, (WARD,), vault=house.vault)

    assert (found.dossier, found.due) == (dossier, AMOUNT)
    assert found.why[0] == "same_amount"


async def test_a_dossiers_own_code_in_the_memo_is_suggested(house):
    dossier, foreign = await house.dossier(), await house.dossier(unit=OTHER_WARD)
    codes = {}
    for one in (dossier, foreign):
        codes[one] = make_code(13, random=house.random)
        await db.execute(
            "UPDATE dossiers SET code = {}, state = 'submitted', submitted_at = {} WHERE id = {}",
            codes[one], house.now, one,
        )  # fmt: skip
    missing = make_code(13, random=house.random)
    money = await came(house, f"{codes[dossier]} {codes[foreign]} {missing}", amount=5)

    (found,) = await payments.suggestions(money.event, (WARD,), vault=house.vault)

    assert (found.dossier, found.why) == (dossier, ("dossier_code",))


async def test_nobody_elses_dossier_is_suggested(house):
    dossier = await house.dossier(unit=OTHER_WARD)
    await house.code(dossier)
    money = await came(house, "le phi")

    assert await payments.suggestions(money.event, (WARD,), vault=house.vault) == []


@pytest.mark.parametrize(
    "mangle",
    [
        lambda code: code[:3] + "5" + code[4:],
        lambda code: code[:5] + code[6:],
        lambda code: code[:5] + "9" + code[5:],
        lambda code: code[2:],
        lambda code: code.lower(),
    ],
)
def test_a_code_is_near_but_for_one_symbol_or_its_letters(house_random, mangle):
    for _ in range(50):
        code = make_payment_code(random=house_random)
        assert Near(f"MBVCB 123 {mangle(code)} CT TU 0123").holds(code)


@pytest.fixture
def house_random():
    from random import Random  # noqa: PLC0415

    return Random(3).randbytes  # noqa: S311


def test_an_unrelated_memo_holds_no_code_nearly(house_random):
    memo = Near("NGUYEN VAN A CHUYEN TIEN LE PHI HO SO 123456789")
    codes = [make_payment_code(random=house_random) for _ in range(2_000)]

    assert sum(memo.holds(code) for code in codes) == 0


def test_the_code_of_a_dossier_is_found_in_a_memo(house_random):
    code = make_code(13, random=house_random)

    assert code in dossier_codes(f"nop phi {code[:4]}-{code[4:8]}-{code[8:]} cam on")
    assert dossier_codes("nop phi ho so") == ()
    assert plain("Lệ phí – Đỗ") == "LEPHIDO"


def test_what_can_be_done_follows_from_what_the_money_is():
    plain_money = {"kind": "payment", "status": "succeeded"}

    assert steps(**plain_money, placed=False, state=None, reason="unknown")[0] == "match"
    assert "count" in steps(**plain_money, placed=True, state="open", reason="over")
    assert steps(**plain_money, placed=True, state="paid", reason="second") == ("move", "note")
    assert steps(kind="payment", status="aside", placed=False, state=None, reason="currency") == (
        "note",
    )
    assert steps(kind="reversal", status="succeeded", placed=True, state="open",
                 reason="reversed") == ("note",)  # fmt: skip


def test_likeness_names_all_in_which_money_is_like_a_debt(house):
    now = house.now
    why = likeness(near=True, named=True, amount=1, due=1, came=now, begun=now)
    late = likeness(near=False, named=False, amount=1, due=2, came=now.replace(hour=20), begun=now)

    assert why == ("dossier_code", "near_code", "same_amount", "same_time")
    named = likeness(near=False, named=True, amount=1, due=2, came=now, begun=None)

    assert late == ("same_day",)
    assert named == ("dossier_code",)
    assert score(why) > score(late)
