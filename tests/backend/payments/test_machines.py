"""The tables of states and the folds that decide say the same."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.payments.model.machines import ATTEMPT_MONEY, OBLIGATION_MOVES
from backend.payments.model.refunds import GIVEN, OPEN, REFUND_MOVES, STEPS, after, before, told
from backend.payments.model.states import (
    ATTEMPT_MOVES,
    Back,
    Fact,
    attempt_by_money,
    standing,
)

DUE = 24_000
TRY = UUID(int=1)
EXACT = Fact(TRY, "a", "payment", DUE)
SECOND = Fact(TRY, "b", "payment", DUE)
OTHER = Fact(TRY, "c", "payment", DUE - 1)
TAKEN = Fact(TRY, "a", "reversal", DUE)


def stands(basis, *facts, amount=DUE, counting="exact", given=0, refused=0):
    due = None if basis == "unquoted" else amount
    return standing(basis, due, facts, counting=counting, back=Back(given, refused)).state


STATES = {
    "unquoted": lambda: stands("unquoted"),
    "open": lambda: stands("open"),
    "exemption_review": lambda: stands("exemption_review"),
    "expired": lambda: stands("expired"),
    "nothing_due": lambda: stands("nothing_due"),
    "exempt": lambda: stands("exempt"),
    "cancelled": lambda: stands("cancelled"),
    "paid": lambda: stands("open", EXACT),
    "refund_due": lambda: stands("open", EXACT, SECOND),
    "partly_refunded": lambda: stands("open", EXACT, SECOND, given=DUE),
    "refunded": lambda: stands("cancelled", EXACT, given=DUE),
}
DECIDED = {
    "quote": "open",
    "quote_zero": "nothing_due",
    "ask_exemption": "exemption_review",
    "refuse_exemption": "open",
    "run_out": "expired",
}
ENDED = {"end_dossier": "cancelled", "grant_exemption": "exempt"}
MONEY = {"paid": (EXACT,), "refund_due": (EXACT, SECOND), "partly_refunded": (EXACT, SECOND)}


def arrive(state, verb):
    """Take an arrow as the core does: change basis, money or what was given back, then fold."""
    came = MONEY.get(state, ())
    given = DUE if state == "partly_refunded" else 0
    basis = state if state in {"exempt", "cancelled", "nothing_due", "expired"} else "open"
    if verb in DECIDED:
        return stands(DECIDED[verb], *came)
    if verb in ENDED:
        return stands(ENDED[verb], *came, given=given)
    if verb == "exact_amount":
        return stands(state, EXACT)
    if verb == "more_money" and state == "refunded":
        return stands("cancelled", EXACT, SECOND, given=DUE)
    if verb == "more_money":
        return stands(basis, *came, Fact(TRY, "d", "payment", 5), given=given)
    return {
        "taken_back": lambda: stands("open", EXACT, TAKEN),
        "raise_fee": lambda: stands("open", EXACT, amount=DUE + 8_000, counting="sum"),
        "lower_fee": lambda: stands("open", EXACT, amount=DUE - 8_000, counting="sum"),
        "give_back_rest": lambda: stands("open", EXACT, SECOND, given=DUE),
        "give_back_all": lambda: stands("cancelled", EXACT, given=DUE),
        "keep_rest": lambda: stands("open", EXACT, SECOND, refused=DUE),
    }[verb]()


@pytest.mark.parametrize("state", OBLIGATION_MOVES)
def test_every_state_of_an_obligation_is_one_that_the_fold_gives(state):
    assert STATES[state]() == state


@pytest.mark.parametrize(
    ("state", "verb", "there"),
    [(state, verb, there) for state, moves in OBLIGATION_MOVES.items()
     for verb, there in moves.items()],
)  # fmt: skip
def test_every_arrow_of_an_obligation_is_what_the_fold_gives(state, verb, there):
    assert arrive(state, verb) == there


@pytest.mark.parametrize(("state", "moves"), ATTEMPT_MONEY.items())
def test_money_decides_over_every_state_of_an_attempt(state, moves):
    before_ = {"succeeded": [EXACT], "review": [OTHER]}.get(state, [])
    facts = {"exact_amount": SECOND, "other_amount": OTHER, "taken_back": TAKEN}

    for verb, there in moves.items():
        assert attempt_by_money(DUE, [*before_, facts[verb]]) == there


def test_the_tables_name_every_state_and_lead_to_known_ones():
    assert set(ATTEMPT_MOVES) == set(ATTEMPT_MONEY)
    for table in (OBLIGATION_MOVES, ATTEMPT_MOVES, ATTEMPT_MONEY, REFUND_MOVES):
        assert {there for moves in table.values() for there in moves.values()} <= set(table)


def test_a_verb_of_a_refund_leads_to_one_state():
    for moves in REFUND_MOVES.values():
        for verb, there in moves.items():
            assert after(verb) == there

    assert before("succeed") == ("submitted", "unknown", "failed")


def test_officers_are_offered_only_steps_that_the_table_has():
    for state, verbs in STEPS.items():
        assert set(verbs) <= set(REFUND_MOVES[state])
    assert not GIVEN & OPEN


@given(
    st.lists(st.sampled_from(["pending", "failed", "succeeded", "not_found"]), max_size=8),
    st.randoms(use_true_random=False),
)
def test_any_order_of_a_providers_words_gives_a_refund_the_same_state(words, random):
    shuffled = words[:]
    random.shuffle(shuffled)

    assert told(shuffled) == told(words) == walked(words) == walked(shuffled)


def walked(words):
    """Take the provider's words one by one through the table of steps."""
    state = "submitted"
    for word in words:
        verb = {"succeeded": "succeed", "failed": "fail"}.get(word)
        state = REFUND_MOVES[state].get(verb, state)
    return state
