"""Every query of QR codes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec
from piccolo.query.functions import Sum

from backend.platform.db import execute, rows
from backend.qr.model import Record
from backend.qr.tables import QrCode, QrCodeProcedure, QrScan

_COLUMNS = "code, kind, unit, campaign, made_at, changed_at, expires_at, withdrawn_at, replaced_by"


async def changed_since(moment: datetime | None) -> list[Record]:
    """List the codes made or changed from a moment on; all of them without one."""
    where, given = ("WHERE changed_at >= {}", (moment,)) if moment else ("", ())
    found = await rows(f"SELECT {_COLUMNS} FROM qr_codes {where}", *given)
    opens: dict[str, list[str]] = defaultdict(list)
    for each in await rows(
        "SELECT code, procedure FROM qr_code_procedures WHERE code IN"
        f" (SELECT code FROM qr_codes {where}) ORDER BY code, place",
        *given,
    ):
        opens[each["code"]].append(each["procedure"])
    return [
        msgspec.convert({**each, "procedures": opens[each["code"]]}, Record, strict=False)
        for each in found
    ]


async def add(record: Record) -> None:
    """Keep a new code and what it opens."""
    await execute(
        f"INSERT INTO qr_codes ({_COLUMNS})"
        " VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {})",
        record.code,
        record.kind,
        record.unit,
        record.campaign,
        record.made_at,
        record.changed_at,
        record.expires_at,
        record.withdrawn_at,
        record.replaced_by,
    )
    for place, procedure in enumerate(record.procedures):
        await execute(
            "INSERT INTO qr_code_procedures (code, place, procedure) VALUES ({}, {}, {})",
            record.code,
            place,
            procedure,
        )


async def withdraw(code: str, *, replaced_by: str | None, now: datetime) -> bool:
    """Take a code out of use; tell whether it was in use."""
    return (
        await execute(
            "UPDATE qr_codes SET withdrawn_at = {}, replaced_by = {}, changed_at = {}"
            " WHERE code = {} AND withdrawn_at IS NULL",
            now,
            replaced_by,
            now,
            code,
        )
        == 1
    )


async def add_scans(counted: Mapping[tuple[str, date], int]) -> None:
    """Add what was counted to each code's day."""
    for (code, day), scans in counted.items():
        await execute(
            "INSERT INTO qr_scans (code, day, scans) VALUES ({}, {}, {})"
            " ON CONFLICT (code, day) DO UPDATE SET scans = qr_scans.scans + {}",
            code,
            day,
            scans,
            scans,
        )


async def scans(codes: Sequence[str]) -> dict[str, int]:
    """Give the sum of each code's scans."""
    if not codes:
        return {}
    found = (
        await QrScan.select(QrScan.code, Sum(QrScan.scans, alias="total"))
        .where(QrScan.code.is_in(list(codes)))
        .group_by(QrScan.code)
    )
    return {one["code"]: int(one["total"]) for one in found}


async def one(code: str) -> Record | None:
    """Find one code."""
    found = await QrCode.select().where(QrCode.code == code).first()
    if found is None:
        return None
    opens = (
        await QrCodeProcedure.select(QrCodeProcedure.procedure)
        .where(QrCodeProcedure.code == code)
        .order_by(QrCodeProcedure.place)
    )
    procedures = [each["procedure"] for each in opens]
    return msgspec.convert({**found, "procedures": procedures}, Record, strict=False)
