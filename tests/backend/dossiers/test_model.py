"""What a dossier is made of: receipt bytes, second factors, cursors, answers to a supplement."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from backend.attachments.model import FileWanted
from backend.catalogue.model.people import Person
from backend.dossiers.model.claims import Claim, read_claim
from backend.dossiers.model.record import (
    NO_DEADLINE,
    Dossier,
    PaperFiles,
    Private,
    Receipt,
    ReceiptFile,
    Unsigned,
    cursor,
    payload,
    read_cursor,
    second_factors,
    told,
)
from backend.dossiers.model.states import State
from backend.dossiers.model.supplements import (
    Answer,
    Item,
    NotAsked,
    besides,
    merged,
    refuse_items,
    refuse_unasked,
    retake,
)
from backend.platform.kit.errors import Malformed, Unprocessable
from backend.platform.kit.ids import make_code

NOW = datetime(2026, 11, 20, 3, 4, 5, 678901, tzinfo=UTC)
CODE = make_code(13, random=lambda count: bytes(range(count)))
PHOTO = FileWanted(sha256="a" * 64, size=1200, media_type="image/jpeg", name="giấy ủy quyền.jpg")
OTHER = FileWanted(sha256="b" * 64, size=900, media_type="image/jpeg", name="trang 2.jpg")


def receipt(**changes):
    known = {
        "amount": 8000,
        "at": "2026-11-20T10:04:05+07:00",
        "channel": "online",
        "code": CODE,
        "files": [ReceiptFile(name='tên "lạ"/\\.jpg', sha256="a" * 64, size=1200)],
        "id": UUID(int=7),
        "procedure": "2.000635",
        "unit": "om-long-hung",
        "version": "0123456789abcdef",
        "signature": "a.b.c",
    }
    return Receipt(**(known | changes))


def private(**changes):
    known = {
        "owner": Person(name="Nguyễn Thị Bích", phone="0912 345 678"),
        "submitter": None,
        "answers": {"so_luong_ban_sao": 3, "muc_dich": "đi học"},
        "papers": [PaperFiles(paper="uy_quyen", files=[PHOTO])],
    }
    return Private(**(known | changes))


def dossier(**changes):
    known = {
        "id": UUID(int=7),
        "procedure": "2.000635",
        "version": "v",
        "unit": "om-long-hung",
        "channel": "online",
        "rev": 4,
        "created_at": NOW,
        "changed_at": NOW,
        "wrapped_key": b"",
    }
    return Dossier(**(known | changes))


# -- receipt ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("amount", [8000, 0, None])
def test_the_signed_bytes_are_the_receipt_without_its_signature_sorted_and_without_spaces(amount):
    made = receipt(amount=amount)

    shown = json.loads(msgspec.json.encode(made))
    del shown["signature"]

    expected = json.dumps(shown, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert made.payload() == expected.encode()


def test_a_receipt_read_back_is_byte_for_byte_the_same():
    first = msgspec.json.encode(receipt())

    again = msgspec.json.encode(msgspec.json.decode(first, type=Receipt))

    assert again == first


def test_what_is_signed_is_what_was_made_before_signing():
    made = receipt()
    fields = {name: getattr(made, name) for name in made.__struct_fields__ if name != "signature"}

    assert payload(Unsigned(**fields)) == made.payload()


# -- private part ----------------------------------------------------------------------------------


def test_the_second_factors_are_the_last_digits_of_every_phone():
    submitter = Person(name="Trần Văn An", phone="+84 987 654 321")

    assert second_factors(private(submitter=submitter), None) == ["4321", "5678"]


def test_without_a_phone_the_digits_made_at_submission_open_the_page():
    nobody = private(owner=Person(name="Nguyễn Thị Bích"))

    assert second_factors(nobody, "0417") == ["0417"]


def test_notices_go_to_the_submitter_first_and_to_each_phone_once():
    same = private(submitter=Person(name="Trần Văn An", phone="0912345678"))

    assert same.phones() == ["0912345678"]


def test_a_search_finds_names_by_words_without_marks():
    both = private(submitter=Person(name="Đỗ Thị Bích"))

    assert both.name_words() == ["bich", "do", "nguyen", "thi"]


def test_a_file_named_twice_is_one_file_of_two_papers():
    papers = [PaperFiles(paper="mot", files=[PHOTO]), PaperFiles(paper="hai", files=[PHOTO, OTHER])]

    owned = private(papers=papers)

    assert list(owned.files()) == [PHOTO.sha256, OTHER.sha256]
    assert owned.papers_of(PHOTO.sha256) == ["mot", "hai"]


# -- moves of the record ---------------------------------------------------------------------------


def test_a_move_stamps_its_moment_and_raises_the_revision():
    later = NOW + timedelta(hours=1)

    made = dossier(state=State.SUBMITTED, held_at=NOW).changed(State.ACCEPTED, "accept", now=later)

    assert (made.state, made.rev, made.accepted_at) == (State.ACCEPTED, 5, later)
    assert not made.held


def test_a_supplement_remembers_where_to_return_to_and_the_answer_forgets_it():
    asked = dossier(state=State.PROCESSING).changed(
        State.SUPPLEMENT_REQUESTED, "request_supplement", now=NOW
    )
    answered = asked.changed(State.PROCESSING, "answer", now=NOW)

    assert asked.came_from is State.PROCESSING
    assert answered.came_from is None


def test_an_acceptance_is_told_with_its_words_but_without_the_word_reason():
    step = told("accept", State.ACCEPTED, NOW, office="Phường", reason="Ông/bà trả phí sau")

    assert step.what == "Phường đã tiếp nhận hồ sơ. Ông/bà trả phí sau"


def test_a_step_is_told_in_vietnamese_time_with_its_reason():
    step = told("decline", State.DECLINED, NOW, office="Xã", reason="Không thuộc thẩm quyền")

    assert step.what == "Xã không nhận hồ sơ. Lý do: Không thuộc thẩm quyền"
    assert step.at.isoformat() == "2026-11-20T10:04:05+07:00"


# -- cursors ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [NOW, NO_DEADLINE])
def test_a_cursor_keeps_the_place_to_the_microsecond(place):
    assert read_cursor(cursor(place, CODE)) == (place, CODE)


@pytest.mark.parametrize(
    "text", ["", "1", "x-" + CODE, "1-", "-1-" + CODE, "1-2222222222223", "٣-" + CODE, "9" * 40]
)
def test_a_cursor_that_is_none_of_ours_is_refused(text):
    with pytest.raises(Malformed):
        read_cursor(text)


def test_a_cursor_beyond_time_is_the_last_place():
    assert read_cursor("9" * 18 + "-" + CODE)[0] == NO_DEADLINE


# -- supplements -----------------------------------------------------------------------------------

ITEMS = [Item(words="Chụp lại", paper="uy_quyen"), Item(words="Ghi rõ", field="muc_dich")]


def asked(items, until):
    refuse_items(items, fields={"muc_dich"}, papers={"uy_quyen"}, until=until, now=NOW)


def test_a_request_for_known_things_until_a_coming_day_passes():
    asked(ITEMS, NOW + timedelta(days=5))


@pytest.mark.parametrize(
    "items",
    [
        [],
        [Item(words="x")],
        [Item(words="x", paper="uy_quyen", field="muc_dich")],
        [Item(words="x", paper="khong_co")],
        [Item(words="x", field="khong_co")],
    ],
)
def test_a_request_for_nothing_or_something_unknown_is_refused(items):
    with pytest.raises(Unprocessable) as refused:
        asked(items, NOW + timedelta(days=5))

    assert refused.value.errors[0].pointer.startswith("/items")


@pytest.mark.parametrize("until", [None, NOW, NOW - timedelta(days=1), NOW + timedelta(days=400)])
def test_a_request_until_no_day_to_come_is_refused(until):
    with pytest.raises(Unprocessable) as refused:
        asked(ITEMS, until)

    assert refused.value.errors[0].pointer == "/until"


def test_an_answer_to_flagged_items_passes_and_another_is_not_asked():
    flagged = Answer(answers={"muc_dich": "xin việc"}, papers=[PaperFiles("uy_quyen", [OTHER])])
    strange = Answer(answers={"so_luong_ban_sao": 9}, papers=[PaperFiles("to_khai", [OTHER])])

    refuse_unasked(flagged, ITEMS)
    with pytest.raises(NotAsked) as refused:
        refuse_unasked(strange, ITEMS)

    assert [fault.pointer for fault in refused.value.errors] == [
        "/answers/so_luong_ban_sao",
        "/papers/0",
    ]


def test_an_answer_replaces_only_what_it_names():
    answer = Answer(
        answers={"muc_dich": "xin việc", "nyc_ten": "Nguyễn Thị Bích Ngọc"},
        papers=[PaperFiles("uy_quyen", [OTHER]), PaperFiles("them", [PHOTO])],
    )

    after = merged(private(), answer, people_fields={"nyc_ten": ("owner", "name")})

    assert after.answers == {"so_luong_ban_sao": 3, "muc_dich": "xin việc"}
    assert after.owner == Person(name="Nguyễn Thị Bích Ngọc", phone="0912 345 678")
    assert [(one.paper, one.files) for one in after.papers] == [
        ("uy_quyen", [OTHER]),
        ("them", [PHOTO]),
    ]


def test_a_persons_part_of_a_wrong_kind_is_refused_where_it_stands():
    with pytest.raises(Unprocessable) as refused:
        merged(private(), Answer(answers={"x": 7}), people_fields={"x": ("owner", "name")})

    assert refused.value.errors[0].pointer == "/answers/x"


def test_an_answer_about_a_person_who_is_not_there_changes_nothing():
    after = merged(
        private(), Answer(answers={"x": "A"}), people_fields={"x": ("submitter", "name")}
    )

    assert after == private()


def test_what_the_system_asked_joins_once():
    joined = besides(ITEMS, [retake("uy_quyen", "Giấy ủy quyền"), retake("khac", "Giấy khác")])

    assert [item.paper or item.field for item in joined] == ["uy_quyen", "muc_dich", "khac"]


def test_a_refused_exemption_says_why_once_beside_the_words_of_either_language():
    step = told("exemption_refuse", State.SUBMITTED, NOW, office="phường", reason="Giấy đã cũ")

    assert step.what.endswith("Lý do: Giấy đã cũ")
    assert step.what_en == "Not exempt, the fee is to be paid"
    assert step.reason == "Giấy đã cũ"
    assert told("accept", State.ACCEPTED, NOW, office="phường").what_en is None


def test_a_claim_is_parted_by_the_longest_words_that_fit():
    groups = {"ngheo": "Hộ nghèo", "moi": "Hộ nghèo: mới"}

    assert read_claim("Hộ nghèo: mới: giấy", groups).group == "moi"
    assert read_claim("Hộ nghèo", groups) == Claim(group="ngheo", words="Hộ nghèo", evidence="")
    assert read_claim("Diện khác", groups).group is None


@pytest.mark.parametrize("evidence", ["", "giấy số 12", "giấy: số 12"])
def test_a_claim_is_read_as_it_was_written(evidence):
    claim = Claim(group="ngheo", words="Hộ nghèo", evidence=evidence)

    assert read_claim(claim.note(), {"ngheo": "Hộ nghèo", "tre_em": "Trẻ em"}) == claim
