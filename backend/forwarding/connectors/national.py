"""The national synchronisation as a connector (đồng bộ hồ sơ qua trục tích hợp).

`POST {url}/{service}` with JSON. Field names are verified in three implementations; the envelope
(session in the body, codes as text) is our reading and is not verified with a live system. The word
"thành công" in a message proves nothing: only the code "0" and our own MaHoSo do.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import TypeVar

import httpx
import msgspec
from msgspec import Struct

from backend.forwarding.connectors.contract import OddAnswer, Refused, Unreachable
from backend.forwarding.model import Held, HeldRow, ProgressRow, Record
from backend.platform.settings import OneStop

AT_ONCE = 2
_DONE = frozenset({"0", "00"})
_EXPIRED = "401"
_WORDS = 200
_CODE = 20

_Said = TypeVar("_Said", bound="_Answer")


class _Answer(Struct, frozen=True):
    error_code: str
    message: str = ""


class _Login(_Answer, frozen=True):
    session: str = ""


class _Ack(Struct, frozen=True):
    code: str = msgspec.field(name="MaHoSo")
    number: str = msgspec.field(name="SoBienNhan")


class _Acks(_Answer, frozen=True):
    data: list[_Ack] = []


class _Row(Struct, frozen=True):
    at: str = msgspec.field(name="ThoiDiemXuLy", default="")
    state: str = msgspec.field(name="TrangThai", default="")


class _Found(_Answer, frozen=True):
    data: list[dict[str, object]] = []


class _Known(Struct, frozen=True):
    code: str = msgspec.field(name="MaHoSo")
    number: str = msgspec.field(name="SoBienNhan")
    state: str = msgspec.field(name="TrangThaiHoSo")
    remark: str = msgspec.field(name="GhiChu", default="")
    rows: tuple[_Row, ...] = msgspec.field(name="TienDo", default=())


class National:
    """A connector that keeps one session and makes at most two calls at once."""

    def __init__(self, settings: OneStop, client: httpx.AsyncClient) -> None:
        self._settings = settings
        self._client = client
        self._session = ""
        self._logging_in = asyncio.Lock()
        self._few = asyncio.Semaphore(AT_ONCE)

    async def look_up(self, code: str) -> Held | None:
        """Ask TraCuuHoSo; another dossier's answer is odd."""
        said = await self._call("TraCuuHoSo", {"MaHoSo": code}, _Found)
        if not said.data:
            return None
        try:
            known = [msgspec.convert(one, _Known) for one in said.data]
        except msgspec.ValidationError as error:
            raise OddAnswer(f"TraCuuHoSo: {error}") from None
        if len(known) != 1 or known[0].code != code or not known[0].number:
            raise OddAnswer("TraCuuHoSo answers about another dossier")
        return Held(
            receipt_number=known[0].number,
            state=known[0].state,
            remark=known[0].remark,
            fields=said.data[0],
            rows=tuple(HeldRow(row.at, row.state) for row in known[0].rows),
        )

    async def create(self, record: Record) -> str:
        """Send DongBoHoSoMC for a dossier that is new there."""
        return await self._synchronise(record, updating="False")

    async def update(self, record: Record) -> str:
        """Send DongBoHoSoMC for a dossier that is known there."""
        return await self._synchronise(record, updating="True")

    async def advance(self, rows: Sequence[ProgressRow]) -> None:
        """Send CapNhatTienDoHoSoMC."""
        await self._call("CapNhatTienDoHoSoMC", {"data": rows}, _Answer)

    async def _synchronise(self, record: Record, *, updating: str) -> str:
        body = {"isUpdating": updating, "data": [record]}
        said = await self._call("DongBoHoSoMC", body, _Acks)
        numbers = {ack.number for ack in said.data if ack.code == record.MaHoSo}
        if len(numbers) != 1 or not all(numbers):
            raise OddAnswer("DongBoHoSoMC does not acknowledge our dossier")
        return numbers.pop()

    async def _call(self, service: str, body: Mapping[str, object], kind: type[_Said]) -> _Said:
        """Call a service; an expired session is renewed once, any other code is a refusal."""
        async with self._few:
            session = self._session or await self._log_in("")
            said = await self._post(service, {"session": session, **body}, kind)
            if said.error_code == _EXPIRED:
                session = await self._log_in(session)
                said = await self._post(service, {"session": session, **body}, kind)
        if said.error_code not in _DONE:
            raise Refused(_plain(said.error_code), said.message[:_WORDS])
        return said

    async def _log_in(self, expired: str) -> str:
        """Log in, unless somebody else just did."""
        async with self._logging_in:
            if self._session == expired:
                self._session = ""
                words = {"TaiKhoan": self._settings.username, "MatKhau": self._settings.password}
                said = await self._post("DangNhap", words, _Login)
                if said.error_code not in _DONE or not said.session:
                    raise Refused(f"{_plain(said.error_code)} at log-in")
                self._session = said.session
            return self._session

    async def _post(self, service: str, body: Mapping[str, object], kind: type[_Said]) -> _Said:
        try:
            answer = await self._client.post(
                f"{self._settings.url.rstrip('/')}/{service}",
                content=msgspec.json.encode(body),
                headers={"Content-Type": "application/json"},
            )
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unreachable(f"{service}: {type(error).__name__}") from error
        if answer.status_code != httpx.codes.OK:
            raise OddAnswer(f"{service}: HTTP {answer.status_code}")
        try:
            return msgspec.json.decode(answer.content, type=kind)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise OddAnswer(f"{service}: {type(error).__name__}") from None


def _plain(code: str) -> str:
    """Keep of a foreign code what may stand in a log."""
    return "".join(sign for sign in code[:_CODE] if sign.isascii() and sign.isalnum())
