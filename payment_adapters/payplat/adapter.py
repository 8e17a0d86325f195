"""PayPlat as an adapter: the citizen pays on the national platform, and from there too."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from payment_adapters.contract import (
    Adapter,
    Attempt,
    BadSignature,
    Bill,
    Capabilities,
    Context,
    HttpRequest,
    Malformed,
    Misconfigured,
    Notice,
    Observation,
    Outcome,
    RawReply,
    RawRequest,
    Redirect,
    Rejected,
    ReturnHint,
    Secret,
    Spec,
    Started,
    Transient,
    Unsure,
)
from payment_adapters.payplat import wire
from payment_adapters.strict import (
    WINDOW_SECONDS,
    address_faults,
    as_text,
    check_amount,
    read_json,
    redact,
)

_OK, _TOO_MANY = 200, 429
_IP = re.compile(r"[0-9A-Fa-f.:]{7,45}")
_SAYS = {
    Outcome.ACCEPTED: (200, "00", "Thành công"),
    Outcome.DUPLICATE: (200, "00", "Đã ghi nhận trước đó"),
    Outcome.UNKNOWN_REF: (200, "00", "Đã ghi nhận, chờ đối chiếu"),
    Outcome.AMOUNT_MISMATCH: (200, "00", "Đã ghi nhận, chờ đối chiếu"),
    Outcome.RETRY_LATER: (503, "99", "Chưa ghi nhận được, gửi lại sau"),
    Outcome.BAD_SIGNATURE: (401, "97", "Sai mã xác thực"),
    Outcome.MALFORMED: (400, "99", "Không đọc được"),
}
_PERSONAL: tuple[str, ...] = ("MaXacThuc", "ThongTinGiaoDich", "NoiDungThanhToan", "HoTenNguoiNop")
_PERSONAL += ("SoCMNDNguoiNop", "DiaChiNguoiNop", "TKThuHuong", "TenTKThuHuong")

Path = Annotated[str, Meta(pattern=r"\A/[A-Za-z0-9._/-]{0,200}\Z")]
Agency = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z.]{1,64}\Z")]


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the platform gave us, where it is, and who we are there."""

    enabled: bool = False
    base_url: str
    init_path: Path
    query_path: Path
    bill_path: Path
    partner: Annotated[str, Meta(pattern=r"\A[0-9A-Za-z._-]{1,64}\Z")]
    secret: Secret
    agency_code: Agency
    token: Secret | None = None  # of the data-sharing bus in front of it
    agencies: dict[str, Agency] = {}
    service_suffix: Annotated[str, Meta(pattern=r"\A(\.[0-9]{1,4})?\Z")] = ".01"
    page_origins: tuple[str, ...] = ()
    server_ip: Annotated[str, Meta(pattern=r"\A[0-9A-Fa-f.:]{7,45}\Z")] = "127.0.0.1"
    answers_signed: bool = True
    not_found_code: Annotated[str, Meta(max_length=8)] = ""


class PayPlat(Adapter):
    """Payment on the national public service portal's platform (PayPlat 1.0.6)."""

    spec = Spec(
        id="payplat",
        title_vi="Cổng Dịch vụ công quốc gia",
        title_en="National public service portal",
        config_type=Config,
        capabilities=Capabilities(
            notices=True, queries=True, needs_account=True, lookups=True, bills=True
        ),
    )

    async def start(self, ctx: Context, attempt: Attempt) -> Started:
        """Make the payment known (INIT); the citizen goes to the page that is answered."""
        config = _config(ctx)
        check_amount(attempt.amount, least=1, most=self.spec.capabilities.amount_max)
        bill, ref = _bill(attempt), self.provider_ref(attempt)
        values = {
            "LoaiBanTin": "INIT",
            "PhienBan": wire.VERSION,
            "MaDoiTac": config.partner,
            "MaThamChieu": ref,
            "SoTien": str(attempt.amount),
            "LoaiHinhThanhToan": "PAY",
            "MaKenhThanhToan": "1",
            "MaThietBi": "1",
            "NgonNgu": "vi-VN",
            "MaTienTe": "VND",
            "MaNganHang": "PAYMENT",
            "ThongTinGiaoDich": wire.line(attempt.description) or f"Phi ho so {ref}",
            "ThoiGianGD": wire.stamp(attempt.created_at),
            "Ip": attempt.payer_ip if _IP.fullmatch(attempt.payer_ip) else config.server_ip,
        }
        message: dict[str, object] = {
            **wire.signed(config.secret, wire.INIT, values),
            "ThongTinBienLai": wire.receipt_info(
                bill, attempt, agency=_agency(config, bill), suffix=config.service_suffix
            ),
        }
        url = _page(config, await _call(ctx, config.init_path, message))
        return Started(next_action=Redirect(url), expires_at=attempt.expires_at)

    def parse_notice(self, ctx: Context, request: RawRequest) -> Notice:
        """Prove a CONFIRM, then read the one payment in it; the core compares the amount."""
        config = _config(ctx)
        said = wire.proven(config.secret, wire.CONFIRM, request.body)
        if said["MaDoiTac"] != config.partner:
            raise BadSignature("another partner")
        return Notice((wire.confirmed(said),))

    def notice_reply(self, outcome: Outcome) -> RawReply:
        """Say what became of a CONFIRM, without the words that only its request knows."""
        status, code, words = _SAYS[outcome]
        body = msgspec.json.encode({"MaLoi": code, "MoTaLoi": words})
        return RawReply(status=status, body=body)

    def answer_notice(self, ctx: Context, request: RawRequest, outcome: Outcome) -> RawReply:
        """Say it as the platform wants it: with its own time, our partner code, and our proof."""
        config = _config(ctx)
        status, code, words = _SAYS[outcome]
        try:
            at = wire.unproven(wire.CONFIRM, request.body)["ThoiGianGD"]
        except Malformed:
            at = ""
        values = {
            "MaLoi": code,
            "MoTaLoi": words,
            "MaDoiTac": config.partner,
            "ThoiGianGD": wire.line(at, 14),
        }
        body = msgspec.json.encode(wire.signed(config.secret, wire.HEARD, values))
        return RawReply(status=status, body=body)

    def parse_return(self, ctx: Context, request: RawRequest) -> ReturnHint:
        """Know nothing: what the returning browser brings is not described."""
        del ctx, request
        return ReturnHint()

    async def query(self, ctx: Context, attempt: Attempt) -> tuple[Observation, ...]:
        """Ask what became of an attempt (QUERY)."""
        config = _config(ctx)
        ref = self.provider_ref(attempt)
        body = await _call(ctx, config.query_path, self._question(ctx, "QUERY", attempt))
        try:
            said = (
                wire.proven(config.secret, wire.ANSWER, body)
                if config.answers_signed
                else wire.unproven(wire.ANSWER, body)
            )
            if (said["MaDoiTac"], said["MaThamChieu"]) != (config.partner, ref):
                raise Unsure("the answer is of another payment")
            if config.not_found_code and said["MaLoi"] == config.not_found_code:
                code = said["MaLoi"]
                return (Observation(status="not_found", provider_ref=ref, code=code),)
            if said["MaLoi"] != wire.SUCCESS:
                raise Unsure(said["MaLoi"][:8])
            return (wire.answered(said),)
        except (BadSignature, Malformed):
            raise Unsure("the answer is not proven") from None

    def parse_lookup(self, ctx: Context, request: RawRequest) -> str:
        """Prove the question "what is payable for dossier X", at most five minutes old."""
        config = _config(ctx)
        said = wire.proven(config.secret, wire.LOOKUP, request.body)
        if said["MaDoiTac"] != config.partner:
            raise BadSignature("another partner")
        asked_at = wire.moment(said["ThoiGianGD"])
        if abs((ctx.clock() - asked_at).total_seconds()) > WINDOW_SECONDS:
            raise BadSignature("stale")
        return wire.asked_for(said)

    def lookup_reply(
        self, ctx: Context, attempt: Attempt | None, *, known: bool = True
    ) -> RawReply:
        """Answer 1 with the bill, 0 when nothing is due, -1 when there is no such dossier."""
        if attempt is None:
            code, words = ("0", "Không có khoản phải nộp") if known else ("-1", "Không tìm thấy")
            said: dict[str, object] = {"error_code": code, "message": words}
            return RawReply(status=_OK, body=msgspec.json.encode(said))
        config = _config(ctx)
        bill = _bill(attempt)
        data = wire.payable(
            bill, attempt, agency=_agency(config, bill), suffix=config.service_suffix
        )
        said = {"error_code": "1", "message": "Có khoản phải nộp", "data": data}
        return RawReply(status=_OK, body=msgspec.json.encode(said))

    async def fetch_bill(self, ctx: Context, attempt: Attempt) -> bytes:
        """Fetch the platform's receipt (GET_BILL), a PDF."""
        config = _config(ctx)
        body = await _call(ctx, config.bill_path, self._question(ctx, "GET_BILL", attempt))
        if not body.startswith(b"%PDF-"):
            raise Unsure("the answer is no PDF")
        return body

    def origins(self, config: Struct) -> tuple[str, ...]:
        """Call the platform alone, or the bus in front of it."""
        return (config.base_url,) if isinstance(config, Config) else ()

    def check_config(self, ctx: Context) -> list[str]:
        """Refuse addresses that are no origins, and open ones in production."""
        config = _config(ctx)
        named = [("base_url", config.base_url)]
        named += [("page_origins", origin) for origin in config.page_origins]
        found: list[str] = []
        for name, url in named:
            found += address_faults(f"payments.payplat.{name}", url, production=ctx.production)
        return found

    def redact(self, raw: bytes) -> bytes:
        """Blank the proof, who pays, what for, and the account."""
        return redact(raw, *_PERSONAL)

    def _question(self, ctx: Context, kind: str, attempt: Attempt) -> dict[str, str]:
        config = _config(ctx)
        values = {
            "LoaiBanTin": kind,
            "PhienBan": wire.VERSION,
            "MaDoiTac": config.partner,
            "MaThamChieu": self.provider_ref(attempt),
            "ThoiGianGD": wire.stamp(attempt.created_at),
        }
        return wire.signed(config.secret, wire.ASK, values)


def create() -> Adapter:
    """Make the adapter; named by the entry point."""
    return PayPlat()


def _config(ctx: Context) -> Config:
    if not isinstance(ctx.config, Config):
        raise Misconfigured("payments.payplat")
    return ctx.config


def _bill(attempt: Attempt) -> Bill:
    """Give what the payment is for; the platform takes none whose lines are another sum."""
    bill = attempt.bill
    if bill is None or sum(one.amount for one in bill.lines) != attempt.amount:
        raise Rejected("bill")
    if attempt.account is None:
        raise Rejected("account")
    return bill


def _agency(config: Config, bill: Bill) -> str:
    return config.agencies.get(bill.unit_code, config.agency_code)


async def _call(ctx: Context, path: str, message: Mapping[str, object]) -> bytes:
    config = _config(ctx)
    headers = {"Content-Type": "application/json"}
    if config.token is not None:
        headers["Authorization"] = f"Bearer {config.token.reveal().decode()}"
    answer = await ctx.send(
        HttpRequest(
            method="POST",
            url=config.base_url + path,
            headers=headers,
            body=msgspec.json.encode(message),
        )
    )
    if answer.status == _TOO_MANY:
        raise Transient("too many requests")
    if answer.status != _OK:
        raise Unsure(f"status {answer.status}")
    return answer.body


def _page(config: Config, body: bytes) -> str:
    """Read the answer to INIT: JSON inside a text; only a page at home is followed."""
    try:
        said = read_json(body, dict[str, object])
        code = as_text(said.get("error_code"))
        if code not in ("0", ""):
            raise Rejected(code[:8])
        inside = read_json(as_text(said.get("message")).encode(), dict[str, object])
        url = as_text(inside.get("UrlThanhToan"))
    except Malformed:
        raise Unsure("the answer cannot be read") from None
    at_home: Sequence[str] = (config.base_url, *config.page_origins)
    if not code or not url.startswith(tuple(f"{origin}/" for origin in at_home)):
        raise Unsure("the page is elsewhere")
    return url
