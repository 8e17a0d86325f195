"""The bill (khoản phải nộp) that a provider is told of: what a payment is for, nobody's name."""

import msgspec

from backend import dossiers, places
from backend.payments.model.words import Line, still_due
from backend.payments.store.rows import ObligationRow
from payment_adapters import contract


async def bill_of(obligation: ObligationRow) -> contract.Bill:
    """Write the bill of what is owed, with its lines as they were frozen."""
    dossier = await dossiers.get(obligation.dossier)
    procedure = await dossiers.procedure_of(dossier)
    frozen = msgspec.json.decode(obligation.lines, type=tuple[Line, ...])
    lines = still_due(frozen, amount=obligation.amount or 0, due=obligation.due)
    return contract.Bill(
        reference=dossier.code or "",
        service_code=procedure.code,
        service_title=procedure.name,
        unit_code=obligation.unit,
        unit_title=places.name(obligation.unit),
        lines=tuple(
            contract.BillLine(
                kind=line.kind, code=str(number), title=line.name, amount=line.amount or 0
            )
            for number, line in enumerate(lines, start=1)
        ),
    )
