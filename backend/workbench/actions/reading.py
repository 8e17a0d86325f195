"""Reading at the desk: the queue, and one dossier in full.

Every way to a dossier leads through `mine`: another ward's dossier, a draft and a code that does
not exist raise the same NotFound after the same work.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from backend import attachments, dossiers, forwarding, payments, people, places
from backend.attachments import FileState, FileWanted
from backend.catalogue import Language, People, Procedure
from backend.dossiers import Claim, Dossier, Opened, Private, State
from backend.people import Officer, Signed
from backend.platform import audit
from backend.platform.db import transaction
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.errors import NotFound
from backend.platform.links import Links
from backend.platform.vault import Vault
from backend.workbench.actions.changes import changed
from backend.workbench.model import (
    Asked,
    File,
    Full,
    Line,
    PaperPdf,
    Papers,
    Queue,
    ToCome,
    have_and_need,
)
from backend.workbench.model.signals import HELPED_WITHIN, helped

PAGE = 50
LINK_LIVES = timedelta(minutes=5)
_DECISIONS = ("exemption_grant", "exemption_refuse", "exemption_refuse_paid")


class Desk(Struct, frozen=True, kw_only=True):
    """One officer at work (cán bộ đang làm việc): who, when, and what they work with.

    Words of a procedure are told in their `language`.
    """

    officer: Officer
    vault: Vault
    links: Links
    origin: str
    decided_here: bool
    now: datetime
    language: Language = "vi"

    def units(self) -> list[str]:
        """List the units whose dossiers this officer may see today."""
        return people.visible_units(self.officer, self.now.astimezone(VIETNAM).date())

    def address(self, path: str) -> str:
        """Give the full address of a path of ours."""
        return f"{self.origin}{path}"


def unit_names(desk: Desk) -> dict[str, str]:
    """Spell out the officer's units that have a counter, by their ids: those with none below."""
    today = desk.now.astimezone(VIETNAM).date()
    own = [unit for unit in desk.units() if len(places.below(unit, today)) == 1]
    return {unit: places.name(unit) for unit in own}


def names_in(known: Mapping[str, Signed], who: Collection[str | None]) -> dict[str, str]:
    """Give the names of these actors, as far as they are officers."""
    return {actor: one.name for actor, one in known.items() if actor in who}


def titles_in(known: Mapping[str, Signed], who: Collection[str | None]) -> dict[str, str]:
    """Give the titles of these actors, as far as they have one."""
    return {actor: one.title for actor, one in known.items() if actor in who and one.title}


async def mine(desk: Desk, code: str) -> Dossier:
    """Find a dossier of the officer's units by its code; NotFound for everything else."""
    found = await dossiers.by_code(code)
    if found.unit not in desk.units():
        raise NotFound
    return found


async def queue(desk: Desk, *, state: State | None, q: str, after: str | None) -> Queue:
    """List a page of what waits (hàng chờ), nearest deadline first; drafts are nobody's to see."""
    if state is State.DRAFT:
        return Queue(items=[], next=None)
    page = await dossiers.inbox(
        desk.units(),
        state=state,
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
            procedure_title=(await _procedure(desk, one.dossier)).title,
            unit=one.dossier.unit,
            unit_name=places.name(one.dossier.unit),
            state=one.dossier.state,
            rev=one.dossier.rev,
            submitted_at=_local(one.dossier.submitted_at),
            expected_at=_local(one.dossier.expected_at),
            due_at=_local(one.dossier.due_at),
            owner_masked=one.owner_masked,
            submitter_masked=one.submitter_masked,
            papers=await _papers(one.dossier, one.private),
            obligation=owed.get(one.dossier.id),
            channel=one.dossier.channel,
            held=one.dossier.held,
        )
        for one in page.items
    ]
    counts = await dossiers.counts(desk.units()) if after is None else None
    return Queue(items=items, next=page.next, counts=counts)


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
    return await full(desk, dossier)


async def full(desk: Desk, dossier: Dossier) -> Full:
    """Give one dossier with all that the desk shows of it."""
    opened = await dossiers.opened(dossier.id, desk.vault)
    private = opened.private()
    obligation, attempts = await payments.of_dossier(dossier.id)
    procedure = await _procedure(desk, dossier)
    files = await _files(desk, dossier, private)
    since = desk.now - HELPED_WITHIN
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
        helped=helped(await dossiers.told_to_same_phone(opened, since=since, vault=desk.vault)),
        applicants=procedure.applicants(_people(private), private.answers),
        visit=await dossiers.visit(opened),
        presence=[ToCome(one.step, one.text) for one in procedure.presence(private.answers)],
        answers=private.answers,
        changed=await changed(opened, obligation),
        papers=await _papers(dossier, private),
        files=files,
        paper_pdfs=_paper_pdfs(desk, dossier, files),
        obligation=obligation,
        attempts=attempts,
        provider_bill=await _provider_bill(desk, dossier),
        exemption_claim=await open_claim(opened),
        timeline=await dossiers.noted_timeline(dossier, opened.key),
        supplements=[_asked(one) for one in await dossiers.supplements(opened)],
        moves=_moves(dossier) if desk.decided_here else [],
        decided_here=desk.decided_here,
        forwarded=await forwarding.sent(dossier.id),
    )


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


async def _procedure(desk: Desk, dossier: Dossier) -> Procedure:
    """Find the form a dossier was filed on, in the officer's language."""
    return (await dossiers.procedure_of(dossier)).spoken(desk.language)


def _people(private: Private) -> People:
    return People(owner=private.owner, submitter=private.submitter)


async def _papers(dossier: Dossier, private: Private) -> Papers:
    procedure = await dossiers.procedure_of(dossier)
    wanted = procedure.papers_wanted(_people(private), private.answers)
    states = await attachments.states(dossier.id) if dossier.held else {}
    return have_and_need(
        {one.id: one.min_files for one in wanted if one.required},
        {given.paper: [file.sha256 for file in given.files] for given in private.papers},
        frozenset(sha for sha, state in states.items() if state.check == "unreadable"),
    )


async def _files(desk: Desk, dossier: Dossier, private: Private) -> list[File]:
    states = await attachments.states(dossier.id)
    procedure = await _procedure(desk, dossier)
    names = {paper.id: paper.name for paper in procedure.papers}
    return [
        _file(
            desk,
            dossier,
            file,
            state=states.get(file.sha256),
            paper=given.paper,
            paper_name=names.get(given.paper, given.paper),
        )
        for given in private.papers
        for file in given.files
    ]


def _file(
    desk: Desk,
    dossier: Dossier,
    file: FileWanted,
    *,
    state: FileState | None,
    paper: str,
    paper_name: str,
) -> File:
    pages = state.pages if state else None
    views = [
        _link(desk, dossier, file.sha256, purpose=f"view:{page}" if page > 1 else "view")
        for page in range(1, (pages or 1) + 1)
    ]
    return File(
        sha256=file.sha256,
        paper=paper,
        paper_name=paper_name,
        name=file.name,
        size=file.size,
        media_type=file.media_type,
        check=state.check if state else "pending",
        pages=pages,
        view_url=views[0],
        view_urls=views,
        original_url=_link(desk, dossier, file.sha256, purpose="original"),
    )


def _paper_pdfs(desk: Desk, dossier: Dossier, files: list[File]) -> list[PaperPdf]:
    """Offer each paper that opens to its last page as one PDF, unless it is too long."""
    offered = []
    for paper in dict.fromkeys(file.paper for file in files):
        own = [file for file in files if file.paper == paper]
        few = attachments.may_be_joined([(file.pages or 1, file.size) for file in own])
        if few and all(file.check == "ok" for file in own):
            offered.append(PaperPdf(paper, _link(desk, dossier, paper, purpose="paper")))
    return offered


async def _provider_bill(desk: Desk, dossier: Dossier) -> str | None:
    """Give the address of the receipt that a payment provider gave out, if there is one."""
    if not await payments.has_provider_bill(dossier.id):
        return None
    return _link(desk, dossier, "fee", purpose="provider-bill")


async def open_claim(opened: Opened) -> Claim | None:
    """Give why the citizen claims to pay nothing, until that is decided."""
    steps = await dossiers.notes_of(opened, "exemption_claim", *_DECISIONS)
    verb, note = steps[-1] if steps else ("", None)
    if note is None or verb in _DECISIONS:
        return None
    return dossiers.read_claim(note, (await dossiers.procedure_of(opened.dossier)).exempt_groups())


def _link(desk: Desk, dossier: Dossier, what: str, *, purpose: str) -> str:
    token = desk.links.make(dossier.id, what, purpose=purpose, until=desk.now + LINK_LIVES)
    return desk.address(f"/f/{token}")
