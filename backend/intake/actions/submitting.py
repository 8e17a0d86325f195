"""The submission (nộp hồ sơ): refused with what is missing, or done in one transaction."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from backend import attachments, catalogue, dossiers, notices, payments, places, qr
from backend.catalogue import Procedure
from backend.dossiers import Opened, Private, Receipt, ReceiptFile, State, Unsigned
from backend.intake.actions import drafting
from backend.intake.actions.opening import Citizen, Counter, enter
from backend.intake.model import (
    ByPortalAlone,
    people_of,
    refuse_bad_files,
    refuse_missing_papers,
)
from backend.platform.db import transaction
from backend.platform.kit.clock import VIETNAM, iso
from backend.platform.kit.errors import Busy, Unprocessable
from backend.platform.kit.ids import Randomness, make_code
from backend.platform.signing import Signer

_TRIES = 8


class Submitted(Struct, frozen=True):
    """The answer to a submission: code, second factor, signed receipt with its proof, the fee."""

    code: str
    track_digits: str | None
    receipt: Receipt
    obligation: payments.Obligation | None
    verify_token: str


async def submit(
    citizen: Citizen, *, if_match: str | None = None, counter: Counter, now: datetime
) -> Submitted:
    """Hand in a draft; a repeat gets the same receipt, byte for byte.

    `if_match` names the draft that is meant: an older one that came late is not handed in, but
    StaleDraft. VersionNotBegun, VersionClosed, ByPortalAlone, PapersMissing, FilesMissing,
    FilesUnreadable, Unprocessable. Rules, obligation, dossier, audit and events stand or fall
    together; of many requests at once one hands in, all get its receipt.
    """
    for _ in range(_TRIES):
        found = await enter(citizen, counter.vault)
        if found.dossier.state is not State.DRAFT:
            return await _again(found, counter.signer)
        drafting.refuse_stale(if_match, found)
        done = await _hand_in(found, counter=counter, now=now)
        if done is not None:
            return done
    raise Busy


async def _again(found: Opened, signer: Signer) -> Submitted:
    obligation, _attempts = await payments.of_dossier(found.dossier.id)
    return answer(found.receipt(), found.dossier.track_digits, obligation, signer=signer)


def answer(
    receipt: Receipt,
    digits: str | None,
    obligation: payments.Obligation | None,
    *,
    signer: Signer,
) -> Submitted:
    """Answer with a receipt and the token that proves it; the same receipt gives the same bytes."""
    token = notices.verify_token(receipt, signer)
    return Submitted(receipt.code, digits, receipt, obligation, token)


async def _hand_in(found: Opened, *, counter: Counter, now: datetime) -> Submitted | None:
    """Do it once; None when another request changed or handed in the draft meanwhile."""
    draft, owned = found.dossier, found.private()
    procedure = await dossiers.procedure_of(draft)
    today = now.astimezone(VIETNAM).date()
    catalogue.refuse_out_of_force(procedure, on=today)
    if procedure.by_portal_alone(unit=draft.unit, on=today):
        raise ByPortalAlone
    answers, unsure = await _judged(draft.id, owned, procedure, now=now)
    quote = procedure.quote(answers, unit=draft.unit, channel=draft.channel, on=today)
    code = make_code(dossiers.CODE_LENGTH, random=counter.random)
    amount = quote.amount if quote else None
    receipt = signed(found, owned, code=code, amount=amount, signer=counter.signer, now=now)
    digits = None if owned.phones() else _digits(counter.random)
    campaign = await _campaign(draft.qr, now)
    async with transaction():
        made = await dossiers.submit(
            found,
            receipt,
            owned=owned,
            campaign=campaign,
            expected_at=procedure.due_at(
                places.current().reached(now, unit=draft.unit), unit=draft.unit, answers=answers
            ),
            track_digits=digits,
            vault=counter.vault,
            now=now,
        )
        if made is None:
            return None
        if unsure:  # a check may have ended since: from here on it asks for the photo anew
            refuse_bad_files(owned.papers, await attachments.states(draft.id), procedure.papers)
        obligation = await payments.open(
            draft.id,
            quote,
            unit=draft.unit,
            procedure=draft.procedure,
            account=counter.adapters.account_for(draft.unit, draft.procedure),
            now=now,
        )
    return answer(receipt, digits, obligation, signer=counter.signer)


def signed(
    found: Opened, owned: Private, *, code: str, amount: int | None, signer: Signer, now: datetime
) -> Receipt:
    """Make the signed receipt: every file with its hash, no person's name."""
    draft = found.dossier
    plain = Unsigned(
        amount=amount,
        at=iso(now),
        channel=draft.channel,
        code=code,
        files=[ReceiptFile(one.name, one.sha256, one.size) for one in owned.pages()],
        id=draft.id,
        procedure=draft.procedure,
        unit=draft.unit,
        version=draft.version,
    )
    fields = {name: getattr(plain, name) for name in plain.__struct_fields__}
    return Receipt(**fields, signature=signer.sign(dossiers.payload(plain)))


async def _judged(
    dossier: UUID, owned: Private, procedure: Procedure, *, now: datetime
) -> tuple[dict[str, object], bool]:
    """Judge a draft by its own version of the procedure.

    Gives the answers that count, and whether a photo still waits for its check.
    """
    people, answers = procedure.clean(people_of(owned), owned.answers)
    today = now.astimezone(VIETNAM).date()
    faults = procedure.faults(people, answers, today=today)
    faults += procedure.missing_consents({one.id: one.version for one in owned.consents})
    if faults:
        raise Unprocessable(errors=faults)
    refuse_missing_papers(procedure.papers_wanted(people, answers), owned.papers)
    states = await attachments.states(dossier) if owned.papers else {}
    refuse_bad_files(owned.papers, states, procedure.papers)
    return answers, any(state.check == "pending" for state in states.values())


async def _campaign(code: str | None, now: datetime) -> str | None:
    """Tell the outreach campaign (đợt tuyên truyền) of the poster that was scanned."""
    if code is None:
        return None
    try:
        return (await qr.find(code, now=now)).campaign
    except qr.UnknownQr:
        return None


def _digits(random: Randomness) -> str:
    """Make the four digits that open the tracking page where there is no phone."""
    return f"{int.from_bytes(random(8)) % 10_000:04d}"
