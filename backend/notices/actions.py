"""Telling citizens (thông báo), and printing the receipt and the slip.

A channel is where notices go. In demo and test they go to a log file; real channels (SMS, Zalo,
e-mail) are further classes with the same two members.
"""

import asyncio
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec
from msgspec import Struct

from backend import catalogue, dossiers, payments, people, places
from backend.catalogue import People
from backend.dossiers import Dossier, Opened, Private, Receipt
from backend.notices import store
from backend.notices.model import (
    Blanks,
    Notice,
    NotYet,
    Reach,
    Told,
    key_of,
    kind_of,
    proof_of,
    proof_symbol,
    receipt_proof,
    worded,
)
from backend.notices.model.sheets import (
    Desk,
    ReceiptSheet,
    SlipSheet,
    Symbol,
    fee,
    file_rows,
    grouped,
    moment,
    paper_rows,
    receipt_fine,
    receipt_pairs,
    slip_pairs,
    visit_words,
)
from backend.payments import (
    ExemptionDecided,
    MoneySetAside,
    ObligationQuoted,
    ObligationSettled,
    RefundGiven,
)
from backend.people import Signed
from backend.platform.kit.clock import VIETNAM, iso
from backend.platform.kit.money import dong
from backend.platform.kit.vietnamese import masked_name
from backend.platform.settings import Settings
from backend.platform.signing import Signer
from backend.platform.vault import Vault
from backend.platform.workshop import Workshop
from backend.qr.model import symbol


class Channel(Protocol):
    """A way to reach citizens (kênh thông báo)."""

    id: str

    async def send(self, notice: Notice) -> None:
        """Send one notice; raise to have it tried again later."""
        ...


class LogChannel:
    """Writes notices to a file that only its owner may read; for demo and test."""

    id = "log"

    def __init__(self, path: Path) -> None:
        self._path = path

    async def send(self, notice: Notice) -> None:
        """Append one line of JSON."""
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, msgspec.json.encode(notice) + b"\n")
        finally:
            os.close(file)


def channels(settings: Settings) -> list[Channel]:
    """List the channels of this installation; production has none of ours yet."""
    return [] if settings.production else [LogChannel(settings.data / "notices.jsonl")]


def reach(channels: Sequence[Channel]) -> Reach | None:
    """Say how messages go out: to phones, only into the log of a demo, or not at all."""
    ids = {one.id for one in channels}
    if not ids:
        return None
    return "log" if ids == {LogChannel.id} else "message"


class Teller(Struct, frozen=True, kw_only=True):
    """What telling needs: the vault for the phone, the channels, our address."""

    vault: Vault
    channels: Sequence[Channel]
    public_url: str


async def tell(event: Told, *, teller: Teller, now: datetime) -> None:
    """Tell the dossier's phone of an event, once on each channel; without a phone, nobody.

    Called again for the same event it does nothing; only a crash between sending and keeping can
    send twice. Jobs of one dossier run one by one, so no two calls race.
    """
    kind = kind_of(event)
    if kind is None or event.dossier is None or not teller.channels:
        return
    found = await dossiers.opened(event.dossier, teller.vault)
    phones = found.private().phones()
    if not phones:
        return
    text = worded(kind, await _blanks(event, found, teller))
    notice = Notice(at=iso(now), code=found.dossier.code or "", to=phones[0], event=kind, text=text)
    for channel in teller.channels:
        if not await store.sent(key_of(event), channel.id):
            await channel.send(notice)
            await store.keep(key_of(event), channel.id, dossier=event.dossier, kind=kind, now=now)


async def send_one_time_code(
    dossier: Dossier, *, phone: str, digits: str, channels: Sequence[Channel], now: datetime
) -> None:
    """Send the code that opens a dossier again; each asking is one notice."""
    code = dossier.code or ""
    text = worded("one_time_code", Blanks(code="-".join(grouped(code)), digits=digits))
    for channel in channels:
        await channel.send(
            Notice(at=iso(now), code=code, to=phone, event="one_time_code", text=text)
        )


# -- slips -----------------------------------------------------------------------------------------


class Printer(Struct, frozen=True, kw_only=True):
    """What printing needs."""

    workshop: Workshop
    signer: Signer
    public_url: str


async def receipt_pdf(found: Opened, printer: Printer) -> bytes:
    """Print the receipt of a submitted dossier (biên nhận); NotYet for a draft."""
    dossier = found.dossier
    if dossier.submitted_at is None:
        raise NotYet
    obligation, _attempts = await payments.of_dossier(dossier.id)
    receipt = await dossiers.latest_receipt(found)
    code, procedure = grouped(receipt.code), await dossiers.procedure_of(dossier)
    sheet = ReceiptSheet(
        office=_desk(dossier).office,
        code=code,
        pairs=receipt_pairs(
            dossier,
            procedure=procedure.name,
            title=procedure.title,
            fee_words=fee(obligation),
            expected_from=await dossiers.expected_from(dossier),
            visit=await dossiers.visit(found),
            provisional=dossiers.provisional(dossier),
        ),
        files=file_rows(receipt, found.private(), _paper_names(procedure)),
        codes=await _symbols(receipt, receipt_proof(receipt), printer),
        fine=receipt_fine(dossier),
    )
    return await _typeset("notices/templates/receipt.typ", sheet, dossier.submitted_at, printer)


def verify_token(receipt: Receipt, signer: Signer) -> str:
    """Give the token that proves a receipt (mã kiểm tra): the one its PDF prints."""
    return signer.sign(receipt_proof(receipt))


async def slip_pdf(found: Opened, printer: Printer) -> bytes:
    """Print the slip of an accepted dossier (giấy tiếp nhận hồ sơ và hẹn trả kết quả); NotYet."""
    dossier = found.dossier
    if dossier.accepted_at is None:
        raise NotYet
    obligation, _attempts = await payments.of_dossier(dossier.id)
    owned, desk = found.private(), _desk(dossier)
    procedure = await dossiers.procedure_of(dossier)
    submitter = owned.submitter or owned.owner
    receipt = await dossiers.latest_receipt(found)
    proof = proof_of(receipt, kind="slip", at=dossier.accepted_at)
    receiver = await _receiver(dossier)
    sheet = SlipSheet(
        office=desk.office,
        place_date=_place_date(desk, dossier.accepted_at),
        code=" ".join(grouped(dossier.code or "")),
        number=dossier.receipt_number or dossier.code or "",
        pairs=slip_pairs(
            dossier,
            owned,
            desk,
            procedure=procedure.name,
            fee_words=fee(obligation),
            track=f"{printer.public_url}/tra-cuu",
            applicants=procedure.applicants(People(owned.owner, owned.submitter), owned.answers),
            presence=_to_come(procedure, owned),
            visit=await dossiers.visit(found),
            provisional=dossiers.provisional(dossier),
        ),
        papers=paper_rows(owned, _paper_names(procedure)),
        codes=await _symbols(receipt, proof, printer),
        submitter=submitter.name,
        officer=receiver.name,
        officer_title=receiver.title,
        fine="Kết quả có thể có sớm hơn giờ hẹn. Khi đến nhận, mang theo giấy này và căn cước. "
        "Không đưa mã OTP cho ai.",
    )
    return await _typeset("notices/templates/slip.typ", sheet, dossier.accepted_at, printer)


async def _typeset(template: str, sheet: Struct, at: datetime, printer: Printer) -> bytes:
    payload = {
        "template": template,
        "data": msgspec.to_builtins(sheet),
        "at": int(at.timestamp()),
    }
    _words, pdf = await printer.workshop.run("typeset", payload)
    return pdf


async def _symbols(receipt: Receipt, proof: bytes, printer: Printer) -> list[Symbol]:
    """Draw the two symbols: follow the dossier, and prove the paper; neither holds the key."""
    track = f"{printer.public_url}/tra-cuu#{receipt.code}"
    check = f"{printer.public_url}/v#{printer.signer.sign(proof)}"
    rows = await asyncio.to_thread(lambda: (symbol(track), proof_symbol(check)))
    return [
        Symbol(rows[0], "Quét để xem hồ sơ đi đến đâu"),
        Symbol(rows[1], "Quét để kiểm tra giấy này là thật"),
    ]


def _to_come(procedure: catalogue.Procedure, owned: Private) -> str | None:
    """Say who must come in person for the result; None where nobody must."""
    said = [one.text for one in procedure.presence(owned.answers) if one.step == "result"]
    return " ".join(said) or None


def _paper_names(procedure: catalogue.Procedure) -> dict[str, str]:
    return {paper.id: paper.name for paper in procedure.papers}


def _desk(dossier: Dossier) -> Desk:
    unit = places.get(dossier.unit)
    town = unit.name.split(" ", 1)[-1]
    return Desk(office=unit.office or unit.name, town=town, address=unit.address, phone=unit.phone)


async def _receiver(dossier: Dossier) -> Signed:
    """Name who received the dossier (người tiếp nhận); nobody where the one-stop did."""
    actor = await dossiers.accepted_by(dossier.id)
    signed = await people.signed_by([actor])
    return signed.get(actor or "", Signed("", None))


def _place_date(desk: Desk, at: datetime) -> str:
    day = at.astimezone(VIETNAM)
    return f"{desk.town}, ngày {day:%d} tháng {day:%m} năm {day:%Y}"


async def _blanks(event: Told, found: Opened, teller: Teller) -> Blanks:
    dossier = found.dossier
    until = dossier.due_at
    if isinstance(event, dossiers.SupplementAsked):
        asked = await dossiers.supplements(found)
        until = next((one.until for one in asked if one.id == event.supplement), None)
    if isinstance(event, ExemptionDecided):
        until = event.until
    owned = found.private()
    money = (ObligationSettled, ObligationQuoted, MoneySetAside, RefundGiven, ExemptionDecided)
    amount = event.amount if isinstance(event, money) else None
    visit = await dossiers.visit(found)
    return Blanks(
        visit=visit_words(visit) if visit else "",
        code="-".join(grouped(dossier.code or "")),
        procedure=(await dossiers.procedure_of(dossier)).title,
        office=places.name(dossier.unit),
        date=moment(until) or "",
        provisional=dossiers.provisional(dossier),
        paused=dossier.paused,
        amount=dong(amount) if amount is not None else "",
        track=f"{teller.public_url}/tra-cuu",
        owner=masked_name(owned.owner.name or "") if owned.submitter else "",
    )
