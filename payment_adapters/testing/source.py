"""How an adapter's own code is made, and that every published code has a meaning."""
# ruff: noqa: S101, D102, PLR2004
# A kit of tests: it asserts, its names are sentences, its figures are the cases themselves.

import ast
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TypeVar

import pytest

from payment_adapters.contract import AdapterError
from payment_adapters.testing.harness import Harness, Told, Where, sample_attempt, sample_refund
from payment_adapters.testing.world import (
    Part,
    parse,
    query,
    query_refund,
    refund,
    start,
)

_IMPORT = """
import sys, time, json, hmac, hashlib, re, urllib.parse, msgspec
import payment_adapters.strict
began = time.process_time()
__import__(sys.argv[1])
took = (time.process_time() - began) * 1000
print(took, "|", [name for name in ("backend", "litestar", "piccolo") if name in sys.modules])
"""
NETWORK = {
    *("aiohttp", "ftplib", "http.client", "httpx", "requests", "smtplib", "socket", "sqlite3"),
    *("ssl", "subprocess", "urllib.request", "urllib3", "websockets"),
}
_PROOF = re.compile(r"signature|(?:^|_)h?mac(?:$|_)|digest|secure_?hash|secret", re.IGNORECASE)
Node = TypeVar("Node", bound=ast.AST)
PLACES: tuple[Where, ...] = ("notice", "start", "query", "refund", "query_refund")


class Codes(Part):
    """Every code of the published tables is classified; one that is not, is no verdict."""

    @pytest.mark.parametrize("where", PLACES)
    def test_every_published_code_is_classified(self, where: Where) -> None:
        harness = self.harness()
        table = harness.codes.get(where, {})

        found = {code: _class(harness, where, harness.told(code=code)) for code in table}

        assert found == dict(table)

    @pytest.mark.parametrize("where", PLACES)
    def test_a_code_that_is_not_published_is_no_verdict(self, where: Where) -> None:
        harness = self.harness()
        table = harness.codes.get(where, {})
        if not table:
            return

        seen = _class(harness, where, harness.told(code=harness.unknown_code))

        assert harness.unknown_code not in table
        assert seen in {"pending", "review", "unsure", "malformed"}


class Source(Part):
    """The code of the adapter itself: its folder is read, not only run."""

    def test_it_loads_fast_and_without_the_core(self) -> None:
        module = inspect.getmodule(self.harness().create().__class__)
        assert module is not None

        found = subprocess.run(  # noqa: S603 - our own interpreter, our own words
            [sys.executable, "-c", _IMPORT, module.__name__],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        )

        milliseconds, foreign = found.stdout.split("|")
        assert float(milliseconds) < 50
        assert foreign.strip() == "[]"

    def test_it_keeps_no_state(self) -> None:
        adapter = self.harness().create()

        kept = [ast.unparse(node) for node in self.nodes(ast.Global)]
        kept += [
            ast.unparse(node)
            for name, node in self.methods(type(adapter).__name__)
            if name != "__init__" and _writes_to_self(node)
        ]

        assert not getattr(adapter, "__dict__", {})
        assert kept == []

    def test_it_uses_no_clock_and_no_randomness_of_its_own(self) -> None:
        called = {node.attr for node in self.nodes(ast.Attribute)}

        assert called & {"now", "utcnow", "today", "urandom", "uuid4", "uuid1"} == set()
        assert self.imports() & {"random", "secrets", "time", "uuid"} == set()

    def test_it_calls_nobody_but_through_the_context(self) -> None:
        assert self.imports() & NETWORK == set()

    def test_it_writes_no_log_and_no_file(self) -> None:
        called = {node.func.id for node in self.calls() if isinstance(node.func, ast.Name)}

        assert called & {"print", "open", "eval", "exec"} == set()
        assert "logging" not in self.imports()

    def test_it_counts_money_without_floats_and_rounding(self) -> None:
        for path, tree in self.trees():
            text = path.read_text("utf-8")
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in {"float", "round"}:
                    line = text.splitlines()[node.lineno - 1]
                    assert "not money" in line, f"{path.name}:{node.lineno}"

    def test_signatures_are_compared_in_constant_time(self) -> None:
        plain = [
            ast.unparse(node)
            for node in self.nodes(ast.Compare)
            if any(isinstance(sign, ast.Eq | ast.NotEq) for sign in node.ops)
            and any(_is_proof(side) for side in (node.left, *node.comparators))
        ]
        text = "".join(path.read_text("utf-8") for path, _ in self.trees())

        assert plain == []
        if self.harness().create().spec.capabilities.notices:
            assert re.search(r"compare_digest|check_h(mac|ex)", text)

    # -- reading the folder ----------------------------------------------------------------------

    def trees(self) -> list[tuple[Path, ast.Module]]:
        folder = Path(inspect.getfile(self.harness().create().__class__)).parent
        paths = sorted(path for path in folder.glob("*.py") if not path.name.startswith("test_"))
        return [(path, ast.parse(path.read_text("utf-8"))) for path in paths]

    def nodes(self, kind: type[Node]) -> list[Node]:
        return [n for _, tree in self.trees() for n in ast.walk(tree) if isinstance(n, kind)]

    def calls(self) -> list[ast.Call]:
        return self.nodes(ast.Call)

    def imports(self) -> set[str]:
        plain = {alias.name for node in self.nodes(ast.Import) for alias in node.names}
        return plain | {node.module or "" for node in self.nodes(ast.ImportFrom)}

    def methods(self, name: str) -> list[tuple[str, ast.AST]]:
        return [
            (method.name, method)
            for made in self.nodes(ast.ClassDef)
            if made.name == name
            for method in made.body
            if isinstance(method, ast.FunctionDef | ast.AsyncFunctionDef)
        ]


def _writes_to_self(method: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and ast.unparse(node.value) in {"self", "type(self)", "self.__class__"}
        for node in ast.walk(method)
    )


def _is_proof(side: ast.expr) -> bool:
    """Tell whether a side of a comparison is a signature, by the names in it."""
    names = [node.id for node in ast.walk(side) if isinstance(node, ast.Name)]
    names += [node.attr for node in ast.walk(side) if isinstance(node, ast.Attribute)]
    return any(_PROOF.search(name) for name in names)


def _class(harness: Harness, where: Where, told: Told) -> str:
    """Tell what the adapter makes of a code: a status, or the name of its error."""
    try:
        if where == "notice":
            return parse(harness, harness.notice(told)).observations[0].status
        if where == "query":
            return query(harness, told)[0].status
        if where == "refund":
            return refund(harness, sample_refund(), told).status
        if where == "query_refund":
            return query_refund(harness, told).status
        start(harness, sample_attempt(), told=told)
    except AdapterError as raised:
        return type(raised).__name__.lower()
    return "started"
