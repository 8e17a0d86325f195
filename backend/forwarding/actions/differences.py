"""Where we and the one-stop do not agree (sai lệch): listed for people, not settled by guessing."""

from datetime import datetime

from backend.forwarding import store
from backend.forwarding.model.standing import Kind
from backend.platform import audit
from backend.platform.db import transaction


async def note_difference(
    row: store.Forwarding, kind: Kind, *, ours: str, theirs: str, now: datetime
) -> None:
    """Put a difference on the list and into the journal, once."""
    async with transaction():
        new = await store.open_difference(
            row.dossier, kind, unit=row.unit, ours=ours, theirs=theirs, now=now
        )
        if new:
            await audit.write(
                actor="system",
                verb="forwarding.differs",
                dossier=row.dossier,
                unit=row.unit,
                facts={"kind": kind, "ours": ours, "theirs": theirs},
                now=now,
            )
