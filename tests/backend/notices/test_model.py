"""What citizens are told, in which words, and what the slips say."""

import string
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from backend.catalogue import Person, Visit
from backend.dossiers import (
    Dossier,
    DossierMoved,
    DossierSubmitted,
    Private,
    State,
    SupplementAsked,
)
from backend.dossiers.model.record import PaperFiles, ReceiptFile
from backend.notices.model import Blanks, Told, key_of, kind_of, proof_of, worded, words
from backend.notices.model.sheets import (
    Desk,
    fee,
    file_rows,
    grouped,
    mark,
    moment,
    receipt_pairs,
    size,
    slip_pairs,
    spoken_phone,
)
from backend.payments import (
    ExemptionDecided,
    MoneySetAside,
    Obligation,
    ObligationQuoted,
    ObligationSettled,
    RefundGiven,
)
from tests.backend.dossiers.test_model import CODE, PHOTO, private, receipt

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
ID = UUID(int=7)
WHERE = {"dossier": ID, "at": NOW, "unit": "om-long-hung", "procedure": "2.000635"}
SCAN = ReceiptFile(name="IMG_0417.jpg", sha256=PHOTO.sha256, size=PHOTO.size)


def moved(verb, rev=3):
    return DossierMoved(
        **WHERE, channel="online", verb=verb, before=State.SUBMITTED, after=State.ACCEPTED,
        by="officer", rev=rev,
    )  # fmt: skip


def asked(by):
    return SupplementAsked(dossier=ID, at=NOW, unit="x", supplement=UUID(int=9), by=by)


def aside(reason):
    return MoneySetAside(dossier=ID, at=NOW, unit="om-long-hung", reason=reason, amount=8000)


def settled(state):
    return ObligationSettled(**WHERE, state=state, adapter="vietqr", amount=8000)


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (DossierSubmitted(**WHERE, channel="online"), "submitted"),
        (moved("accept"), "accepted"),
        (moved("decline"), "declined"),
        (moved("finish"), "result_ready"),
        (moved("stop"), "stopped"),
        (moved("expire"), "expired"),
        (moved("withdraw"), "withdrawn"),
        (moved("return"), None),
        (moved("process"), None),
        (moved("answer"), "answered"),
        (msgspec.structs.replace(moved("answer"), after=State.SUBMITTED), None),
        (moved("request_supplement"), None),
        (asked("officer"), "supplement"),
        (asked("system"), "retake"),
        (settled("paid"), "paid"),
        (settled("refund_due"), None),
        (aside("second"), "second"),
        (aside("short"), "short"),
        (aside("late"), None),
        (settled("nothing_due"), None),
        (settled("exempt"), None),
        (ExemptionDecided(**WHERE, granted=True, amount=0, until=None), "exempt"),
        (ExemptionDecided(**WHERE, granted=True, amount=8, until=None), "exempt_given_back"),
        (ExemptionDecided(**WHERE, granted=False, amount=8, until=NOW), "not_exempt"),
        (ExemptionDecided(**WHERE, granted=False, amount=8, until=None), "not_exempt_paid"),
        (RefundGiven(dossier=ID, at=NOW, unit="om-long-hung", amount=8000), "given_back"),
        (ObligationQuoted(**WHERE, amount=8000), "quoted"),
        (ObligationQuoted(**WHERE, amount=0), None),
    ],
)
def test_each_event_is_told_as_one_kind_or_not_at_all(event, kind):
    assert kind_of(event) == kind
    assert kind is None or kind in words("vi")


def test_an_event_read_back_from_a_job_has_the_same_key():
    for event in (moved("accept"), asked("system"), settled("paid")):
        again = msgspec.json.decode(msgspec.json.encode(event), type=Told)
        assert key_of(again) == key_of(event)


def test_two_moves_of_one_verb_are_two_events():
    assert key_of(moved("accept", rev=3)) != key_of(moved("accept", rev=9))


def blanks_in(text):
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_words_with_the_same_blanks():
    vi, en = words("vi"), words("en")

    assert set(vi) == set(en)
    for kind in vi:
        assert blanks_in(vi[kind]) == blanks_in(en[kind]), kind
        assert blanks_in(vi[kind]) <= set(Blanks.__struct_fields__)


def test_notices_speak_as_an_office_and_never_cry_out():
    for text in words("vi").values():
        assert "!" not in text
        assert "quý khách" not in text.lower()
        assert "vui lòng" not in text.lower()
        assert len(text) < 160


def test_who_is_told_to_open_the_dossier_is_told_where():
    for language, open_it in (("vi", "mở hồ sơ"), ("en", "open the dossier")):
        for kind, text in words(language).items():
            if open_it in text.lower() and kind != "one_time_code":
                assert f"{open_it} {'tại' if language == 'vi' else 'at'} {{track}}" in text.lower()


def test_an_acceptance_without_a_due_date_promises_none():
    with_date = worded("accepted", Blanks(code="X", office="Phường", date="17:00 ngày 20/11/2026"))
    without = worded("accepted", Blanks(code="X", office="Phường"))

    assert "Hẹn trả" in with_date
    assert "Hẹn trả" not in without


def test_an_answer_tells_the_new_date_and_a_guessed_year_is_said_to_be_one():
    known = Blanks(code="X", office="Phường", date="17:00 ngày 08/01/2027", provisional=True)

    assert worded("answered", known).endswith(
        "chậm nhất 17:00 ngày 08/01/2027. Ngày hẹn có thể đổi khi có thông báo nghỉ lễ."
    )
    assert "Hẹn trả" not in worded("answered", Blanks(code="X", office="Phường"))


def test_a_request_says_that_the_clock_stands_still_only_when_it_does():
    known = Blanks(code="X", date="09:00 ngày 25/11/2026")

    assert "tạm dừng" not in worded("supplement", known)
    paused = msgspec.structs.replace(known, paused=True)
    assert worded("supplement", paused).endswith("thời hạn giải quyết tạm dừng.")


def test_who_files_for_another_is_told_whose_dossier_it_is_before_anything_else():
    known = Blanks(code="X", office="Phường", procedure="Khai sinh", owner="Nguyễn T. B.")

    assert worded("submitted", known).startswith("Hồ sơ nộp thay Nguyễn T. B.: Phường đã nhận đủ")
    assert "thay" not in worded("submitted", msgspec.structs.replace(known, owner=""))


def pairs_of(dossier, *, provisional):
    desk = Desk(office="UBND", town="X", address=None, phone=None)
    owned = Private(owner=Person(name="A"))
    words = {"procedure": "Khai sinh", "fee_words": "", "provisional": provisional}
    slip = slip_pairs(dossier, owned, desk, track="", **words)
    return {
        one.label: one.value for one in [*receipt_pairs(dossier, title="Khai sinh", **words), *slip]
    }


def test_a_paper_made_while_the_clock_stands_still_promises_no_date():
    given = Dossier(
        id=ID, procedure="1", version="v", unit="x", channel="online", rev=3, created_at=NOW,
        changed_at=NOW, accepted_at=NOW, due_at=NOW, state=State.ACCEPTED, wrapped_key=b"",
    )  # fmt: skip
    waiting = msgspec.structs.replace(given, state=State.SUPPLEMENT_REQUESTED)

    running, paused = pairs_of(given, provisional=True), pairs_of(waiting, provisional=False)

    assert running["Hẹn trả kết quả"] == "chậm nhất 09:00 ngày 20/11/2026"
    assert running["Lưu ý"] == "Ngày hẹn có thể đổi khi có thông báo nghỉ lễ"
    assert paused["Hẹn trả kết quả"] == paused["Thời gian trả kết quả"]
    assert paused["Hẹn trả kết quả"] == "đang tạm dừng chờ bổ sung, ngày hẹn sẽ tính lại"
    assert paused["Lưu ý"] is None


def test_an_expected_date_says_on_which_day_of_receipt_it_counts():
    given = Dossier(
        id=ID, procedure="1", version="v", unit="x", channel="online", rev=1, created_at=NOW,
        changed_at=NOW, submitted_at=NOW, expected_at=NOW, state=State.SUBMITTED, wrapped_key=b"",
    )  # fmt: skip

    pairs = receipt_pairs(
        given, procedure="Khai sinh", title="Khai sinh", fee_words="",
        expected_from=date(2026, 11, 30),
    )  # fmt: skip

    [expected] = [one.value for one in pairs if one.label == "Dự kiến trả kết quả"]
    assert expected == (
        "09:00 ngày 20/11/2026, nếu được nhận ngày 30/11/2026. Phường xác nhận khi tiếp nhận"
    )


def test_who_is_accepted_before_the_day_of_the_visit_is_told_to_come():
    still = Blanks(code="X", office="Phường", date="17:00 ngày 23/11/2026", visit="23/11/2026")
    assert "Ông/bà còn phải đến phường ngày 23/11/2026." in worded("accepted", still)
    assert "come on 23/11/2026" in worded("accepted", still, language="en")
    assert "còn phải đến" not in worded("supplement", still)


@pytest.mark.parametrize(
    ("before", "words"),
    [("15:00", "nếu đến trước 15:00 ngày 23/11/2026"), (None, "nếu đến ngày 23/11/2026")],
)
def test_a_receipt_names_the_procedure_in_plain_words_first_and_the_visit_it_waits_for(
    before, words
):
    given = Dossier(
        id=ID, procedure="1", version="v", unit="x", channel="online", rev=1, created_at=NOW,
        changed_at=NOW, submitted_at=NOW, expected_at=NOW, state=State.SUBMITTED, wrapped_key=b"",
    )  # fmt: skip
    day = NOW + timedelta(days=3)
    visit = Visit(begins=day, ends=day, session="Buổi chiều", session_en="Afternoon", before=before)

    pairs = receipt_pairs(
        given, procedure="Thủ tục chứng thực", title="Chứng thực", fee_words="", visit=visit
    )

    told = {one.label: one.value for one in pairs}
    assert (told["Thủ tục"], told["Tên đầy đủ"]) == ("Chứng thực", "Thủ tục chứng thực")
    assert told["Ngày đến"] == "23/11/2026 (buổi chiều)"
    assert words in told["Dự kiến trả kết quả"]


def test_a_visit_that_was_over_when_it_came_is_no_condition_of_a_receipt():
    given = Dossier(
        id=ID, procedure="1", version="v", unit="x", channel="online", rev=1, created_at=NOW,
        changed_at=NOW, submitted_at=NOW, expected_at=NOW, state=State.SUBMITTED, wrapped_key=b"",
    )  # fmt: skip
    over = Visit(begins=NOW, ends=NOW, session=None, session_en=None, before="15:00")

    pairs = receipt_pairs(
        given, procedure="A", title="A", fee_words="", visit=over, expected_from=date(2026, 11, 23)
    )

    told = {one.label: one.value for one in pairs}
    assert told["Ngày đến"] is None
    assert "nếu được nhận ngày 23/11/2026" in told["Dự kiến trả kết quả"]


def test_the_proof_of_a_slip_is_canonical_and_holds_no_key():
    proof = proof_of(receipt(), kind="slip", at=NOW)

    assert list(msgspec.json.decode(proof)) == ["at", "code", "digest", "kind", "unit", "v"]
    assert b" " not in proof


@pytest.mark.parametrize(
    ("count", "text"),
    [(1, "1 kB"), (1499, "1 kB"), (234_567, "235 kB"), (3_456_789, "3,5 MB")],
)
def test_sizes_are_read_with_a_decimal_comma(count, text):
    assert size(count) == text


def test_moments_and_codes_are_written_as_people_read_them():
    assert moment(NOW) == "09:00 ngày 20/11/2026"
    assert moment(None) is None
    assert [len(part) for part in grouped(CODE)] == [4, 4, 5]


@pytest.mark.parametrize(
    ("state", "amount", "text"),
    [
        (None, None, "Không thu phí"),
        ("nothing_due", 0, "Không thu phí"),
        ("unquoted", None, "Chưa xác định mức phí, cán bộ sẽ ghi vào hồ sơ"),
        ("open", 24000, "24.000\u00a0đ, chưa trả"),
        ("paid", 24000, "24.000\u00a0đ, đã trả"),
        ("refund_due", 24000, "24.000\u00a0đ, đã trả"),
    ],
)
def test_a_slip_never_says_more_about_the_fee_than_is_known(state, amount, text):
    owed = state and Obligation(id=ID, state=state, amount=amount, paid=0, lines=())

    assert fee(owed) == text


def test_signs_of_a_hash_and_phone_numbers_are_written_as_on_the_screens():
    assert mark("3f9a07c2ff") == "3F9A 07C2"
    assert spoken_phone("0900000417") == "0900 000 417"
    assert spoken_phone("+84900000417") == "+84900000417"
    assert spoken_phone(None) is None


@pytest.mark.parametrize(
    ("paper", "printed"),
    [
        ("Văn bản ủy quyền (khi nộp thay)", "Văn bản ủy quyền, trang 1"),
        ("Giấy A (bản sao)", "Giấy A (bản sao), trang 1"),
    ],
)
def test_a_receipts_files_are_named_by_paper_and_page_not_as_the_phone_named_them(paper, printed):
    rows = file_rows(receipt(files=[SCAN]), private(), {"uy_quyen": paper})

    assert [(row.name, row.mark) for row in rows] == [(printed, mark(PHOTO.sha256))]


def test_a_photo_that_is_a_page_of_two_papers_is_listed_under_both():
    papers = [PaperFiles("uy_quyen", [PHOTO]), PaperFiles("ket_hon", [PHOTO])]
    owned = private(papers=papers)

    files = [ReceiptFile(one.name, one.sha256, one.size) for one in owned.pages()]
    rows = file_rows(receipt(files=files), owned, {"uy_quyen": "Giấy A", "ket_hon": "Giấy B"})

    assert [row.name for row in rows] == ["Giấy A, trang 1", "Giấy B, trang 1"]


def test_a_file_of_an_earlier_receipt_keeps_its_name():
    rows = file_rows(receipt(), private(papers=[]), {})

    assert [row.name for row in rows] == ['tên "lạ"/\\.jpg']
