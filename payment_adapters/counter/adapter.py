"""The counter as an adapter: it only tells the citizen where to go.

The money itself is entered by an officer in the core, which observes it in the counter's name.
"""

from msgspec import Struct

from payment_adapters.contract import (
    Adapter,
    Attempt,
    Capabilities,
    Context,
    Instructions,
    Spec,
    Started,
)
from payment_adapters.counter import wire
from payment_adapters.strict import check_amount


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """The counter has no settings of its own."""

    enabled: bool = False


class Counter(Adapter):
    """Cash or card at the one-stop counter (bộ phận một cửa)."""

    spec = Spec(
        id="counter",
        title_vi="Trả tại quầy",
        title_en="Pay at the counter",
        config_type=Config,
        capabilities=Capabilities(),
    )

    async def start(self, ctx: Context, attempt: Attempt) -> Started:
        """Tell where to pay; the offer does not run out."""
        del ctx
        can = self.spec.capabilities
        check_amount(attempt.amount, least=can.amount_min, most=can.amount_max)
        text = wire.instructions(attempt.code, attempt.amount)
        return Started(next_action=Instructions(text), expires_at=None)


def create() -> Adapter:
    """Make the adapter; named by the entry point."""
    return Counter()
