"""The audit of money (kiểm tra sổ tiền): the ledger must say what the events say, to the đồng."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from msgspec import Struct

from backend.payments.actions.folding import back_of, stands, wanted
from backend.payments.model.ledger import Gap, holder_of
from backend.payments.model.refunds import GIVEN, VOID
from backend.payments.store import ledger, money, obligations, refunds
from backend.payments.store.rows import ObligationRow

_AT_ONCE = 500
Balances = dict[tuple[str, str], int]


class Audit(Struct, frozen=True, kw_only=True):
    """What the audit found: how much was looked at, and every place that does not add up."""

    obligations: int
    unbalanced: list[UUID]
    gaps: list[Gap]
    uncovered: list[UUID]

    @property
    def drift(self) -> int:
        """Sum the đồng that ledger and events differ by; 0 or something is wrong."""
        return sum(abs(gap.ledger - gap.events) for gap in self.gaps)

    @property
    def right(self) -> bool:
        """Tell whether every entry balances, nothing differs, and every surplus has its refund."""
        return not (self.unbalanced or self.gaps or self.uncovered)


async def audit() -> Audit:
    """Fold all events anew and compare them with the ledger, account by account."""
    seen, gaps, uncovered, after = 0, list(await _holders()), [], UUID(int=0)
    while page := await obligations.page(after, most=_AT_ONCE):
        for row in page:
            found, covered = await _obligation(row)
            gaps += found
            uncovered += [] if covered else [row.id]
        seen, after = seen + len(page), page[-1].id
    return Audit(
        obligations=seen, unbalanced=await ledger.unbalanced(), gaps=gaps, uncovered=uncovered
    )


async def _obligation(row: ObligationRow) -> tuple[list[Gap], bool]:
    """Compare one obligation's accounts, its row, and its refunds with its events."""
    facts, rows = await money.facts(row.id), await refunds.of(row.id)
    back = back_of(rows)
    where = stands(row, facts, back)
    held = await ledger.balances(row.id)
    expected = {str(name): due for name, due in wanted(row, where, facts, back).items()}
    expected |= {"paid": where.paid, "returned": back.given}
    told = {**held, "paid": row.paid, "returned": row.given_back}
    kept = sum(one.amount for one in rows if one.state not in VOID)
    covered = kept >= where.surplus and where.state == row.state
    return list(_gaps(told, expected, row.unit)), covered


def _gaps(told: Mapping[str, int], expected: Mapping[str, int], holder: str) -> Iterable[Gap]:
    for name, amount in expected.items():
        if told.get(name, 0) != amount:
            yield Gap(account=name, holder=holder, ledger=told.get(name, 0), events=amount)


async def _holders() -> list[Gap]:
    """Compare what came to and went from each account, each till, and stands in suspense."""
    expected: Balances = {}
    for one in await ledger.came():
        holder = holder_of(one["adapter"], one["account"])
        _add(expected, "till" if one["cash"] else "collected", holder, one["amount"])
        _add(expected, "suspense", holder, -one["unplaced"])
    for one in await ledger.unmatched_refunds():
        holder = holder_of(one["adapter"], one["account"])
        if one["state"] in VOID or one["state"] == "rejected":
            continue
        _add(expected, "suspense", holder, one["amount"])
        if one["state"] not in GIVEN:
            _add(expected, "give_back", holder, -one["amount"])
    for one in await ledger.given_back():
        _add(expected, "given_back", holder_of(one["adapter"], one["account"]), -one["amount"])
    told = {(one["account"], one["holder"]): one["amount"] for one in await ledger.by_holder()}
    return [
        Gap(account=key[0], holder=key[1], ledger=told.get(key, 0), events=expected.get(key, 0))
        for key in sorted(expected.keys() | told.keys())
        if told.get(key, 0) != expected.get(key, 0)
    ]


def _add(balances: Balances, account: str, holder: str, amount: int) -> None:
    balances[account, holder] = balances.get((account, holder), 0) + amount
