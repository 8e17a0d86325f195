"""What must hold at the end of every history, recounted from the outside."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from backend import attachments, dossiers, payments
from backend.platform.db import row, rows
from tests.proof.promises import numbers_astray
from tests.simulation.people import Citizen, Officer
from tests.simulation.world import World

VIETNAM = timezone(timedelta(hours=7))
CODES = {
    "accept": "2",
    "decline": "3",
    "withdraw": "7",
    "stop": "8",
    "finish": "9",
    "return": "10",
}
"""Our moves as the one-stop's states (TrangThaiHoSo), by the vocabulary's own table."""
ENDS = {"declined", "stopped", "result_ready", "returned", "withdrawn"}


async def check(world: World, citizens: Iterable[Citizen], officer: Officer) -> None:
    """Check everything; AssertionError names what does not hold."""
    held = {one.code: one for one in world.onestop.book.received()}
    codes: set[str] = set()
    for citizen in citizens:
        if citizen.told.saved:
            await _kept(world, citizen)
        if citizen.told.code:
            assert citizen.told.code not in codes, f"{citizen.told.code} was given twice"
            codes.add(citizen.told.code)
            await _money(world, citizen)
            await _forwarded(citizen, held.get(citizen.told.code), officer)
    mine = {one["code"] for one in await rows("SELECT code FROM dossiers WHERE code IS NOT NULL")}
    assert set(held) <= mine, "the one-stop holds a dossier that is not ours"
    assert await row("SELECT 1 AS one FROM forwarding_differences WHERE closed_at IS NULL") is None
    await _leader()
    assert await numbers_astray() == [], "the numbers of receipts"
    books = await payments.audit()
    assert books.right, f"the ledger: {books}"
    verdict = await world.verdict()
    assert not verdict.findings, f"the journal: {verdict.findings}"


async def _kept(world: World, citizen: Citizen) -> None:
    """Every acknowledged dossier is there, with every acknowledged file's bytes."""
    found = await dossiers.opened(citizen.id, world.house.vault)
    if citizen.told.code:
        assert found.dossier.code == citizen.told.code, f"{citizen.name}: another code"
        named = {one["sha256"] for one in citizen.told.receipt["files"]}
        assert named == set(citizen.photos), f"{citizen.name}: the receipt names other files"
    states = await attachments.states(citizen.id)
    for digest in citizen.told.kept:
        assert states[digest].whole, f"{citizen.name}: an acknowledged photo is gone"
        assert states[digest].check == "ok", f"{citizen.name}: a good photo is {states[digest]}"
        stream = attachments.read(citizen.id, digest, key=found.key, files=world.house.files)
        data = b"".join([piece async for piece in stream])
        assert hashlib.sha256(data).hexdigest() == digest, f"{citizen.name}: other bytes"


# -- money -----------------------------------------------------------------------------------------


async def _money(world: World, citizen: Citizen) -> None:
    """Paid exactly by the rules, and every surplus has a refund record."""
    obligation, _attempts = await payments.of_dossier(citizen.id)
    assert obligation is not None
    came, sure = await _came(world, citizen)
    if not sure:
        return
    owed, name = citizen.told.owed, f"{citizen.name} ({citizen.way})"
    assert obligation.paid == sum(came), f"{name}: {obligation.paid} of {came} was booked"
    ended = await row(
        "SELECT basis FROM obligations WHERE dossier = {} AND basis = 'cancelled'", citizen.id
    )
    if owed in came and ended is None:
        surplus = sum(came) - owed
        wanted = "refund_due" if surplus else "paid"
    elif ended is not None:
        surplus = sum(came)
        wanted = "refund_due" if surplus else "cancelled"
    else:
        surplus, wanted = 0, "open"
    assert obligation.state == wanted, f"{name}: is {obligation.state}, came {came} of {owed}"
    found = await row(
        "SELECT coalesce(sum(r.amount), 0) AS sum FROM refunds r JOIN obligations o"
        " ON o.id = r.obligation WHERE o.dossier = {} AND r.state = 'requested'",
        citizen.id,
    )
    assert found is not None
    assert int(found["sum"]) == surplus, f"{name}: surplus {surplus}, refunds {found['sum']}"
    await _receipts(citizen, whole=owed in came and ended is None)


async def _receipts(citizen: Citizen, *, whole: bool) -> None:
    """Whole money has one receipt of each kind that stands; other money has none that does."""
    found = await rows(
        "SELECT kind, state, amount FROM fee_receipts WHERE dossier = {}"
        " AND state NOT IN ('cancelled', 'replaced')",
        citizen.id,
    )
    kinds = [one["kind"] for one in found]
    assert len(kinds) == len(set(kinds)), f"{citizen.name}: receipts of {kinds}"
    stands = sum(int(one["amount"]) for one in found if one["state"] == "issued")
    wanted = citizen.told.owed if whole else 0
    assert stands == wanted, f"{citizen.name}: receipts of {stands} stand, must be {wanted}"


async def _came(world: World, citizen: Citizen) -> tuple[list[int], bool]:
    """List the money that the bank or the counter took, and whether the bank told of all of it."""
    ledger = world.teller.ledger
    came, sure = [], True
    for number in citizen.movements:
        movement = ledger.movement(number)
        assert movement is not None
        came.append(movement.amount)
        sure = sure and any("đã báo" in words for words in ledger.words_about(str(number)))
    payment = ledger.payment(citizen.ref) if citizen.ref else None
    if payment is not None and payment.status == "paid":
        came += [payment.paid or 0] * (2 if payment.script == "double" else 1)
        told = [words for words in ledger.words_about(citizen.ref) if "đã báo" in words]
        sure = sure and (payment.script != "double" or len(told) >= 2)
    cash = await rows(
        "SELECT e.amount FROM money_events e JOIN postings p ON p.event = e.id JOIN obligations o"
        " ON o.id = p.obligation WHERE o.dossier = {} AND e.adapter = 'counter'",
        citizen.id,
    )
    assert len(cash) <= 1, f"{citizen.name}: cash was booked {len(cash)} times"
    return came + [int(one["amount"]) for one in cash], sure


# -- the one-stop ----------------------------------------------------------------------------------


async def _forwarded(citizen: Citizen, held: Any, officer: Officer) -> None:
    """Once in effect, whole, and its moves in their order."""
    moves = await rows("SELECT verb FROM dossier_moves WHERE dossier = {} ORDER BY rev", citizen.id)
    verbs = [one["verb"] for one in moves if one["verb"] in CODES]
    told = [verb for verb in officer.told.get(citizen.told.code, ()) if verb != "collect"]
    assert told == [verb for verb in verbs if verb in told], f"{citizen.name}: told {told}, {verbs}"
    settled = await row(
        "SELECT settled_at FROM obligations WHERE dossier = {} AND settled_at IS NOT NULL",
        citizen.id,
    )
    if held is None:
        assert "accept" not in verbs, f"{citizen.name}: accepted and never forwarded"
        ended = any(verb in {"decline", "withdraw"} for verb in verbs)
        assert settled is None or ended, f"{citizen.name}: paid and never forwarded"
        return
    sent = sorted(one.sha256 for one in held.files)
    assert sent == sorted(citizen.photos), f"{citizen.name}: other files at the one-stop"
    progress = [one["TrangThai"] for one in held.progress]
    wanted = [CODES[verb] for verb in verbs]
    assert progress == wanted, f"{citizen.name}: the one-stop saw {progress}, we did {verbs}"


# -- the leader ------------------------------------------------------------------------------------


async def _leader() -> None:
    """The leader's facts equal a full recount from the records."""
    found = {one["dossier"]: one for one in await rows("SELECT * FROM target_facts")}
    accepted = await rows("SELECT * FROM dossiers WHERE accepted_at IS NOT NULL")
    assert {one["id"] for one in accepted} == set(found), "the leader counts other dossiers"
    for one in accepted:
        fact = found[one["id"]]
        wanted = {
            "code": one["code"],
            "unit": one["unit"],
            "channel": one["channel"],
            "accepted_on": _day(one["accepted_at"]),
            "due_on": _day(one["due_at"]),
            "ended_on": await _ended_on(one["id"]),
            **await _money_facts(one["id"]),
        }
        seen = {name: _plain(fact[name]) for name in wanted}
        off = {name: (seen[name], wanted[name]) for name in wanted if seen[name] != wanted[name]}
        assert not off, f"{one['code']}: the leader sees, and it is: {off}"


async def _ended_on(dossier: UUID) -> date | None:
    for move in await rows("SELECT * FROM dossier_moves WHERE dossier = {} ORDER BY rev", dossier):
        if move["after"] in ENDS:
            return _day(move["at"])
    return None


async def _money_facts(dossier: UUID) -> dict[str, Any]:
    owed = await row("SELECT * FROM obligations WHERE dossier = {}", dossier)
    assert owed is not None
    exact = await rows(
        "SELECT e.txn, a.adapter FROM postings p JOIN money_events e ON e.id = p.event"
        " JOIN payment_attempts a ON a.id = p.attempt WHERE p.obligation = {}"
        " AND e.kind = 'payment' AND e.status = 'succeeded' AND e.amount = {} ORDER BY p.at, e.id",
        owed["id"],
        owed["amount"],
    )
    back = await rows(
        "SELECT e.txn FROM postings p JOIN money_events e ON e.id = p.event"
        " WHERE p.obligation = {} AND e.kind = 'reversal'",
        owed["id"],
    )
    gone = {one["txn"] for one in back}
    kept = [one["adapter"] for one in exact if one["txn"] not in gone]
    first = owed["settled_by"] if owed["settled_by"] in kept else next(iter(kept), "counter")
    online = owed["settled_at"] is not None and first != "counter"
    return {"amount": int(owed["amount"]), "exempt": False, "paid_online": online}


def _day(moment: datetime | str | None) -> date | None:
    if moment is None:
        return None
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return at.astimezone(VIETNAM).date()


def _plain(value: Any) -> Any:
    if isinstance(value, str) and len(value) == len("2026-11-23") and value[4:5] == "-":
        return date.fromisoformat(value)
    return value
