"""What codes and posters say."""

from datetime import UTC, datetime, timedelta

import pytest
import segno

from backend.qr import model
from backend.qr.model import (
    Deadline,
    DeadlineCase,
    Fact,
    Fee,
    FeeItem,
    NoDeadline,
    Presence,
    Record,
    Shown,
)

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def record(**changed):
    given = {
        "code": "7KQ4XRTM",
        "kind": "poster",
        "unit": "om-long-hung",
        "procedures": ("2.000635",),
        "campaign": None,
        "made_at": NOON,
        "changed_at": NOON,
        "expires_at": None,
        "withdrawn_at": None,
        "replaced_by": None,
    }
    return Record(**{**given, **changed})


def test_a_code_is_live_until_its_last_moment():
    ends = record(expires_at=NOON + timedelta(seconds=1))

    assert ends.state(NOON) == "live"
    assert ends.state(NOON + timedelta(seconds=1)) == "expired"


def test_withdrawn_says_more_than_expired():
    both = record(expires_at=NOON, withdrawn_at=NOON)

    assert both.state(NOON) == "withdrawn"


@pytest.mark.parametrize(
    ("public_url", "printed"),
    [
        ("https://omon.example", "HTTPS://OMON.EXAMPLE/Q/7KQ4XRTM"),
        ("http://127.0.0.1:8000", "HTTP://127.0.0.1:8000/Q/7KQ4XRTM"),
    ],
)
def test_the_symbol_holds_scheme_and_host_in_upper_case(public_url, printed):
    assert model.printed_address(public_url, "7KQ4XRTM") == printed


def test_the_printed_address_stays_in_the_dense_mode_at_level_q():
    made = segno.make(model.printed_address("https://omon.motcua.example", "7KQ4XRTM"), error="q")

    assert made.mode == "alphanumeric"
    assert made.version <= 3


def test_a_symbol_is_never_smaller_than_the_doorway_needs():
    assert len(model.symbol("HTTPS://A.VN/Q/7KQ4XRTM")) == 29


def item(**changed):
    return FeeItem(**{"amount": 8000, **changed})


@pytest.mark.parametrize(
    ("fee", "head", "text"),
    [
        (None, "Không thu phí", "nộp hồ sơ không mất tiền"),
        (Fee(()), "Không thu phí", "nộp hồ sơ không mất tiền"),
        (
            Fee((item(quantity={"answer": "so_luong_ban_sao"}),)),
            "8.000\u00a0đ",
            "mỗi bản, trả bằng điện thoại",
        ),
        (Fee((item(),)), "8.000\u00a0đ", "trả bằng điện thoại"),
        (Fee((item(), item(amount=5000))), "13.000\u00a0đ", "trả bằng điện thoại"),
        (
            Fee((item(amount=None),)),
            "Phí: cán bộ báo",
            "mức thu chưa kiểm chứng, chưa phải trả khi nộp",
        ),
        (
            Fee((item(), item(amount=None))),
            "Phí: cán bộ báo",
            "mức thu chưa kiểm chứng, chưa phải trả khi nộp",
        ),
        (
            Fee((item(when={"answer": "muon", "is": True}),)),
            "Tùy trường hợp",
            "cao nhất 8.000\u00a0đ",
        ),
        (Fee((item(amount=0),)), "Không thu phí", "nộp hồ sơ không mất tiền"),
        (
            Fee((item(amount=0, when={"answer": "muon", "is": True}),)),
            "Không thu phí",
            "nộp hồ sơ không mất tiền",
        ),
        (
            Fee((item(amount=5000), item(quantity={"answer": "so_luong_ban_sao"}))),
            "Từ 5.000\u00a0đ",
            "mỗi bản thêm 8.000\u00a0đ",
        ),
        (
            Fee((item(amount=5000, when={"answer": "tre", "is": True}), item(per={"answer": "x"}))),
            "Tùy trường hợp",
            "cao nhất 5.000\u00a0đ; mỗi bản thêm 8.000\u00a0đ",
        ),
        (
            Fee((item(law="Biểu phí trình diễn, số liệu trình diễn"),)),
            "8.000\u00a0đ",
            "trả bằng điện thoại (số liệu trình diễn)",
        ),
    ],
)
def test_a_poster_says_no_more_about_the_fee_than_is_known(fee, head, text):
    assert model.fee_fact(fee) == Fact(head, text)


@pytest.mark.parametrize(
    ("deadline", "head", "text"),
    [
        (Deadline("…", 0, "15:00"), "Trong ngày", "làm việc, nếu gửi trước 15:00"),
        (
            Deadline("…", 0, "15:00", counts_from="ngay_den"),
            "Trong ngày",
            "làm việc, nếu đến trước 15:00",
        ),
        (Deadline("…", 0, None), "Trong ngày", "làm việc, tính từ khi phường tiếp nhận"),
        (Deadline("…", 3, None), "3 ngày", "làm việc, tính từ khi phường tiếp nhận"),
        (
            Deadline("…", 3, cases=(DeadlineCase(5),)),
            "Tùy trường hợp",
            "lâu nhất 5 ngày làm việc, tính từ khi tiếp nhận",
        ),
        (Deadline("theo giấy hẹn"), "Có hẹn trả", "theo giấy hẹn"),
        (None, "Có hẹn trả", "ghi trên giấy tiếp nhận"),
    ],
)
def test_a_poster_says_when_the_result_comes(deadline, head, text):
    assert model.deadline_fact(deadline) == Fact(head, text)


def test_a_poster_does_not_say_that_all_is_done_at_home_where_one_must_come():
    shown = [
        Shown(code="2.000884", name="Chữ ký", title="Chữ ký", presence=(Presence(step),))
        for step in ("submit", "result")
    ]

    sheets = [
        model.sheet(
            "7KQ4XRTM", [one], office="UBND", address=None, phone=None, public_url="https://o"
        )
        for one in shown
    ]

    assert [one.title[1] for one in sheets] == [
        "Quét mã, khai trước tại nhà.",
        "Quét mã, nộp tại nhà.",
    ]


@pytest.mark.parametrize(
    ("unverified", "head"), [(None, "Không có hạn trả"), (True, "Chưa rõ hạn trả")]
)
def test_a_poster_tells_no_due_date_from_one_that_nobody_verified(unverified, head):
    without = NoDeadline("Phường sẽ báo", unverified)

    assert model.deadline_fact(None, without) == Fact(head, "Phường sẽ báo")


def test_a_poster_asks_the_question_and_warns_of_fraud():
    shown = Shown(
        code="2.000635", name="Cấp bản sao", title="Bản sao trích lục hộ tịch.", minutes=3
    )

    sheet = model.sheet(
        "7KQ4XRTM",
        [shown],
        office="UBND phường",
        address="Số 1 đường A",
        phone="0292 000 000",
        public_url="https://O.example",
    )

    fine = "".join(part.words for line in sheet.fine for part in line)
    assert sheet.title == ("Bản sao trích lục hộ tịch?", "Quét mã, nộp tại nhà.")
    assert sheet.domain == "o.example"
    assert sheet.path == "/q/7KQ4XRTM"
    assert sheet.facts[2].head == "3 phút"
    assert "không bao giờ hỏi mã OTP" in fine
    assert "0292 000 000" in fine
    assert "7KQ4-XRTM" in fine


def test_a_poster_of_several_procedures_names_them_all():
    several = [Shown(code=str(n), name=f"Việc số {n}", title=f"Việc {n}") for n in (1, 2)]

    sheet = model.sheet(
        "7KQ4XRTM",
        several,
        office="UBND phường",
        address=None,
        phone=None,
        public_url="https://o.example",
    )

    assert sheet.title[0] == "Làm giấy tờ ở phường?"
    assert sheet.fine[0][0].words == "Thủ tục: Việc số 1; Việc số 2."
