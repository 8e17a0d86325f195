"""Telling citizens of what has happened, as work for later."""

from collections.abc import Mapping

import msgspec

from backend.notices import actions
from backend.notices.model import Told
from backend.platform.jobs import Handler
from backend.platform.kit.clock import Clock
from backend.platform.settings import Settings
from backend.platform.vault import Vault

TELL = "notices.tell"
"""For what citizens hear of: model.Told."""

_read = msgspec.json.Decoder(Told).decode


def handlers(settings: Settings, vault: Vault, *, clock: Clock) -> Mapping[str, Handler]:
    """Give the handlers of this room's topics."""
    teller = actions.Teller(
        vault=vault, channels=actions.channels(settings), public_url=settings.public_url
    )

    async def tell(payload: bytes) -> None:
        await actions.tell(_read(payload), teller=teller, now=clock())

    return {TELL: tell}
