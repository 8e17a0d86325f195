"""The desk of unmatched money (bàn đối chiếu tiền): the list, one movement, whose it may be."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from backend import dossiers, places
from backend.payments.actions.adapters import Adapters
from backend.payments.actions.settling import MEMO
from backend.payments.model.desk import (
    ENOUGH,
    DeskVerb,
    Near,
    dossier_codes,
    likeness,
    score,
    steps,
)
from backend.payments.model.matching import masked
from backend.payments.model.states import PAYABLE, Reason
from backend.payments.model.words import Decided, Suggestion, Unmatched
from backend.payments.store import desk, obligations
from backend.payments.store.desk import DecisionRow
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import NotFound
from backend.platform.vault import Vault

_NONE_OF_THEN = UUID(int=2**128 - 1)
_WINDOW = timedelta(days=45)
_MOST_ATTEMPTS = 1000
_MOST_SHOWN = 5
DECISION = "money_decisions.reason"


async def unmatched(
    units: Sequence[str],
    *,
    adapters: Adapters,
    now: datetime,
    before: datetime,
    beyond: UUID | None = None,
    most: int = 50,
    vault: Vault | None = None,
) -> list[Unmatched]:
    """List money that officers of these units should look at, newest first, with its reason.

    Money of a dossier that ended stands under the moment at which it was to be given back.
    A further page begins after the last one seen: `before` is its moment, `beyond` its event.
    The text of a transfer names people: where other units share the account it is masked.
    """
    found = await desk.page(units, before=before, beyond=beyond or _NONE_OF_THEN, most=most)
    wards = _wards(now)
    return [
        _shown(
            row,
            masks=_others_share(row, units, adapters, wards=wards),
            foreign=_foreign(row, adapters),
            vault=vault,
        )
        for row in found
    ]


async def one(
    event: UUID, units: Sequence[str], *, adapters: Adapters, now: datetime, vault: Vault
) -> Unmatched:
    """Read one movement that an officer of these units may see; NotFound."""
    row = await seen(event, units)
    masks = _others_share(row, units, adapters, wards=_wards(now))
    return _shown(row, masks=masks, foreign=_foreign(row, adapters), vault=vault)


async def seen(event: UUID, units: Sequence[str]) -> dict[str, Any]:
    """Read the row of one movement; NotFound for another unit's, as for none."""
    row = await desk.one(event)
    if row is None or (row["owner"] or row["unit"]) not in {*units, "*"}:
        raise NotFound
    return row


async def suggestions(event: UUID, units: Sequence[str], *, vault: Vault) -> list[Suggestion]:
    """Say whose dossiers of these units the money may be for, the likeliest first.

    Nothing is matched by itself: an officer reads, decides and says why.
    """
    row = await seen(event, units)
    memo = _memo(row, vault) or ""
    came = row["occurred_at"] or row["received_at"]
    found: dict[UUID, Suggestion] = {}
    for one_ in [
        *await _by_code(memo, units, row, came),
        *await _by_attempt(memo, units, row, came),
    ]:
        before = found.get(one_.dossier)
        if one_.dossier != row["dossier"] and (before is None or before.score < one_.score):
            found[one_.dossier] = one_
    best = sorted(found.values(), key=lambda each: (-each.score, str(each.dossier)))
    return [each for each in best if each.score >= ENOUGH][:_MOST_SHOWN]


async def decided(event: UUID, *, vault: Vault) -> list[Decided]:
    """Read what officers decided of a movement, and why, oldest first."""
    return [_decided(row, vault) for row in await desk.decisions(event)]


async def explained(refund: UUID, *, vault: Vault) -> list[Decided]:
    """Read which steps of a refund officers took, and why, oldest first."""
    return [_decided(row, vault) for row in await desk.explanations(refund)]


def _decided(row: DecisionRow, vault: Vault) -> Decided:
    return Decided(
        at=row.at.astimezone(VIETNAM),
        by=row.officer,
        verb=row.verb,
        reason=vault.open_key(row.wrapped_key, row.id).open(DECISION, row.reason).decode(),
    )


async def _by_code(
    memo: str, units: Sequence[str], row: dict[str, Any], came: datetime
) -> list[Suggestion]:
    """Look for dossiers whose own code stands in the memo."""
    found = []
    for code in dossier_codes(memo):
        try:
            dossier = await dossiers.by_code(code)
        except NotFound:
            continue
        owed = await obligations.of(dossier.id)
        if dossier.unit in units and owed is not None and owed.state in PAYABLE:
            why = likeness(
                near=False, named=True, amount=row["amount"], due=owed.due, came=came, begun=None
            )
            found.append(Suggestion(dossier=dossier.id, due=owed.due, why=why, score=score(why)))
    return found


async def _by_attempt(
    memo: str, units: Sequence[str], row: dict[str, Any], came: datetime
) -> list[Suggestion]:
    """Look among the attempts of the time for near codes, equal amounts, equal hours."""
    tried = await desk.candidates(
        units,
        account=row["account"],
        since=came - _WINDOW,
        until=came + timedelta(days=1),
        most=_MOST_ATTEMPTS,
    )
    near = Near(memo)
    found = []
    for one_ in tried:
        why = likeness(
            near=near.holds(one_["code"]),
            named=False,
            amount=row["amount"],
            due=one_["amount"],
            came=came,
            begun=one_["created_at"],
        )
        found.append(
            Suggestion(dossier=one_["dossier"], due=one_["amount"], why=why, score=score(why))
        )
    return found


def _shown(row: dict[str, Any], *, masks: bool, foreign: bool, vault: Vault | None) -> Unmatched:
    memo = _memo(row, vault)
    return Unmatched(
        event=row["id"],
        at=(row["ended_at"] if row["ended"] else row["received_at"]).astimezone(VIETNAM),
        adapter=row["adapter"],
        account=row["account"],
        amount=row["amount"],
        reason=_reason(row),
        unit=row["owner"] or row["unit"],
        dossier=row["dossier"],
        counted=row["posted_reason"] == "late" and row["state"] == "paid",
        memo=masked(memo) if memo and masks else memo,
        masked=masks and bool(memo),
        foreign=foreign,
        rev=row["rev"],
        kind=row["kind"],
        state=row["state"],
        can=steps_of(row),
    )


def _foreign(row: dict[str, Any], adapters: Adapters) -> bool:
    """Tell whether a bank told of an account that takes no fees here; a provider's is its own."""
    if row["placed"] or row["provider_ref"] or not row["account"]:
        return False
    return not adapters.units_of(row["account"])


def _others_share(
    row: dict[str, Any], units: Sequence[str], adapters: Adapters, *, wards: frozenset[str]
) -> bool:
    """Tell whether money may be another unit's: neither the dossier nor the account is theirs."""
    if {row["owner"], row["unit"]} & set(units):
        return False
    sharers = adapters.units_of(row["account"])
    if not sharers or "*" in sharers:
        sharers = wards
    return not sharers or not sharers <= set(units)


def _wards(now: datetime) -> frozenset[str]:
    """Name every ward of today: an account without a unit of its own is shared by all of them."""
    today = now.astimezone(VIETNAM).date()
    wards = (one for one in places.current().units() if one.level == "commune")
    return frozenset(one.code for one in wards if one.exists(today))


def _reason(row: dict[str, Any]) -> Reason:
    if row["ended"]:
        return "ended"
    reason: Reason | None = row["posted_reason"] or row["reason"]
    return reason or ("ambiguous" if " " in row["codes"] else "unknown")


def _memo(row: dict[str, object], vault: Vault | None) -> str | None:
    sealed, wrapped, inbox = row["sealed"], row["wrapped_key"], row["inbox"]
    if vault is None or not isinstance(sealed, bytes) or not isinstance(wrapped, bytes):
        return None
    if not isinstance(inbox, UUID):
        return None
    return vault.open_key(wrapped, inbox).open(MEMO, sealed).decode()


def steps_of(row: dict[str, Any]) -> tuple[DeskVerb, ...]:
    """List what can be done with a movement as it stands; nothing once it was decided of."""
    if row["handled_at"]:
        return ()
    return steps(
        kind=row["kind"],
        status=row["status"],
        placed=bool(row["placed"]),
        state=row["state"],
        reason=_reason(row),
    )
