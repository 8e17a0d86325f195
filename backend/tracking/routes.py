"""Over HTTP: following by code, proving papers, paying by a pay link, files, the public keys."""

import unicodedata
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get, post
from litestar.datastructures.state import State
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, SkipValidation
from litestar.response import Stream
from litestar.status_codes import HTTP_200_OK, HTTP_201_CREATED

from backend import attachments, notices, payments
from backend.notices import Printer
from backend.platform import http
from backend.platform.files import FileStore
from backend.platform.kit.clock import Clock
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import Randomness
from backend.platform.links import Links
from backend.platform.settings import Settings
from backend.platform.signing import Signer
from backend.platform.vault import Vault
from backend.platform.workshop import Workshop
from backend.tracking import actions
from backend.tracking.actions import Handed, Shelf
from backend.tracking.model import (
    Lent,
    PayToken,
    PayWanted,
    TokenShown,
    Tracked,
    Verified,
    Wanted,
)


@post(
    "/api/v1/track",
    dto=http.Strict[Wanted],
    return_dto=None,
    status_code=HTTP_200_OK,
    responses=http.refusals(NotFound, body=True),
)
async def track(
    data: JSONBody[Wanted],
    request: Request[Any, Any, State],
    settings: NamedDependency[Settings],
    vault: NamedDependency[Vault],
    clock: NamedDependency[Clock],
) -> Tracked:
    """Tell where a dossier stands (tra cứu hồ sơ), for its code and four digits."""
    address = request.client.host if request.client else ""
    reach = notices.reach(notices.channels(settings))
    return await actions.track(
        data.code, data.phone_last4, address=address, reach=reach, vault=vault, now=clock()
    )


@post(
    "/api/v1/verify",
    dto=http.Strict[TokenShown],
    return_dto=None,
    status_code=HTTP_200_OK,
    responses=http.refusals(body=True),
)
async def verify(data: JSONBody[TokenShown], signer: NamedDependency[Signer]) -> Verified:
    """Tell whether a receipt or slip is ours (kiểm tra giấy thật); a forged one is not genuine."""
    return await actions.verify(data.token, signer)


@post(
    "/api/v1/pay-link",
    dto=http.Strict[PayToken],
    return_dto=None,
    status_code=HTTP_200_OK,
    responses=http.refusals(NotFound, body=True),
)
async def lent(
    data: JSONBody[PayToken],
    links: NamedDependency[Links],
    adapters: NamedDependency[payments.Adapters],
    clock: NamedDependency[Clock],
) -> Lent:
    """Show the fee that a pay link lets anybody pay (trả hộ), as it stands now."""
    return await actions.lent(data.token, links=links, adapters=adapters, now=clock())


@post(
    "/api/v1/pay-link/payments",
    dto=http.Strict[PayWanted],
    return_dto=None,
    status_code=HTTP_200_OK,
    responses={
        HTTP_201_CREATED: ResponseSpec(payments.Attempt, description="begun just now"),
        **http.refusals(
            NotFound,
            payments.AlreadyPaid,
            payments.NothingDue,
            payments.ProviderDeciding,
            payments.WayDown,
            body=True,
        ),
    },
)
async def pay_lent(
    *,
    data: JSONBody[PayWanted],
    request: Request[Any, Any, State],
    links: NamedDependency[Links],
    adapters: NamedDependency[payments.Adapters],
    random: NamedDependency[Randomness],
    clock: NamedDependency[Clock],
) -> Response[payments.Attempt]:
    """Begin to pay by a pay link, or give back the live attempt of the same adapter."""
    payer_ip = request.client.host if request.client else ""
    begun = await actions.pay_lent(
        data, links=links, adapters=adapters, random=random, clock=clock, payer_ip=payer_ip
    )
    return Response(begun.attempt, status_code=HTTP_201_CREATED if begun.fresh else HTTP_200_OK)


@get(
    "/f/{token:str}",
    responses={
        HTTP_200_OK: ResponseSpec(
            bytes, description="JPEG, PNG, HEIC or PDF", media_type="*/*", generate_examples=False
        ),
        **http.refusals(
            NotFound, notices.NotYet, attachments.FileUnreadable, attachments.NotJoined
        ),
    },
)
async def hand_out(
    token: FromPath[str],
    settings: NamedDependency[Settings],
    vault: NamedDependency[Vault],
    links: NamedDependency[Links],
    files: NamedDependency[SkipValidation[FileStore]],
    workshop: NamedDependency[Workshop],
    signer: NamedDependency[Signer],
    clock: NamedDependency[Clock],
) -> Response[Any]:
    """Hand out a file by its sealed link; nothing in it may run in a browser."""
    printer = Printer(workshop=workshop, signer=signer, public_url=settings.public_url)
    shelf = Shelf(vault=vault, links=links, files=files, printer=printer)
    handed = await actions.hand_out(token, shelf=shelf, now=clock())
    headers = {**http.FILE_HEADERS, "Content-Disposition": _disposition(handed)}
    if isinstance(handed.body, bytes):
        return Response(handed.body, media_type=handed.media_type, headers=headers)
    return Stream(handed.body, media_type=handed.media_type, headers=headers)


@get("/.well-known/jwks.json", responses=http.refusals(), cache_control=None)
async def public_keys(signer: NamedDependency[Signer]) -> dict[str, list[dict[str, str]]]:
    """Give the public keys that prove receipts and slips, old ones for ever."""
    return signer.jwks()


def _disposition(handed: Handed) -> str:
    """Name an attachment: plain letters for old browsers, the true name beside it."""
    bare = unicodedata.normalize("NFKD", handed.name).encode("ascii", "ignore").decode()
    plain = "".join(one if one.isalnum() or one in "._- " else "_" for one in bare).strip()
    return (
        f"attachment; filename=\"{plain or 'tep'}\"; filename*=UTF-8''{quote(handed.name, safe='')}"
    )


handlers: list[Any] = [track, verify, lent, pay_lent, hand_out, public_keys]
