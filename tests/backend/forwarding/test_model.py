"""From the dossier to the national record: true, complete, as of its moment, nothing made up."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from backend.attachments import FileWanted
from backend.catalogue import Person
from backend.demo.onestop import vocabulary as read_there
from backend.dossiers import Dossier, PaperFiles, Private, Standstill, State
from backend.dossiers.model.supplements import Item, Supplement
from backend.forwarding.model import Facts, Held, HeldRow, Move, record_of, row_of
from backend.forwarding.model.mapping import STATE_CODES, files_of, linked, moment
from backend.forwarding.model.standing import differing, move_for, untold, way_from
from backend.payments.model.words import Line, Obligation, ObligationBrief

ID = UUID("7b1c9a52-9a2e-4d49-8d6b-1f2a3b4c5d6e")
NOON = datetime(2026, 11, 23, 5, 0, 7, tzinfo=UTC)
OWNER = Person(
    name="Nguyễn Thị Bích Trâm",
    personal_number="092190001239",
    phone="+84 912 345 678",
    email="tram@example.vn",
)
FILE = FileWanted(sha256="ab" * 32, size=9, media_type="image/jpeg", name="Giấy ủy quyền.jpg")


def dossier(**changes):
    given = {
        "id": ID,
        "code": "ABCDEFGHJKMNP",
        "procedure": "2.000635",
        "version": "v",
        "unit": "om-long-hung",
        "channel": "online",
        "state": State.SUBMITTED,
        "rev": 2,
        "created_at": NOON,
        "changed_at": NOON,
        "submitted_at": NOON,
        "wrapped_key": b"",
    }
    return Dossier(**given | changes)


def facts(*, of=None, owner=OWNER, papers=None, obligation=None, money=None, supplements=()):
    papers = [PaperFiles("uy_quyen", [FILE])] if papers is None else papers
    return Facts(
        dossier=of or dossier(),
        private=Private(owner=owner, papers=papers),
        procedure_name="Cấp bản sao trích lục hộ tịch",
        title="Xin bản sao trích lục",
        field="Hộ tịch",
        unit_name="UBND phường Long Hưng",
        obligation=obligation,
        money=money,
        supplements=supplements,
    )


def obligation(state="open", amounts=(24_000,)):
    lines = tuple(
        Line(f"Bản sao {number}", "phi", 3, None, amount, None)
        for number, amount in enumerate(amounts)
    )
    total = None if None in amounts else sum(amounts)
    return Obligation(id=ID, state=state, amount=total, paid=0, lines=lines)


def brief(adapter, paid=24_000):
    return ObligationBrief(state="paid", amount=24_000, paid=paid, adapter=adapter)


def prices(record):
    return [(fee.TenPhiLePhi, fee.Gia) for fee in record.DanhSachLePhi]


def test_a_record_is_read_by_the_one_stop_s_own_eyes_without_a_contradiction():
    of = dossier(
        accepted_at=NOON + timedelta(hours=1),
        due_at=NOON + timedelta(hours=5),
        finished_at=NOON + timedelta(hours=2),
        returned_at=NOON + timedelta(hours=3),
    )
    asked = Supplement(
        id=ID,
        dossier=ID,
        by="officer",
        items=[Item(words="Chụp lại trang 2", paper="uy_quyen")],
        reason=None,
        asked_at=NOON + timedelta(minutes=70),
        until=None,
        answer=None,
        answered_at=None,
        closed_at=None,
    )
    known = facts(of=of, obligation=obligation(), money=brief("vietqr"), supplements=[asked])
    for after, hours in (("accepted", 1), ("result_ready", 2), ("returned", 3)):
        move = Move(rev=3, at=NOON + timedelta(hours=hours), verb="x", after=State(after))
        files = files_of(ID, known.private)
        record = linked(record_of(known, after=move), dict.fromkeys(files, "https://a.vn/f/x"))

        there = msgspec.json.decode(msgspec.json.encode(record), type=read_there.Record)
        row = msgspec.json.encode(row_of(known, msgspec.structs.replace(move, words="Xong")))

        assert list(read_there.contradictions(there)) == []
        assert msgspec.json.decode(row, type=read_there.Progress).TrangThai == there.TrangThaiHoSo


def test_every_time_is_vietnamese_to_the_second():
    assert record_of(facts()).NgayNopHoSo == "20261123120007"
    assert moment(datetime(2026, 12, 31, 17, 0, tzinfo=UTC)) == "20270101000000"
    assert moment(None) == ""


def test_the_first_record_says_newly_registered_even_when_it_goes_out_late():
    of = dossier(
        state=State.RETURNED,
        accepted_at=NOON,
        due_at=NOON + timedelta(hours=5),
        finished_at=NOON + timedelta(hours=2),
    )

    record = record_of(facts(of=of))

    assert record.TrangThaiHoSo == "1"
    times = (record.NgayTiepNhan, record.NgayHenTra, record.NgayKetThucXuLy, record.NgayTra)
    assert times == ("", "", "", "")


def test_a_record_after_a_move_tells_nothing_that_came_later():
    of = dossier(
        accepted_at=NOON + timedelta(hours=1),
        due_at=NOON + timedelta(hours=5),
        finished_at=NOON + timedelta(hours=2),
    )
    accepted = Move(rev=3, at=NOON + timedelta(hours=1), verb="accept", after=State.ACCEPTED)

    record = record_of(facts(of=of), after=accepted)

    assert record.NgayTiepNhan == "20261123130007"
    assert record.NgayHenTra == "20261123170007"
    assert record.NgayKetThucXuLy == ""


def test_the_date_before_and_after_a_supplement_is_told_once_the_clock_goes_on():
    asked_at = NOON + timedelta(hours=1)
    asked = Supplement(
        id=ID, dossier=ID, by="officer", items=[Item(words="Chụp lại", paper="uy_quyen")],
        reason=None, asked_at=asked_at, until=None, answer=None, answered_at=None, closed_at=None,
    )  # fmt: skip
    stood = Standstill(
        begins=asked_at,
        ends=NOON + timedelta(hours=2),
        due_before=NOON + timedelta(hours=4),
        due_after=NOON + timedelta(days=1),
    )
    known = msgspec.structs.replace(facts(supplements=[asked]), standstills=[stood])

    def dates(hours):
        move = Move(rev=3, at=NOON + timedelta(hours=hours), verb="x", after=State.PROCESSING)
        [told] = record_of(known, after=move).DanhSachHoSoBoSung
        return told.NgayHenTraTruoc, told.NgayHenTraMoi

    assert dates(1) == ("", "")
    assert dates(2) == ("20261123160007", "20261124120007")


def test_a_refusal_has_its_own_moment_and_its_words():
    of = dossier(finished_at=NOON + timedelta(hours=1))
    declined = Move(
        rev=3,
        at=NOON + timedelta(hours=1),
        verb="decline",
        after=State.DECLINED,
        words="Phường không nhận hồ sơ. Lý do: sai nơi",
    )

    record = record_of(facts(of=of), after=declined)

    assert (record.NgayTuChoi, record.NgayKetThucXuLy) == ("20261123130007", "")
    assert record.GhiChu == "Phường không nhận hồ sơ. Lý do: sai nơi"


@pytest.mark.parametrize(
    ("channel", "code"), [("direct", "1"), ("online", "2"), ("assisted", "2"), ("post", "3")]
)
def test_the_channel_is_the_legal_one(channel, code):
    assert record_of(facts(of=dossier(channel=channel))).KenhThucHien == code


@pytest.mark.parametrize(
    ("money", "code"),
    [
        (None, "0"),
        (brief(None, paid=0), "0"),
        (brief("counter"), "0"),
        (brief("vietqr"), "2"),
        (brief("sandbox"), "2"),
        (brief("payplat"), "1"),
        (brief("vietqr", paid=0), "0"),
    ],
)
def test_paid_online_is_said_only_when_money_came_online(money, code):
    assert record_of(facts(obligation=obligation(), money=money)).DuocThanhToanTrucTuyen == code


def test_who_owes_nothing_has_explicit_zero_lines():
    nothing_due = record_of(facts(obligation=obligation("nothing_due", (0, 0))))
    exempt = record_of(facts(obligation=obligation("exempt", (24_000,))))
    no_fee = record_of(facts(obligation=None))

    assert prices(nothing_due) == [("Bản sao 0", 0), ("Bản sao 1", 0)]
    assert prices(exempt) == [("Bản sao 0", 0)]
    assert prices(no_fee) == [("Không thu phí, lệ phí", 0)]


def test_a_fee_that_nobody_knows_yet_is_not_called_zero():
    assert prices(record_of(facts(obligation=obligation("unquoted", (None,))))) == []


def test_what_is_not_known_of_a_person_stays_empty():
    record = record_of(facts(owner=Person(name="A", personal_number="12a", phone="khong co")))

    assert record.DinhDanhCHS == ()
    assert (record.SoDienThoai, record.Email, record.MaDoiTuong, record.HinhThuc) == ("",) * 4
    assert record.TaiKhoanDuocXacThucVoiVNeID == "0"


@pytest.mark.parametrize(("number", "kind"), [("092190001239", "1"), ("361234567", "2")])
def test_an_identity_number_names_its_kind(number, kind):
    [identity] = record_of(facts(owner=Person(name="A", personal_number=number))).DinhDanhCHS

    assert (identity.LoaiDinhDanh, identity.SoDinhDanh) == (kind, number)


def test_a_file_keeps_its_name_there_and_a_new_file_has_a_new_one():
    other = msgspec.structs.replace(FILE, sha256="cd" * 32)
    twice = [PaperFiles("uy_quyen", [FILE, FILE]), PaperFiles("khai_sinh", [FILE, other])]

    record = record_of(facts(papers=twice))

    ids = [paper.TepDinhKemId for paper in record.TaiLieuNop]
    assert len(set(ids)) == 3
    assert record_of(facts()).TaiLieuNop[0].TepDinhKemId == ids[0]
    assert [paper.MaThanhPhanHoSo for paper in record.TaiLieuNop] == [
        "uy_quyen",
        "khai_sinh",
        "khai_sinh",
    ]


def test_every_state_that_can_be_told_has_a_code():
    assert set(STATE_CODES) == set(State) - {State.DRAFT}


def held(**changes):
    given = {"receipt_number": "N", "state": "1", "remark": "", "fields": {}, "rows": ()}
    return Held(**given | changes)


def test_the_same_content_there_is_no_difference_and_a_field_not_told_is_none_either():
    record = record_of(facts())
    same = msgspec.to_builtins(record) | {"TrangThaiHoSo": "4", "GhiChu": "đang làm"}

    assert differing(record, held(fields=same)) == []
    assert differing(record, held(fields={"MaHoSo": record.MaHoSo})) == []


def test_other_content_there_is_named_field_by_field():
    record = record_of(facts())
    other = msgspec.to_builtins(record) | {"ChuHoSo": "Người khác", "TaiLieuNop": ["x"]}

    assert differing(record, held(fields=other)) == ["ChuHoSo", "TaiLieuNop"]


def test_only_rows_that_are_not_there_are_told_again():
    known = facts()
    first = Move(rev=3, at=NOON, verb="accept", after=State.ACCEPTED)
    second = Move(rev=4, at=NOON + timedelta(hours=1), verb="finish", after=State.RESULT_READY)
    rows = (row_of(known, first), row_of(known, second))

    assert untold(rows, held(rows=(HeldRow("20261123120007", "2"),))) == rows[1:]


@pytest.mark.parametrize(
    ("current", "rows", "state", "way"),
    [
        ("1", [], "1", []),
        ("1", [], "2", ["2"]),
        ("1", ["2", "4", "9"], "9", ["2", "4", "9"]),
        ("2", ["2", "4"], "9", ["4", "9"]),
        ("4", ["2", "4", "5", "4"], "4", []),
        ("2", ["2"], "2", []),
    ],
)
def test_the_way_there_begins_after_our_own_state(current, rows, state, way):
    there = held(state=state, rows=tuple(HeldRow("", code) for code in rows))

    assert list(way_from(current, there)) == way


def test_where_officers_decide_here_the_one_stop_only_adds_processing():
    here = [code for code in STATE_CODES.values() if move_for(code, authority="here")]
    there = {code for code in STATE_CODES.values() if move_for(code, authority="onestop")}

    assert here == ["4"]
    assert there == {"2", "3", "4", "7", "8", "9", "10"}
