"""The pretend one-stop: strict in its vocabulary, one effect for each dossier, its own numbers."""

import re
from datetime import UTC, datetime, timedelta

import httpx
import msgspec
import pytest

from backend.demo.onestop import app
from backend.demo.onestop.app import create_app
from backend.demo.onestop.book import Book
from backend.demo.onestop.service import SESSION_LASTS, OneStop
from backend.demo.onestop.vocabulary import Record, contradictions

NOON = datetime(2026, 11, 22, 5, 0, tzinfo=UTC)
PASSWORD = "mat-khau"
AGENCY = "000.00.01.H13"


def record(code="ABCDEFGHJKMNP", **changes):
    paper = {
        "TepDinhKemId": "a1",
        "TenTepDinhKem": "uy-quyen.jpg",
        "DuongDanTaiTepTin": "https://motcua.example.vn/f/x",
    }
    return {
        "MaHoSo": code,
        "MaTTHC": "2.000635",
        "TenTTHC": "Cấp bản sao <b>trích lục</b>",
        "ChuHoSo": "Nguyễn Văn A",
        "LoaiDoiTuong": "1",
        "KenhThucHien": "2",
        "NgayNopHoSo": "20261122101010",
        "TrangThaiHoSo": "1",
        "TaiLieuNop": [paper],
        "DanhSachLePhi": [{"TenPhiLePhi": "Phí", "Gia": 24000}],
        "DuocThanhToanTrucTuyen": "2",
    } | changes


class Files:
    """Where the links lead."""

    def __init__(self):
        self.content = b"hello"
        self.asked = 0

    def __call__(self, _request):
        self.asked += 1
        if self.content is None:
            raise httpx.ConnectError("refused")
        return httpx.Response(200, content=self.content)


class Visitor:
    """Speaks the wire to a pretend one-stop in this process."""

    def __init__(self, path=None):
        self.now = NOON
        self.files = Files()
        self.one_stop = OneStop(
            book=Book(path, agency=AGENCY),
            clock=lambda: self.now,
            fetch=httpx.AsyncClient(transport=httpx.MockTransport(self.files)),
            username="om",
            password=PASSWORD,
        )
        app = create_app(self.one_stop)
        self.client = httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://127.0.0.1"
        )
        self.session = ""

    async def say(self, service, **body):
        return (await self.client.post(f"/{service}", json=body)).json()

    async def log_in(self, password=PASSWORD):
        said = await self.say("DangNhap", TaiKhoan="om", MatKhau=password)
        self.session = said.get("session", "")
        return said["error_code"]

    async def send(self, *records, updating="False"):
        return await self.say(
            "DongBoHoSoMC", session=self.session, isUpdating=updating, data=list(records)
        )

    async def tell(self, *rows):
        return await self.say("CapNhatTienDoHoSoMC", session=self.session, data=list(rows))

    async def received(self):
        return (await self.client.get("/received")).json()


@pytest.fixture
async def visitor():
    made = Visitor()
    await made.log_in()
    return made


def row(number=10):
    return {
        "MaHoSo": "ABCDEFGHJKMNP",
        "ThoiDiemXuLy": f"2026112211{number:02d}00",
        "TrangThai": "2",
        "NoiDungXuLy": "Tiếp nhận",
    }


async def test_a_dossier_gets_a_number_of_its_agency_and_day(visitor):
    first = await visitor.send(record())
    second = await visitor.send(record("ABCDEFGHJKMNQ"))

    assert [one["data"][0]["SoBienNhan"] for one in (first, second)] == [
        f"{AGENCY}-261122-0001",
        f"{AGENCY}-261122-0002",
    ]


async def test_the_same_again_is_one_dossier_with_one_number_and_other_content_is_refused(visitor):
    first = await visitor.send(record())
    again = await visitor.send(record())
    other = await visitor.send(record(ChuHoSo="Người khác"))

    assert again == first
    assert other["error_code"] == "11"
    [there] = await visitor.received()
    assert (there["deliveries"], there["record"]["ChuHoSo"]) == (3, "Nguyễn Văn A")


async def test_new_links_to_the_same_files_are_the_same_dossier_and_are_not_fetched_again(visitor):
    await visitor.send(record())
    paper = record()["TaiLieuNop"][0] | {"DuongDanTaiTepTin": "https://motcua.example.vn/f/y"}
    again = await visitor.send(record(TaiLieuNop=[paper]))

    assert again["error_code"] == "0"
    assert visitor.files.asked == 1


async def test_a_dossier_whose_file_cannot_be_fetched_is_not_taken(visitor):
    visitor.files.content = None
    said = await visitor.send(record())

    assert said["error_code"] == "3"
    assert await visitor.received() == []


async def test_a_session_ends(visitor):
    visitor.now += SESSION_LASTS

    assert (await visitor.send(record()))["error_code"] == "401"


async def test_a_wrong_password_opens_nothing(visitor):
    assert await visitor.log_in("sai") == "1"


@pytest.mark.parametrize(
    "changes",
    [
        {"La": 1},
        {"KenhThucHien": "4"},
        {"KenhThucHien": 2},
        {"NgayNopHoSo": "2026-11-22T10:10:10"},
        {"NgayNopHoSo": "20261322101010"},
        {"DanhSachLePhi": [{"TenPhiLePhi": "Phí", "Gia": 24000.5}]},
        {"DanhSachLePhi": [{"TenPhiLePhi": "Phí", "Gia": "24000"}]},
        {"TrangThaiHoSo": "2"},
        {"TrangThaiHoSo": "11"},
        {"NgayTiepNhan": "20261122111010"},
        {"MaDoiTuong": "x", "KenhThucHien": "1"},
        {"SoDienThoai": "+84912345678"},
        {"TrichYeuHoSo": "x" * 1001},
        {"MaHoSo": "ABC DEF"},
    ],
)
async def test_a_word_that_is_not_of_the_vocabulary_is_refused(visitor, changes):
    said = await visitor.send(record(**changes))

    assert said["error_code"] == "2"
    assert await visitor.received() == []


async def test_at_most_ten_rows_of_progress_are_taken_and_each_once(visitor):
    await visitor.send(record())
    many = await visitor.tell(*(row(number) for number in range(11)))
    await visitor.tell(*(row(number) for number in range(10)))
    await visitor.tell(row(3))

    [there] = await visitor.received()
    assert many["error_code"] == "2"
    assert (len(there["progress"]), there["repeated_rows"]) == (10, 1)


async def test_what_is_not_there_cannot_be_updated_or_told_of(visitor):
    assert (await visitor.send(record(), updating="True"))["error_code"] == "12"
    assert (await visitor.tell(row()))["error_code"] == "12"
    looked = await visitor.say("TraCuuHoSo", session=visitor.session, MaHoSo="ABC")
    assert looked["data"] == []


@pytest.mark.parametrize("body", [b"", b"[", b"[" * 100_000, b"\xff", b"{}"])
async def test_what_cannot_be_read_is_an_error_code_and_never_a_crash(visitor, body):
    answer = await visitor.client.post("/DongBoHoSoMC", content=body)

    assert (answer.status_code, answer.json()["error_code"]) == (200, "2")


async def test_what_was_acknowledged_outlives_the_process(tmp_path):
    first = Visitor(tmp_path / "book.db")
    await first.log_in()
    number = (await first.send(record()))["data"][0]["SoBienNhan"]

    second = Visitor(tmp_path / "book.db")
    await second.log_in()
    following = (await second.send(record("ABCDEFGHJKMNQ")))["data"][0]["SoBienNhan"]

    assert [one["receipt_number"] for one in await second.received()] == [number, following]


async def test_a_tester_sets_a_state_and_a_person_reads_it(visitor):
    await visitor.send(record())
    form = {"code": "ABCDEFGHJKMNP", "status": "4", "note": "<i>đang làm</i>"}

    answer = await visitor.client.post("/admin/status", data=form)
    page = (await visitor.client.get("/")).text

    assert answer.status_code == 303
    assert "4 · Đang xử lý" in page
    assert "Chỉ để trình diễn" in page
    assert "<i>đang làm</i>" not in page
    assert "Cấp bản sao &lt;b&gt;trích lục&lt;/b&gt;" in page


async def test_the_page_stays_small_however_many_have_come(visitor, monkeypatch):
    monkeypatch.setattr(app, "SHOWN", 2)
    for last in "PQR":
        await visitor.send(record(f"ABCDEFGHJKMN{last}"))

    page = (await visitor.client.get("/")).text

    assert "3 hồ sơ đã đến" in page
    assert [f"ABCDEFGHJKMN{last}" in page for last in "PQR"] == [False, True, True]
    assert [one["code"][-1] for one in await visitor.received()] == ["P", "Q", "R"]


async def test_a_state_that_does_not_exist_is_refused(visitor):
    body = {"code": "ABC", "status": "77"}

    assert (await visitor.client.post("/admin/status", json=body)).status_code == 422


def test_moments_that_do_not_exist_or_run_backwards_contradict():
    early = msgspec.convert(
        record(TrangThaiHoSo="2", NgayTiepNhan=f"{NOON - timedelta(days=9):%Y%m%d%H%M%S}"), Record
    )

    assert list(contradictions(early)) == ["NgayTiepNhan: trước ngày nộp hồ sơ"]
    assert re.search("thời điểm có thật", next(contradictions(_at("20260230101010"))))


def _at(submitted):
    return msgspec.convert(record(NgayNopHoSo=submitted), Record)
