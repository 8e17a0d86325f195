"""From a dossier to the record of the national synchronisation: pure, truthful, as of a moment.

A delivery may go out a day after what it tells of. Its record says what was so at that moment, so
the one-stop sees acceptance before the result, with the times at which they really happened.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

import msgspec
from msgspec import Struct

from backend.dossiers.model.record import Dossier, Private, Standstill
from backend.dossiers.model.states import State
from backend.dossiers.model.supplements import Supplement as Asked
from backend.forwarding.model.vocabulary import (
    Fee,
    Identity,
    Paper,
    ProgressRow,
    Record,
    Supplement,
)
from backend.payments.model.words import Obligation, ObligationBrief
from backend.platform.kit.clock import VIETNAM
from backend.platform.kit.vietnamese import phone_digits

STATE_CODES: dict[State, str] = {
    State.SUBMITTED: "1",
    State.ACCEPTED: "2",
    State.DECLINED: "3",
    State.PROCESSING: "4",
    State.SUPPLEMENT_REQUESTED: "5",
    State.WITHDRAWN: "7",
    State.STOPPED: "8",
    State.EXPIRED: "8",
    State.RESULT_READY: "9",
    State.RETURNED: "10",
}
"""Our states in the codes of TrangThaiHoSo; `expired` has none of its own: dừng xử lý."""

VERBS = {
    "2": "accept",
    "3": "decline",
    "4": "process",
    "7": "withdraw",
    "8": "stop",
    "9": "finish",
    "10": "return",
}
"""The move that an incoming status asks for; 1, 5 and 6 ask for none that can be taken over."""

CHANNELS = {"direct": "1", "online": "2", "assisted": "2", "post": "3"}
"""KenhThucHien by the legal channel: filed with an officer's help is still online."""

NATIONAL_PLATFORMS = frozenset({"payplat"})
"""Adapters that pay on the national portal; others are the local gateway, `counter` is none."""

_SUMMARY = 1000
_REMARK = 4000
_ROW_WORDS = 4000
_NO_FEE = "Không thu phí, lệ phí"
_FREE = frozenset({"nothing_due", "exempt"})
_UNKNOWN = frozenset({"unquoted"})


class Facts(Struct, frozen=True, kw_only=True):
    """All that is known of a dossier when it is handed over."""

    dossier: Dossier
    private: Private
    procedure_name: str
    title: str
    field: str
    unit_name: str
    obligation: Obligation | None
    money: ObligationBrief | None
    supplements: Sequence[Asked] = ()
    standstills: Sequence[Standstill] = ()


class Move(Struct, frozen=True, kw_only=True):
    """One move that the one-stop is to hear of; `words` are those of the citizen's timeline."""

    rev: int
    at: datetime
    verb: str
    after: State
    words: str = ""


def record_of(facts: Facts, *, after: Move | None = None) -> Record:
    """Map a dossier as it was handed in, or as it was right after a move."""
    dossier, owner = facts.dossier, facts.private.owner
    state = after.after if after else State.SUBMITTED
    times = _times(dossier, state, after.at if after else None)
    return Record(
        MaHoSo=dossier.code or "",
        MaTTHC=dossier.procedure,
        TenTTHC=facts.procedure_name,
        TenLinhVuc=facts.field,
        TrichYeuHoSo=facts.title[:_SUMMARY],
        ChuHoSo=owner.name,
        SoGiayToChuHoSo=owner.personal_number or owner.tax_code or "",
        DinhDanhCHS=_identities(owner.personal_number),
        Email=owner.email or "",
        SoDienThoai=phone_digits(owner.phone or "") or "",
        KenhThucHien=CHANNELS[dossier.channel],
        NgayNopHoSo=moment(dossier.submitted_at),
        NgayTiepNhan=times.accepted,
        NgayHenTra=times.due,
        NgayKetThucXuLy=times.finished,
        NgayTra=times.returned,
        NgayTuChoi=times.declined,
        TrangThaiHoSo=STATE_CODES[state],
        DonViXuLy=facts.unit_name,
        GhiChu=after.words[:_REMARK] if after and state in _REASONED else "",
        TaiLieuNop=_papers(dossier.id, facts.private),
        DanhSachLePhi=_fees(facts.obligation),
        DuocThanhToanTrucTuyen=_paid_online(facts.money),
        DanhSachHoSoBoSung=_supplements(facts, after.at if after else None),
    )


_REASONED = frozenset({State.DECLINED, State.STOPPED})


def row_of(facts: Facts, move: Move) -> ProgressRow:
    """Map a move to its row of progress; the same move always gives the same row."""
    return ProgressRow(
        MaHoSo=facts.dossier.code or "",
        ThoiDiemXuLy=moment(move.at),
        PhongBanXuLy=facts.unit_name,
        NoiDungXuLy=move.words[:_ROW_WORDS],
        TrangThai=STATE_CODES[move.after],
    )


def linked(record: Record, links: dict[str, str]) -> Record:
    """Give a record with the links to its files, by TepDinhKemId."""
    papers = tuple(
        msgspec.structs.replace(paper, DuongDanTaiTepTin=links[paper.TepDinhKemId])
        for paper in record.TaiLieuNop
    )
    return msgspec.structs.replace(record, TaiLieuNop=papers)


def files_of(dossier: UUID, private: Private) -> dict[str, str]:
    """List the files of a dossier: TepDinhKemId → sha256."""
    return {
        _file_id(dossier, paper.paper, file.sha256): file.sha256
        for paper in private.papers
        for file in paper.files
    }


def state_code(state: State) -> str:
    """Give the code of a state in TrangThaiHoSo."""
    return STATE_CODES[state]


def moment(at: datetime | None) -> str:
    """Write a moment as yyyyMMddHHmmss in Vietnam's time; empty when there is none."""
    return at.astimezone(VIETNAM).strftime("%Y%m%d%H%M%S") if at else ""


class _Times(Struct, frozen=True, kw_only=True):
    accepted: str
    due: str
    finished: str
    returned: str
    declined: str


def _times(dossier: Dossier, state: State, as_of: datetime | None) -> _Times:
    """Give the moments that had come by then; a later one is not told yet."""

    def told(at: datetime | None) -> str:
        return moment(at) if at and as_of and at <= as_of else ""

    declined = state is State.DECLINED
    accepted = told(dossier.accepted_at)
    return _Times(
        accepted=accepted,
        due=moment(dossier.due_at) if accepted else "",
        finished="" if declined else told(dossier.finished_at),
        returned=told(dossier.returned_at),
        declined=told(dossier.finished_at) if declined else "",
    )


def _identities(number: str | None) -> tuple[Identity, ...]:
    kinds = {12: "1", 9: "2"}
    digits = (number or "").replace(" ", "")
    if not digits.isdigit() or len(digits) not in kinds:
        return ()
    return (Identity(kinds[len(digits)], digits),)


def _papers(dossier: UUID, private: Private) -> tuple[Paper, ...]:
    found = {
        _file_id(dossier, paper.paper, file.sha256): (file.name, paper.paper)
        for paper in private.papers
        for file in paper.files
    }
    return tuple(Paper(file, name, paper) for file, (name, paper) in found.items())


def _file_id(dossier: UUID, paper: str, sha256: str) -> str:
    """Name a file for the one-stop: the same file of the same paper always has the same name."""
    return uuid5(dossier, f"{paper}/{sha256}").hex


def _fees(obligation: Obligation | None) -> tuple[Fee, ...]:
    """List what is owed; explicit zero lines for who pays nothing, none while it is unknown."""
    if obligation is None:
        return (Fee(_NO_FEE, 0),)
    if obligation.state in _UNKNOWN:
        return ()
    free = obligation.state in _FREE
    prices = [(line.name, 0 if free else line.amount) for line in obligation.lines]
    lines = [Fee(name, price) for name, price in prices if price is not None]
    return tuple(lines) or ((Fee(_NO_FEE, 0),) if free else ())


def _paid_online(money: ObligationBrief | None) -> str:
    """Say 1 for the national portal, 2 for a local gateway, 0 for everything else."""
    if money is None or money.adapter in (None, "counter") or money.paid == 0:
        return "0"
    return "1" if money.adapter in NATIONAL_PLATFORMS else "2"


def _supplements(facts: Facts, as_of: datetime | None) -> tuple[Supplement, ...]:
    """List the officers' requests; those of the machine (a photo to retake) are no requests.

    The date before and the date after are told once the clock has gone on.
    """
    dates = {
        one.begins: (moment(one.due_before), moment(one.due_after))
        for one in facts.standstills
        if as_of is not None and one.ends is not None and one.ends <= as_of
    }
    return tuple(
        Supplement(
            HoSoBoSungId=one.id.hex,
            NoiDungBoSung="; ".join([item.words for item in one.items])[:_ROW_WORDS],
            NgayBoSung=moment(one.asked_at),
            NgayTiepNhanBoSung=moment(one.answered_at),
            NgayHenTraTruoc=dates.get(one.asked_at, ("", ""))[0],
            NgayHenTraMoi=dates.get(one.asked_at, ("", ""))[1],
        )
        for one in facts.supplements
        if one.by == "officer" and as_of is not None and one.asked_at <= as_of
    )
