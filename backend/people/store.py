"""Every query of officers and their sessions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from backend.people.model import Officer, Role, Signed
from backend.people.tables import OfficerRow
from backend.platform.db import execute, places, row, rows


class Account(Struct, frozen=True):
    """An officer with the password's hash, for sign-in alone."""

    officer: Officer
    password: str


class Session(Struct, frozen=True):
    """A signed-in browser and whose it is."""

    officer: Officer
    started_at: datetime
    seen_at: datetime


_OFFICER = "o.id, o.login, o.name, o.role, o.title"


async def _units(officer: UUID, on: date) -> tuple[str, ...]:
    found = await rows(
        "SELECT unit FROM officer_units WHERE officer = {} AND since <= {}"
        " AND (until IS NULL OR until > {}) ORDER BY unit",
        officer,
        on,
        on,
    )
    return tuple(one["unit"] for one in found)


async def _officer(found: Mapping[str, Any], on: date) -> Officer:
    key = msgspec.convert(found["id"], UUID, strict=False)
    role: Role = found["role"]
    units = await _units(key, on)
    return Officer(key, found["login"], found["name"], role, units, found["title"])


async def account(login: str, on: date) -> Account | None:
    """Find the open account of a login."""
    found = await row(
        f"SELECT {_OFFICER}, o.password FROM officers o"
        " WHERE o.login = {} AND o.ended_at IS NULL",
        login,
    )
    return Account(await _officer(found, on), found["password"]) if found else None


async def names(logins: Sequence[str]) -> dict[str, Signed]:
    """Read names and titles of logins, also of those whose account is closed."""
    if not logins:
        return {}
    found = await rows(
        f"SELECT login, name, title FROM officers WHERE login IN ({places(logins)})", *logins
    )
    return {one["login"]: Signed(one["name"], one["title"]) for one in found}


async def session(token_hash: bytes, on: date) -> Session | None:
    """Find the session of a token whose officer's account is open."""
    found = await row(
        f"SELECT {_OFFICER}, s.started_at, s.seen_at FROM sessions s"
        " JOIN officers o ON o.id = s.officer WHERE s.token_hash = {} AND o.ended_at IS NULL",
        token_hash,
    )
    if found is None:
        return None
    started, seen = (
        msgspec.convert(found[name], datetime, strict=False) for name in ("started_at", "seen_at")
    )
    return Session(await _officer(found, on), started, seen)


async def add_session(token_hash: bytes, officer: UUID, *, now: datetime) -> None:
    """Keep a new session."""
    await execute(
        "INSERT INTO sessions (token_hash, officer, started_at, seen_at) VALUES ({}, {}, {}, {})",
        token_hash,
        officer,
        now,
        now,
    )


async def seen(token_hash: bytes, *, now: datetime) -> None:
    """Note that a session is in use."""
    await execute("UPDATE sessions SET seen_at = {} WHERE token_hash = {}", now, token_hash)


async def end_session(token_hash: bytes) -> bool:
    """Forget a session; tell whether there was one."""
    return await execute("DELETE FROM sessions WHERE token_hash = {}", token_hash) == 1


async def end_sessions_of(officer: UUID) -> None:
    """Forget every session of an officer."""
    await execute("DELETE FROM sessions WHERE officer = {}", officer)


async def sweep_sessions(*, seen_before: datetime, started_before: datetime) -> None:
    """Forget the sessions that time has ended."""
    await execute(
        "DELETE FROM sessions WHERE seen_at < {} OR started_at < {}", seen_before, started_before
    )


async def add(officer: Officer, password: str, *, since: date, now: datetime) -> None:
    """Keep a new officer and the units given to them."""
    await execute(
        "INSERT INTO officers (id, login, name, role, title, password, created_at)"
        " VALUES ({}, {}, {}, {}, {}, {}, {})",
        officer.id,
        officer.login,
        officer.name,
        officer.role,
        officer.title,
        password,
        now,
    )
    await add_units(officer.id, officer.units, since=since)


async def add_units(officer: UUID, units: Iterable[str], *, since: date) -> None:
    """Give units to an officer from a day on."""
    for unit in units:
        await execute(
            "INSERT INTO officer_units (officer, unit, since) VALUES ({}, {}, {})",
            officer,
            unit,
            since,
        )


async def set_password(officer: UUID, password: str) -> None:
    """Replace the hash of an officer's password."""
    await execute("UPDATE officers SET password = {} WHERE id = {}", password, officer)


async def set_title(officer: UUID, title: str | None) -> None:
    """Replace an officer's title."""
    await execute("UPDATE officers SET title = {} WHERE id = {}", title, officer)


async def end(officer: UUID, *, now: datetime) -> None:
    """Close an account."""
    await execute("UPDATE officers SET ended_at = {} WHERE id = {}", now, officer)


async def everybody(on: date) -> list[Officer]:
    """List the open accounts."""
    found = (
        await OfficerRow.select(
            OfficerRow.id, OfficerRow.login, OfficerRow.name, OfficerRow.role, OfficerRow.title
        )
        .where(OfficerRow.ended_at.is_null())
        .order_by(OfficerRow.role, OfficerRow.login)
    )
    return [await _officer(one, on) for one in found]
