"""An own dossier over HTTP: /api/v1/dossiers/{id} with the bearer key."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, delete, get, post, put
from litestar.datastructures.state import State
from litestar.di import NamedDependency, Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, SkipValidation
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_201_CREATED,
    HTTP_204_NO_CONTENT,
)
from msgspec import Struct

from backend import catalogue, dossiers, notices, payments, people
from backend.dossiers import Answer, Opened
from backend.intake.actions import (
    claiming,
    drafting,
    handing,
    opening,
    paying,
    submitting,
    supplementing,
)
from backend.intake.actions.opening import Citizen, Counter, Shown
from backend.intake.actions.submitting import Submitted
from backend.intake.model import (
    AlreadySubmitted,
    ByPortalAlone,
    FilesMissing,
    FilesUnreadable,
    LinkMade,
    LinkWanted,
    Manifest,
    NotInManifest,
    PapersMissing,
    PaymentWanted,
    StaleDraft,
    Withdrawal,
)
from backend.intake.model.claims import ExemptionClaimed, ExemptionRefused, NothingToClaim
from backend.platform import http
from backend.platform.files import FileStore
from backend.platform.kit.clock import Clock
from backend.platform.kit.errors import NotFound, Unauthorised
from backend.platform.kit.ids import Randomness
from backend.platform.links import Links
from backend.platform.settings import Settings, is_loopback_host
from backend.platform.signing import Signer
from backend.platform.vault import Vault

Asked = Request[Any, Any, State]

_ONE = "/api/v1/dossiers/{dossier_id:uuid}"
_ASKED = f"{_ONE}/supplement/{{supplement_id:uuid}}"
_HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})

_OWN = (Unauthorised, NotFound)
_IN_FORCE = (catalogue.VersionNotBegun, catalogue.VersionClosed)
_PAPERS = (PapersMissing, FilesMissing, FilesUnreadable)


class Nothing(Struct, forbid_unknown_fields=True):
    """An empty body, or `{}`."""


def provide_citizen(request: Asked, dossier_id: FromPath[UUID]) -> Citizen:
    """Tell who asks: the dossier of the address and the key of the header; Unauthorised."""
    return Citizen(dossier_id, opening.key_hash(request.headers.get("authorization")))


def provide_counter(
    vault: NamedDependency[Vault],
    signer: NamedDependency[Signer],
    random: NamedDependency[Randomness],
    adapters: NamedDependency[payments.Adapters],
    files: NamedDependency[SkipValidation[FileStore]],
) -> Counter:
    """Put together what the citizen's desk works with."""
    return Counter(vault=vault, signer=signer, random=random, adapters=adapters, files=files)


_CITIZEN: Any = {"citizen": Provide(provide_citizen, sync_to_thread=False)}
_COUNTER: Any = {**_CITIZEN, "counter": Provide(provide_counter, sync_to_thread=False)}


# -- manifest --------------------------------------------------------------------------------------


@put(
    _ONE,
    dependencies=_COUNTER,
    dto=http.Strict[Manifest],
    return_dto=None,
    responses={
        HTTP_201_CREATED: ResponseSpec(Shown, description="kept for the first time"),
        **http.refusals(*_OWN, StaleDraft, AlreadySubmitted, catalogue.VersionNotBegun, body=True),
    },
)
async def keep(
    *,
    data: JSONBody[Manifest],
    request: Asked,
    citizen: NamedDependency[Citizen],
    settings: NamedDependency[Settings],
    counter: NamedDependency[Counter],
    clock: NamedDependency[Clock],
) -> Response[Shown]:
    """Keep the manifest (lưu bản kê); before submission it replaces the one before."""
    now = clock()
    kept = await drafting.keep(
        citizen,
        data,
        if_match=request.headers.get("if-match"),
        address=_counted_address(request, settings),
        desks=await people.desks_of(request, now=now),
        examples=not settings.production,
        vault=counter.vault,
        files=counter.files,
        now=now,
    )
    status = HTTP_201_CREATED if kept.fresh else HTTP_200_OK
    return await _shown(kept.opened, counter, status=status)


@get(_ONE, dependencies=_COUNTER, responses=http.refusals(*_OWN))
async def look(
    citizen: NamedDependency[Citizen], counter: NamedDependency[Counter]
) -> Response[Shown]:
    """Show an own dossier: state, timeline, files, fee, what is to be completed."""
    return await _shown(await opening.enter(citizen, counter.vault), counter)


# -- submission, supplement, withdrawal ------------------------------------------------------------


@post(
    f"{_ONE}/submit",
    dependencies=_COUNTER,
    status_code=HTTP_200_OK,
    responses=http.refusals(*_OWN, *_IN_FORCE, ByPortalAlone, *_PAPERS, StaleDraft, body=True),
)
async def submit(
    request: Asked,
    citizen: NamedDependency[Citizen],
    counter: NamedDependency[Counter],
    clock: NamedDependency[Clock],
) -> Submitted:
    """Hand in the dossier (nộp hồ sơ); repeats get the same signed receipt."""
    await _refuse_content(request)
    if_match = request.headers.get("if-match")
    return await submitting.submit(citizen, if_match=if_match, counter=counter, now=clock())


@put(
    _ASKED,
    dependencies=_COUNTER,
    dto=http.Strict[Answer],
    return_dto=None,
    responses=http.refusals(
        *_OWN, dossiers.NotAsked, dossiers.NotAllowedNow, AlreadySubmitted, body=True
    ),
)
async def keep_answer(
    data: JSONBody[Answer],
    supplement_id: FromPath[UUID],
    citizen: NamedDependency[Citizen],
    counter: NamedDependency[Counter],
    clock: NamedDependency[Clock],
) -> Response[Shown]:
    """Keep the answer to a supplement request: flagged items only."""
    now = clock()
    kept = await supplementing.keep_answer(citizen, supplement_id, data, counter=counter, now=now)
    return await _shown(kept, counter)


@post(
    f"{_ASKED}/submit",
    dependencies=_COUNTER,
    status_code=HTTP_200_OK,
    responses=http.refusals(*_OWN, *_PAPERS, dossiers.NotAllowedNow, dossiers.TooLate, body=True),
)
async def hand_in_answer(
    request: Asked,
    supplement_id: FromPath[UUID],
    citizen: NamedDependency[Citizen],
    counter: NamedDependency[Counter],
    clock: NamedDependency[Clock],
) -> Submitted:
    """Hand in the answer (nộp phần bổ sung); repeats get the same new receipt."""
    await _refuse_content(request)
    return await supplementing.hand_in(
        citizen, supplement_id, vault=counter.vault, signer=counter.signer, now=clock()
    )


@post(
    f"{_ONE}/withdraw",
    dependencies=_COUNTER,
    dto=http.Strict[Withdrawal],
    return_dto=None,
    status_code=HTTP_200_OK,
    responses=http.refusals(*_OWN, dossiers.NotAllowedNow, dossiers.Stale, body=True),
)
async def withdraw(
    data: JSONBody[Withdrawal],
    citizen: NamedDependency[Citizen],
    counter: NamedDependency[Counter],
    clock: NamedDependency[Clock],
) -> Response[Shown]:
    """Withdraw the dossier (rút hồ sơ), with a reason."""
    reason = data.checked()
    found = await handing.withdraw(citizen, reason, vault=counter.vault, now=clock())
    return await _shown(found, counter)


# -- links, payments -------------------------------------------------------------------------------


@post(
    f"{_ONE}/links",
    dependencies=_CITIZEN,
    dto=http.Strict[LinkWanted],
    return_dto=None,
    status_code=HTTP_200_OK,
    responses=http.refusals(*_OWN, NotInManifest, notices.NotYet, body=True),
)
async def link(
    *,
    data: JSONBody[LinkWanted],
    request: Asked,
    citizen: NamedDependency[Citizen],
    settings: NamedDependency[Settings],
    links: NamedDependency[Links],
    vault: NamedDependency[Vault],
    clock: NamedDependency[Clock],
) -> LinkMade:
    """Make a link for five minutes to the receipt, the slip or a file."""
    origin = origin_of(request, settings)
    return await handing.link(
        citizen, data.what, links=links, origin=origin, vault=vault, now=clock()
    )


@post(
    f"{_ONE}/payments",
    dependencies=_COUNTER,
    dto=http.Strict[PaymentWanted],
    return_dto=None,
    status_code=HTTP_200_OK,
    responses={
        HTTP_201_CREATED: ResponseSpec(payments.Attempt, description="begun just now"),
        **http.refusals(
            *_OWN,
            payments.AlreadyPaid,
            payments.NothingDue,
            payments.ProviderDeciding,
            payments.WayDown,
            body=True,
        ),
    },
)
async def pay(
    data: JSONBody[PaymentWanted],
    citizen: NamedDependency[Citizen],
    counter: NamedDependency[Counter],
    clock: NamedDependency[Clock],
    request: Asked,
) -> Response[payments.Attempt]:
    """Begin to pay (trả phí), or give back the live attempt of the same adapter."""
    payer_ip = request.client.host if request.client else ""
    begun = await paying.start(
        citizen, data.adapter, counter=counter, clock=clock, payer_ip=payer_ip
    )
    status = HTTP_201_CREATED if begun.fresh else HTTP_200_OK
    return Response(begun.attempt, status_code=status)


@post(
    f"{_ONE}/pay-link",
    dependencies=_CITIZEN,
    status_code=HTTP_200_OK,
    responses=http.refusals(*_OWN, payments.AlreadyPaid, payments.NothingDue, body=True),
)
async def lend(
    *,
    request: Asked,
    citizen: NamedDependency[Citizen],
    settings: NamedDependency[Settings],
    links: NamedDependency[Links],
    vault: NamedDependency[Vault],
    clock: NamedDependency[Clock],
) -> LinkMade:
    """Make a link by which a relative pays this fee (nhờ người thân trả hộ), and nothing else."""
    await _refuse_content(request)
    origin = origin_of(request, settings)
    return await paying.lend(citizen, links=links, origin=origin, vault=vault, now=clock())


@delete(
    f"{_ONE}/pay-link",
    dependencies=_CITIZEN,
    status_code=HTTP_204_NO_CONTENT,
    responses=http.refusals(*_OWN),
)
async def end_lending(
    citizen: NamedDependency[Citizen],
    vault: NamedDependency[Vault],
    clock: NamedDependency[Clock],
) -> None:
    """End every such link (hủy đường dẫn trả hộ)."""
    await paying.end_lending(citizen, vault=vault, now=clock())


@post(
    f"{_ONE}/exemption",
    dependencies=_COUNTER,
    dto=http.Strict[ExemptionClaimed],
    return_dto=None,
    status_code=HTTP_200_OK,
    responses=http.refusals(*_OWN, NothingToClaim, ExemptionRefused, dossiers.Stale, body=True),
)
async def claim(
    data: JSONBody[ExemptionClaimed],
    citizen: NamedDependency[Citizen],
    counter: NamedDependency[Counter],
    clock: NamedDependency[Clock],
) -> Response[Shown]:
    """Claim that nobody pays (đề nghị miễn phí); an officer looks at it. Repeats change nothing."""
    found = await claiming.claim(citizen, data, vault=counter.vault, now=clock())
    return await _shown(found, counter)


async def _shown(found: Opened, counter: Counter, *, status: int = 200) -> Response[Shown]:
    headers = {"ETag": drafting.etag(found)}
    return Response(await opening.show(found, counter), status_code=status, headers=headers)


async def _refuse_content(request: Asked) -> None:
    if body := await request.body():
        http.decode(body, Nothing)


def _counted_address(request: Asked, settings: Settings) -> str | None:
    """Give the address that new drafts count for; none for trying it out on this machine."""
    address = request.client.host if request.client else ""
    return None if not settings.production and is_loopback_host(address) else address


def origin_of(request: Asked, settings: Settings) -> str:
    """Give where the citizen came in: the public address, or this machine when tried here."""
    host = request.headers.get("host", "").lower()
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    return f"{request.scope['scheme']}://{host}" if name in _HERE else settings.public_url


handlers: list[Any] = [
    *(keep, look),
    *(submit, keep_answer, hand_in_answer, withdraw),
    *(link, pay, lend, end_lending, claim),
]
