"""Following a dossier by its code, proving a slip, handing out files by sealed links."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec import UNSET, Struct, UnsetType

from backend import attachments, dossiers, fee_receipts, notices, payments, places
from backend.attachments import FileWanted
from backend.dossiers import Dossier, Opened
from backend.fee_receipts import FEE_RECEIPT
from backend.notices import Printer, Proof
from backend.platform import limits, signing
from backend.platform.files import FileStore
from backend.platform.kit.clock import Clock
from backend.platform.kit.errors import NotFound, Unprocessable
from backend.platform.kit.ids import Randomness, clean_code
from backend.platform.links import Link, Links
from backend.platform.signing import Signer
from backend.platform.vault import Vault
from backend.tracking.model import (
    AT_THE_COUNTER,
    NO_SUCH_WAY,
    Lent,
    Owed,
    PayWanted,
    Tracked,
    Try,
    Verified,
    masked_code,
    purpose_stamp,
    unsettled,
)

MOST_PER_CODE = 5
MOST_PER_ADDRESS = 60
MOST_STARTS = 30
_HOUR = timedelta(hours=1)
_VIEW = "view"
_PROVIDER_BILL = "provider-bill"
"""The purpose of a link to the receipt that a provider gave out for a payment."""

_AT_ONCE = 2 * 1024 * 1024
"""Up to this size a file leaves in one piece, which costs far less than a stream."""

_read_proof = msgspec.json.Decoder(Proof).decode


class Handed(Struct, frozen=True):
    """A file on its way out: what it is, what it is called, its bytes, piecemeal when large."""

    media_type: str
    name: str
    body: bytes | AsyncIterator[bytes]


class Shelf(Struct, frozen=True, kw_only=True):
    """What handing out files needs."""

    vault: Vault
    links: Links
    files: FileStore
    printer: Printer


async def track(
    code: str,
    digits: str,
    *,
    address: str,
    reach: notices.Reach | None,
    vault: Vault,
    now: datetime,
) -> Tracked:
    """Tell where a dossier stands (tra cứu); every wrong look-up is the same NotFound.

    Wrong ones are counted, by code and by address: TooMany. Each counts before it is judged, so
    that many at once do not pass; the right one is given back.
    """
    named = clean_code(code, length=dossiers.CODE_LENGTH) or code
    await limits.check("track.address", address, limit=MOST_PER_ADDRESS, now=now)
    await limits.hit("track.code", named, limit=MOST_PER_CODE, window=_HOUR, now=now)
    try:
        found = await dossiers.by_second_factor(code, digits, vault)
    except NotFound:
        await limits.hit("track.address", address, limit=MOST_PER_ADDRESS, window=_HOUR, now=now)
        raise
    await limits.give_back("track.code", named)
    return await _tracked(found, reach, now)


async def verify(token: str, signer: Signer) -> Verified:
    """Tell whether a token of a receipt or slip was signed by us, and what it says."""
    try:
        proof = _read_proof(signing.verify(token, signer.jwks()))
        unit = places.get(proof.unit)
    except (signing.Forged, msgspec.DecodeError, places.UnknownUnit):
        return Verified(genuine=False)
    return Verified(
        genuine=True,
        kind=proof.kind,
        unit=proof.unit,
        unit_name=unit.name,
        unit_office=unit.office,
        at=proof.at,
        code_masked=masked_code(proof.code),
        standing=await _standing(proof),
    )


async def _standing(proof: Proof) -> str | UnsetType | None:
    """Say whether a receipt of a fee still stands; nothing of papers that never end."""
    return await fee_receipts.standing(proof.digest) if proof.kind == "fee_receipt" else UNSET


async def lent(token: str, *, links: Links, adapters: payments.Adapters, now: datetime) -> Lent:
    """Show the fee that a pay link lets anybody pay (trả hộ), as it stands now; NotFound."""
    dossier = await dossiers.get(await payments.lent_to(token, links=links, now=now))
    procedure = await dossiers.procedure_of(dossier)
    bill = await payments.bill(dossier.id, adapters)
    owed = bill.obligation
    if owed is None:
        raise NotFound
    unit = places.get(dossier.unit)
    return Lent(
        procedure_name=procedure.name,
        procedure_title=procedure.title,
        unit_name=unit.name,
        unit_office=unit.office,
        code_masked=masked_code(dossier.code or ""),
        state=owed.state,
        amount=owed.amount,
        due=owed.due,
        payee=bill.payee,
        attempts=tuple(Try(one.adapter, one.state, one.expires_at) for one in bill.attempts),
        ways=_without_counter(bill.ways),
        ways_down=_without_counter(bill.ways_down),
    )


async def pay_lent(
    wanted: PayWanted,
    *,
    links: Links,
    adapters: payments.Adapters,
    random: Randomness,
    clock: Clock,
    payer_ip: str,
) -> payments.Opened:
    """Begin to pay by a pay link; NotFound, and the refusals of payments.

    Counted apart from the citizen's own beginnings, so that nobody can use those up.
    """
    dossier = await payments.lent_to(wanted.token, links=links, now=clock())
    if wanted.adapter == AT_THE_COUNTER:
        raise Unprocessable(errors=[NO_SUCH_WAY])
    await limits.hit("pay-link.start", dossier.hex, limit=MOST_STARTS, window=_HOUR, now=clock())
    return await payments.start(
        dossier,
        wanted.adapter,
        adapters=adapters,
        clock=clock,
        random=random,
        payer_ip=payer_ip,
        by="pay-link",
    )


def _without_counter(ways: Sequence[payments.Way]) -> tuple[payments.Way, ...]:
    return tuple(way for way in ways if way.adapter != AT_THE_COUNTER)


async def hand_out(token: str, *, shelf: Shelf, now: datetime) -> Handed:
    """Open a sealed link: a slip of ours, a view copy, a paper, a file as it came; NotFound."""
    link = shelf.links.read(token, now=now)
    found = await dossiers.opened(link.dossier, shelf.vault)
    if link.what in {"receipt", "slip"}:
        printed = notices.receipt_pdf if link.what == "receipt" else notices.slip_pdf
        pdf = await printed(found, shelf.printer)
        word = "bien-nhan" if link.what == "receipt" else "giay-hen"
        return Handed("application/pdf", f"{word}-{found.dossier.code}.pdf", pdf)
    if link.what == "paid" or link.what.startswith(FEE_RECEIPT):
        return await _of_the_fee(found, link, shelf)
    if link.purpose == _PROVIDER_BILL:
        pdf = await payments.provider_bill(link.dossier, vault=shelf.vault)
        return Handed("application/pdf", f"chung-tu-{found.dossier.code}.pdf", pdf)
    return await _file(found, link, shelf, now)


async def _of_the_fee(found: Opened, link: Link, shelf: Shelf) -> Handed:
    """Print the receipt of a fee, or the acknowledgement that its money came; NotFound, NotYet."""
    code = found.dossier.code
    if link.what == "paid":
        pdf = await fee_receipts.acknowledgement_pdf(found, shelf.printer)
        return Handed("application/pdf", f"xac-nhan-da-nhan-tien-{code}.pdf", pdf)
    receipt = UUID(link.what.removeprefix(FEE_RECEIPT))
    pdf = await fee_receipts.receipt_pdf(found, receipt, shelf.printer)
    return Handed("application/pdf", f"bien-lai-{code}-{receipt.hex[:8]}.pdf", pdf)


async def _file(found: Opened, link: Link, shelf: Shelf, now: datetime) -> Handed:
    if link.purpose == "paper":
        return await _paper(found, link.what, shelf, now)
    wanted = await _named(found, link.what)
    purpose, _, page = link.purpose.partition(":")
    if purpose != _VIEW:
        chunks = attachments.read(found.dossier.id, wanted.sha256, key=found.key, files=shelf.files)
        whole = wanted.size <= _AT_ONCE
        body = b"".join([one async for one in chunks]) if whole else await _begun(chunks)
        return Handed(wanted.media_type, wanted.name, body)
    picture = await attachments.view(
        found.dossier.id,
        wanted.sha256,
        page=int(page or 1),
        stamp=await _stamp(found, [wanted.sha256], now),
        key=found.key,
        files=shelf.files,
        workshop=shelf.printer.workshop,
    )
    return Handed("image/jpeg", f"{wanted.sha256[:8]}-{page or 1}.jpg", picture)


async def _paper(found: Opened, paper: str, shelf: Shelf, now: datetime) -> Handed:
    """Give all pages of a paper as one PDF; NotFound when it has none."""
    given = [one for one in found.private().papers if one.paper == paper]
    sha256s = [file.sha256 for one in given for file in one.files]
    pdf = await attachments.joined(
        found.dossier.id,
        sha256s,
        stamp=await _stamp(found, sha256s, now),
        key=found.key,
        files=shelf.files,
        workshop=shelf.printer.workshop,
    )
    return Handed("application/pdf", f"{found.dossier.code}-{paper}.pdf", pdf)


async def _stamp(found: Opened, sha256s: Sequence[str], now: datetime) -> str:
    """Give the words over views of files when any is, or was, an identity paper; else none."""
    dossier = found.dossier
    procedure = await dossiers.procedure_of(dossier)
    identity = {one.id for one in procedure.papers if one.identity}
    if not identity or identity.isdisjoint(await dossiers.papers_of(found, sha256s)):
        return ""
    day = dossiers.local(now).date()
    return purpose_stamp(dossier.code or "", places.name(dossier.unit), day)


async def _named(found: Opened, sha256: str) -> FileWanted:
    """Find a file by its hash, those that a supplement has replaced or brings included."""
    wanted = found.private().files().get(sha256) or await dossiers.earlier_file(found, sha256)
    if wanted is None:
        raise NotFound
    return wanted


async def _tracked(found: Dossier, reach: notices.Reach | None, now: datetime) -> Tracked:
    """Tell of a dossier what stands outside its sealed answers."""
    owed = (await payments.of_dossiers([found.id])).get(found.id)
    procedure, unit = await dossiers.procedure_of(found), places.get(found.unit)
    words, english = dossiers.next_of(
        found, unsettled(found.state, owed, accepted=found.accepted_at is not None)
    )
    ahead = await dossiers.visit_ahead(found, now=now)
    return Tracked(
        code=found.code or "",
        procedure=found.procedure,
        procedure_name=procedure.name,
        procedure_title=procedure.title,
        unit=found.unit,
        unit_name=unit.name,
        unit_office=unit.office,
        state=found.state,
        next=words,
        next_en=english,
        submitted_at=_local(found.submitted_at),
        accepted_at=_local(found.accepted_at),
        expected_at=None if ahead else _local(found.expected_at),
        expected_from=None if ahead else await dossiers.expected_from(found),
        visit_over=ahead.over if ahead else None,
        visit_before=ahead.before if ahead else None,
        due_at=_local(found.due_at),
        paused=found.paused,
        provisional=dossiers.provisional(found),
        until=_local(await dossiers.asked_until(found.id)),
        code_by=None if found.track_digits else reach,
        obligation=Owed(owed.state, owed.amount, owed.paid) if owed else None,
    )


async def _begun(chunks: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Read the first bytes before the answer begins: what is missing is still a refusal then."""
    first = await anext(chunks, b"")

    async def all_of_it() -> AsyncIterator[bytes]:
        yield first
        async for chunk in chunks:
            yield chunk

    return all_of_it()


def _local(moment: datetime | None) -> datetime | None:
    return dossiers.local(moment) if moment else None
