"""The four services of the pretend one-stop (hệ thống một cửa giả định): judge, fetch, enter."""

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

import httpx
import msgspec

from backend.demo.onestop.book import Book, Fetched, RefusedError
from backend.demo.onestop.vocabulary import (
    Login,
    LookUp,
    Paper,
    ProgressRows,
    Record,
    Records,
    contradictions,
)

SESSION_LASTS = timedelta(minutes=10)
FILE_LIMIT = 16 * 1024 * 1024

_Body = TypeVar("_Body")


@dataclass(kw_only=True)
class OneStop:
    """The pretend one-stop: who may come in, and the four services."""

    book: Book
    clock: Callable[[], datetime]
    fetch: httpx.AsyncClient
    username: str | None = None
    password: str | None = None
    _sessions: dict[str, datetime] = field(default_factory=dict)

    async def answer(self, service: str, body: bytes) -> dict[str, object]:
        """Answer one call of the wire; a refusal has its code and its words."""
        try:
            match service:
                case "DangNhap":
                    return self._log_in(_read(body, Login))
                case "DongBoHoSoMC":
                    return await self._synchronise(_read(body, Records))
                case "CapNhatTienDoHoSoMC":
                    return self._advance(_read(body, ProgressRows))
                case "TraCuuHoSo":
                    return self._look_up(_read(body, LookUp))
                case _:
                    return {"error_code": "404", "message": f"Không có dịch vụ {service}"}
        except RefusedError as refused:
            return {"error_code": refused.code, "message": refused.words}

    def _log_in(self, login: Login) -> dict[str, object]:
        for given, wanted in ((login.TaiKhoan, self.username), (login.MatKhau, self.password)):
            if wanted is not None and not hmac.compare_digest(given.encode(), wanted.encode()):
                raise RefusedError("1", "Sai tài khoản hoặc mật khẩu")
        session = secrets.token_urlsafe(24)
        self._sessions[session] = self.clock() + SESSION_LASTS
        return {"error_code": "0", "message": "Thành công", "session": session}

    def _check(self, session: str) -> None:
        ends = self._sessions.get(session)
        if ends is None or ends <= self.clock():
            self._sessions.pop(session, None)
            raise RefusedError("401", "Phiên làm việc đã hết hạn")

    async def _synchronise(self, call: Records) -> dict[str, object]:
        self._check(call.session)
        for record in call.data:
            faults = list(contradictions(record))
            if faults:
                raise RefusedError("2", "; ".join(faults))
        done = []
        for record in call.data:
            files = await self._fetch_new(record)
            if call.updating == "True":
                number = self.book.update(record, files)
            else:
                number = self.book.create(record, files, now=self.clock())
            done.append({"MaHoSo": record.MaHoSo, "SoBienNhan": number})
        return {"error_code": "0", "message": "Thành công", "data": done}

    def _advance(self, call: ProgressRows) -> dict[str, object]:
        self._check(call.session)
        self.book.advance(call.data)
        return {"error_code": "0", "message": "Thành công"}

    def _look_up(self, call: LookUp) -> dict[str, object]:
        self._check(call.session)
        held = self.book.look_up(call.MaHoSo)
        return {"error_code": "0", "message": "Thành công", "data": [held] if held else []}

    async def _fetch_new(self, record: Record) -> list[Fetched]:
        known = self.book.known_files(record.MaHoSo)
        wanted = [paper for paper in record.TaiLieuNop if paper.TepDinhKemId not in known]
        return list(await asyncio.gather(*(self._fetch(paper) for paper in wanted)))

    async def _fetch(self, paper: Paper) -> Fetched:
        digest, size = hashlib.sha256(), 0
        try:
            async with self.fetch.stream("GET", paper.DuongDanTaiTepTin) as answer:
                if answer.status_code != httpx.codes.OK:
                    raise RefusedError("3", f"Không tải được {paper.TenTepDinhKem}")
                async for piece in answer.aiter_bytes():
                    digest.update(piece)
                    size += len(piece)
                    if size > FILE_LIMIT:
                        raise RefusedError("3", f"{paper.TenTepDinhKem} quá lớn")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise RefusedError("3", f"Không tải được {paper.TenTepDinhKem}") from error
        return Fetched(
            file=paper.TepDinhKemId,
            name=paper.TenTepDinhKem,
            sha256=digest.hexdigest(),
            size=size,
        )


def _read(body: bytes, kind: type[_Body]) -> _Body:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise RefusedError("2", f"Sai cấu trúc: {error}") from error
