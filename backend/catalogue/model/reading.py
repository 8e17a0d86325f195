"""Reads the text of a procedure file, with its shared blocks, into a definition and its version.

A list item `use: <name>` is replaced by the items of `_shared/<name>.yaml`. The version is a hash
over the file and the blocks it uses, so that a dossier can be judged for ever by what it saw.
"""

import hashlib
from collections.abc import Mapping as Table
from functools import lru_cache

import msgspec

from backend.catalogue.model.definition import Definition
from backend.catalogue.model.linting import lint, warn
from backend.platform import yamlfiles
from backend.platform.yamlfiles import Finding, Mapping, Node, Place, Scalar, Sequence

SHARED = "_shared"
VERSION_LENGTH = 16


class Source(msgspec.Struct, frozen=True):
    """The texts behind one version: the file itself and the shared blocks it uses, by path."""

    path: str
    text: str
    blocks: dict[str, str]

    @property
    def version(self) -> str:
        """Name this content: the first 16 hex digits of its SHA-256; paths do not count."""
        digest = hashlib.sha256(self.text.encode())
        for name, text in sorted(self.blocks.items()):
            digest.update(f"\0{name}\0{text}".encode())
        return digest.hexdigest()[:VERSION_LENGTH]


class Reading(msgspec.Struct, frozen=True):
    """What came of a file: the definition, or None and why; the best guess at its code."""

    source: Source
    definition: Definition | None
    findings: tuple[Finding, ...]
    code: str
    name: str
    warnings: tuple[Finding, ...] = ()


def read(path: str, text: str, blocks: Table[str, str], *, judged: bool = True) -> Reading:
    """Read one file; `blocks` are the texts of `_shared`, by name without `.yaml`.

    A version that was served once is read again with `judged=False`: rules that the linter has
    learnt since do not take it away from the dossiers pinned to it.
    """
    return _read(path, text, tuple(sorted(blocks.items())), judged=judged)


@lru_cache(maxsize=64)
def _read(path: str, text: str, blocks: tuple[tuple[str, str], ...], *, judged: bool) -> Reading:
    """Read a text once: a folder is read again whenever one of its files has changed."""
    splicer = _Splicer(path, dict(blocks))
    raw, findings = yamlfiles.read(text, file=path)
    if raw is None:
        return Reading(Source(path, text, {}), None, tuple(findings), "", "")
    node = splicer.splice(raw)
    source = Source(path, text, splicer.used)
    definition, typed = yamlfiles.convert(node, Definition)
    problems = [*findings, *splicer.findings, *typed]
    if definition is not None and not problems:
        definition, problems = lint(definition, node, judged=judged)
    return Reading(
        source,
        None if problems else definition,
        tuple(sorted(problems)),
        _text_of(node, "code"),
        _text_of(node, "name"),
        tuple(warn(definition, node)) if judged and definition and not problems else (),
    )


class _Splicer:
    """Puts shared blocks where `use` names them."""

    def __init__(self, file: str, blocks: Table[str, str]) -> None:
        self.findings: list[Finding] = []
        self.used: dict[str, str] = {}
        self._blocks = blocks
        self._folder = file.rsplit("/", 2)[0] if file.count("/") > 1 else ""

    def splice(self, node: Node) -> Node:
        """Copy a node with the blocks put in; a block itself uses no other block."""
        if isinstance(node, Mapping):
            entries = {
                key: (place, self.splice(value)) for key, (place, value) in node.entries.items()
            }
            return Mapping(entries, node.place)
        if isinstance(node, Sequence):
            items: list[Node] = []
            for item in node.items:
                used = _use(item)
                items.extend(self._block(used) if used else [self.splice(item)])
            return Sequence(tuple(items), node.place)
        return node

    def _block(self, used: Scalar) -> tuple[Node, ...]:
        text = self._blocks.get(used.text)
        if text is None:
            self._refuse(used.place, f'no shared block "{used.text}".', list(self._blocks))
            return ()
        self.used[used.text] = text
        file = "/".join(part for part in (self._folder, SHARED, f"{used.text}.yaml") if part)
        node, findings = yamlfiles.read(text, file=file)
        self.findings.extend(findings)
        if isinstance(node, Sequence):
            return node.items
        if node is not None:
            self.findings.append(node.place.finding("", "a shared block is a list"))
        return ()

    def _refuse(self, place: Place, message: str, known: list[str]) -> None:
        wrong = message.split('"')[1]
        self.findings.append(place.finding("use", f"{message}{yamlfiles.suggestion(wrong, known)}"))


def _use(item: Node) -> Scalar | None:
    if isinstance(item, Mapping) and list(item.entries) == ["use"]:
        block = item.get("use")
        return block if isinstance(block, Scalar) else None
    return None


def _text_of(node: Node, key: str) -> str:
    value = node.get(key) if isinstance(node, Mapping) else None
    return value.text if isinstance(value, Scalar) else ""
