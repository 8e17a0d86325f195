"""An own draft whole over HTTP: /api/v1/dossiers/{id}/draft, for another device with the key."""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency, Provide

from backend.intake.actions import drafting, opening
from backend.intake.actions.drafting import DraftShown
from backend.intake.actions.opening import Citizen
from backend.intake.model import AlreadySubmitted
from backend.intake.routes.own import provide_citizen
from backend.platform import http
from backend.platform.kit.errors import NotFound, Unauthorised
from backend.platform.vault import Vault


@get(
    "/api/v1/dossiers/{dossier_id:uuid}/draft",
    dependencies={"citizen": Provide(provide_citizen, sync_to_thread=False)},
    responses=http.refusals(Unauthorised, NotFound, AlreadySubmitted),
)
async def look_at_draft(
    citizen: NamedDependency[Citizen], vault: NamedDependency[Vault]
) -> Response[DraftShown]:
    """Show an own draft whole, so that another device goes on with it."""
    found = await opening.enter(citizen, vault)
    headers = {"ETag": drafting.etag(found)}
    return Response(await drafting.show(found), headers=headers)


handlers: list[Any] = [look_at_draft]
