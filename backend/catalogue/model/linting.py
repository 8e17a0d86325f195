"""Judges one procedure file: names that must exist, values that must fit, rules that must agree."""

from collections.abc import Iterator

from backend.catalogue.model import english
from backend.catalogue.model.definition import Definition
from backend.catalogue.model.judging import Judge
from backend.catalogue.model.notes import finding
from backend.catalogue.model.settling import Settler
from backend.platform.yamlfiles import Finding, Node


def lint(definition: Definition, root: Node, *, judged: bool) -> tuple[Definition, list[Finding]]:
    """Settle and judge a typed definition; places come from the node it was read from."""
    settler = Settler(root)
    settled = settler.settle(definition)
    if not judged:
        return settled, sorted(settler.findings)
    judge = Judge(root, settler.asked)
    judge.judge(settled)
    return settled, sorted([*settler.findings, *judge.findings])


def warn(definition: Definition, root: Node) -> Iterator[Finding]:
    """List the texts that have no English beside them; they are shown in Vietnamese."""
    for path in english.missing(definition):
        message = f'warning: no English beside it, add the key "{path[-1]}{english.BESIDE}"'
        yield finding(root, path, message)
