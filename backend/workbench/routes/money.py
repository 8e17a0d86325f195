"""HTTP of the desk of money: movements, refunds, fees that change, the payout list."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.status_codes import HTTP_200_OK

from backend import dossiers, payments
from backend.payments import Adapters, RefundState
from backend.people import RoleNotAllowed, SignInNeeded
from backend.platform import http
from backend.platform.kit.errors import NotFound, Problem
from backend.platform.kit.ids import Randomness
from backend.workbench.actions import money
from backend.workbench.actions.reading import Desk
from backend.workbench.model import Full
from backend.workbench.model.money import (
    Approval,
    ExemptionAsked,
    MoneyAct,
    MoneyOpened,
    MoneyTo,
    PaidOut,
    RefundList,
    RefundOpened,
    Restatement,
    payout_sheet,
)
from backend.workbench.routes.desk import DESK, OFFICER

_ONE = "/api/v1/workbench/money/{event:uuid}"
_REFUNDS = "/api/v1/workbench/money/refunds"
_REFUND = f"{_REFUNDS}/{{refund:uuid}}"
_DOSSIER = "/api/v1/workbench/dossiers/{code:str}"
_SHEET = "text/csv; charset=utf-8"
_WHO = (SignInNeeded, RoleNotAllowed, NotFound)
_READ: Any = {"opt": OFFICER, "dependencies": DESK, "responses": http.refusals(*_WHO)}


def _act(*more: type[Problem]) -> Any:
    return {
        "opt": OFFICER,
        "dependencies": DESK,
        "responses": http.refusals(*_WHO, *more, body=True),
        "return_dto": None,
        "status_code": HTTP_200_OK,
    }


_DECIDED = _act(
    payments.MoneyDecided,
    payments.MoneyTakenBack,
    payments.MoneyGivenBack,
    payments.NothingDue,
    payments.RefundDecided,
)
_STEP = _act(payments.RefundDecided, payments.SamePerson, payments.TooMuchBack)
_CHANGE = _act(dossiers.Stale, payments.NothingDue)
_EXEMPT = _act(dossiers.Stale, payments.NothingDue, payments.AlreadyPaid)


@get(_ONE, **_READ)
async def one(
    desk: NamedDependency[Desk], event: FromPath[UUID], adapters: NamedDependency[Adapters]
) -> MoneyOpened:
    """Open one movement of money (một khoản tiền), with suggestions and what was decided."""
    return await money.opened(desk, event, adapters=adapters)


@post(f"{_ONE}/match", dto=http.Strict[MoneyTo], **_DECIDED)
async def match(
    desk: NamedDependency[Desk],
    event: FromPath[UUID],
    adapters: NamedDependency[Adapters],
    random: NamedDependency[Randomness],
    data: JSONBody[MoneyTo],
) -> MoneyOpened:
    """Match money to a dossier (khớp tiền)."""
    return await money.match(desk, event, data, adapters=adapters, random=random)


@post(f"{_ONE}/move", dto=http.Strict[MoneyTo], **_DECIDED)
async def move(
    desk: NamedDependency[Desk],
    event: FromPath[UUID],
    adapters: NamedDependency[Adapters],
    random: NamedDependency[Randomness],
    data: JSONBody[MoneyTo],
) -> MoneyOpened:
    """Move money to another dossier (chuyển sang hồ sơ khác)."""
    return await money.move(desk, event, data, adapters=adapters, random=random)


@post(f"{_ONE}/count", dto=http.Strict[MoneyAct], **_DECIDED)
async def count(
    desk: NamedDependency[Desk],
    event: FromPath[UUID],
    adapters: NamedDependency[Adapters],
    random: NamedDependency[Randomness],
    data: JSONBody[MoneyAct],
) -> MoneyOpened:
    """Let what came count by its sum (tính số đã nhận)."""
    return await money.count(desk, event, data, adapters=adapters, random=random)


@post(f"{_ONE}/give_back", dto=http.Strict[MoneyAct], **_DECIDED)
async def give_back(
    desk: NamedDependency[Desk],
    event: FromPath[UUID],
    adapters: NamedDependency[Adapters],
    random: NamedDependency[Randomness],
    data: JSONBody[MoneyAct],
) -> RefundOpened:
    """Ask that money be given back (đề nghị hoàn)."""
    return await money.give_back(desk, event, data, adapters=adapters, random=random)


@post(f"{_ONE}/note", dto=http.Strict[MoneyAct], **_DECIDED)
async def note(
    desk: NamedDependency[Desk],
    event: FromPath[UUID],
    adapters: NamedDependency[Adapters],
    random: NamedDependency[Randomness],
    data: JSONBody[MoneyAct],
) -> MoneyOpened:
    """Take money off the list with a word (đã xem)."""
    return await money.note(desk, event, data, adapters=adapters, random=random)


@get(_REFUNDS, **_READ)
async def refunds(
    desk: NamedDependency[Desk],
    adapters: NamedDependency[Adapters],
    where: Annotated[RefundState | None, QueryParameter(name="state")] = None,
    after: Annotated[str | None, QueryParameter(max_length=120)] = None,
) -> RefundList:
    """List refunds (khoản hoàn), newest first: those that somebody has to do with, or one state."""
    states = (where,) if where else tuple(sorted(payments.OPEN))
    return await money.refunds(desk, states, after, adapters=adapters)


@get(
    f"{_REFUNDS}/payout.csv",
    opt=OFFICER,
    dependencies=DESK,
    media_type=_SHEET,
    responses={
        **http.refusals(*_WHO),
        HTTP_200_OK: ResponseSpec(str, description="the list", media_type=_SHEET),
    },
)
async def payout(
    desk: NamedDependency[Desk], adapters: NamedDependency[Adapters]
) -> Response[bytes]:
    """Give the accountant's list (danh sách chi hoàn) for a spreadsheet."""
    sheet = payout_sheet(await money.payout(desk, adapters=adapters))
    headers = {
        "Content-Disposition": 'attachment; filename="danh-sach-hoan.csv"',
        "Cache-Control": "no-store",
    }
    return Response(sheet, media_type=_SHEET, headers=headers)


@get(_REFUND, **_READ)
async def one_refund(
    desk: NamedDependency[Desk], refund: FromPath[UUID], adapters: NamedDependency[Adapters]
) -> RefundOpened:
    """Read one refund."""
    return await money.read_refund(desk, refund, adapters=adapters)


@post(
    f"{_REFUND}/approve",
    dto=http.Strict[Approval],
    **_act(
        payments.RefundDecided, payments.SamePerson, payments.TooMuchBack, payments.NotByProvider
    ),
)
async def approve(
    desk: NamedDependency[Desk],
    refund: FromPath[UUID],
    adapters: NamedDependency[Adapters],
    random: NamedDependency[Randomness],
    data: JSONBody[Approval],
) -> RefundOpened:
    """Agree to a refund as the second person (duyệt hoàn)."""
    return await money.approve(desk, refund, data, adapters=adapters, random=random)


@post(f"{_REFUND}/reject", dto=http.Strict[MoneyAct], **_STEP)
async def reject(
    desk: NamedDependency[Desk],
    refund: FromPath[UUID],
    adapters: NamedDependency[Adapters],
    random: NamedDependency[Randomness],
    data: JSONBody[MoneyAct],
) -> RefundOpened:
    """Refuse a refund as the second person (không hoàn)."""
    return await money.reject(desk, refund, data, adapters=adapters, random=random)


@post(f"{_REFUND}/pay_out", dto=http.Strict[PaidOut], **_STEP)
async def pay_out(
    desk: NamedDependency[Desk],
    refund: FromPath[UUID],
    adapters: NamedDependency[Adapters],
    random: NamedDependency[Randomness],
    data: JSONBody[PaidOut],
) -> RefundOpened:
    """Note that the accountant paid it out (đã chi), with the number of the proof."""
    return await money.pay_out(desk, refund, data, adapters=adapters, random=random)


@post(f"{_REFUND}/confirm", dto=http.Strict[MoneyAct], **_STEP)
async def confirm(
    desk: NamedDependency[Desk],
    refund: FromPath[UUID],
    adapters: NamedDependency[Adapters],
    random: NamedDependency[Randomness],
    data: JSONBody[MoneyAct],
) -> RefundOpened:
    """Confirm a payout as another person (xác nhận đã chi)."""
    return await money.confirm(desk, refund, data, adapters=adapters, random=random)


@post(f"{_REFUND}/send_back", dto=http.Strict[MoneyAct], **_STEP)
async def send_back(
    desk: NamedDependency[Desk],
    refund: FromPath[UUID],
    adapters: NamedDependency[Adapters],
    random: NamedDependency[Randomness],
    data: JSONBody[MoneyAct],
) -> RefundOpened:
    """Send a payout back whose proof is not right (trả lại chứng từ)."""
    return await money.send_back(desk, refund, data, adapters=adapters, random=random)


@post(f"{_DOSSIER}/restate", dto=http.Strict[Restatement], **_CHANGE)
async def restate(
    desk: NamedDependency[Desk], code: FromPath[str], data: JSONBody[Restatement]
) -> Full:
    """Give a paid fee other lines (đổi số lượng): the difference is collected or given back."""
    return await money.restate(desk, code, data)


@post(f"{_DOSSIER}/exemption", dto=http.Strict[ExemptionAsked], **_EXEMPT)
async def exemption(
    desk: NamedDependency[Desk], code: FromPath[str], data: JSONBody[ExemptionAsked]
) -> Full:
    """Take a step of an exemption (miễn phí): asked for, granted, refused, also after payment."""
    return await money.exempt(desk, code, data)


handlers: list[Any] = [
    one,
    match,
    move,
    count,
    give_back,
    note,
    refunds,
    payout,
    one_refund,
    approve,
    reject,
    pay_out,
    confirm,
    send_back,
    restate,
    exemption,
]
