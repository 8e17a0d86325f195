"""Taking the one-stop's word back: its number, its remarks, and the moves that it may make."""

from backend import dossiers
from backend.forwarding import store
from backend.forwarding.actions.delivering import Forwarder
from backend.forwarding.actions.differences import note_difference
from backend.forwarding.actions.sealing import open_remark, seal_remark
from backend.forwarding.connectors import OneStopFault
from backend.forwarding.model import Held, state_code
from backend.forwarding.model.standing import move_for, way_from
from backend.platform.kit import logs

_logger = logs.get("forwarding")

POLLED_AT_ONCE = 20


async def poll(forwarder: Forwarder) -> None:
    """Ask the one-stop about dossiers that are still open; stop at its first fault."""
    due = await store.to_poll(most=POLLED_AT_ONCE)
    await store.mark_polled([row.dossier for row in due], now=forwarder.clock())
    for row in due:
        try:
            await _take_back(forwarder, row)
        except OneStopFault as fault:
            _logger.warning("one-stop-silent", extra={"reason": type(fault).__name__})
            return


async def _take_back(forwarder: Forwarder, row: store.Forwarding) -> None:
    code = (await dossiers.get(row.dossier)).code or ""
    held = await forwarder.connector.look_up(code)
    if await store.untold_moves(row.dossier):
        return  # something was decided here while we asked; it goes out first
    now = forwarder.clock()
    ours = row.receipt_number or ""
    if held is None:
        await note_difference(row, "missing", ours=ours, theirs="", now=now)
        return
    await store.close_difference(row.dossier, "missing", now=now)
    if held.receipt_number == ours:
        await store.close_difference(row.dossier, "receipt_number", now=now)
    else:
        await note_difference(row, "receipt_number", ours=ours, theirs=held.receipt_number, now=now)
    await _keep_remark(forwarder, row, held)
    await _follow(forwarder, row, held)


async def _keep_remark(forwarder: Forwarder, row: store.Forwarding, held: Held) -> None:
    if not held.remark:
        return
    key = (await dossiers.opened(row.dossier, forwarder.vault)).key
    if held.remark != open_remark(key, row.remark):
        await store.keep_remark(row.dossier, seal_remark(key, held.remark))


async def _follow(forwarder: Forwarder, row: store.Forwarding, held: Held) -> None:
    """Take over the moves that the one-stop made and may make; list the rest."""
    dossier = await dossiers.get(row.dossier)
    for state in way_from(state_code(dossier.state), held):
        verb = move_for(state, authority=forwarder.authority)
        moved = await _moved(forwarder, dossier, verb, held) if verb else None
        if moved is None:
            break
        dossier = moved
    ours, now = state_code(dossier.state), forwarder.clock()
    if ours == held.state:
        await store.agree(row.dossier, state=ours, ended=dossier.state in dossiers.ENDS)
        await store.close_difference(row.dossier, "status", now=now)
    else:
        await note_difference(row, "status", ours=ours, theirs=held.state, now=now)


async def _moved(
    forwarder: Forwarder, dossier: dossiers.Dossier, verb: str, held: Held
) -> dossiers.Dossier | None:
    try:
        return await dossiers.move(
            dossier.id,
            verb,
            by="onestop",
            now=forwarder.clock(),
            reason=held.remark or None,
            vault=forwarder.vault,
        )
    except (dossiers.NotAllowedNow, dossiers.Stale):
        return None
