"""The daily close (đối soát ngày): a file of a day is compared with what we know, and signed.

Nothing changes by itself: the list is written as things stood, and then each line of the file is
heard the way a notice is, so that told twice it counts once and what is new finds its dossier or
the desk. Signing says that another person than who uploaded the file has read the list.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID

from backend.payments.actions import settling
from backend.payments.actions.adapters import Adapters
from backend.payments.model.closing import (
    NOTE_NEEDED,
    CloseSigned,
    DailyClose,
    Foreign,
    Movement,
    NoStatement,
    compared,
    counts_of,
    difference_of,
    differs,
)
from backend.payments.model.refunds import SamePerson
from backend.payments.store import closing, inbox
from backend.payments.store.closing import CloseRow
from backend.payments.store.rows import InboxRow
from backend.platform import audit, db
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import NotFound, Unprocessable
from backend.platform.kit.ids import Randomness
from backend.platform.vault import Vault
from payment_adapters.contract import (
    Malformed,
    Observation,
    Outcome,
    Statement,
    StatementLine,
    Unsupported,
)

_FILE = "daily_closes.file"
_NOTE = "daily_closes.note"
_LAST = UUID(int=2**128 - 1)
_DAY = timedelta(days=1)


async def close_day(
    adapter: str,
    statement: Statement,
    *,
    day: date,
    unit: str,
    units: Sequence[str],
    by: str,
    adapters: Adapters,
    vault: Vault,
    random: Randomness,
    now: datetime,
) -> DailyClose:
    """Compare a file with what came that day, keep the list, then hear the file's lines.

    A crash in between loses nothing: the file is uploaded again, and what was heard counts once.
    NoStatement, when the adapter reads no files, cannot read this one, it tells of an account that
    takes no fees of the officer's `units`, or of other days alone.
    """
    told = _read(adapter, statement, adapters=adapters)
    if not all(_own(units, adapters)(line.seen.account or "") for line in told):
        raise NoStatement("Tài khoản trong tệp không thu phí cho đơn vị của bạn.")
    if told and not any(_is_of(line.seen, _begins(day)) for line in told):
        raise NoStatement(f"Tệp không có dòng nào của ngày {day:%d/%m/%Y}. Chọn tệp của ngày này.")
    named = UUID(bytes=random(16), version=4)
    wrapped, key = vault.new_key(named)
    row = CloseRow(
        id=named,
        unit=unit,
        adapter=adapter,
        day=day.isoformat(),
        uploaded_by=by,
        uploaded_at=now,
    )
    kept = InboxRow(
        id=named,
        adapter=adapter,
        at=now,
        digest=sha256(statement.body).digest(),
        wrapped_key=wrapped,
        sealed=key.seal(_FILE, statement.body),
        verdict=Outcome.ACCEPTED.value,
    )
    async with db.transaction():
        await inbox.receive(kept)
        theirs, ours = await _sides(adapter, told, day=day, own=_own(units, adapters))
        await closing.add(row, compared(theirs, ours))
        await _journal(row, "close_day", by=by, now=now)
    source = settling.Source(adapter=adapter, inbox=named, key=key)
    for line in told:
        await settling.settle(line.seen, source=source, adapters=adapters, now=now)
    return await one_close(named, vault=vault)


async def sign_close(close: UUID, *, note: str, by: str, vault: Vault, now: datetime) -> DailyClose:
    """Sign a close (ký đối soát) as the second person, with a word on what differs.

    CloseSigned, SamePerson, NotFound, Unprocessable.
    """
    row = await _row(close)
    if row.signed_by is not None:
        raise CloseSigned
    if row.uploaded_by == by:
        raise SamePerson
    if not note and differs(await closing.lines(close)):
        raise Unprocessable(errors=[NOTE_NEEDED])
    key = vault.open_key(await closing.wrapped_key(close), close)
    sealed = key.seal(_NOTE, note.encode()) if note else None
    async with db.transaction():
        if not await closing.sign(close, by=by, now=now, note=sealed):
            raise CloseSigned
        await _journal(row, "sign_close", by=by, now=now)
    return await one_close(close, vault=vault)


async def one_close(close: UUID, *, vault: Vault) -> DailyClose:
    """Read a close with its list; NotFound."""
    return await _shown(await _row(close), vault)


async def listed_closes(
    units: Sequence[str],
    *,
    vault: Vault,
    before: datetime,
    beyond: UUID | None = None,
    most: int = 50,
) -> list[DailyClose]:
    """List closes of these units, newest first; a further page begins after the last one seen."""
    found = await closing.page(units, before=before, beyond=beyond or _LAST, most=most)
    return [await _shown(row, vault) for row in found]


async def foreign_money(adapter: str, day: date, *, adapters: Adapters) -> tuple[Foreign, ...]:
    """Sum the money of a day that a bank told of for accounts that take no fees here."""
    since = _begins(day)
    found = await closing.astray(adapter, since=since, until=since + _DAY)
    return tuple(one for one in found if not adapters.units_of(one.account))


def readers(adapters: Adapters) -> list[str]:
    """Name the adapters that are on and read files; one whose columns nobody named reads none."""
    return [name for name in adapters.usable if _reads(name, adapters)]


def _reads(name: str, adapters: Adapters) -> bool:
    plugged = adapters.find(name)
    if plugged is None or not plugged.spec.capabilities.statements:
        return False
    try:
        plugged.statement(adapters.context(name), Statement(name="", body=b""))
    except Unsupported:
        return False
    except Malformed:  # it reads files, and says that this is none
        return True
    return True


def _read(name: str, statement: Statement, *, adapters: Adapters) -> tuple[StatementLine, ...]:
    plugged = adapters.find(name)
    if plugged is None or not plugged.spec.capabilities.statements:
        raise NoStatement(f"payments.{name}")
    try:
        return plugged.statement(adapters.context(name), statement)
    except (Malformed, Unsupported) as fault:
        raise NoStatement(str(fault)) from None


def _own(units: Sequence[str], adapters: Adapters) -> Callable[[str], bool]:
    """Tell of an account whether it takes fees of the officer's units; a wallet's has no number."""
    mine = {*units, "*"}
    return lambda account: not account or not mine.isdisjoint(adapters.units_of(account))


async def _sides(
    adapter: str, told: Sequence[StatementLine], *, day: date, own: Callable[[str], bool]
) -> tuple[list[Movement], list[Movement]]:
    """Give both sides of a day: theirs as the file says, ours of the same accounts.

    A movement that we wrote down under another day is looked up by its name, so that midnight makes
    no difference. An empty file is set against every account that is the officer's.
    """
    since = _begins(day)
    that_day = [line.seen for line in told if _is_of(line.seen, since)]
    theirs = [_movement(seen) for seen in that_day if _counts(seen)]
    accounts = sorted({line.seen.account or "" for line in told})
    if not accounts:
        every = await closing.accounts(adapter, since=since, until=since + _DAY)
        accounts = [one for one in every if own(one)]
    ours = await closing.movements(adapter, accounts, since=since, until=since + _DAY)
    known = {one.name for one in ours}
    for one in theirs:
        found = None if one.name in known else await closing.named(adapter, *one.name)
        ours += [found] if found else []
    return theirs, ours


def _begins(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=VIETNAM)


def _is_of(seen: Observation, since: datetime) -> bool:
    return seen.occurred_at is None or since <= seen.occurred_at < since + _DAY


def _counts(seen: Observation) -> bool:
    """Tell whether a line says that money moved; one without a reference (review) does too."""
    moved = seen.status in {"succeeded", "review"} and seen.kind != "refund"
    return moved and seen.amount is not None


def _movement(seen: Observation) -> Movement:
    return Movement(
        account=seen.account or "",
        txn=seen.txn or f"ref:{seen.provider_ref or ''}",
        kind="payment" if seen.kind == "payment" else "reversal",
        amount=seen.amount or 0,
    )


async def _row(close: UUID) -> CloseRow:
    row = await closing.get(close)
    if row is None:
        raise NotFound
    return row


async def _journal(row: CloseRow, verb: str, *, by: str, now: datetime) -> None:
    await audit.write(
        actor=by,
        verb=verb,
        dossier=None,
        unit=row.unit,
        facts={"close": str(row.id), "adapter": row.adapter, "day": row.day},
        now=now,
    )


async def _shown(row: CloseRow, vault: Vault) -> DailyClose:
    lines = await closing.lines(row.id)
    note = None
    if row.note:
        key = vault.open_key(await closing.wrapped_key(row.id), row.id)
        note = key.open(_NOTE, row.note).decode()
    return DailyClose(
        close=row.id,
        unit=row.unit,
        adapter=row.adapter,
        day=date.fromisoformat(row.day),
        uploaded_by=row.uploaded_by,
        uploaded_at=row.uploaded_at.astimezone(VIETNAM),
        signed_by=row.signed_by,
        signed_at=row.signed_at and row.signed_at.astimezone(VIETNAM),
        note=note,
        counts=counts_of(lines),
        difference=difference_of(lines),
        lines=lines,
    )
