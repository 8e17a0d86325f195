"""The payment adapters of this installation (kênh thanh toán đang dùng), ours and foreign alike.

They are found by entry points and switched on by settings. One that is broken, too new or wrongly
set is listed as unusable with the reason; it never stops the start.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from importlib.metadata import EntryPoint, entry_points

import httpx
from msgspec import Struct

from backend.payments.model.health import Met
from backend.payments.model.words import Way
from backend.platform.kit import logs
from backend.platform.kit.clock import Clock
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import Randomness
from backend.platform.settings import Account, Settings
from payment_adapters.contract import (
    API_VERSION,
    GROUP,
    Adapter,
    Context,
    HttpAnswer,
    HttpRequest,
    Misconfigured,
    Transient,
    Unsure,
)
from payment_adapters.strict import read_config

ROUTES = "/api/v1/payments"
_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
    httpx.ProxyError,
)
_NOBODY_HOME = frozenset({502, 503, 504})
_FAULT = 500
"""Below it the provider itself has spoken; a fault of its own may be about one payment alone."""

_logger = logs.get("payments")


class Adapters:
    """The adapters that can be used, by id, and those that cannot, with the reason."""

    def __init__(self, settings: Settings, *, clock: Clock, random: Randomness) -> None:
        self.unusable: dict[str, str] = {}
        self.production = settings.production
        self._accounts = settings.accounts
        self._public_url = settings.public_url
        self._clock = clock
        self._random = random
        self._plugged: dict[str, tuple[Adapter, Struct]] = {}
        self._client: httpx.AsyncClient | None = None

    @classmethod
    def load(
        cls,
        settings: Settings,
        *,
        clock: Clock,
        random: Randomness,
        found: Iterable[EntryPoint] | None = None,
    ) -> "Adapters":
        """Find every adapter and switch on those that the settings want."""
        adapters = cls(settings, clock=clock, random=random)
        every = list(found or entry_points(group=GROUP))
        points = {point.name: point for point in every}
        count = Counter(point.name for point in every)
        for name, table in settings.payments.items():
            if table.get("enabled") is not True:
                continue
            if name not in points:
                adapters.unusable[name] = f"no adapter is registered as {name}"
                continue
            if count[name] > 1:
                adapters.unusable[name] = f"{count[name]} distributions register {name}"
                continue
            adapters.plug(name, points[name].load, table)
        for name, reason in adapters.unusable.items():
            _logger.warning("adapter-unusable", extra={"adapter": name, "reason": reason})
        return adapters

    def plug(
        self, name: str, load: Callable[[], Callable[[], Adapter]], table: Mapping[str, object]
    ) -> None:
        """Switch one adapter on, or list it as unusable."""
        try:
            adapter = load()()
            config = read_config(adapter.spec.config_type, table)
            faults = self._faults(name, adapter, config)
        except Misconfigured as fault:
            faults = [f"payments.{name}: {fault}"]
        except Exception as fault:  # noqa: BLE001 - foreign code must not stop the start
            faults = [f"it does not load ({type(fault).__name__})"]
        if faults:
            self.unusable[name] = " ".join(faults)
        else:
            self._plugged[name] = (adapter, config)

    def use(self, client: httpx.AsyncClient) -> None:
        """Call providers through the one guarded client; it must allow `origins`."""
        self._client = client

    @property
    def origins(self) -> tuple[str, ...]:
        """List every origin that the adapters call."""
        return tuple(
            o for adapter, config in self._plugged.values() for o in adapter.origins(config)
        )

    @property
    def usable(self) -> tuple[str, ...]:
        """Name the adapters that are on."""
        return tuple(self._plugged)

    def find(self, name: str) -> Adapter | None:
        """Give an adapter that is on."""
        found = self._plugged.get(name)
        return found[0] if found else None

    def listening(self, name: str) -> Adapter:
        """Give an adapter that is on and takes notices; NotFound otherwise."""
        found = self.find(name)
        if found is None or not found.spec.capabilities.notices:
            raise NotFound
        return found

    def answering(self, name: str) -> Adapter:
        """Give an adapter that is on and answers what is payable; NotFound otherwise."""
        found = self.find(name)
        if found is None or not found.spec.capabilities.lookups:
            raise NotFound
        return found

    def now(self) -> datetime:
        """Give the time by the adapters' clock."""
        return self._clock()

    def calls(self, name: str) -> bool:
        """Tell whether an adapter that is on calls anybody."""
        adapter, config = self._plugged[name]
        return bool(adapter.origins(config))

    def cards(self) -> list[Way]:
        """List what is on, whether citizens are offered it or not."""
        return [
            Way(name, adapter.spec.title_vi, adapter.spec.title_en)
            for name, (adapter, _) in self._plugged.items()
        ]

    def context(
        self,
        name: str,
        *,
        at: datetime | None = None,
        met: Callable[[Met], None] | None = None,
    ) -> Context:
        """Make what an adapter may use; `at` stops the clock, for a notice that came then.

        `met` hears what each call over the wire met.
        """
        adapter, config = self._plugged[name]
        origins = adapter.origins(config)

        async def send(request: HttpRequest) -> HttpAnswer:
            return await self._send(request, origins, met or _unheard)

        return Context(
            config=config,
            send=send,
            clock=self._clock if at is None else lambda: at,
            random=self._random,
            notice_url=f"{self._public_url}{ROUTES}/notices/{name}",
            return_url=f"{self._public_url}{ROUTES}/return/{name}",
            production=self.production,
        )

    def ways(self, amount: int, *, account: bool) -> list[Way]:
        """List the ways to pay an amount that citizens are offered, in the settings' order."""
        return [
            Way(name, adapter.spec.title_vi, adapter.spec.title_en)
            for name, (adapter, _) in self._plugged.items()
            if self.fits(adapter, amount, account=account)
        ]

    @staticmethod
    def fits(adapter: Adapter, amount: int, *, account: bool) -> bool:
        """Tell whether an adapter can take an amount for an obligation with or without account."""
        can = adapter.spec.capabilities
        in_range = can.amount_min <= amount <= can.amount_max
        return can.starts and in_range and (account or not can.needs_account)

    def account_for(self, unit: str, procedure: str) -> Account | None:
        """Choose the account that takes a unit's fees; the first that fits."""
        for account in self._accounts:
            of_unit = account.unit in {unit, "*"}
            if of_unit and account.procedure in {None, procedure}:
                return account
        return None

    def unit_of(self, account: str) -> str:
        """Tell whose account it is; `*` when it is everybody's or nobody's."""
        units = {one.unit for one in self._accounts if one.account == account}
        return units.pop() if len(units) == 1 else "*"

    def units_of(self, account: str) -> frozenset[str]:
        """List the units whose fees an account takes; `*` among them stands for every one."""
        return frozenset(one.unit for one in self._accounts if one.account == account)

    def _faults(self, name: str, adapter: Adapter, config: Struct) -> list[str]:
        spec = adapter.spec
        if spec.id != name:
            return [f"it calls itself {spec.id}"]
        if spec.api_version > API_VERSION:
            return [f"it is made for version {spec.api_version} of the contract"]
        if spec.capabilities.pretend and self.production:
            return ["pretend money is refused in production"]
        self._plugged[name] = (adapter, config)
        try:
            return adapter.check_config(self.context(name))
        finally:
            del self._plugged[name]

    async def _send(
        self, request: HttpRequest, origins: tuple[str, ...], met: Callable[[Met], None]
    ) -> HttpAnswer:
        if self._client is None or not request.url.startswith(tuple(f"{o}/" for o in origins)):
            raise Misconfigured("an adapter may call its own origins only")
        try:
            answer = await self._client.request(
                request.method, request.url, headers=dict(request.headers), content=request.body
            )
        except _NEVER_LEFT as fault:
            met("silence")
            raise Transient(type(fault).__name__) from None
        except httpx.HTTPError as fault:
            met("silence")
            raise Unsure(type(fault).__name__) from None
        if answer.status_code < _FAULT or answer.status_code in _NOBODY_HOME:
            met("silence" if answer.status_code in _NOBODY_HOME else "answer")
        headers = {name.lower(): value for name, value in answer.headers.items()}
        return HttpAnswer(status=answer.status_code, headers=headers, body=answer.content)


def _unheard(_met: Met) -> None:
    """Take what a call met where nobody wants to know."""
