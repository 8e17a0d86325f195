"""Answer the pretend bank's HTTP: pages for people, JSON for scripts, the sandbox's services."""

import asyncio
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import parse_qsl

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.params import Body, FromPath, FromQuery
from litestar.response import Redirect

from backend.demo import pages
from backend.demo.bank import emv, page, picture, sandbox, statement
from backend.demo.bank.ledger import Movement
from backend.demo.bank.teller import Situation, Teller
from backend.platform.kit.clock import VIETNAM

Amount = Annotated[int, msgspec.Meta(ge=1, le=10**12)]
Asked = Request[Any, Any, Any]
AtWork = NamedDependency[Teller]


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a payer wants: the code, and what they changed of it."""

    payload: Annotated[str, msgspec.Meta(max_length=512)]
    amount: Amount | None = None
    memo: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    situation: Situation = "plain"


class Told(msgspec.Struct, frozen=True):
    """One movement and how far its notices are."""

    movement: Movement
    notices: list[str]


class Paid(msgspec.Struct, frozen=True):
    """The answer to `POST /pay`."""

    transfers: list[Movement]


class Pressed(msgspec.Struct, frozen=True):
    """The answer to a button of the sandbox's page, for scripts."""

    ref: str
    result: str
    return_url: str


class _Act(msgspec.Struct, frozen=True):
    act: Annotated[str, msgspec.Meta(pattern=r"\A[a-z_]{3,20}\Z")] = "pay"


@get("/", sync_to_thread=False)
def counter(teller: AtWork) -> Response[str]:
    """Show the first page."""
    return pages.answer(page.counter(_latest(teller)))


@get("/order", sync_to_thread=False)
def order(teller: AtWork, payload: FromQuery[str]) -> Response[str]:
    """Show what a pasted code asks for."""
    try:
        return pages.answer(page.order(emv.read(payload), payload.strip()))
    except emv.NotVietQrError as error:
        return pages.answer(page.counter(_latest(teller), wrong=str(error)), status=422)


@post("/read-picture", status_code=200, request_max_body_size=picture.LARGEST + 4096)
async def read_picture(
    teller: AtWork,
    data: Annotated[dict[str, UploadFile], Body(media_type=RequestEncodingType.MULTI_PART)],
) -> Response[str]:
    """Read a code from a picture and show what it asks for."""
    try:
        upload = data.get("picture")
        content = await upload.read() if upload is not None else b""
        payload = await asyncio.to_thread(picture.read_code, content)
        return pages.answer(page.order(emv.read(payload), payload))
    except (picture.NoCodeError, emv.NotVietQrError) as error:
        return pages.answer(page.counter(_latest(teller), wrong=str(error)), status=422)


@post("/read", status_code=200)
async def read(request: Asked) -> Response[Any]:
    """Read a code for a script."""
    try:
        wish = msgspec.json.decode(await request.body(), type=Wish)
        return Response(emv.read(wish.payload))
    except (emv.NotVietQrError, msgspec.MsgspecError) as error:
        return Response({"detail": str(error)}, status_code=422)


@post("/pay", status_code=201)
async def pay(teller: AtWork, request: Asked) -> Response[Any]:
    """Carry out a transfer; a script gets its movements, a person the page of them."""
    body = await request.body()
    if _is_form(request):
        return _pay_by_form(teller, dict(parse_qsl(body.decode(), keep_blank_values=True)))
    try:
        movements = _carry_out(teller, msgspec.json.decode(body, type=Wish))
    except ValueError as error:
        return Response({"detail": str(error)}, status_code=422)
    return Response(Paid(transfers=movements), status_code=201)


@get("/moved/{numbers:str}", sync_to_thread=False)
def moved(teller: AtWork, numbers: FromPath[str]) -> Response[str]:
    """Show what was done."""
    found = [
        teller.ledger.movement(int(number)) for number in numbers.split("-") if number.isdecimal()
    ]
    movements = [_told(teller, movement) for movement in found if movement is not None]
    if not movements:
        return pages.answer(page.missing(), status=404)
    return pages.answer(page.moved(movements))


@get("/transfers", sync_to_thread=False)
def transfers(teller: AtWork) -> list[Told]:
    """Tell scripts all movements and how far their notices are."""
    return [Told(*_told(teller, movement)) for movement in teller.ledger.movements(1000)]


@get("/statement", sync_to_thread=False)
def statement_of_day(teller: AtWork, day: FromQuery[date | None] = None) -> Response[bytes]:
    """Give the file of a day; of today where none is named."""
    day = day or teller.clock().astimezone(VIETNAM).date()
    since = datetime.combine(day, time.min, tzinfo=VIETNAM)
    found = teller.ledger.movements_between(
        since.timestamp(), (since + timedelta(days=1)).timestamp()
    )
    headers = {"Content-Disposition": f'attachment; filename="sao-ke-{day}.csv"'}
    return Response(statement.as_csv(found), media_type="text/csv; charset=utf-8", headers=headers)


@post("/sandbox/payments", status_code=200)
async def start(teller: AtWork, request: Asked) -> Response[bytes]:
    """Make a payment of the sandbox known."""
    origin = str(request.base_url).rstrip("/")
    body = await request.body()
    return _reply(await sandbox.start(teller, request.headers, body, origin=origin))


@post("/sandbox/query", status_code=200)
async def query(teller: AtWork, request: Asked) -> Response[bytes]:
    """Say what became of a payment of the sandbox."""
    return _reply(await sandbox.query(teller, request.headers, await request.body()))


@get("/sandbox/pay/{ref:str}", sync_to_thread=False)
def checkout(teller: AtWork, ref: FromPath[str]) -> Response[str]:
    """Show the sandbox's page to the citizen."""
    payment = teller.ledger.payment(ref)
    if payment is None:
        return pages.answer(page.missing(), status=404)
    return pages.answer(page.checkout(payment, now=teller.clock()))


@post("/sandbox/pay/{ref:str}", status_code=200)
async def press(teller: AtWork, ref: FromPath[str], request: Asked) -> Response[Any]:
    """Press one of its buttons."""
    payment = teller.ledger.payment(ref)
    by_form = _is_form(request)
    if payment is None:
        return pages.answer(page.missing(), status=404)
    body = await request.body()
    try:
        given = dict(parse_qsl(body.decode())) if by_form else msgspec.json.decode(body or b"{}")
        act = msgspec.convert(given, _Act).act
    except ValueError as error:
        return Response({"detail": str(error)}, status_code=422)
    claim = teller.press(payment, act)
    url = page.back(payment, claim)
    if by_form:
        return Redirect(url, status_code=303)
    return Response(Pressed(ref=ref, result=claim, return_url=url))


handlers = [
    counter,
    order,
    read_picture,
    read,
    pay,
    moved,
    transfers,
    statement_of_day,
    start,
    query,
    checkout,
    press,
    pages.style,
]


def _told(teller: Teller, movement: Movement) -> tuple[Movement, list[str]]:
    return movement, teller.ledger.words_about(str(movement.id))


def _latest(teller: Teller) -> list[tuple[Movement, list[str]]]:
    return [_told(teller, movement) for movement in teller.ledger.movements(10)]


def _carry_out(teller: Teller, wish: Wish) -> list[Movement]:
    order = emv.read(wish.payload)
    amount = wish.amount if wish.amount is not None else order.amount
    if amount is None:
        raise ValueError("Mã không ghi số tiền: cần ghi số tiền chuyển")
    return teller.transfer(
        bank=order.bank,
        account=order.account,
        amount=amount,
        memo=order.memo if wish.memo is None else wish.memo,
        situation=wish.situation,
    )


def _pay_by_form(teller: Teller, given: dict[str, str]) -> Response[Any]:
    payload = given.get("payload", "")
    try:
        order = emv.read(payload)
    except emv.NotVietQrError as error:
        return pages.answer(page.counter(_latest(teller), wrong=str(error)), status=422)
    try:
        movements = _carry_out(teller, msgspec.convert(given, Wish, strict=False))
    except ValueError:
        wrong = "Số tiền là số nguyên, từ 1 đồng"
        return pages.answer(page.order(order, payload, wrong=wrong), status=422)
    numbers = "-".join(str(movement.id) for movement in movements)
    return Redirect(f"/moved/{numbers}", status_code=303)


def _is_form(request: Asked) -> bool:
    return request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")


def _reply(reply: sandbox.Reply) -> Response[bytes]:
    status, headers, body = reply
    return Response(body, status_code=status, headers=headers, media_type="application/json")
