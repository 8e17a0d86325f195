"""The national platform byte for byte, and over HTTP against a pretend one."""

import asyncio
import json
from contextlib import suppress
from dataclasses import replace as with_
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from msgspec.structs import replace

from payment_adapters.contract import (
    Account,
    BadSignature,
    Bill,
    BillLine,
    HttpAnswer,
    Malformed,
    Misconfigured,
    Outcome,
    RawReply,
    RawRequest,
    Rejected,
    ReturnHint,
    Secret,
    Transient,
    Unsure,
)
from payment_adapters.payplat import wire
from payment_adapters.payplat.adapter import create
from payment_adapters.testing import (
    CODE as KIT_CODE,
)
from payment_adapters.testing import (
    NOW,
    TXN,
    Conformance,
    Harness,
    as_members,
    context_of,
    sample_attempt,
    sample_bill,
)
from tests.payment_adapters.pretend import pretending

SECRET = "DummyPayPlatSecret"
KEY = Secret(SECRET)
PARTNER = "DUMMYPARTNER"
CODE = "P7K2M9QX4T01"
BASE = "https://payplat.example.vn"
WORDS = "THANH TOAN HO SO 000.00.01.H13-261122-0001"
BEGUN = datetime(2026, 11, 22, 7, 30, 5, tzinfo=UTC)
SETTINGS = {
    "enabled": True,
    "base_url": BASE,
    "init_path": "/init",
    "query_path": "/query",
    "bill_path": "/bill",
    "partner": PARTNER,
    "secret": SECRET,
    "agency_code": "000.00.17.H13",
    "server_ip": "203.0.113.10",
    "not_found_code": "02",
}
BILL = Bill(
    reference="2222222222222",
    service_code="2.000635",
    service_title="Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh",
    unit_code="om-long-hung",
    unit_title="UBND phường Long Hưng",
    lines=(
        BillLine(kind="phi", code="P1", title="Phí khai thác", amount=8_000),
        BillLine(kind="le_phi", code="LP1", title="Lệ phí hộ tịch", amount=7_000),
    ),
)
INIT_HASH = "a171113799cf58173e22a3a34ab5b9a28b57dd946ea6233eba945ebb9662f0b2"
QUERY_HASH = "654b077abaf9b297822e56783e2f4802a55b4c88a516f727ee29b9193ddc92bd"
BILL_HASH = "d3a9d4e524df4233705abd28a59916d2b367faa60e6f4387daa9fa902b8f5c9a"
CONFIRM_HASH = "f5582330e3b969000aed58791160b923a8479c1634ad5a13411f761fb523bfe0"
CONFIRM = dict(
    zip(
        wire.CONFIRM,
        f"CONFIRM|00|{PARTNER}|{CODE}|15000|VND|9876543210|VCB|20261122143212|{WORDS}".split("|"),
        strict=True,
    )
)


def attempt(**changes):
    return sample_attempt(
        **{
            "code": CODE,
            "description": WORDS,
            "created_at": BEGUN,
            "expires_at": BEGUN + timedelta(minutes=15),
            "bill": BILL,
            "payer_ip": "",
            **changes,
        }
    )


class Fixed(Harness):
    """Answers every call with this body."""

    create = staticmethod(create)
    settings = SETTINGS

    def __init__(self, body=b"{}", *, status=200, **settings):
        self.body, self.status = body, status
        self.settings = {**SETTINGS, **settings}

    def answer(self, request, told):
        del request, told
        return HttpAnswer(status=self.status, body=self.body)


def ctx_of(harness=None, *, sent=None, **changes):
    return with_(context_of(harness or Fixed(), sent=sent), **changes)


def page(url=f"{BASE}/pay/1", code="0"):
    return json.dumps({"error_code": code, "message": json.dumps({"UrlThanhToan": url})}).encode()


def start(body=None, *, sent=None, status=200, settings=None, **changes):
    harness = Fixed(page() if body is None else body, status=status, **(settings or {}))
    return asyncio.run(create().start(ctx_of(harness, sent=sent), attempt(**changes)))


def answered(**changes):
    said = {**CONFIRM, "LoaiBanTin": "QUERY", "TrangThaiGD": "1", **changes}
    return json.dumps(wire.signed(KEY, wire.ANSWER, said)).encode()


def query(body, **settings):
    return asyncio.run(create().query(ctx_of(Fixed(body, **settings)), attempt()))


def notice(*, key=KEY, **changes):
    said = wire.signed(key, wire.CONFIRM, {**CONFIRM, **changes})
    return RawRequest(method="POST", body=json.dumps(said, ensure_ascii=False).encode())


def heard(request):
    return create().parse_notice(ctx_of(), request).observations[0]


def question(*, key=KEY, at=NOW, **changes):
    said = {"LoaiBanTin": "LOOKUP", "MaDoiTac": PARTNER, "MaHoSo": "2222222222222"}
    said |= {"ThoiGianGD": wire.stamp(at), **changes}
    return RawRequest(method="POST", body=json.dumps(wire.signed(key, wire.LOOKUP, said)).encode())


# -- byte for byte ------------------------------------------------------------------------------


def test_init_is_signed_byte_for_byte_and_names_nobody():
    sent = []

    started = start(sent=sent)

    body = json.loads(sent[0].body)
    text = "|".join(body[name] for name in wire.INIT)
    assert text == (
        f"INIT|1.0.6|{PARTNER}|{CODE}|15000|PAY|1|1|vi-VN|VND|PAYMENT|{WORDS}"
        "|20261122143005|203.0.113.10"
    )
    assert body["MaXacThuc"] == INIT_HASH
    info = body["ThongTinBienLai"]
    assert (info["MaDVC"], info["MaTTHC"], info["MaHoSo"]) == (
        "2.000635.01",
        "2.000635",
        "2222222222222",
    )
    assert (info["TKThuHuong"], info["MaNHThuHuong"]) == ("0123456789", "970436")
    assert [one["SoTien"] for one in info["PhiLePhi"]] == ["8000", "7000"]
    assert info["HoTenNguoiNop"] == info["SoCMNDNguoiNop"] == ""
    assert (sent[0].url, started.next_action.url) == (f"{BASE}/init", f"{BASE}/pay/1")


def test_the_question_and_the_receipt_are_asked_for_byte_for_byte():
    sent = []
    ctx = ctx_of(Fixed(b"%PDF-1.7 x"), sent=sent)

    assert asyncio.run(create().fetch_bill(ctx, attempt())) == b"%PDF-1.7 x"
    with pytest.raises(Unsure):
        asyncio.run(create().query(ctx, attempt()))

    bodies = [json.loads(one.body) for one in sent]
    assert [one["MaXacThuc"] for one in bodies] == [BILL_HASH, QUERY_HASH]
    assert [one.url for one in sent] == [f"{BASE}/bill", f"{BASE}/query"]


def test_the_notice_is_read_as_it_was_computed():
    assert json.loads(notice().body)["MaXacThuc"] == CONFIRM_HASH

    seen = heard(notice())

    assert (seen.status, seen.amount, seen.currency) == ("succeeded", 15_000, "VND")
    assert (seen.provider_ref, seen.txn, seen.occurred_at) == (CODE, "9876543210", NOW)


def test_starting_twice_is_byte_for_byte_the_same():
    sent = []

    start(sent=sent)
    start(sent=sent)

    assert sent[0] == sent[1]


@pytest.mark.parametrize(
    ("hour", "written"), [(6, "130000"), (7, "140000"), (17, "000000"), (5, "120000")]
)
def test_the_clock_has_24_hours(hour, written):
    moment = datetime(2026, 12, 31, hour, 0, tzinfo=UTC)

    assert wire.stamp(moment).endswith(written)
    assert wire.moment(wire.stamp(moment)) == moment


# -- what is sent -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a|b\nc\x00d", "a b c d"),
        ("Lệ phí", "Lệ phí"),
        ("x" * 300, "x" * 250),
    ],
)
def test_words_cannot_shift_what_is_signed(text, written):
    sent = []

    start(sent=sent, description=text)

    assert json.loads(sent[0].body)["ThongTinGiaoDich"] == written


@pytest.mark.parametrize(
    "changes", [{"bill": None}, {"account": None}, {"amount": 14_000}], ids=str
)
def test_what_has_no_bill_no_account_or_another_sum_is_refused_before(changes):
    sent = []

    with pytest.raises(Rejected):
        start(sent=sent, **changes)

    assert sent == []


def test_each_unit_has_its_own_agency_code_and_the_bus_its_token():
    sent = []
    settings = {"agencies": {"om-long-hung": "000.01.17.H13"}, "token": "bus-token"}

    start(sent=sent, settings=settings, payer_ip="198.51.100.7")

    body = json.loads(sent[0].body)
    assert body["ThongTinBienLai"]["MaDonVi"] == "000.01.17.H13"
    assert body["Ip"] == "198.51.100.7"
    assert sent[0].headers["Authorization"] == "Bearer bus-token"


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        b"{}",
        b"[]",
        page()[:-5],
        page("https://elsewhere.example/pay"),
        page(f"{BASE}.evil.example/pay"),
        json.dumps({"error_code": "0", "message": "no json"}).encode(),
        json.dumps({"error_code": "0", "message": "{}"}).encode(),
        json.dumps({"error_code": "0", "message": {"UrlThanhToan": BASE}}).encode(),
        json.dumps({"error_code": 0.5, "message": ""}).encode(),
    ],
)
def test_an_odd_answer_to_init_leaves_the_outcome_open(body):
    with pytest.raises(Unsure):
        start(body)


def test_the_platforms_own_no_is_a_refusal_and_its_page_may_have_another_host():
    there = "https://pay.example.vn"

    with pytest.raises(Rejected) as refused:
        start(page(code="97"))
    moved = start(page(f"{there}/x"), settings={"page_origins": [there]})
    number = start(json.dumps({"error_code": 0, "message": json.loads(page())["message"]}).encode())

    assert refused.value.code == "97"
    assert moved.next_action.url == f"{there}/x"
    assert number.next_action.url == f"{BASE}/pay/1"


@pytest.mark.parametrize(("status", "error"), [(500, Unsure), (302, Unsure), (429, Transient)])
def test_another_status_is_no_answer(status, error):
    with pytest.raises(error):
        start(status=status)


# -- CONFIRM ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", wire.CONFIRM)
def test_no_altered_value_passes(name):
    said = json.loads(notice().body)
    said[name] += "1"

    with pytest.raises(BadSignature):
        heard(RawRequest(method="POST", body=json.dumps(said).encode()))


@pytest.mark.parametrize("given", ["", None, "x", CONFIRM_HASH.upper(), 5, ["x"]])
def test_a_notice_without_the_right_proof_is_not_believed(given):
    said = {**json.loads(notice().body), "MaXacThuc": given}

    with pytest.raises(BadSignature):
        heard(RawRequest(method="POST", body=json.dumps(said).encode()))


def test_values_that_shift_what_is_signed_are_not_believed():
    said = {**CONFIRM, "MaNganHang": "VCB|20261122143212", "ThoiGianGD": WORDS}
    text = "|".join(said[name] for name in wire.CONFIRM[:-1])
    assert text == "|".join(CONFIRM[name] for name in wire.CONFIRM)
    body = {**said, "ThongTinGiaoDich": "", "MaXacThuc": wire.proof(KEY, wire.CONFIRM[:-1], said)}

    with pytest.raises(BadSignature):
        heard(RawRequest(method="POST", body=json.dumps(body).encode()))
    with pytest.raises(BadSignature):
        heard(notice(ThongTinGiaoDich="a|b"))


@pytest.mark.parametrize("changes", [{"key": Secret("another")}, {"MaDoiTac": "OTHER"}])
def test_another_key_or_partner_is_not_believed(changes):
    with pytest.raises(BadSignature):
        heard(notice(**changes))


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"MaLoi":"00","MaLoi":"00"}', b"\xff"])
def test_what_is_no_json_is_malformed(body):
    with pytest.raises(Malformed):
        heard(RawRequest(method="POST", body=body))


@pytest.mark.parametrize(
    "amount", ["", "0", "15000.0", "1.5e4", "-1", "9" * 19, "1" + "0" * 400, "015000"]
)
def test_an_amount_that_is_no_whole_number_in_range_is_malformed(amount):
    with pytest.raises(Malformed):
        heard(notice(SoTien=amount))


@pytest.mark.parametrize("value", [15000.0, True, [15000], {}])
def test_a_value_that_is_neither_text_nor_a_whole_number_is_malformed(value):
    said = {**json.loads(notice().body), "SoTien": value}

    with pytest.raises(Malformed):
        heard(RawRequest(method="POST", body=json.dumps(said).encode()))


@pytest.mark.parametrize(
    "changes",
    [{"MaGiaoDich": ""}, {"ThoiGianGD": "20261322143212"}, {"ThoiGianGD": "2026-11-22"}],
)
def test_a_notice_without_what_decides_is_malformed(changes):
    with pytest.raises(Malformed):
        heard(notice(**changes))


@pytest.mark.parametrize("code", ["24", "99", "", "0"])
def test_a_code_that_no_table_explains_is_no_failure(code):
    assert heard(notice(MaLoi=code)).status == "pending"


def test_a_number_is_signed_as_it_stands_and_unknown_members_are_overlooked():
    said = {**json.loads(notice().body), "SoTien": 15000, "Khac": {"x": [1]}}

    assert heard(RawRequest(method="POST", body=json.dumps(said).encode())).amount == 15_000


@pytest.mark.parametrize(
    ("outcome", "status", "code"),
    [
        (Outcome.ACCEPTED, 200, "00"),
        (Outcome.DUPLICATE, 200, "00"),
        (Outcome.UNKNOWN_REF, 200, "00"),
        (Outcome.AMOUNT_MISMATCH, 200, "00"),
        (Outcome.RETRY_LATER, 503, "99"),
        (Outcome.BAD_SIGNATURE, 401, "97"),
        (Outcome.MALFORMED, 400, "99"),
    ],
)
def test_the_reply_holds_the_notices_time_and_our_proof(outcome, status, code):
    reply = create().answer_notice(ctx_of(), notice(), outcome)
    short = create().notice_reply(outcome)

    said = wire.proven(KEY, wire.HEARD, reply.body)
    assert (reply.status, said["MaLoi"], said["MaDoiTac"]) == (status, code, PARTNER)
    assert said["ThoiGianGD"] == "20261122143212"
    assert (short.status, json.loads(short.body)["MaLoi"]) == (status, code)


def test_the_reply_to_what_cannot_be_read_has_no_time():
    reply = create().answer_notice(
        ctx_of(), RawRequest(method="POST", body=b"<html>"), Outcome.MALFORMED
    )

    assert json.loads(reply.body)["ThoiGianGD"] == ""


def test_the_returning_browser_tells_nothing():
    request = RawRequest(method="GET", query=f"MaThamChieu={CODE}&MaLoi=00")

    assert create().parse_return(ctx_of(), request) == ReturnHint()


# -- QUERY, GET_BILL ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "status"), [("1", "succeeded"), ("3", "pending"), ("4", "failed"), ("7", "pending")]
)
def test_asking_tells_what_the_platform_says(state, status):
    assert [seen.status for seen in query(answered(TrangThaiGD=state))] == [status]


def test_only_the_code_that_the_operator_was_told_means_not_found():
    unknown = answered(MaLoi="02", TrangThaiGD="", SoTien="", MaGiaoDich="", ThoiGianGD="")

    assert [seen.status for seen in query(unknown)] == ["not_found"]
    with pytest.raises(Unsure):
        query(unknown, not_found_code="")


@pytest.mark.parametrize(
    "changes",
    [
        {"MaLoi": "99"},
        {"MaThamChieu": "OTHER"},
        {"MaDoiTac": "OTHER"},
        {"SoTien": ""},
        {"MaGiaoDich": ""},
    ],
)
def test_an_answer_that_does_not_speak_of_our_money_tells_nothing(changes):
    with pytest.raises(Unsure):
        query(answered(**changes))


def test_an_answer_without_proof_counts_only_where_the_operator_says_so():
    unsigned = json.loads(answered())
    del unsigned["MaXacThuc"]
    body = json.dumps(unsigned).encode()

    with pytest.raises(Unsure):
        query(body)
    assert query(body, answers_signed=False)[0].status == "succeeded"


def test_what_is_no_pdf_is_no_receipt():
    with pytest.raises(Unsure):
        asyncio.run(create().fetch_bill(ctx_of(Fixed(b"<html>")), attempt()))


# -- what is payable ----------------------------------------------------------------------------


def test_the_question_what_is_payable_is_proven():
    assert create().parse_lookup(ctx_of(), question()) == "2222222222222"


@pytest.mark.parametrize(
    "changes",
    [
        {"key": Secret("another")},
        {"MaDoiTac": "OTHER"},
        {"at": NOW - timedelta(seconds=301)},
        {"at": NOW + timedelta(seconds=301)},
    ],
)
def test_a_question_that_is_not_proven_or_stale_is_not_answered(changes):
    with pytest.raises(BadSignature):
        create().parse_lookup(ctx_of(), question(**changes))


@pytest.mark.parametrize("code", ["", "x" * 65, "' OR 1=1", "á"])
def test_a_question_about_no_dossier_is_malformed(code):
    with pytest.raises(Malformed):
        create().parse_lookup(ctx_of(), question(MaHoSo=code))


def test_the_bill_is_answered_with_its_lines_and_our_reference():
    said = json.loads(create().lookup_reply(ctx_of(), attempt()).body)

    data = said["data"]
    assert said["error_code"] == "1"
    assert (data["MaTraCuuTT"], data["SoTien"], data["MaHoSo"]) == (CODE, "15000", "2222222222222")
    assert [one["TenPhiLePhi"] for one in data["PhiLePhi"]] == ["Phí khai thác", "Lệ phí hộ tịch"]
    assert data["TKThuHuong"] == "0123456789"


@pytest.mark.parametrize(("known", "code"), [(True, "0"), (False, "-1")])
def test_nothing_due_and_unknown_are_told_apart(known, code):
    reply = create().lookup_reply(ctx_of(), None, known=known)

    assert (reply.status, json.loads(reply.body)["error_code"]) == (200, code)


# -- settings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "settings",
    [{"base_url": f"{BASE}/path"}, {"page_origins": ["pay.example.vn"]}],
)
def test_an_address_that_is_no_origin_is_found(settings):
    assert create().check_config(ctx_of(Fixed(**settings)))


def test_production_needs_https_and_good_settings_have_no_finding():
    here = Fixed(base_url="http://127.0.0.1:8104")

    assert create().check_config(ctx_of(production=True)) == []
    assert create().check_config(ctx_of(here)) == []
    assert create().check_config(ctx_of(here, production=True))


def test_settings_of_another_adapter_are_refused():
    with pytest.raises(Misconfigured):
        asyncio.run(create().query(ctx_of(config=object()), attempt()))
    assert create().origins(object()) == ()


def test_redacting_leaves_neither_proof_nor_who_and_what():
    left = create().redact(notice().body)

    assert CONFIRM_HASH.encode() not in left
    assert WORDS.encode() not in left
    assert CODE.encode() in left


# -- the kit ------------------------------------------------------------------------------------

STATES = {"paid": "1", "pending": "3", "failed": "4", "not_found": ""}


KIT_SETTINGS = {**SETTINGS, "token": "bus-token-of-tests"}
KIT_REPLIES = {
    outcome: RawReply(
        status=status,
        body=json.dumps(
            {"MaLoi": code, "MoTaLoi": words}, ensure_ascii=False, separators=(",", ":")
        ).encode(),
    )
    for outcome, status, code, words in [
        (Outcome.ACCEPTED, 200, "00", "Thành công"),
        (Outcome.DUPLICATE, 200, "00", "Đã ghi nhận trước đó"),
        (Outcome.UNKNOWN_REF, 200, "00", "Đã ghi nhận, chờ đối chiếu"),
        (Outcome.AMOUNT_MISMATCH, 200, "00", "Đã ghi nhận, chờ đối chiếu"),
        (Outcome.RETRY_LATER, 503, "99", "Chưa ghi nhận được, gửi lại sau"),
        (Outcome.BAD_SIGNATURE, 401, "97", "Sai mã xác thực"),
        (Outcome.MALFORMED, 400, "99", "Không đọc được"),
    ]
}
KIT_SCENES = {"notice": ("paid", "pending")}
KIT_CODES = {
    "notice": {"00": "succeeded"},
    "query": {"1": "succeeded", "3": "pending", "4": "failed"},
}


GOLDEN = (
    "https://payplat.example.vn/init\n"
    '{"LoaiBanTin":"INIT","PhienBan":"1.0.6","MaDoiTac":"DUMMYPARTNER",'
    '"MaThamChieu":"HSP7K2M9Q","SoTien":"15000","LoaiHinhThanhToan":"PAY",'
    '"MaKenhThanhToan":"1","MaThietBi":"1","NgonNgu":"vi-VN","MaTienTe":"VND",'
    '"MaNganHang":"PAYMENT","ThongTinGiaoDich":"Phí hồ sơ","ThoiGianGD":"20261122143212",'
    '"Ip":"203.0.113.7",'
    '"MaXacThuc":"f176d6eb816cc25e7a99d01ecd31b8e095dc6a744f550c61d1295c12aaf80f34",'
    '"ThongTinBienLai":{"MaDichVu":"2","MaDVC":"2.000635.01",'
    '"TenDVC":"Cấp bản sao trích lục hộ tịch","MaTTHC":"2.000635",'
    '"TenTTHC":"Cấp bản sao trích lục hộ tịch","MaDonVi":"000.00.17.H13",'
    '"TenDonVi":"UBND phường Mẫu","MaHoSo":"23456789ABCDE","TKThuHuong":"0123456789",'
    '"MaNHThuHuong":"970436","TenTKThuHuong":"UBND PHUONG MAU","NoiDungThanhToan":"Phí hồ sơ",'
    '"HoTenNguoiNop":"","SoCMNDNguoiNop":"","DiaChiNguoiNop":"","HuyenNguoiNop":"",'
    '"TinhNguoiNop":"","PhiLePhi":[{"LoaiPhiLePhi":"PHI","MaPhiLePhi":"PHI01",'
    '"TenPhiLePhi":"Phí khai thác","SoTien":"7000"},{"LoaiPhiLePhi":"LEPHI",'
    '"MaPhiLePhi":"LP01","TenPhiLePhi":"Lệ phí hộ tịch","SoTien":"8000"}],'
    '"DSKhoanNop":[{"NoiDung":"Phí khai thác","SoTien":"7000"},{"NoiDung":"Lệ phí hộ tịch",'
    '"SoTien":"8000"}]}}'
)


class Kit(Harness):
    create = staticmethod(create)
    settings = KIT_SETTINGS
    secrets = (SECRET, "bus-token-of-tests")
    sent_secrets = ("bus-token-of-tests",)
    personal = ("NGUYỄN THỊ BƯỞI".encode(),)
    replies = KIT_REPLIES
    golden = GOLDEN
    ref_pattern = r"\w{1,255}"
    proof = "members"
    notice_signature = ("json", "MaXacThuc")
    answer_signature = ("json", "MaXacThuc")
    leaves_out = ("at",)
    scenes = KIT_SCENES
    codes = KIT_CODES

    def values(self, told, kind, code):
        return {
            "LoaiBanTin": kind,
            "MaLoi": code,
            "MaDoiTac": told.merchant or PARTNER,
            "MaThamChieu": KIT_CODE,
            "SoTien": told.amount,
            "MaTienTe": told.currency,
            "MaGiaoDich": TXN,
            "MaNganHang": "VCB",
            "ThoiGianGD": wire.stamp(told.moved_at),
            "ThongTinGiaoDich": "Phi ho so NGUYỄN THỊ BƯỞI",
        }

    def notice(self, told):
        code = told.code or ("00" if told.says == "paid" else "24")
        said = wire.signed(
            Secret(told.secret or SECRET), wire.CONFIRM, self.values(told, "CONFIRM", code)
        )
        body = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return RawRequest(method="POST", body=(body[:-1] + as_members(told.more) + "}").encode())

    def answer(self, request, told):
        asked = json.loads(request.body)
        assert request.headers["Authorization"] == "Bearer bus-token-of-tests"
        names = wire.INIT if asked["LoaiBanTin"] == "INIT" else wire.ASK
        assert wire.proof(KEY, names, asked) == asked["MaXacThuc"]
        if asked["LoaiBanTin"] == "INIT":
            return HttpAnswer(status=200, body=page())
        if asked["LoaiBanTin"] == "GET_BILL":
            return HttpAnswer(status=200, body=b"%PDF-1.7")
        code = "02" if told.says == "not_found" else "00"
        said = self.values(told, "QUERY", code) | {"TrangThaiGD": told.code or STATES[told.says]}
        body = wire.signed(Secret(told.secret or SECRET), wire.ANSWER, said)
        return HttpAnswer(status=200, body=json.dumps(body).encode())

    def spoil(self, answer, odd):
        return super().spoil(answer, odd) if b"MaXacThuc" in answer.body else None

    def lookup(self, told):
        changes = {"MaDoiTac": told.merchant or PARTNER, "MaHoSo": sample_bill().reference}
        return question(key=Secret(told.secret or SECRET), **changes)

    def read_lookup(self, reply):
        said = json.loads(reply.body)
        return int(said["data"]["SoTien"]) if said["error_code"] == "1" else None


class TestPayPlat(Conformance):
    def harness(self):
        return Kit()


# -- over HTTP, against a pretend platform in a process of its own ------------------------------


@pytest.fixture(scope="module")
def platform(tmp_path_factory):
    own = {name: value for name, value in SETTINGS.items() if name not in ("base_url", "enabled")}
    own["token"] = "bus-token"
    with pretending("payplat", tmp_path_factory.mktemp("payplat"), create(), own) as made:
        yield made


@pytest.fixture
def world(platform):
    return platform.afresh()


numbers = iter(range(1, 10_000))


def new_attempt(**changes):
    now = datetime.now(UTC)
    made = attempt(
        code=f"HSTEST{next(numbers):04d}",
        description="Lệ phí hồ sơ – Nguyễn Thị Bưởi | bản sao",
        created_at=now,
        expires_at=now + timedelta(minutes=15),
    )
    return replace(made, **changes)


def test_a_citizen_pays_and_notice_answer_and_receipt_agree(world):
    made = new_attempt()

    page_text = world.opens(made)
    unpaid = world.does("query", made)[0]
    no_receipt = world.fails("fetch_bill", made)
    world.press(made)
    told = world.notices(1)[0]
    asked = world.does("query", made)[0]

    assert "15.000" in page_text
    assert unpaid.status == "pending"
    assert type(no_receipt) is Unsure
    assert (told.status, told.amount, told.provider_ref) == ("succeeded", 15_000, made.code)
    assert (asked.status, asked.amount, asked.txn) == ("succeeded", 15_000, told.txn)
    assert world.does("fetch_bill", made).startswith(b"%PDF-")
    assert world.told(made) == [(1, "đã nghe: 200")]


def test_a_failure_is_told_by_asking_alone(world):
    made = new_attempt()
    world.opens(made)

    world.press(made, "cancel")

    assert world.notices(1)[0].status == "pending"
    assert world.does("query", made)[0].status == "failed"


def test_what_was_never_begun_is_not_found(world):
    assert world.does("query", new_attempt())[0].status == "not_found"


def test_a_12_hour_clock_and_another_key_are_refused(world):
    late = new_attempt(created_at=datetime.now(UTC) - timedelta(hours=12))
    world.settings["secret"] = "another"

    forged = world.fails("start", new_attempt())
    world.settings["secret"] = SECRET

    assert (type(forged), forged.code) == (Rejected, "97")
    assert world.fails("start", late).code == "03"


def test_the_bus_refuses_who_has_no_token(world):
    world.settings["token"] = "another"

    refused = world.fails("start", new_attempt())
    world.settings["token"] = "bus-token"

    assert type(refused) is Unsure


@pytest.mark.parametrize("fault", ["forge", "other_merchant"])
def test_a_forged_or_foreign_notice_is_refused_and_repeated_and_asking_tells_the_truth(
    world, fault
):
    world.faults({"kind": fault, "service": "notice"})
    made = new_attempt()
    world.opens(made)

    world.press(made)
    world.notices(2)

    assert world.ears.heard == []
    assert {type(error) for error in world.ears.refused} == {BadSignature}
    assert world.does("query", made)[0].status == "succeeded"


def test_another_amount_is_passed_on_for_the_core_to_compare(world):
    world.faults({"kind": "other_amount", "service": "notice"})
    made = new_attempt()
    world.opens(made)

    world.press(made)

    assert world.notices(1)[0].amount == 16_000


def test_repeated_and_reordered_notices_name_the_same_movements(world):
    world.faults(
        {"kind": "reorder", "service": "notice", "next": 1, "seconds": 60},
        {"kind": "repeat", "service": "notice", "times": 2},
    )
    first, second = new_attempt(), new_attempt()
    for made in (first, second):
        world.opens(made)
        world.press(made)

    seen = world.notices(4)

    assert len({one.txn for one in seen}) == 2
    assert seen[0].provider_ref == second.code


def test_a_notice_that_we_could_not_take_comes_again(world):
    world.ears.outcome = Outcome.RETRY_LATER
    made = new_attempt()
    world.opens(made)
    world.press(made)
    world.notices(1)

    world.ears.outcome = Outcome.ACCEPTED

    assert world.told(made)[0][1] == "đã nghe: 200"
    assert len(world.ears.heard) >= 2


def test_a_platform_that_dies_before_it_tells_tells_after_its_next_start(world):
    world.faults({"kind": "die", "service": "notice", "next": 1})
    made = new_attempt()
    world.opens(made)
    with suppress(httpx.RemoteProtocolError):  # it may die before this is answered
        world.press(made)
    world.process.wait(20)
    world.faults()

    world.begin()

    assert world.notices(1)[0].provider_ref == made.code


@pytest.mark.parametrize("fault", ["down", "error", "html", "cut"])
def test_a_broken_answer_leaves_open_what_happened(world, fault):
    world.faults({"kind": fault})
    made = new_attempt()

    assert type(world.fails("start", made)) is Unsure
    assert type(world.fails("query", made)) is Unsure
    assert type(world.fails("fetch_bill", made)) is Unsure


@pytest.mark.parametrize("fault", ["forge", "other_merchant"])
def test_an_answer_that_is_not_proven_or_not_ours_tells_nothing(world, fault):
    made = new_attempt()
    world.opens(made)
    world.press(made)
    world.faults({"kind": fault, "service": "query"})

    assert type(world.fails("query", made)) is Unsure


def test_a_platform_that_dies_over_init_has_the_payment_when_it_is_begun_again(world):
    world.faults({"kind": "die", "service": "start"})
    made = new_attempt()

    lost = world.fails("start", made)
    world.process.wait(20)
    gone = world.fails("start", made)
    world.faults()
    world.begin()

    assert (type(lost), type(gone)) == (Unsure, Transient)
    assert world.does("query", made)[0].status == "pending"
    assert "15.000" in world.opens(made)


def test_a_dossier_is_paid_from_the_portal(world):
    due = new_attempt(account=Account(bank_bin="970436", number="0123456789", name="UBND"))
    portal = f"{world.url}/cong-dich-vu-cong?ma_ho_so=2222222222222"

    nothing = httpx.get(portal)
    world.ears.lookup = due
    page_text = httpx.get(portal, follow_redirects=True).text
    world.press(due)

    assert nothing.status_code == 404
    assert "15.000" in page_text
    assert world.ears.asked == ["2222222222222"] * 2
    assert world.notices(1)[0].provider_ref == due.code
