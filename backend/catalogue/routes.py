"""The catalogue over HTTP: the list, one definition, its example dossier."""

import re
from typing import Annotated, Any

import msgspec
from litestar import Request, Response, get
from litestar.datastructures.state import State
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, QueryParameter
from litestar.status_codes import HTTP_200_OK, HTTP_304_NOT_MODIFIED

from backend import places
from backend.catalogue.actions import listing, serving
from backend.catalogue.actions.listing import Procedures
from backend.catalogue.actions.serving import NoExample, UnknownProcedure
from backend.catalogue.model.elsewhere import SearchWordsShown
from backend.catalogue.model.english import Language
from backend.platform import http

UnitQuery = Annotated[str | None, QueryParameter(name="unit", max_length=48)]
VersionQuery = Annotated[str | None, QueryParameter(name="version", pattern="^[0-9a-f]{16}$")]
LanguageQuery = Annotated[Language, QueryParameter(name="language")]
SearchQuery = Annotated[str | None, QueryParameter(name="q", max_length=200)]

_JSON = "application/json"
_KEPT = {
    HTTP_200_OK: ResponseSpec(
        dict[str, Any], description="one JSON object", generate_examples=False
    ),
    HTTP_304_NOT_MODIFIED: ResponseSpec(None, description="not changed since that ETag"),
}


@get("/api/v1/procedures", responses=http.refusals(places.UnknownUnit))
async def find(
    unit: UnitQuery = None, q: SearchQuery = None, language: LanguageQuery = "vi"
) -> Procedures:
    """List procedures; `q` finds those that say it, else those that come near it."""
    return listing.found(unit=unit, q=q, language=language)


@get(
    "/api/v1/search-words",
    media_type=_JSON,
    responses={
        HTTP_200_OK: ResponseSpec(
            SearchWordsShown, description="the words for finding", generate_examples=False
        ),
        HTTP_304_NOT_MODIFIED: _KEPT[HTTP_304_NOT_MODIFIED],
        **http.refusals(),
    },
)
async def search_words(
    request: Request[Any, Any, State], language: LanguageQuery = "vi"
) -> Response[bytes]:
    """Give fillers and what other offices do: with them a phone searches its list by itself."""
    body = msgspec.json.encode(listing.search_words(language=language))
    return _answer(request, body, http.etag_of(body), {})


@get(
    "/api/v1/procedures/{code:str}",
    media_type=_JSON,
    responses={**_KEPT, **http.refusals(UnknownProcedure, places.UnknownUnit)},
)
async def definition(
    code: FromPath[str],
    request: Request[Any, Any, State],
    unit: UnitQuery = None,
    version: VersionQuery = None,
    language: LanguageQuery = "vi",
) -> Response[bytes]:
    """Give the definition in force, or the version asked for; kept in memory and compressed."""
    if version is not None:
        await serving.look_up(code, version=version)
    kept = serving.packed(code, unit=unit, version=version, language=language)
    if _takes_brotli(request.headers.get("accept-encoding", "")):
        return _answer(request, kept.brotli, kept.brotli_etag, {"Content-Encoding": "br"})
    return _answer(request, kept.plain, kept.etag, {})


@get(
    "/api/v1/procedures/{code:str}/example",
    media_type=_JSON,
    responses={**_KEPT, **http.refusals(UnknownProcedure, NoExample, places.UnknownUnit)},
)
async def example(
    code: FromPath[str], request: Request[Any, Any, State], unit: UnitQuery = None
) -> Response[bytes]:
    """Give the golden dossier marked example, as a manifest without files."""
    body = msgspec.json.encode(serving.example(code, unit=unit))
    return _answer(request, body, http.etag_of(body), {})


def _answer(
    request: Request[Any, Any, State], body: bytes, etag: str, extra: dict[str, str]
) -> Response[bytes]:
    headers = {"ETag": etag, "Cache-Control": "no-cache", "Vary": "Accept-Encoding"}
    if http.same(request.headers.get("if-none-match"), etag):
        return Response(b"", status_code=304, headers=headers)
    return Response(body, media_type=_JSON, headers={**headers, **extra})


def _takes_brotli(accepted: str) -> bool:
    return any(
        part.partition(";")[0].strip().lower() == "br"
        and not re.search(r";\s*q=0(\.0*)?\s*$", part)
        for part in accepted.split(",")
    )


handlers: list[Any] = [find, search_words, definition, example]
