"""Pay links (đường dẫn trả hộ): whoever holds one may pay this one fee, and do nothing else.

A token is sealed like those of files: nothing in it can be read or changed. It names the dossier,
its purpose and a number; the number that is live stands in the database, so that one word of the
citizen ends every link that was handed out.
"""

from datetime import datetime, timedelta
from uuid import UUID

from backend.payments.actions.paying import payable
from backend.payments.store import links as lent
from backend.payments.store import obligations
from backend.platform import audit, db
from backend.platform.kit.errors import NotFound
from backend.platform.links import Links

LIVES = timedelta(days=30)
_WHAT = "fee"


async def lend(dossier: UUID, *, links: Links, now: datetime) -> tuple[str, datetime]:
    """Make a token by which anybody may pay; it lives until the given moment, or is ended.

    AlreadyPaid, NothingDue. Made again, the earlier ones stay good.
    """
    async with db.transaction():
        row = payable(await obligations.lock(dossier))
        number = await lent.begin(row.id, now=now)
        await audit.write(
            actor="citizen",
            verb="pay_link_made",
            dossier=dossier,
            unit=row.unit,
            facts={"number": number},
            now=now,
        )
    until = now + LIVES
    return links.make(dossier, _WHAT, purpose=_purpose(number), until=until), until


async def end_lending(dossier: UUID, *, now: datetime) -> None:
    """End every token of a fee at once; a new one does not bring them back."""
    async with db.transaction():
        row = await obligations.of(dossier)
        if row is None or not await lent.end(row.id, now=now):
            return
        await audit.write(
            actor="citizen",
            verb="pay_links_ended",
            dossier=dossier,
            unit=row.unit,
            facts={},
            now=now,
        )


async def lent_to(token: str, *, links: Links, now: datetime) -> UUID:
    """Give the dossier whose fee a token lets pay; forged, foreign and ended ones are NotFound."""
    link = links.read(token, now=now)
    number = await lent.live(link.dossier)
    if number is None or (link.what, link.purpose) != (_WHAT, _purpose(number)):
        raise NotFound
    return link.dossier


def _purpose(number: int) -> str:
    return f"pay:{number}"
