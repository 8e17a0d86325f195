"""Handing a dossier over: a sealed copy first, asking before sending again, nothing ever dropped.

Network calls stand outside every transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import msgspec

from backend import attachments, dossiers, payments, places
from backend.forwarding import store
from backend.forwarding.actions.differences import note_difference
from backend.forwarding.actions.sealing import open_copy, seal_copy
from backend.forwarding.connectors import Connector, OneStopFault, Refused
from backend.forwarding.model import Facts, Move, Record, Sent, record_of, row_of
from backend.forwarding.model.mapping import files_of, linked
from backend.forwarding.model.standing import Authority, differing, untold
from backend.platform import audit, jobs
from backend.platform.db import transaction
from backend.platform.kit.clock import Clock
from backend.platform.links import Links
from backend.platform.vault import Vault

LINKS_LAST = timedelta(hours=72)
ROWS_AT_ONCE = 10
HELD_AGAIN = 30.0
CHECKED_AGAIN = 1.0
DIFFERENT_AGAIN = 3600.0


@dataclass(frozen=True, kw_only=True)
class Forwarder:
    """The hand-over at work (chuyển hồ sơ sang một cửa): one per process, without state."""

    connector: Connector
    vault: Vault
    links: Links
    clock: Clock
    files_base_url: str
    authority: Authority = "here"

    async def deliver(self, dossier: UUID) -> None:
        """Bring the one-stop up to date with one dossier: create it, then tell its moves.

        Raises OneStopFault (tried again with back-off) or jobs.Later (held, or different there).
        """
        row = await store.get(dossier)
        if row is None:
            return
        try:
            opened = await dossiers.opened(dossier, self.vault)
            if row.receipt_number is None:
                row = await self._create(row, opened)
            await self._tell(row, opened)
        except OneStopFault as fault:
            words = f": {fault.words}" if isinstance(fault, Refused) else ""
            await store.note_problem(dossier, f"{fault}{words}")
            raise

    async def _create(self, row: store.Forwarding, opened: dossiers.Opened) -> store.Forwarding:
        await _wait_while_held(opened.dossier)
        copy = await store.first_copy(row.dossier)
        if copy is None:
            sent = await self._sent(opened)
            await self._keep(opened, "create", sent)
        else:
            sent = open_copy(opened.key, *copy)
        number = await self._known_number(row, sent.record) if row.unsure else None
        if number is None:
            number = await self.connector.create(self._linked(row.dossier, sent))
        return await self._mark_created(row, sent.record, number)

    async def _known_number(self, row: store.Forwarding, record: Record) -> str | None:
        """Ask for a dossier that may have arrived; what differs there is never sent again."""
        held = await self.connector.look_up(record.MaHoSo)
        if held is None:
            return None
        different = differing(record, held)
        if different:
            await note_difference(
                row, "fields", ours=", ".join(different), theirs="", now=self.clock()
            )
            raise jobs.Later(DIFFERENT_AGAIN)
        return held.receipt_number

    async def _mark_created(
        self, row: store.Forwarding, record: Record, number: str
    ) -> store.Forwarding:
        now = self.clock()
        async with transaction():
            # The dossier's row first, as whoever moves it takes them: the other way round the
            # officer who accepts at that moment would wait for us, and we for the officer.
            await dossiers.mark_received(row.dossier, receipt_number=number, now=now)
            await store.mark_created(
                row.dossier, receipt_number=number, state=record.TrangThaiHoSo, now=now
            )
            await store.close_difference(row.dossier, "fields", now=now)
        return msgspec.structs.replace(
            row, receipt_number=number, state=record.TrangThaiHoSo, unsure=False
        )

    async def _tell(self, row: store.Forwarding, opened: dossiers.Opened) -> None:
        """Tell the moves that are still untold: one update, rows of progress by tens."""
        moves = await store.untold_moves(row.dossier)
        if not moves:
            return
        sent = await self._sent(opened, await _worded(opened, moves))
        rows = sent.rows
        if row.unsure:
            held = await self.connector.look_up(sent.record.MaHoSo)
            if held is None:
                await note_difference(
                    row, "missing", ours=row.receipt_number or "", theirs="", now=self.clock()
                )
                raise jobs.Later(DIFFERENT_AGAIN)
            rows = untold(rows, held)
        await self._keep(opened, "update", sent)
        number = await self.connector.update(self._linked(row.dossier, sent))
        for start in range(0, len(rows), ROWS_AT_ONCE):
            await self.connector.advance(rows[start : start + ROWS_AT_ONCE])
        if number != row.receipt_number:
            await note_difference(
                row,
                "receipt_number",
                ours=row.receipt_number or "",
                theirs=number,
                now=self.clock(),
            )
        await self._mark_told(row, moves, sent.record)

    async def _mark_told(
        self, row: store.Forwarding, moves: Sequence[Move], record: Record
    ) -> None:
        now = self.clock()
        async with transaction():
            await store.mark_told(row.dossier, moves, state=record.TrangThaiHoSo, now=now)
            await audit.write(
                actor="system",
                verb="forwarding.told",
                dossier=row.dossier,
                unit=row.unit,
                facts={"rev": moves[-1].rev, "state": record.TrangThaiHoSo},
                now=now,
            )

    async def _sent(self, opened: dossiers.Opened, moves: Sequence[Move] = ()) -> Sent:
        facts = await _facts(opened)
        return Sent(
            record=record_of(facts, after=moves[-1] if moves else None),
            files=files_of(facts.dossier.id, facts.private),
            rows=tuple(row_of(facts, move) for move in moves),
        )

    async def _keep(self, opened: dossiers.Opened, kind: store.CopyKind, sent: Sent) -> None:
        """Keep the copy of what goes out, and the doubt that lasts until the answer."""
        digest, sealed = seal_copy(opened.key, sent)
        dossier = opened.dossier.id
        async with transaction():
            await store.keep_copy(
                dossier, kind=kind, digest=digest, sealed=sealed, now=self.clock()
            )
            await store.doubt(dossier)

    def _linked(self, dossier: UUID, sent: Sent) -> Record:
        until = self.clock() + LINKS_LAST
        links = {
            file: f"{self.files_base_url}/f/"
            + self.links.make(dossier, digest, purpose="onestop", until=until)
            for file, digest in sent.files.items()
        }
        return linked(sent.record, links)


async def _wait_while_held(dossier: dossiers.Dossier) -> None:
    """Hold a dossier back while a photo is not checked, or is asked for again."""
    if dossier.held:
        raise jobs.Later(HELD_AGAIN)
    states = await attachments.states(dossier.id)
    if any(state.check == "pending" for state in states.values()):
        raise jobs.Later(CHECKED_AGAIN)


async def _facts(opened: dossiers.Opened) -> Facts:
    dossier = opened.dossier
    procedure = await dossiers.procedure_of(dossier)
    obligation, _attempts = await payments.of_dossier(dossier.id)
    brief = (await payments.of_dossiers([dossier.id])).get(dossier.id)
    return Facts(
        dossier=dossier,
        private=opened.private(),
        procedure_name=procedure.name,
        title=procedure.title,
        field=procedure.definition.field.name,
        unit_name=places.name(dossier.unit),
        obligation=obligation,
        money=brief,
        supplements=await dossiers.supplements(opened),
        standstills=await dossiers.standstills(dossier.id),
    )


async def _worded(opened: dossiers.Opened, moves: Sequence[Move]) -> list[Move]:
    """Give moves the words that the citizen's timeline has for them, reasons included."""
    steps = await dossiers.timeline(opened.dossier, opened.key)
    words = {(step.at, step.state): step.what for step in steps}
    return [
        msgspec.structs.replace(
            move, words=words.get((dossiers.local(move.at), move.after), move.verb)
        )
        for move in moves
    ]
