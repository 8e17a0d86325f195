"""Folding: whatever the order, the same money gives the same state."""
# ruff: noqa: S311 - seeded on purpose: a failure can be repeated

import re
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.payments.model import matching
from backend.payments.model.states import (
    ATTEMPT_MOVES,
    LIVE,
    Fact,
    attempt_by_money,
    kept,
    reason_of,
    sources,
    standing,
)

DUE = 24_000
ATTEMPTS = [UUID(int=number) for number in range(1, 4)]
BASES = ["unquoted", "open", "nothing_due", "exemption_review", "exempt", "cancelled", "expired"]

facts = st.lists(
    st.builds(
        Fact,
        attempt=st.sampled_from(ATTEMPTS),
        movement=st.sampled_from(["a", "b", "c", "d"]),
        kind=st.sampled_from(["payment", "payment", "payment", "reversal"]),
        amount=st.just(0),
    ).map(lambda fact: Fact(fact.attempt, fact.movement, fact.kind, AMOUNTS[fact.movement])),
    max_size=8,
)
AMOUNTS = {"a": DUE, "b": DUE, "c": DUE - 1_000, "d": DUE + 1_000}


def due(basis):
    return None if basis == "unquoted" else DUE


@given(facts, st.sampled_from(BASES), st.randoms(use_true_random=False))
def test_any_order_of_the_same_facts_gives_the_same_standing(history, basis, random):
    shuffled = history[:]
    random.shuffle(shuffled)

    assert standing(basis, due(basis), shuffled) == standing(basis, due(basis), history)


@given(facts, st.randoms(use_true_random=False))
def test_any_order_gives_an_attempt_the_same_state(history, random):
    shuffled = history[:]
    random.shuffle(shuffled)

    for attempt in ATTEMPTS:
        own = [fact for fact in history if fact.attempt == attempt]
        mixed = [fact for fact in shuffled if fact.attempt == attempt]
        assert attempt_by_money(DUE, own) == attempt_by_money(DUE, mixed)


@given(facts, st.sampled_from(BASES))
def test_a_fact_told_twice_counts_once(history, basis):
    assert standing(basis, due(basis), history * 2) == standing(basis, due(basis), history)


@given(facts, st.sampled_from(BASES))
def test_the_sum_of_the_money_explains_the_standing(history, basis):
    where = standing(basis, due(basis), history)

    taken_back = {fact.movement for fact in history if fact.kind == "reversal"}
    came = {fact.movement for fact in history if fact.kind == "payment"} - taken_back
    assert where.paid == sum(AMOUNTS[movement] for movement in came)
    assert where.surplus in {0, where.paid, where.paid - DUE}
    assert (where.state == "refund_due") == (where.surplus > 0)


@given(facts, st.sampled_from(["open", "exemption_review", "expired"]))
def test_one_exact_payment_settles_from_any_state_and_any_history(history, basis):
    where = standing(basis, DUE, [*history, Fact(ATTEMPTS[0], "exact", "payment", DUE)])

    assert where.state in {"paid", "refund_due"}
    assert where.paid - where.surplus == DUE


@pytest.mark.parametrize("basis", ["cancelled", "nothing_due", "exempt"])
def test_where_nothing_is_owed_all_money_is_surplus(basis):
    where = standing(basis, DUE, [Fact(ATTEMPTS[0], "a", "payment", DUE)])

    assert (where.state, where.surplus) == ("refund_due", DUE)


@pytest.mark.parametrize("basis", BASES)
def test_without_money_the_basis_is_the_state(basis):
    assert standing(basis, due(basis), []).state == basis


def test_a_reversal_before_its_payment_leaves_nothing():
    taken_back = Fact(ATTEMPTS[0], "a", "reversal", DUE)

    assert kept([taken_back, Fact(ATTEMPTS[0], "a", "payment", DUE)]) == []
    assert attempt_by_money(DUE, [taken_back]) == "review"


def test_only_live_attempts_have_moves_of_their_own():
    assert {state for state, moves in ATTEMPT_MOVES.items() if moves} == LIVE
    assert sources("doubt") == ("created",)


@pytest.mark.parametrize(
    ("kind", "money", "before", "attempt", "reason"),
    [
        ("payment", DUE, "open", "pending", None),
        ("payment", DUE, "open", "expired", "late"),
        ("payment", DUE - 1, "open", "pending", "short"),
        ("payment", DUE + 1, "open", "pending", "over"),
        ("payment", DUE, "paid", "pending", "second"),
        ("payment", 1, "refund_due", "pending", "second"),
        ("payment", DUE, "cancelled", "superseded", "closed"),
        ("reversal", DUE, "paid", "succeeded", "reversed"),
    ],
)
def test_money_that_is_not_as_agreed_has_a_reason(kind, money, before, attempt, reason):
    found = reason_of(kind=kind, money=money, amount=DUE, before=before, attempt=attempt)

    assert found == reason


def test_money_for_a_fee_that_is_not_quoted_is_over():
    found = reason_of(kind="payment", money=1, amount=None, before="unquoted", attempt="pending")

    assert found == "over"


SHAPES = (
    "{}",
    "{} NGUYEN VAN A CHUYEN TIEN",
    "MBVCB.3278907687.{}.CT tu 0123499999 NGUYEN VAN A toi 0123456789",
    "884140.100924.223855.{} FT24255276428461",
    "lệ phí hồ sơ {} cảm ơn",
    "QR - {}-CHUYEN TIEN-OQCH0001",
    "{}HS",
)
MANGLINGS = (
    str,
    str.lower,
    lambda memo: re.sub(r"[^A-Za-z0-9 ]", "", memo),
    lambda memo: " ".join(memo[at : at + 6] for at in range(0, len(memo), 6)),
    lambda memo: memo.replace(" ", ""),
    lambda memo: memo.replace("H", "Ｈ"),
)


@pytest.mark.parametrize("mangle", MANGLINGS, ids=range(len(MANGLINGS)))
@pytest.mark.parametrize("shape", SHAPES)
def test_our_code_is_found_in_whatever_banks_make_of_it(shape, mangle):
    seed = Random(11)

    for _ in range(50):
        code = matching.make_payment_code(random=seed.randbytes)
        assert code in matching.codes_in(mangle(shape.format(code)))


def test_a_wrong_symbol_is_never_taken_for_a_code():
    seed = Random(12)
    code = matching.make_payment_code(random=seed.randbytes)

    for place in range(2, 9):
        for symbol in matching.ALPHABET:
            wrong = code[:place] + symbol + code[place + 1 :]
            assert (wrong in matching.codes_in(wrong)) == (wrong == code)


def test_unrelated_memos_hardly_ever_hold_a_code():
    seed = Random(13)
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ."

    found = sum(bool(matching.codes_in("".join(seed.choices(signs, k=60)))) for _ in range(5_000))

    assert found < 50


@given(st.text(max_size=2_000))
def test_any_text_can_be_searched(memo):
    assert all(len(code) == 9 for code in matching.codes_in(memo))


@pytest.mark.parametrize(
    ("memo", "shown"),
    [
        ("NGUYEN VAN A chuyen 0987654321", "…4321"),
        ("HSP7K2M9Q 21/11 TRAN VAN AN", "…2111"),
        ("nop le phi so 7 LE THI HOA", "…7"),
        ("TRAN VAN AN CHUYEN TIEN", "…"),
        ("Le An 12345", "…"),
        ("", "…"),
    ],
)
def test_of_a_masked_text_the_last_digits_are_left_and_of_a_short_one_nothing(memo, shown):
    assert matching.masked(memo) == shown
