"""Read the fault switch of a pretend system: which call goes wrong, how, and how often.

The file is TOML (`.toml`) or JSON and is read again whenever it changes, so that a tester turns a
fault on and off while everything runs:

    seed = 7                       # optional: the shares are then the same in every run
    [[fault]]
    kind = "lose"                  # the kinds are named by the pretend system
    service = "DongBoHoSoMC"       # "*" (default) means every service
    next = 2                       # the next two calls …
    [[fault]]
    kind = "slow"
    share = 0.1                    # … or one call in ten
    seconds = 30
"""

import random
import sys
import tomllib
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import msgspec


class Fault(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule of the file: either the next calls, or a share of all calls."""

    kind: str
    service: str = "*"
    next: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] | None = None
    share: Annotated[float, msgspec.Meta(ge=0, le=1)] | None = None
    seconds: Annotated[float, msgspec.Meta(ge=0, le=3600)] = 5.0
    times: Annotated[int, msgspec.Meta(ge=1, le=100)] = 2


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    fault: tuple[Fault, ...] = ()
    seed: int | None = None


class FaultFileError(ValueError):
    """The fault file cannot be used; the sentence says why."""


class Faults:
    """The fault switch: `pick` says what goes wrong with the call at hand."""

    def __init__(self, path: Path | None, *, kinds: Collection[str]) -> None:
        self._path = path
        self._kinds = kinds
        self._seen: tuple[int, int, int] | None = None
        self._rules: tuple[Fault, ...] = ()
        self._left: list[int | None] = []
        self._random = random.Random()  # noqa: S311 - chance for a play, not a secret
        self._read()

    def pick(self, service: str) -> tuple[Fault, ...]:
        """Return the faults of this call, in the order of the file, and count them as used."""
        try:
            self._read()
        except FaultFileError as error:  # a file being written: the last good rules hold on
            print(error, file=sys.stderr, flush=True)
        picked = []
        for index, rule in enumerate(self._rules):
            if rule.service in ("*", service) and self._strikes(index, rule):
                picked.append(rule)
        return tuple(picked)

    def _strikes(self, index: int, rule: Fault) -> bool:
        left = self._left[index]
        if left is None:
            return self._random.random() < (1.0 if rule.share is None else rule.share)
        if left == 0:
            return False
        self._left[index] = left - 1
        return True

    def _read(self) -> None:
        if self._path is None:
            return
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self._seen, self._rules, self._left = None, (), []
            return
        mark = (status.st_mtime_ns, status.st_size, status.st_ino)
        if mark == self._seen:
            return
        self._seen = mark
        file = _decode(self._path)
        for rule in file.fault:
            if rule.kind not in self._kinds:
                known = ", ".join(sorted(self._kinds))
                raise FaultFileError(
                    f"{self._path}: {rule.kind!r} is no fault here. Known: {known}"
                )
        self._rules = file.fault
        self._left = [rule.next for rule in file.fault]
        self._random.seed(file.seed)


def _decode(path: Path) -> _File:
    try:
        content = path.read_bytes()
        if path.suffix == ".json":
            return msgspec.json.decode(content or b"{}", type=_File)
        return msgspec.convert(tomllib.loads(content.decode()), _File)
    except (OSError, ValueError) as error:  # msgspec's and tomllib's errors are ValueErrors
        raise FaultFileError(f"{path}: {error}") from error
