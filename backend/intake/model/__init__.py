"""What a citizen sends (bản kê hồ sơ) and gets back, and what is wrong with it; pure.

Problem
├── PapersMissing 409      a paper that this case needs is not named
├── FilesMissing 409       a named file has not come whole
├── FilesUnreadable 409    a file has come, but does not open
├── StaleDraft 412         another device changed the draft
├── AlreadySubmitted 422   the dossier is handed in and stays as it is
├── ByPortalAlone 409      the national portal alone takes it
├── NotInManifest 404      the manifest names no such file
├── NothingToClaim 409     no fee waits, so nobody is to be exempt (claims)
├── ExemptionRefused 409   the same claim was refused before (claims)
├── NotYet 409             the slip exists from acceptance on
└── WrongOneTimeCode 404   the one-time code does not fit, or no more
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from backend.attachments.model import LIMITS, FileState, FileWanted
from backend.catalogue.model.answers import PaperWanted
from backend.catalogue.model.definition import Paper
from backend.catalogue.model.people import Answers, People, Person, tidied
from backend.dossiers.model.record import Channel, Consent, Dossier, Draft, Id, PaperFiles, Private
from backend.dossiers.model.supplements import Answer
from backend.intake.model.words import fault
from backend.platform.kit.errors import Fault, NotFound, Problem, Unprocessable
from backend.platform.kit.vietnamese import (
    has_control_characters,
    nfc,
    refuse_control_characters,
)

MOST_PAPERS = 40
MOST_CONSENTS = 20


class PapersMissing(Problem):
    """Papers that this case needs are not there."""

    status = 409
    slug = "papers-missing"
    title = "Còn thiếu giấy tờ. Chụp thêm những giấy được nêu rồi gửi lại."


class FilesMissing(Problem):
    """Files that the manifest names have not come whole."""

    status = 409
    slug = "files-missing"
    title = "Có ảnh chưa đến nơi. Giữ trang này mở để máy gửi tiếp."


class FilesUnreadable(Problem):
    """Files have come, but do not open."""

    status = 409
    slug = "files-unreadable"
    title = "Có ảnh không mở được. Chụp lại những ảnh được nêu rồi gửi lại."


class StaleDraft(Problem):
    """The draft was changed from another device; the answer carries it as `current`."""

    status = 412
    slug = "stale-draft"
    title = "Hồ sơ này vừa được sửa trên máy khác. Xem bản mới rồi sửa tiếp."


class ByPortalAlone(Problem):
    """Nothing of this unit or procedure is sent from here: it is prepared, then filed there."""

    status = 409
    slug = "portal-only"
    title = (
        "Hồ sơ này chưa gửi được từ đây. Chuẩn bị ở đây, rồi nộp trên Cổng Dịch vụ công quốc gia."
    )


class AlreadySubmitted(Unprocessable):
    """What was handed in stays as it is."""

    slug = "already-submitted"
    title = "Hồ sơ đã gửi, không sửa được nữa. Chờ phường yêu cầu bổ sung hoặc rút hồ sơ."


class NotInManifest(NotFound):
    """The manifest names no file of this hash."""

    slug = "not-in-manifest"
    title = "Ảnh này không có trong hồ sơ. Thêm ảnh vào hồ sơ rồi gửi lại."


class WrongOneTimeCode(NotFound):
    """The one-time code does not fit, was used, or its time is over; all alike."""

    slug = "wrong-code"
    title = "Mã không đúng hoặc đã hết hạn. Kiểm tra lại 6 số, hoặc xin mã mới."


class Manifest(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A dossier as the phone sends it (bản kê hồ sơ): people, answers, and each file's hash."""

    procedure: Id
    version: Id
    unit: Id
    qr: Id | None = None
    channel: Channel
    owner: Person
    submitter: Person | None = None
    answers: Annotated[Answers, Meta(max_length=200)] = {}
    consents: Annotated[list[Consent], Meta(max_length=MOST_CONSENTS)] = []
    example: bool = False
    papers: Annotated[list[PaperFiles], Meta(max_length=MOST_PAPERS)] = []

    def draft(self) -> Draft:
        """Part it into what is kept open and what is sealed."""
        return Draft(
            procedure=self.procedure,
            version=self.version,
            unit=self.unit,
            channel=self.channel,
            qr=self.qr,
            example=self.example,
            private=Private(
                owner=self.owner,
                submitter=self.submitter,
                answers=self.answers,
                consents=self.consents,
                papers=self.papers,
            ),
        )


class FileShown(Struct, frozen=True):
    """A file that has come whole, and what checking said."""

    sha256: str
    check: Literal["pending", "ok", "unreadable"]


class FileKept(Struct, frozen=True):
    """The answer to a file that has come whole."""

    sha256: str
    size: int
    check: Literal["pending", "ok", "unreadable"]


class Withdrawal(Struct, frozen=True, forbid_unknown_fields=True):
    """Why a dossier is withdrawn (lý do rút hồ sơ)."""

    reason: Annotated[str, Meta(min_length=1, max_length=1000)]

    def checked(self) -> str:
        """Give the reason; blanks alone and hidden characters are refused."""
        refuse_control_characters(self.reason, pointer="/reason", lines=True)
        if not self.reason.strip():
            words = ("Chưa ghi lý do rút hồ sơ.", "Say why you withdraw the dossier.")
            raise Unprocessable(errors=[Fault("/reason", "empty", *words)])
        return self.reason.strip()


class LinkWanted(Struct, frozen=True, forbid_unknown_fields=True):
    """What a link is wanted for: `receipt`, `slip`, or a file's sha256."""

    what: Annotated[str, Meta(pattern=r"\A(receipt|slip|[0-9a-f]{64})\Z", max_length=64)]


class LinkMade(Struct, frozen=True):
    """A link for five minutes."""

    url: str
    expires_at: datetime


class PaymentWanted(Struct, frozen=True, forbid_unknown_fields=True):
    """How the citizen wants to pay."""

    adapter: Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{0,31}\Z", max_length=32)]


class KeyLost(Struct, frozen=True, forbid_unknown_fields=True):
    """Who lost a key: the dossier's code and the last four digits of its phone."""

    code: Annotated[str, Meta(max_length=64)]
    phone_last4: Annotated[str, Meta(max_length=16)]


class KeyConfirmed(Struct, frozen=True, forbid_unknown_fields=True):
    """The one-time code that came to the dossier's phone."""

    code: Annotated[str, Meta(max_length=64)]
    one_time_code: Annotated[str, Meta(max_length=16)]


class NewKey(Struct, frozen=True):
    """A dossier's new key; earlier ones have ended."""

    id: UUID
    key: str


_encode = msgspec.json.Encoder().encode
_decode_manifest = msgspec.json.Decoder(Manifest).decode
_decode_answer = msgspec.json.Decoder(Answer).decode


def cleaned(manifest: Manifest) -> Manifest:
    """Bring a manifest into the one stored form (NFC); Unprocessable names hidden characters."""
    text = _encode(manifest).decode()
    plain = nfc(text)
    result = manifest if plain == text else _decode_manifest(plain)
    submitter = tidied(result.submitter) if result.submitter else None
    result = msgspec.structs.replace(result, owner=tidied(result.owner), submitter=submitter)
    _refuse_hidden(_texts(result))
    return result


def cleaned_answer(answer: Answer) -> Answer:
    """Bring an answer to a supplement into the one stored form (NFC); Unprocessable."""
    text = _encode(answer).decode()
    plain = nfc(text)
    result = answer if plain == text else _decode_answer(plain)
    _refuse_hidden((f"{pointer}/name", file.name) for pointer, file in _files(result.papers))
    return result


def _refuse_hidden(texts: Iterable[tuple[str, str]]) -> None:
    faults = [
        fault("hidden-characters", pointer)
        for pointer, value in texts
        if has_control_characters(value)
    ]
    if faults:
        raise Unprocessable(errors=faults)


def manifest_of(dossier: Dossier, owned: Private) -> Manifest:
    """Give the manifest that a dossier was made from."""
    return Manifest(
        procedure=dossier.procedure,
        version=dossier.version,
        unit=dossier.unit,
        qr=dossier.qr,
        channel=dossier.channel,
        owner=owned.owner,
        submitter=owned.submitter,
        answers=owned.answers,
        consents=owned.consents,
        example=dossier.example,
        papers=owned.papers,
    )


def file_faults(papers: Sequence[PaperFiles]) -> list[Fault]:
    """List the files that could never be taken: too many, too large, of a wrong kind."""
    found: list[Fault] = []
    sizes: dict[str, int] = {}
    for pointer, file in _files(papers):
        if file.media_type not in LIMITS.media_types:
            found.append(fault("wrong-type", f"{pointer}/media_type"))
        if not 0 < file.size <= LIMITS.file_bytes:
            found.append(fault("too-large", f"{pointer}/size"))
        if sizes.setdefault(file.sha256, file.size) != file.size:
            found.append(fault("two-sizes", f"{pointer}/size"))
    if len(sizes) > LIMITS.files:
        found.append(fault("too-many-files", "/papers"))
    if sum(sizes.values()) > LIMITS.dossier_bytes:
        found.append(fault("too-large-together", "/papers"))
    return found


def refuse_missing_papers(wanted: Sequence[PaperWanted], papers: Sequence[PaperFiles]) -> None:
    """Refuse a dossier without the papers that this case needs: PapersMissing."""
    given = {paper.paper: len(paper.files) for paper in papers}
    missing = [
        fault("missing", f"/papers/{paper.id}", what=paper.name, english=paper.name_en)
        for paper in wanted
        if paper.required and given.get(paper.id, 0) < max(1, paper.min_files)
    ]
    if missing:
        raise PapersMissing(errors=missing)


def refuse_bad_files(
    papers: Sequence[PaperFiles], states: Mapping[str, FileState], known: Sequence[Paper]
) -> None:
    """Refuse files that have not come (FilesMissing) or do not open (FilesUnreadable)."""
    found: dict[str, list[Fault]] = {"missing": [], "unreadable": []}
    names = {one.id: (one.name, one.name_en or one.name) for one in known}
    for place, paper in enumerate(papers):
        name, english = names.get(paper.paper, (paper.paper, paper.paper))
        for page, file in enumerate(paper.files):
            state = states.get(file.sha256)
            code = state.check if state is not None and state.whole else "missing"
            if code in found:
                where, vietnamese = f"/papers/{place}/files/{page}", f"{name}, trang {page + 1}"
                both = {"what": vietnamese, "english": f"{english}, page {page + 1}"}
                found[code].append(fault(code, where, **both))
    if found["missing"]:
        raise FilesMissing(errors=found["missing"])
    if found["unreadable"]:
        raise FilesUnreadable(errors=found["unreadable"])


def people_of(owned: Private) -> People:
    """Give the people of a dossier as the catalogue judges them."""
    return People(owned.owner, owned.submitter)


def _files(papers: Sequence[PaperFiles]) -> Iterator[tuple[str, FileWanted]]:
    for place, paper in enumerate(papers):
        for page, file in enumerate(paper.files):
            yield f"/papers/{place}/files/{page}", file


def _texts(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """List the texts that no definition checks: people and file names."""
    for whom in ("owner", "submitter"):
        person = getattr(manifest, whom)
        for key in person.__struct_fields__ if person else ():
            value = getattr(person, key)
            if isinstance(value, str):
                yield f"/{whom}/{key}", value
            elif value is not None:
                for part in value.__struct_fields__:
                    yield f"/{whom}/{key}/{part}", getattr(value, part)
    for pointer, file in _files(manifest.papers):
        yield f"{pointer}/name", file.name
