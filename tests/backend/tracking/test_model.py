"""What is said next to whoever looks a dossier up, while its fee is not settled."""

import pytest

from backend.dossiers.model.states import State
from backend.payments.model.words import ObligationBrief
from backend.tracking.model import unsettled

FIRST = "Còn phải trả 8.000\u00a0đ thì {office} mới bắt đầu làm."
ASKED = (
    "Mở hồ sơ để xem nội dung cần bổ sung. Còn phải trả 8.000\u00a0đ thì {office} mới bắt đầu làm."
)
FETCH = "Còn phải trả 8.000\u00a0đ. Mang giấy hẹn đến {office} để nhận kết quả."


def owed(state, *, paid=0, amount=8000):
    return ObligationBrief(state=state, amount=amount, paid=paid, adapter=None)


@pytest.mark.parametrize(
    ("state", "fee", "words"),
    [
        (State.SUBMITTED, owed("open"), FIRST),
        (State.SUBMITTED, owed("expired"), FIRST),
        (State.SUPPLEMENT_REQUESTED, owed("open"), ASKED),
        (State.RESULT_READY, owed("open"), FETCH),
        (
            State.SUBMITTED,
            owed("open", paid=7000),
            "Tiền phí về chưa đủ. Hỏi {office} về phần còn lại.",
        ),
        (State.SUBMITTED, owed("unquoted", amount=None), "Chờ {office} ghi mức phí."),
        (State.SUBMITTED, owed("exemption_review"), "Chờ {office} xem đề nghị miễn phí."),
    ],
)
def test_an_unsettled_fee_is_what_comes_next(state, fee, words):
    vietnamese, english = unsettled(state, fee) or (None, "")
    assert vietnamese == words
    assert (english.endswith("."), "{" in english) == (True, False)


@pytest.mark.parametrize("fee", ["paid", "exempt", "nothing_due", "refund_due", "cancelled"])
def test_where_nothing_is_owed_the_state_alone_says_what_comes_next(fee):
    assert unsettled(State.SUBMITTED, owed(fee)) is None


@pytest.mark.parametrize("state", [State.ACCEPTED, State.PROCESSING, State.DECLINED])
def test_a_fee_that_the_ward_lets_wait_or_gave_up_holds_nothing_back(state):
    assert unsettled(state, owed("open")) is None


def test_what_is_asked_after_acceptance_or_paid_in_part_says_nothing_of_the_fee():
    asked = State.SUPPLEMENT_REQUESTED

    assert unsettled(asked, owed("open"), accepted=True) is None
    assert unsettled(asked, owed("open", paid=7000)) is None


def test_no_fee_is_no_hindrance():
    assert unsettled(State.SUBMITTED, None) is None


def test_in_english_the_sum_is_written_in_english():
    _, english = unsettled(State.SUBMITTED, owed("open", amount=24000)) or ("", "")
    assert english == "24,000\u00a0đ to pay before the ward begins."
