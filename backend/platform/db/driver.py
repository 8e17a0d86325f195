"""What an engine must be able to do for `transaction()`, `rows()` and Piccolo."""

import asyncio
from collections.abc import Sequence
from typing import Any, Protocol

Rows = list[dict[str, Any]]
Args = Sequence[Any]


class Statements(Protocol):
    """Something that runs statements; the text carries the engine's own placeholders."""

    async def fetch(self, text: str, args: Args) -> Rows:
        """Run one statement and return its rows."""

    async def run(self, text: str, args: Args) -> int:
        """Run one statement and return the number of rows it changed."""

    async def run_many(self, text: str, many: Sequence[Args]) -> None:
        """Run one statement once for each set of values."""


class Link(Statements, Protocol):
    """The statements of one open transaction; ended by exactly one of commit and rollback."""

    def commit(self) -> "asyncio.Future[None]":
        """Make it lasting; done when the disk has it."""

    def rollback(self) -> "asyncio.Future[None]":
        """Take it back; goes through even when the caller is being cancelled."""


class Driver(Statements, Protocol):
    """One engine, opened; its own statements stand alone, each in its own transaction."""

    engine: str

    def compiled(self, sql: str) -> str:
        """Write the engine's placeholders for `{}`."""

    async def begin(self) -> Link:
        """Open a transaction that may write."""

    async def close(self) -> None:
        """Let go of every connection."""


async def outlast(work: "asyncio.Future[None]") -> bool:
    """Wait for the end of work that must not be cut short; say whether we were cancelled."""
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        while not work.done():
            try:
                await asyncio.wait([work])
            except asyncio.CancelledError:
                continue
        work.result()
        return True
    return False
