"""The one list of limits; files themselves come and go through the rooms that know whose they are.

`PUT` and `PATCH …/files/{sha256}` stand in intake, `GET /f/{token}` in tracking, view copies in
the workbench.
"""

from litestar import Response, get

from backend.attachments.model import LIMITS, Limits
from backend.platform import http

_FOR_AN_HOUR = "public, max-age=3600"


@get("/api/v1/limits", operation_id="limits", tags=["citizen"], responses=http.refusals())
async def limits() -> Response[Limits]:
    """Tell what may be sent (giới hạn tệp)."""
    return Response(LIMITS, headers={"Cache-Control": _FOR_AN_HOUR})


handlers = [limits]
