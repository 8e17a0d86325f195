"""The state machine as data: every pair of verb and state is walked for every kind of actor."""

import itertools

import pytest

from backend.dossiers.model.states import (
    ENDS,
    MOVES,
    NEXT,
    NOTED_EN,
    OPEN_STATES,
    STEPS,
    NotAllowedNow,
    State,
    allowed,
    kind_of,
)

ACTORS = ("citizen", "officer:ovl-01", "onestop", "system", "adapter:vietqr")

# The contract's sentence of moves, written once more by hand.
ALLOWED = {
    ("submit", "draft"): "submitted",
    ("accept", "submitted"): "accepted",
    ("decline", "submitted"): "declined",
    ("process", "accepted"): "processing",
    ("request_supplement", "submitted"): "supplement_requested",
    ("request_supplement", "accepted"): "supplement_requested",
    ("request_supplement", "processing"): "supplement_requested",
    ("answer", "supplement_requested"): "processing",
    ("expire", "supplement_requested"): "expired",
    ("stop", "accepted"): "stopped",
    ("stop", "processing"): "stopped",
    ("finish", "accepted"): "result_ready",
    ("finish", "processing"): "result_ready",
    ("return", "result_ready"): "returned",
    ("withdraw", "submitted"): "withdrawn",
    ("withdraw", "accepted"): "withdrawn",
    ("withdraw", "processing"): "withdrawn",
    ("withdraw", "supplement_requested"): "withdrawn",
}
MADE_BY = {
    "submit": {"citizen"},
    "answer": {"citizen"},
    "withdraw": {"citizen", "onestop"},
    "process": {"onestop"},
    "expire": {"system"},
}


@pytest.mark.parametrize(("verb", "before"), list(itertools.product([*MOVES, "erase"], State)))
def test_every_pair_of_verb_and_state_is_allowed_or_refused_as_the_contract_says(verb, before):
    after = ALLOWED.get((verb, before.value))

    for actor in ACTORS:
        may = kind_of(actor) in MADE_BY.get(verb, {"officer", "onestop"})
        if after is not None and may:
            assert allowed(verb, before, by=actor, came_from=State.PROCESSING) == after
        else:
            with pytest.raises(NotAllowedNow):
                allowed(verb, before, by=actor, came_from=State.PROCESSING)


def test_an_answer_without_a_state_to_return_to_is_refused():
    with pytest.raises(NotAllowedNow):
        allowed("answer", State.SUPPLEMENT_REQUESTED, by="citizen", came_from=None)


def test_nothing_leads_out_of_an_end_and_everything_else_leads_on():
    left = {state for move in MOVES.values() for state in move.before}

    assert left == set(State) - set(ENDS)
    assert set(OPEN_STATES) == left - {State.DRAFT}


def test_every_state_can_be_reached_from_a_draft():
    reached = {State.DRAFT}
    for _ in State:
        reached |= {
            move.after for move in MOVES.values() if move.after and reached & set(move.before)
        }

    assert reached == set(State)


def test_every_state_says_what_comes_next_and_every_step_has_words():
    assert set(NEXT) == set(State)
    assert set(MOVES) < set(STEPS)
    said = [*(words for both in NEXT.values() for words in both), *STEPS.values()]
    assert all(words[0].isupper() or words[0] == "{" for words in said)


def test_steps_that_change_no_state_are_told_in_english_too():
    assert set(NOTED_EN) == (set(STEPS) - set(MOVES)) | {"answer"}
