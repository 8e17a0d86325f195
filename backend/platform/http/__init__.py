"""HTTP as every room speaks it: problem documents, the gate, strict bodies, assets, headers.

from backend.platform import http

@put("/api/v1/dossiers/{id:uuid}", dto=http.Strict[Draft], responses=http.refusals(NotFound))
async def keep(data: Draft) -> Kept: ...
"""

from backend.platform.http.assets import Assets
from backend.platform.http.etags import etag_of, same, stale
from backend.platform.http.gate import BODY_RULES, BodyRule, Gate
from backend.platform.http.headers import FILE_HEADERS, FILE_POLICY, PAGE_POLICY
from backend.platform.http.problems import (
    MethodNotAllowed,
    Misdirected,
    ProblemDocument,
    exception_handlers,
    refusals,
)
from backend.platform.http.strict import Strict, decode, fault_of

__all__ = [
    "BODY_RULES",
    "FILE_HEADERS",
    "FILE_POLICY",
    "PAGE_POLICY",
    "Assets",
    "BodyRule",
    "Gate",
    "MethodNotAllowed",
    "Misdirected",
    "ProblemDocument",
    "Strict",
    "decode",
    "etag_of",
    "exception_handlers",
    "fault_of",
    "refusals",
    "same",
    "stale",
]
