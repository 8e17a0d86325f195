"""Problem documents (RFC 9457): every refusal is written in one form, whoever raised it."""

import errno

import msgspec
from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec
from litestar.routes import HTTPRoute
from litestar.types import ExceptionHandlersMap
from msgspec import UNSET, Struct, UnsetType

from backend.platform.kit import logs
from backend.platform.kit.errors import (
    Broken,
    Fault,
    Forbidden,
    Full,
    Malformed,
    NotFound,
    Problem,
    TooLarge,
    TooMany,
    Unauthorised,
    Unavailable,
    Unprocessable,
    WrongType,
)

MEDIA_TYPE = "application/problem+json"

_logger = logs.get("http")
_encoder = msgspec.json.Encoder()
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class MethodNotAllowed(Problem):
    """The address is right, the verb is not; `Allow` names the right ones."""

    status = 405
    slug = "method-not-allowed"
    title = "Địa chỉ này không nhận cách gọi đó. Mở lại trang chính rồi thử lại."


class Misdirected(Problem):
    """The request was meant for another host."""

    status = 421
    slug = "wrong-host"
    title = "Sai địa chỉ trang. Mở lại trang bằng mã QR hoặc địa chỉ in trên tờ dán."


class ProblemDocument(Struct, kw_only=True):
    """What a refusal looks like (thông báo lỗi): `application/problem+json`."""

    type: str
    title: str
    status: int
    detail: str
    trace_id: str
    errors: list[Fault] | UnsetType = UNSET


_BY_STATUS: dict[int, type[Problem]] = {
    kind.status: kind
    for kind in (
        Malformed,
        Unauthorised,
        Forbidden,
        NotFound,
        MethodNotAllowed,
        TooLarge,
        WrongType,
        Unprocessable,
        TooMany,
        Unavailable,
    )
}


def refusals(*kinds: type[Problem], body: bool = False) -> dict[int, ResponseSpec]:
    """Declare a handler's refusals for OpenAPI: `@get("/x", responses=refusals(NotFound))`.

    What every address may answer is added: 400, 403 and 421 of the gate, 405, 429, 503; with
    `body` also 413, 415, 422 and 507. Kinds of one status share a row that names their slugs.
    """
    usual: list[type[Problem]] = [Malformed, MethodNotAllowed, Misdirected, TooMany, Broken]
    if body:
        usual += [Forbidden, TooLarge, WrongType, Unprocessable, Full]
    slugs: dict[int, list[str]] = {}
    for kind in (*kinds, *usual):
        known = slugs.setdefault(kind.status, [])
        if kind.slug not in known:
            known.append(kind.slug)
    return {
        status: ResponseSpec(
            data_container=ProblemDocument,
            description=", ".join(names),
            media_type=MEDIA_TYPE,
            generate_examples=False,
        )
        for status, names in sorted(slugs.items())
    }


def as_problem(fault: Exception) -> Problem:
    """Turn any exception into the problem that the caller sees; unknown ones become Broken 503."""
    if isinstance(fault, Problem):
        return fault
    if isinstance(fault, ValidationException):
        return _of_parameters(fault)
    if isinstance(fault, HTTPException) and fault.status_code in _BY_STATUS:
        return _BY_STATUS[fault.status_code]()
    if isinstance(fault, OSError) and fault.errno in _NO_ROOM:
        return Full()
    return Broken()


def document(problem: Problem) -> bytes:
    """Write a problem as JSON."""
    body: dict[str, object] = {
        "type": problem.slug,
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "trace_id": logs.trace_id.get(),
    }
    if problem.errors:
        body["errors"] = problem.errors
    return _encoder.encode({**problem.extra, **body})


def report(fault: Exception, problem: Problem) -> None:
    """Log what is ours: the full places of an unknown fault, the slug of any other 5xx."""
    if problem.status < Unavailable.status:
        return
    known = isinstance(fault, Problem)
    _logger.error(
        "refused" if known else "fault",
        extra={"reason": problem.slug, "status": problem.status},
        exc_info=None if known else (type(fault), fault, fault.__traceback__),
    )


def answer(request: Request[object, object, State], fault: Exception) -> Response[bytes]:
    """Answer an exception inside Litestar; the handler for all of them."""
    problem = as_problem(fault)
    if isinstance(problem, MethodNotAllowed):
        problem.headers["Allow"] = ", ".join(_verbs_of(request))
    report(fault, problem)
    return Response(
        document(problem),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=problem.headers,
    )


exception_handlers: ExceptionHandlersMap = {
    Exception: answer,
    HTTPException: answer,
}
"""For `Litestar(exception_handlers=…)`."""


def _verbs_of(request: Request[object, object, State]) -> list[str]:
    """List the verbs of an address, which RFC 9110 wants told and Litestar does not tell."""
    asked = request.scope["path"].strip("/").split("/")
    verbs: set[str] = set()
    for route in request.app.routes:
        steps = route.path_components
        if isinstance(route, HTTPRoute) and len(steps) == len(asked):
            pairs = zip(steps, asked, strict=True)
            if all(not isinstance(step, str) or step == word for step, word in pairs):
                verbs |= set(route.methods)
    return sorted(verbs)


def _of_parameters(fault: ValidationException) -> Problem:
    """Name the parameters that Litestar could not read; a missing body is one of them."""
    found = fault.extra if isinstance(fault.extra, list) else []
    rows = [row for row in found if isinstance(row, dict)]
    return Malformed(
        errors=[
            Fault(
                pointer=f"/{getattr(row.get('source'), 'value', 'body')}/{row.get('key', '')}",
                code="unreadable",
                message_vi="Thiếu hoặc không đọc được giá trị này.",
                message_en="This value is missing or cannot be read.",
            )
            for row in rows
        ]
    )
