"""Printing (in biên lai): the receipt of a fee, and the acknowledgement that is none."""

import asyncio
import base64
import hashlib
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from backend import dossiers, payments, places
from backend.dossiers import Dossier, Opened
from backend.fee_receipts import store
from backend.fee_receipts.actions import reading
from backend.fee_receipts.actions.following import PAYER
from backend.fee_receipts.model.amounts import in_words
from backend.fee_receipts.model.receipts import Collector
from backend.fee_receipts.model.sheets import (
    NO_RECEIPT,
    FeeReceiptSheet,
    PaidSheet,
    banner_of,
    day_of,
    fine_of,
    rows_of,
)
from backend.fee_receipts.store import ReceiptRow
from backend.notices import NotYet, Printer, Proof, SlipKind, grouped
from backend.notices.model import proof_symbol
from backend.notices.model.sheets import Pair, Symbol, moment
from backend.payments import Kept, Line
from backend.platform.kit.clock import iso
from backend.platform.kit.money import dong

_RECEIPT = "fee_receipts/templates/fee_receipt.typ"
_PAID = "fee_receipts/templates/paid.typ"


async def receipt_pdf(found: Opened, receipt: UUID, printer: Printer) -> bytes:
    """Print a numbered receipt as it stands now; NotFound."""
    row = await reading.one(found.dossier.id, receipt)
    collector = msgspec.json.decode(row.collector or "", type=Collector)
    lines = msgspec.json.decode(row.lines, type=tuple[Line, ...])
    at = row.issued_at or row.wanted_at
    unit = places.get(row.unit)
    sheet = FeeReceiptSheet(
        banner=await _banner(row),
        title=collector.title,
        collector=collector.name,
        tax_code=collector.tax_code,
        form=row.form or "",
        series=row.series or "",
        number=row.number or "",
        place_date=day_of(at, unit.name.split(" ", 1)[-1]),
        pairs=await _pairs(found, row),
        rows=rows_of(lines),
        total=dong(row.amount),
        words=in_words(row.amount),
        codes=await _symbols(found.dossier, "fee_receipt", row.digest or "", at, printer),
        fine=fine_of(collector.checked),
    )
    return await _typeset(_RECEIPT, sheet, at, printer)


async def acknowledgement_pdf(found: Opened, printer: Printer) -> bytes:
    """Print at once that money has come (xác nhận đã nhận tiền), no receipt; NotYet."""
    dossier = found.dossier
    kept = await payments.kept(dossier.id)
    if kept is None or not kept.whole or kept.settled_at is None:
        raise NotYet
    unit = places.get(dossier.unit)
    sheet = PaidSheet(
        office=unit.office or unit.name,
        code=grouped(dossier.code or ""),
        pairs=[
            Pair("Thủ tục", await _procedure(dossier)),
            *(Pair(line.name, dong(line.amount or 0)) for line in kept.lines),
            Pair("Tổng số tiền", dong(kept.amount or 0), strong=True),
            Pair("Bằng chữ", in_words(kept.amount or 0)),
            Pair("Ghi nhận lúc", moment(kept.settled_at)),
        ],
        codes=await _symbols(dossier, "paid", _digest(dossier, kept), kept.settled_at, printer),
        fine=NO_RECEIPT,
    )
    return await _typeset(_PAID, sheet, kept.settled_at, printer)


async def _pairs(found: Opened, row: ReceiptRow) -> list[Pair]:
    return [
        Pair("Người nộp tiền", found.key.open(PAYER, row.payer).decode(), strong=True),
        Pair("Mã hồ sơ", "-".join(grouped(found.dossier.code or ""))),
        Pair("Thủ tục", await _procedure(found.dossier)),
    ]


async def _banner(row: ReceiptRow) -> str | None:
    following = await store.after(row.id)
    before = await store.get(row.replaces) if row.replaces else None
    return banner_of(
        row.state,
        replaced_by=following.number if following else None,
        replaces=before.number if before else None,
    )


async def _procedure(dossier: Dossier) -> str:
    return (await dossiers.procedure_of(dossier)).name


def _digest(dossier: Dossier, kept: Kept) -> str:
    """Hash what an acknowledgement says: which fee, how much, since when."""
    said = {"amount": kept.amount, "code": dossier.code, "obligation": str(kept.obligation)}
    hashed = hashlib.sha256(msgspec.json.encode(said, order="sorted")).digest()
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()


async def _symbols(
    dossier: Dossier, kind: SlipKind, digest: str, at: datetime, printer: Printer
) -> list[Symbol]:
    proof = Proof(at=iso(at), code=dossier.code or "", digest=digest, kind=kind, unit=dossier.unit)
    check = f"{printer.public_url}/v#{printer.signer.sign(msgspec.json.encode(proof))}"
    rows = await asyncio.to_thread(proof_symbol, check)
    return [Symbol(rows, "Quét để kiểm tra giấy này là thật và còn giá trị")]


async def _typeset(template: str, sheet: Struct, at: datetime, printer: Printer) -> bytes:
    payload = {"template": template, "data": msgspec.to_builtins(sheet), "at": int(at.timestamp())}
    _words, pdf = await printer.workshop.run("typeset", payload)
    return pdf
