"""A process that dies at any await: the coroutine ends there, what it had not committed is gone.

It ends by an exception that nothing catches, or as a task that is cancelled. The driver of
PostgreSQL gives its connection back in order only in the second case.
"""

import asyncio
import types
from collections.abc import Coroutine, Generator
from typing import Any


class DiedError(BaseException):
    """The process ends here. No `except Exception` of the product catches it."""


@types.coroutine
def mortal(
    life: Coroutine[Any, Any, Any], steps: int, deaths: list[int], *, gently: bool
) -> Generator[Any, Any, Any]:
    """Await `life`, and let it die at its n-th wait; 0 lets it live. A death is put in `deaths`.

    `gently`: by cancellation.
    """
    waits = 0
    give, fault = None, None
    while True:
        try:
            waited = life.throw(fault) if fault else life.send(give)
        except StopIteration as done:
            return done.value
        waits += 1
        give, fault = None, None
        if waits == steps:
            deaths.append(waits)
            _forget(waited)
            if gently and waited is not None:
                waited.cancel()
            fault = asyncio.CancelledError() if gently else DiedError()
            continue
        try:
            give = yield waited
        except BaseException as other:  # noqa: BLE001 - handed on to the coroutine that waits
            fault = other


def _forget(waited: Any) -> None:
    """Tell a future that nobody waits for it any more, as its task would."""
    if waited is not None and hasattr(waited, "_asyncio_future_blocking"):
        waited._asyncio_future_blocking = False
