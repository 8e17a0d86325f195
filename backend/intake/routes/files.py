"""The files of an own dossier over HTTP: whole, or in pieces that go on where they stopped."""

import re
from typing import Any

from litestar import Response, head, patch, put
from litestar.di import NamedDependency, Provide
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, SkipValidation
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_201_CREATED,
    HTTP_204_NO_CONTENT,
)

from backend import attachments
from backend.intake.actions import handing
from backend.intake.actions.handing import Piece, Received
from backend.intake.actions.opening import Citizen
from backend.intake.model import FileKept, NotInManifest
from backend.intake.routes.own import Asked, provide_citizen
from backend.platform import http
from backend.platform.files import FileStore
from backend.platform.kit.clock import Clock
from backend.platform.kit.errors import Malformed, NotFound, Unauthorised
from backend.platform.vault import Vault

_FILE = "/api/v1/dossiers/{dossier_id:uuid}/files/{sha256:str}"
_SHA256 = re.compile(r"[0-9a-f]{64}\Z", re.ASCII)
_OFFSET = re.compile(r"[0-9]{1,12}\Z", re.ASCII)
_COMPLETE = {"?0": False, "?1": True}

_OWN = (Unauthorised, NotFound)
_FILES = http.refusals(
    *_OWN, NotInManifest, attachments.OffsetConflict, attachments.HashMismatch, body=True
)
_CITIZEN: Any = {"citizen": Provide(provide_citizen, sync_to_thread=False)}


@head(
    _FILE,
    dependencies=_CITIZEN,
    status_code=HTTP_204_NO_CONTENT,
    responses={
        HTTP_204_NO_CONTENT: ResponseSpec(None, description="`Upload-Offset` tells the bytes"),
        **http.refusals(*_OWN, NotInManifest),
    },
)
async def offset(
    sha256: FromPath[str], citizen: NamedDependency[Citizen], vault: NamedDependency[Vault]
) -> Response[None]:
    """Tell in `Upload-Offset` how many bytes of a file have come."""
    there = await handing.offset(citizen, _hash(sha256), vault=vault)
    return Response(None, status_code=HTTP_204_NO_CONTENT, headers={"Upload-Offset": str(there)})


@put(
    _FILE,
    dependencies=_CITIZEN,
    responses={
        HTTP_201_CREATED: ResponseSpec(FileKept, description="whole for the first time"),
        **_FILES,
    },
)
async def whole(
    *,
    sha256: FromPath[str],
    request: Asked,
    citizen: NamedDependency[Citizen],
    vault: NamedDependency[Vault],
    files: NamedDependency[SkipValidation[FileStore]],
    clock: NamedDependency[Clock],
) -> Response[FileKept | None]:
    """Take a whole file, streamed."""
    piece = Piece(_hash(sha256), _media_type(request), start=None, complete=True)
    received = await handing.receive(
        citizen, piece, request.stream(), vault=vault, files=files, now=clock()
    )
    return _received(received)


@patch(
    _FILE,
    dependencies=_CITIZEN,
    responses={
        HTTP_201_CREATED: ResponseSpec(FileKept, description="whole for the first time"),
        HTTP_204_NO_CONTENT: ResponseSpec(None, description="kept, more is to come"),
        **_FILES,
    },
)
async def piece(
    *,
    sha256: FromPath[str],
    request: Asked,
    citizen: NamedDependency[Citizen],
    vault: NamedDependency[Vault],
    files: NamedDependency[SkipValidation[FileStore]],
    clock: NamedDependency[Clock],
) -> Response[FileKept | None]:
    """Take the next piece of a file at `Upload-Offset`; `Upload-Complete: ?1` ends it."""
    start = request.headers.get("upload-offset", "")
    complete = _COMPLETE.get(request.headers.get("upload-complete", ""))
    if not _OFFSET.match(start) or complete is None:
        raise Malformed("Upload-Offset: <bytes>, Upload-Complete: ?0 or ?1")
    part = Piece(_hash(sha256), _media_type(request), start=int(start), complete=complete)
    received = await handing.receive(
        citizen, part, request.stream(), vault=vault, files=files, now=clock()
    )
    return _received(received)


def _received(received: Received) -> Response[FileKept | None]:
    if received.kept is None:
        headers = {"Upload-Offset": str(received.offset)}
        return Response(None, status_code=HTTP_204_NO_CONTENT, headers=headers)
    status = HTTP_201_CREATED if received.fresh else HTTP_200_OK
    return Response(received.kept, status_code=status)


def _hash(sha256: str) -> str:
    if not _SHA256.match(sha256):
        raise NotInManifest
    return sha256


def _media_type(request: Asked) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


handlers: list[Any] = [offset, whole, piece]
