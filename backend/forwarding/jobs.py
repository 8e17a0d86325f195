"""The hand-over as the runner sees it: one topic in the dossier's lane, one recurring question."""

from collections.abc import Mapping

import msgspec

from backend.forwarding.actions.delivering import Forwarder
from backend.forwarding.actions.due import DELIVER, Due
from backend.forwarding.actions.taking_back import poll
from backend.platform.jobs import Handler, Handler0

AT_ONCE = {DELIVER: 2}
"""No more than two calls at once go to one one-stop."""

POLL_SECONDS = 60.0


def handlers(forwarder: Forwarder) -> dict[str, Handler]:
    """Give the handlers by topic."""

    async def deliver(payload: bytes) -> None:
        await forwarder.deliver(msgspec.json.decode(payload, type=Due).dossier)

    return {DELIVER: deliver}


def recurring(
    forwarder: Forwarder, *, seconds: float = POLL_SECONDS
) -> Mapping[str, tuple[float, Handler0]]:
    """Give the recurring work by name: ask the one-stop for its states."""

    async def ask() -> None:
        await poll(forwarder)

    return {"forwarding.poll": (seconds, ask)}
