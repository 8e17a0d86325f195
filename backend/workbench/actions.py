"""What an officer can do at the desk: read the queue, open a dossier, decide, take money, print.

Every way to a dossier leads through `mine`: another ward's dossier, a draft and a code that does
not exist raise the same NotFound after the same work.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct

from backend import attachments, catalogue, dossiers, forwarding, payments, people, places, qr
from backend.catalogue import People
from backend.dossiers import Dossier, Private
from backend.people import Officer
from backend.platform import audit
from backend.platform.db import transaction
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import Randomness
from backend.platform.links import Links
from backend.platform.vault import Vault
from backend.workbench.model import (
    Asked,
    Collection,
    DecidedElsewhere,
    Decision,
    Discrepancy,
    File,
    Full,
    Line,
    Money,
    MoneyList,
    NotSent,
    Papers,
    PosterLine,
    PosterList,
    Queue,
    Quotation,
    ReasonNeeded,
    Sending,
    SupplementWanted,
    have_and_need,
)

PAGE = 50
LINK_LIVES = timedelta(minutes=5)


class Desk(Struct, frozen=True, kw_only=True):
    """One officer at work (cán bộ đang làm việc): who, when, and what they work with."""

    officer: Officer
    vault: Vault
    links: Links
    origin: str
    decided_here: bool
    now: datetime

    def units(self) -> list[str]:
        """List the units whose dossiers this officer may see today."""
        return people.visible_units(self.officer, self.now.astimezone(VIETNAM).date())

    def address(self, path: str) -> str:
        """Give the full address of a path of ours."""
        return f"{self.origin}{path}"


# -- read ------------------------------------------------------------------------------------------


async def mine(desk: Desk, code: str) -> Dossier:
    """Find a dossier of the officer's units by its code; NotFound for everything else."""
    found = await dossiers.by_code(code)
    if found.unit not in desk.units():
        raise NotFound
    return found


async def queue(desk: Desk, *, state: str | None, q: str, after: str | None) -> Queue:
    """List a page of what waits (hàng chờ), nearest deadline first."""
    page = await dossiers.inbox(
        desk.units(),
        state=dossiers.State(state) if state else None,
        q=q,
        after=after,
        limit=PAGE,
        vault=desk.vault,
    )
    owed = await payments.of_dossiers([one.dossier.id for one in page.items])
    items = [
        Line(
            code=one.dossier.code or "",
            procedure=one.dossier.procedure,
            procedure_title=_procedure(one.dossier).title,
            unit=one.dossier.unit,
            unit_name=places.name(one.dossier.unit),
            state=one.dossier.state,
            rev=one.dossier.rev,
            submitted_at=_local(one.dossier.submitted_at),
            expected_at=_local(one.dossier.expected_at),
            due_at=_local(one.dossier.due_at),
            owner_masked=one.owner_masked,
            papers=await _papers(one.dossier, one.private),
            obligation=owed.get(one.dossier.id),
            channel=one.dossier.channel,
            held=one.dossier.held,
        )
        for one in page.items
    ]
    return Queue(items=items, next=page.next)


async def read(desk: Desk, code: str) -> Full:
    """Open one dossier (xem hồ sơ); that it was read stands in the journal."""
    dossier = await mine(desk, code)
    async with transaction():
        await audit.write(
            actor=desk.officer.actor,
            verb="dossier.read",
            dossier=dossier.id,
            unit=dossier.unit,
            facts={},
            now=desk.now,
        )
    return await _full(desk, dossier)


async def _full(desk: Desk, dossier: Dossier) -> Full:
    opened = await dossiers.opened(dossier.id, desk.vault)
    private = opened.private()
    obligation, attempts = await payments.of_dossier(dossier.id)
    procedure = _procedure(dossier)
    return Full(
        code=dossier.code or "",
        procedure=dossier.procedure,
        procedure_name=procedure.name,
        procedure_title=procedure.title,
        version=dossier.version,
        unit=dossier.unit,
        unit_name=places.name(dossier.unit),
        channel=dossier.channel,
        state=dossier.state,
        rev=dossier.rev,
        submitted_at=_local(dossier.submitted_at),
        expected_at=_local(dossier.expected_at),
        accepted_at=_local(dossier.accepted_at),
        due_at=_local(dossier.due_at),
        finished_at=_local(dossier.finished_at),
        returned_at=_local(dossier.returned_at),
        receipt_number=dossier.receipt_number,
        example=dossier.example,
        held=dossier.held,
        owner=private.owner,
        submitter=private.submitter,
        answers=private.answers,
        papers=await _papers(dossier, private),
        files=await _files(desk, dossier, private),
        obligation=obligation,
        attempts=attempts,
        timeline=await dossiers.timeline(dossier, opened.key),
        supplements=[_asked(one) for one in await dossiers.supplements(opened)],
        moves=_moves(dossier) if desk.decided_here else [],
        decided_here=desk.decided_here,
        forwarded=await forwarding.sent(dossier.id),
    )


def _procedure(dossier: Dossier) -> catalogue.Procedure:
    return catalogue.get(dossier.procedure, version=dossier.version)


def _local(moment: datetime | None) -> datetime | None:
    return dossiers.local(moment) if moment else None


def _moves(dossier: Dossier) -> list[str]:
    return [
        verb
        for verb, move in dossiers.MOVES.items()
        if dossier.state in move.before and "officer" in move.by
    ]


def _asked(supplement: dossiers.Supplement) -> Asked:
    return Asked(
        id=supplement.id,
        by=supplement.by,
        items=supplement.items,
        reason=supplement.reason,
        asked_at=dossiers.local(supplement.asked_at),
        until=_local(supplement.until),
        answered_at=_local(supplement.answered_at),
    )


async def _papers(dossier: Dossier, private: Private) -> Papers:
    wanted = _procedure(dossier).papers_wanted(
        People(owner=private.owner, submitter=private.submitter), private.answers
    )
    states = await attachments.states(dossier.id) if dossier.held else {}
    return have_and_need(
        {one.id: one.min_files for one in wanted if one.required},
        {given.paper: [file.sha256 for file in given.files] for given in private.papers},
        frozenset(sha for sha, state in states.items() if state.check == "unreadable"),
    )


async def _files(desk: Desk, dossier: Dossier, private: Private) -> list[File]:
    states = await attachments.states(dossier.id)
    names = {paper.id: paper.name for paper in _procedure(dossier).papers}
    return [
        File(
            sha256=file.sha256,
            paper=given.paper,
            paper_name=names.get(given.paper, given.paper),
            name=file.name,
            size=file.size,
            media_type=file.media_type,
            check=states[file.sha256].check if file.sha256 in states else "pending",
            view_url=_link(desk, dossier, file.sha256, purpose="view"),
            original_url=_link(desk, dossier, file.sha256, purpose="original"),
        )
        for given in private.papers
        for file in given.files
    ]


def _link(desk: Desk, dossier: Dossier, sha256: str, *, purpose: str) -> str:
    token = desk.links.make(dossier.id, sha256, purpose=purpose, until=desk.now + LINK_LIVES)
    return desk.address(f"/f/{token}")


# -- decide ----------------------------------------------------------------------------------------


async def move(desk: Desk, code: str, verb: str, decision: Decision) -> Full:
    """Move a dossier: decline, stop, finish or return; accept has its own rule."""
    dossier = await mine(desk, code)
    _refuse_elsewhere(desk)
    moved = await _moved(desk, dossier, verb, decision)
    return await _full(desk, moved)


async def accept(desk: Desk, code: str, decision: Decision) -> Full:
    """Accept a dossier (tiếp nhận): from now on the promised date holds.

    While its fee is unpaid an officer may accept it only with a reason: ReasonNeeded.
    """
    dossier = await mine(desk, code)
    _refuse_elsewhere(desk)
    async with transaction():
        obligation, _attempts = await payments.of_dossier(dossier.id)
        unpaid = obligation is not None and not payments.due_settled(obligation)
        if unpaid and decision.checked_reason() is None:
            raise ReasonNeeded
        moved = await _moved(desk, dossier, "accept", decision)
    return await _full(desk, moved)


async def _moved(desk: Desk, dossier: Dossier, verb: str, decision: Decision) -> Dossier:
    return await dossiers.move(
        dossier.id,
        verb,
        by=desk.officer.actor,
        now=desk.now,
        seen=decision.seen,
        reason=decision.checked_reason(),
        note=decision.checked_note(),
        vault=desk.vault,
    )


def _refuse_elsewhere(desk: Desk) -> None:
    if not desk.decided_here:
        raise DecidedElsewhere


async def request_supplement(desk: Desk, code: str, wanted: SupplementWanted) -> Full:
    """Ask the citizen once to complete the dossier (yêu cầu bổ sung)."""
    dossier = await mine(desk, code)
    _refuse_elsewhere(desk)
    asked = await dossiers.ask_supplement(
        dossier.id,
        by=desk.officer.actor,
        items=wanted.items,
        until=wanted.ends_at(),
        now=desk.now,
        vault=desk.vault,
        seen=wanted.seen,
        reason=wanted.checked_reason(),
        note=wanted.checked_note(),
    )
    return await _full(desk, asked)


# -- money -----------------------------------------------------------------------------------------


async def quote(desk: Desk, code: str, quotation: Quotation) -> Full:
    """Set a fee that was not known at submission (báo phí), with its legal basis."""
    dossier = await mine(desk, code)
    _refuse_stale(dossier, quotation)
    await payments.quote(dossier.id, quotation.lines, by=desk.officer.actor, now=desk.now)
    return await _full(desk, await dossiers.get(dossier.id))


async def collect(desk: Desk, code: str, collection: Collection) -> Full:
    """Take money at the counter (thu tại quầy): cash, or a card slip's number."""
    dossier = await mine(desk, code)
    _refuse_stale(dossier, collection)
    await payments.collect(
        dossier.id,
        kind=collection.kind,
        amount=collection.amount,
        slip_number=collection.slip_number,
        by=desk.officer.actor,
        now=desk.now,
    )
    return await _full(desk, await dossiers.get(dossier.id))


def _refuse_stale(dossier: Dossier, decision: Decision) -> None:
    if dossier.rev != decision.seen:
        raise dossiers.Stale(extra={"rev": dossier.rev})


async def money(desk: Desk, after: datetime | None) -> MoneyList:
    """List money that somebody should look at (tiền cần đối chiếu), newest first."""
    found = await payments.unmatched(
        desk.units(), before=after or desk.now, most=PAGE + 1, vault=desk.vault
    )
    page = found[:PAGE]
    follows = dossiers.local(page[-1].at).isoformat() if len(found) > PAGE else None
    items = [
        Money(
            id=one.event,
            at=dossiers.local(one.at),
            adapter=one.adapter,
            account=one.account,
            amount=one.amount,
            reason=one.reason,
            unit=one.unit,
            code=await _code(one.dossier) if one.dossier else None,
            counted=one.counted,
            memo=one.memo,
        )
        for one in page
    ]
    return MoneyList(items=items, next=follows)


async def _code(dossier: UUID) -> str | None:
    return (await dossiers.get(dossier)).code


# -- the hand-over ---------------------------------------------------------------------------------


async def sending(desk: Desk) -> Sending:
    """List what is not in the one-stop system yet, oldest first, and what disagrees with it."""
    waiting = await forwarding.waiting(desk.units(), now=desk.now)
    differing = await forwarding.differences(desk.units())
    return Sending(
        items=[await _not_sent(one) for one in waiting],
        discrepancies=[
            Discrepancy(
                code=await _code(one.dossier) or "",
                unit=one.unit,
                kind=one.kind,
                ours=one.ours,
                theirs=one.theirs,
                seen_at=dossiers.local(one.seen_at),
            )
            for one in differing
        ],
    )


async def _not_sent(one: forwarding.Waiting) -> NotSent:
    dossier = await dossiers.get(one.dossier)
    return NotSent(
        code=dossier.code or "",
        procedure=dossier.procedure,
        unit=dossier.unit,
        state=dossier.state,
        due_at=dossiers.local(one.due_at),
        age=one.age,
        tries=one.tries,
        problem=one.problem,
        flagged=one.flagged,
    )


# -- posters ---------------------------------------------------------------------------------------


async def make_poster(
    desk: Desk, unit: str, procedure: str, campaign: str | None, *, random: Randomness
) -> PosterLine:
    """Make a poster (tờ dán) for one of the officer's units."""
    _own(desk, unit)
    made = await qr.make_poster(
        unit, procedure, campaign, by=desk.officer.actor, random=random, now=desk.now
    )
    return _poster(desk, made)


async def posters(desk: Desk, unit: str | None) -> PosterList:
    """List the posters of one of the officer's units, or of all."""
    if unit is not None:
        _own(desk, unit)
    found = await qr.of_units([unit] if unit else desk.units(), now=desk.now)
    return PosterList([_poster(desk, one) for one in found])


async def withdraw_poster(desk: Desk, code: str, replaced_by: str | None) -> PosterLine:
    """Take a poster of the officer's units out of use (thu hồi)."""
    _own(desk, (await qr.find(code, now=desk.now)).unit)
    if replaced_by is not None:
        _own(desk, (await qr.find(replaced_by, now=desk.now)).unit)
    gone = await qr.withdraw(code, by=desk.officer.actor, now=desk.now, replaced_by=replaced_by)
    found = await qr.of_units([gone.unit], now=desk.now)
    return next(_poster(desk, one) for one in found if one.code == gone.code)


def _own(desk: Desk, unit: str) -> None:
    if unit not in desk.units():
        raise NotFound


def _poster(desk: Desk, poster: qr.Poster) -> PosterLine:
    return PosterLine(
        code=poster.code,
        unit=poster.unit,
        unit_name=places.name(poster.unit),
        procedures=poster.procedures,
        campaign=poster.campaign,
        state=poster.state,
        replaced_by=poster.replaced_by,
        made_at=dossiers.local(poster.made_at),
        scans=poster.scans,
        pdf_url=desk.address(poster.path),
    )
