"""What can be done with QR codes: follow, make and print posters, withdraw, count scans.

The records live in memory and in the table. Each process reads what others changed at most every
ten seconds; a code it does not know it asks the table for, so a new poster works at once.
"""

import asyncio
import hashlib
from collections import Counter, OrderedDict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct, field

from backend import catalogue, places
from backend.platform import audit
from backend.platform.db import transaction
from backend.platform.kit import logs
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import Problem
from backend.platform.kit.ids import Randomness, clean_code, make_code
from backend.platform.workshop import Workshop
from backend.qr import store
from backend.qr.model import (
    CODE_LENGTH,
    NotForPosters,
    Poster,
    PosterGone,
    Record,
    Shown,
    UnknownQr,
    sheet,
)

TEMPLATE = "qr/templates/poster.typ"
_TEMPLATE_MARK = hashlib.sha256((Path(__file__).parent.parent / TEMPLATE).read_bytes()).digest()
_FRESH_FOR = timedelta(seconds=10)
_OVERLAP = timedelta(minutes=1)  # clocks of two machines differ a little
_FLUSH_AFTER = 3.0
_KEPT_PDFS = 32

_logger = logs.get("qr")


class _Book(Struct):
    """What this process knows: the codes, scans not written yet, finished PDFs."""

    records: dict[str, Record] = field(default_factory=dict)
    read_at: datetime | None = None
    scans: Counter[tuple[str, date]] = field(default_factory=Counter)
    flush: asyncio.TimerHandle | None = None
    writing: set[asyncio.Task[None]] = field(default_factory=set)
    pdfs: OrderedDict[str, bytes] = field(default_factory=OrderedDict)


_book = _Book()


async def load(*, now: datetime) -> None:
    """Read every code into memory; once, when the process starts."""
    _book.records = {record.code: record for record in await store.changed_since(None)}
    _book.read_at = now
    _book.scans.clear()
    _book.pdfs.clear()


async def _refresh(now: datetime) -> None:
    if _book.read_at is not None and now - _book.read_at < _FRESH_FOR:
        return
    since = _book.read_at - _OVERLAP if _book.read_at else None
    _book.read_at = now
    _book.records.update({one.code: one for one in await store.changed_since(since)})


async def find(text: str, *, now: datetime) -> Record:
    """Find the record of a code as printed, typed or scanned; raises UnknownQr."""
    code = clean_code(text, length=CODE_LENGTH)
    if code is None:
        raise UnknownQr
    await _refresh(now)
    record = _book.records.get(code) or await store.one(code)
    if record is None:
        raise UnknownQr
    _book.records[code] = record
    return record


async def follow(text: str, *, now: datetime) -> Record:
    """Follow a scanned code (quét mã): count it for today; no dossier comes into being."""
    record = await find(text, now=now)
    _book.scans[record.code, now.astimezone(VIETNAM).date()] += 1
    if _book.flush is None:
        _book.flush = asyncio.get_running_loop().call_later(_FLUSH_AFTER, _start_flush)
    return record


def _start_flush() -> None:
    task = asyncio.get_running_loop().create_task(flush_scans())
    _book.writing.add(task)
    task.add_done_callback(_book.writing.discard)


async def flush_scans() -> None:
    """Write the scans counted since the last time; a failure keeps them for the next."""
    if _book.flush is not None:
        _book.flush.cancel()
        _book.flush = None
    counted, _book.scans = _book.scans, Counter()
    if not counted:
        return
    try:
        async with transaction():
            await store.add_scans(counted)
    except Problem:
        _book.scans.update(counted)
        _logger.exception("scans-not-written")


async def make_poster(
    unit: str,
    procedure: str,
    campaign: str | None = None,
    *,
    by: str,
    random: Randomness,
    now: datetime,
    expires_at: datetime | None = None,
) -> Poster:
    """Make the code of a new poster (tờ dán) of one procedure at one unit.

    Raises UnknownUnit, UnknownProcedure, or NotForPosters where nothing could be filed.
    """
    places.get(unit)
    if not catalogue.get(procedure).fileable:
        raise NotForPosters
    record = Record(
        code=make_code(CODE_LENGTH, random=random),
        kind="poster",
        unit=unit,
        procedures=(procedure,),
        campaign=campaign,
        made_at=now,
        changed_at=now,
        expires_at=expires_at,
        withdrawn_at=None,
        replaced_by=None,
    )
    async with transaction():
        await store.add(record)
        await _note(record, "poster.made", by=by, now=now)
    _book.records[record.code] = record
    return _poster(record, scans=0, now=now)


async def withdraw(code: str, *, by: str, now: datetime, replaced_by: str | None = None) -> Record:
    """Take a code out of use (thu hồi), naming its successor if there is one."""
    record = await find(code, now=now)
    if replaced_by is not None:
        replaced_by = (await find(replaced_by, now=now)).code
    async with transaction():
        if await store.withdraw(record.code, replaced_by=replaced_by, now=now):
            await _note(record, "poster.withdrawn", by=by, now=now)
    changed = await store.one(record.code)
    if changed is None:
        raise UnknownQr
    _book.records[changed.code] = changed
    return changed


async def _note(record: Record, verb: str, *, by: str, now: datetime) -> None:
    await audit.write(
        actor=by,
        verb=verb,
        dossier=None,
        unit=record.unit,
        facts={"code": record.code, "procedures": ",".join(record.procedures)},
        now=now,
    )


def poster_path(code: str) -> str:
    """Give the path under which a poster's PDF is read, without a session."""
    return f"/api/v1/qr/{code}/poster.pdf"


def _poster(record: Record, *, scans: int, now: datetime) -> Poster:
    return Poster(
        code=record.code,
        unit=record.unit,
        procedures=record.procedures,
        campaign=record.campaign,
        state=record.state(now),
        replaced_by=record.replaced_by,
        made_at=record.made_at,
        scans=scans,
        path=poster_path(record.code),
    )


async def of_units(units: Sequence[str], *, now: datetime) -> list[Poster]:
    """List the posters of some units, newest first, with their scans."""
    await _refresh(now)
    wanted = set(units)
    found = [record for record in _book.records.values() if record.unit in wanted]
    found.sort(key=lambda record: (record.made_at, record.code), reverse=True)
    scans = await store.scans([record.code for record in found])
    waiting = Counter[str]()
    for (code, _day), count in _book.scans.items():
        waiting[code] += count
    return [
        _poster(one, scans=scans.get(one.code, 0) + waiting[one.code], now=now) for one in found
    ]


def shown(procedure: str, *, unit: str) -> Shown:
    """Give what paper and start page say of a procedure at a unit."""
    body, _etag = catalogue.public(procedure, unit=unit)
    return msgspec.json.decode(body, type=Shown)


async def poster_pdf(
    code: str, *, public_url: str, workshop: Workshop, now: datetime
) -> tuple[bytes, str]:
    """Print the A4 poster of a live code: the PDF and its ETag.

    The address, the fee and the unit's name are today's; equal content is set only once.
    """
    record = await find(code, now=now)
    if record.state(now) != "live":
        raise PosterGone
    unit = places.get(record.unit)
    made = sheet(
        record.code,
        [shown(procedure, unit=record.unit) for procedure in record.procedures],
        office=unit.office or office_name(unit.name),
        address=unit.address,
        phone=unit.phone,
        public_url=public_url,
    )
    data = msgspec.to_builtins(made)
    mark = hashlib.sha256(_TEMPLATE_MARK + msgspec.json.encode(data)).hexdigest()[:32]
    if mark not in _book.pdfs:
        job = {"template": TEMPLATE, "data": data, "at": int(record.made_at.timestamp())}
        _facts, pdf = await workshop.run("typeset", job)
        _book.pdfs[mark] = pdf
        while len(_book.pdfs) > _KEPT_PDFS:
            _book.pdfs.popitem(last=False)
    _book.pdfs.move_to_end(mark)
    return _book.pdfs[mark], f'"{mark}"'


def office_name(unit: str) -> str:
    """Name the office of a unit: `UBND phường Long Hưng` (Ủy ban nhân dân)."""
    return f"UBND {unit[:1].lower()}{unit[1:]}"
