"""The receipts of an own dossier's fee: GET /api/v1/dossiers/{id}/fee_receipts with its key."""

from typing import Any

from litestar import get
from litestar.di import NamedDependency, Provide

from backend.intake.actions import handing
from backend.intake.actions.handing import FeePapers
from backend.intake.actions.opening import Citizen
from backend.intake.routes.own import Asked, origin_of, provide_citizen
from backend.platform import http
from backend.platform.kit.clock import Clock
from backend.platform.kit.errors import NotFound, Unauthorised
from backend.platform.links import Links
from backend.platform.settings import Settings
from backend.platform.vault import Vault


@get(
    "/api/v1/dossiers/{dossier_id:uuid}/fee_receipts",
    dependencies={"citizen": Provide(provide_citizen, sync_to_thread=False)},
    responses=http.refusals(Unauthorised, NotFound),
)
async def fee_receipts(
    request: Asked,
    citizen: NamedDependency[Citizen],
    settings: NamedDependency[Settings],
    links: NamedDependency[Links],
    vault: NamedDependency[Vault],
    clock: NamedDependency[Clock],
) -> FeePapers:
    """List the receipts of the fee (biên lai), with links for five minutes to their PDFs."""
    origin = origin_of(request, settings)
    return await handing.fee_papers(citizen, links=links, origin=origin, vault=vault, now=clock())


handlers: list[Any] = [fee_receipts]
