"""Files of a dossier, piece by piece; links to receipt, slip and files; withdrawal."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from msgspec import Struct

from backend import attachments, dossiers, fee_receipts
from backend.attachments import FileWanted
from backend.dossiers import Opened, State
from backend.fee_receipts import FEE_RECEIPT, FeeReceipt
from backend.intake.actions.opening import Citizen, enter
from backend.intake.model import FileKept, LinkMade, NotInManifest
from backend.notices import NotYet
from backend.platform.files import FileStore
from backend.platform.kit.errors import WrongType
from backend.platform.links import Links
from backend.platform.vault import Vault

LINK_LIVES = timedelta(minutes=5)
PARTIAL = "application/partial-upload"


class Piece(Struct, frozen=True):
    """A piece of a file as its headers describe it; `start` is None for a whole one."""

    sha256: str
    media_type: str
    start: int | None
    complete: bool


class FeePaper(Struct, frozen=True, kw_only=True):
    """A numbered receipt of the fee (biên lai), and where its PDF is."""

    receipt: FeeReceipt
    url: str


class FeePapers(Struct, frozen=True, kw_only=True):
    """What the citizen has of a fee that was paid: receipts, and an acknowledgement that is none.

    `acknowledgement_url` leads to it while the fee stands paid.
    """

    receipts: list[FeePaper]
    acknowledgement_url: str | None
    expires_at: datetime


class Received(Struct, frozen=True):
    """What became of a piece: the true offset, and the file once it is whole."""

    offset: int
    kept: FileKept | None
    fresh: bool


async def offset(citizen: Citizen, sha256: str, *, vault: Vault) -> int:
    """Tell how much of a file has come (0 when nothing); NotInManifest."""
    found = await enter(citizen, vault)
    await _wanted(found, sha256)
    return await attachments.offset(found.dossier.id, sha256)


async def receive(
    citizen: Citizen,
    piece: Piece,
    chunks: AsyncIterator[bytes],
    *,
    vault: Vault,
    files: FileStore,
    now: datetime,
) -> Received:
    """Take a file or the next piece of one; NotInManifest, and the refusals of attachments."""
    found = await enter(citizen, vault)
    wanted = await _wanted(found, piece.sha256)
    if piece.media_type not in {wanted.media_type, PARTIAL}:
        raise WrongType(f"Content-Type: {wanted.media_type}")
    before = await attachments.offset(found.dossier.id, piece.sha256)
    state = await attachments.receive(
        found.dossier.id,
        wanted,
        chunks,
        start=piece.start,
        complete=piece.complete,
        key=found.key,
        files=files,
        now=now,
    )
    kept = FileKept(state.sha256, state.size, state.check) if state.whole else None
    return Received(state.offset, kept, fresh=before < wanted.size)


async def withdraw(citizen: Citizen, reason: str, *, vault: Vault, now: datetime) -> Opened:
    """Withdraw a dossier (rút hồ sơ); NotAllowedNow. Repeating it changes nothing."""
    found = await enter(citizen, vault)
    if found.dossier.state is not State.WITHDRAWN:
        await dossiers.move(
            found.dossier.id, "withdraw", by="citizen", reason=reason, vault=vault, now=now
        )
    return await enter(citizen, vault)


async def link(
    citizen: Citizen, what: str, *, links: Links, origin: str, vault: Vault, now: datetime
) -> LinkMade:
    """Make a link for five minutes to the receipt, the slip or a file; NotYet, NotInManifest."""
    found = await enter(citizen, vault)
    dossier = found.dossier
    if what in {"receipt", "slip"}:
        if dossier.state is State.DRAFT or (what == "slip" and dossier.accepted_at is None):
            raise NotYet
    else:
        await _wanted(found, what)
    until = now + LINK_LIVES
    token = links.make(dossier.id, what, purpose="citizen", until=until)
    return LinkMade(url=f"{origin}/f/{token}", expires_at=dossiers.local(until))


async def fee_papers(
    citizen: Citizen, *, links: Links, origin: str, vault: Vault, now: datetime
) -> FeePapers:
    """List the receipts of the fee, with links for five minutes; those without a number are not."""
    found = await enter(citizen, vault)
    shelf = await fee_receipts.of_dossier(found.dossier.id)
    until = now + LINK_LIVES

    def url(what: str) -> str:
        token = links.make(found.dossier.id, what, purpose="citizen", until=until)
        return f"{origin}/f/{token}"

    return FeePapers(
        receipts=[
            FeePaper(receipt=one, url=url(f"{FEE_RECEIPT}{one.receipt}")) for one in shelf.receipts
        ],
        acknowledgement_url=url("paid") if shelf.acknowledged else None,
        expires_at=dossiers.local(until),
    )


async def _wanted(found: Opened, sha256: str) -> FileWanted:
    """Find a file in the manifest, or in an answer that is being prepared; NotInManifest."""
    named = found.private().files().get(sha256)
    if named is None and found.dossier.state is not State.DRAFT:
        named = await dossiers.earlier_file(found, sha256)
    if named is None:
        raise NotInManifest
    return named
