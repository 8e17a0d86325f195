"""HTTP of receipts of fees at the desk: list, cancel, replace."""

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK

from backend.fee_receipts import Clerk, NoReceiptNow, ReceiptDecided, issuer_of
from backend.people import RoleNotAllowed, SignInNeeded
from backend.platform import http
from backend.platform.kit.errors import NotFound
from backend.platform.settings import Settings
from backend.platform.vault import Vault
from backend.workbench.actions import receipts
from backend.workbench.actions.reading import Desk
from backend.workbench.model.money import MoneyAct
from backend.workbench.model.receipts import ReceiptList, Replacement
from backend.workbench.routes.desk import DESK, OFFICER

_ALL = "/api/v1/workbench/dossiers/{code:str}/fee_receipts"
_ONE = f"{_ALL}/{{receipt:uuid}}"
_WHO = (SignInNeeded, RoleNotAllowed, NotFound)


def provide_clerk(settings: NamedDependency[Settings], vault: NamedDependency[Vault]) -> Clerk:
    """Give what writing receipts needs."""
    return Clerk(issuer=issuer_of(settings.receipts), vault=vault)


_ACT: Any = {
    "opt": OFFICER,
    "dependencies": {**DESK, "clerk": Provide(provide_clerk, sync_to_thread=False)},
    "responses": http.refusals(*_WHO, ReceiptDecided, NoReceiptNow, body=True),
    "return_dto": None,
    "status_code": HTTP_200_OK,
}


@get(_ALL, opt=OFFICER, dependencies=DESK, responses=http.refusals(*_WHO))
async def listed(desk: NamedDependency[Desk], code: FromPath[str]) -> ReceiptList:
    """List the receipts of a dossier's fee (biên lai), with links to their PDFs."""
    return await receipts.listed(desk, code)


@post(f"{_ONE}/cancel", dto=http.Strict[MoneyAct], **_ACT)
async def cancel(
    desk: NamedDependency[Desk],
    code: FromPath[str],
    receipt: FromPath[UUID],
    clerk: NamedDependency[Clerk],
    data: JSONBody[MoneyAct],
) -> ReceiptList:
    """Cancel a receipt (hủy biên lai), with a reason; its number stays taken."""
    return await receipts.cancel(desk, code, receipt, data, clerk=clerk)


@post(f"{_ONE}/replace", dto=http.Strict[Replacement], **_ACT)
async def replace(
    desk: NamedDependency[Desk],
    code: FromPath[str],
    receipt: FromPath[UUID],
    clerk: NamedDependency[Clerk],
    data: JSONBody[Replacement],
) -> ReceiptList:
    """Replace a receipt (lập biên lai thay thế), with a reason; the new one has a new number."""
    return await receipts.replace(desk, code, receipt, data, clerk=clerk)


handlers: list[Any] = [listed, cancel, replace]
