"""What can be done with officers: sign in and out, add, change a password, close an account."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backend import places
from backend.people import store
from backend.people.model import (
    ACTOR,
    IDLE,
    LONGEST,
    SEEN_EVERY,
    LoginTaken,
    Officer,
    Role,
    RoleNotAllowed,
    Signed,
    SignInNeeded,
    UnknownOfficer,
    alive,
    login_key,
    make_password,
    make_token,
    title_of,
    token_hash,
)
from backend.platform import audit, limits
from backend.platform.db import DuplicateRow, transaction
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.ids import Randomness

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Two at once: a storm of sign-ins takes 38 MiB and waits its turn, it does not stop the service.
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="password")
# The hash of a password nobody knows: an unknown login costs the same time as a known one.
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$HCxdJ6PMhn+Vt3+J0f+wuQ"
    "$jI10oV18E5pGT46RpHlSdYxdalONkOdsjk3EOPmd4xM"
)
_PER_LOGIN = 10
_PER_LOGIN_WINDOW = timedelta(minutes=15)
_PER_ADDRESS = 300
_PER_ADDRESS_WINDOW = timedelta(hours=1)


def _today(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()


def _matches(stored: str, password: str) -> bool:
    try:
        return _HASHER.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


async def _hash(password: str) -> str:
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def sign_in(
    login: str, password: str, *, address: str, random: Randomness, now: datetime
) -> tuple[Officer, str]:
    """Sign an officer in (đăng nhập): the officer and a new session token.

    Raises SignInNeeded for an unknown login and a wrong password alike, after the same work, and
    TooMany past the limits: each try counts before it is judged, the right password starts anew.
    """
    key = login_key(login)
    await limits.hit(
        "sign-in-address", address, limit=_PER_ADDRESS, window=_PER_ADDRESS_WINDOW, now=now
    )
    await limits.hit(
        "sign-in-login", key or "", limit=_PER_LOGIN, window=_PER_LOGIN_WINDOW, now=now
    )
    found = await store.account(key, _today(now)) if key else None
    stored = found.password if found else _NOBODY
    genuine = await asyncio.get_running_loop().run_in_executor(_THREADS, _matches, stored, password)
    if found is None or not genuine:
        await _refused(found.officer if found else None, now=now)
        raise SignInNeeded
    await limits.clear("sign-in-login", found.officer.login)
    return found.officer, await _begin(found.officer, random=random, now=now)


async def vouch(login: str, password: str, *, roles: Collection[Role], now: datetime) -> Officer:
    """Prove who gives a command (xác nhận người làm), without a session.

    Raises SignInNeeded as sign_in does, RoleNotAllowed where another role is needed, TooMany.
    """
    key = login_key(login)
    await limits.hit(
        "sign-in-login", key or "", limit=_PER_LOGIN, window=_PER_LOGIN_WINDOW, now=now
    )
    found = await store.account(key, _today(now)) if key else None
    stored = found.password if found else _NOBODY
    genuine = await asyncio.get_running_loop().run_in_executor(_THREADS, _matches, stored, password)
    if found is None or not genuine:
        await _refused(found.officer if found else None, now=now)
        raise SignInNeeded
    if found.officer.role not in roles:
        raise RoleNotAllowed
    await limits.clear("sign-in-login", found.officer.login)
    return found.officer


async def _refused(officer: Officer | None, *, now: datetime) -> None:
    async with transaction():
        await audit.write(
            actor=officer.actor if officer else "system",
            verb="officer.refused",
            dossier=None,
            unit=None,
            facts={"known": int(officer is not None)},
            now=now,
        )


async def _begin(officer: Officer, *, random: Randomness, now: datetime) -> str:
    token = make_token(random)
    async with transaction():
        await store.sweep_sessions(seen_before=now - IDLE, started_before=now - LONGEST)
        await store.add_session(token_hash(token), officer.id, now=now)
        await _note(officer, "officer.signed_in", now=now)
    return token


async def _note(officer: Officer, verb: str, *, now: datetime, by: str | None = None) -> None:
    await audit.write(
        actor=by or officer.actor,
        verb=verb,
        dossier=None,
        unit=officer.units[0] if officer.units else None,
        facts={"login": officer.login, "role": officer.role},
        now=now,
    )


async def recognise(token: str, *, now: datetime) -> Officer:
    """Find whose session a token is; raises SignInNeeded for unknown, idle and too old ones."""
    key = token_hash(token)
    session = await store.session(key, _today(now))
    if session is None:
        raise SignInNeeded
    if not alive(started=session.started_at, seen=session.seen_at, now=now):
        await store.end_session(key)
        raise SignInNeeded
    if now - session.seen_at >= SEEN_EVERY:
        await store.seen(key, now=now)
    return session.officer


async def sign_out(token: str, officer: Officer, *, now: datetime) -> None:
    """End a session on the server (đăng xuất)."""
    async with transaction():
        if await store.end_session(token_hash(token)):
            await _note(officer, "officer.signed_out", now=now)


async def forget(token: str) -> None:
    """End the session that a browser had before it signed in again."""
    await store.end_session(token_hash(token))


async def add_officer(
    login: str,
    name: str,
    *,
    role: Role,
    units: Sequence[str],
    by: str,
    random: Randomness,
    now: datetime,
    title: str = "",
) -> tuple[Officer, str]:
    """Add an officer (cấp tài khoản): the officer and the password, which is shown this once.

    Raises LoginTaken; places.UnknownUnit for a unit that does not exist; ValueError for a login
    that cannot be typed, or a title that cannot be printed.
    """
    key = login_key(login)
    if key is None:
        raise ValueError("a login is 1 to 64 visible characters")
    for unit in units:
        places.get(unit)
    officer = Officer(
        UUID(bytes=random(16), version=4), key, name, role, tuple(units), title_of(title)
    )
    password = make_password(random)
    stored = await _hash(password)
    try:
        async with transaction():
            await store.add(officer, stored, since=_today(now), now=now)
            await _note(officer, "officer.added", now=now, by=by)
    except DuplicateRow as taken:
        raise LoginTaken from taken
    return officer, password


async def _account(login: str, now: datetime) -> store.Account:
    key = login_key(login)
    found = await store.account(key, _today(now)) if key else None
    if found is None:
        raise UnknownOfficer
    return found


async def new_password(login: str, *, by: str, random: Randomness, now: datetime) -> str:
    """Give an officer a new password, shown this once; every session of theirs ends."""
    found = await _account(login, now)
    password = make_password(random)
    stored = await _hash(password)
    async with transaction():
        await store.set_password(found.officer.id, stored)
        await store.end_sessions_of(found.officer.id)
        await _note(found.officer, "officer.password", now=now, by=by)
    return password


async def new_title(login: str, title: str, *, by: str, now: datetime) -> None:
    """Give an officer a title (chức danh), or take it away with a blank one; ValueError."""
    found = await _account(login, now)
    async with transaction():
        await store.set_title(found.officer.id, title_of(title))
        await _note(found.officer, "officer.title", now=now, by=by)


async def end_officer(login: str, *, by: str, now: datetime) -> None:
    """Close an account (khóa tài khoản); the officer's acts stay in the journal."""
    found = await _account(login, now)
    async with transaction():
        await store.end(found.officer.id, now=now)
        await store.end_sessions_of(found.officer.id)
        await _note(found.officer, "officer.ended", now=now, by=by)


async def officers(*, now: datetime) -> list[Officer]:
    """List the open accounts."""
    return await store.everybody(_today(now))


async def names_of(actors: Iterable[str | None]) -> dict[str, str]:
    """Name the officers behind actors of the journal; all others are left out."""
    return {actor: one.name for actor, one in (await signed_by(actors)).items()}


async def signed_by(actors: Iterable[str | None]) -> dict[str, Signed]:
    """Name officers as papers do, with title: those behind actors (`officer:ovl-01`) alone."""
    logins = {one.removeprefix(ACTOR) for one in actors if one and one.startswith(ACTOR)}
    found = await store.names(sorted(logins))
    return {f"{ACTOR}{login}": one for login, one in found.items()}


def visible_units(officer: Officer, on: date) -> list[str]:
    """List the units whose dossiers an officer may see: those given to them and all below."""
    found: dict[str, None] = {}
    for unit in officer.units:
        found.update((below.code, None) for below in places.below(unit, on))
    return list(found)
