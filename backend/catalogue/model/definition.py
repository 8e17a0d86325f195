"""What a procedure file holds (tệp thủ tục hành chính): every key once, with its meaning.

`procedures/procedure.schema.json` and the key table of `procedures/README.md` come from here. A
text for citizens may have its English beside it, under the same key with `_en`; where it has none,
readers of English get the Vietnamese, and the linter lists it.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from backend.catalogue.model.agreements import Agreement
from backend.catalogue.model.conditions import Condition, Value
from backend.catalogue.model.costs import Fee
from backend.catalogue.model.derived import Derived
from backend.catalogue.model.parts import Code, English, EnglishLines, Id, Line, Part, Words
from backend.catalogue.model.promises import (
    DayUnit,
    Deadline,
    DraftConfirmation,
    NoDeadline,
    Presence,
    PublicPosting,
    Result,
)

Kind = Literal[
    "name",
    "personal_number",
    "phone",
    "email",
    "text",
    "long_text",
    "number",
    "money",
    "date",
    "partial_date",
    "choice",
    "yes_no",
    "address",
    "rows",
    "declaration",
]

PersonField = Literal[
    "owner.name",
    "owner.personal_number",
    "owner.phone",
    "owner.email",
    "owner.birth_date",
    "owner.gender",
    "owner.address",
    "owner.tax_code",
    "owner.establishment_number",
    "requester.name",
    "requester.personal_number",
    "requester.phone",
    "requester.email",
    "requester.birth_date",
    "requester.gender",
    "requester.address",
]


class Named(Part, frozen=True, kw_only=True):
    """A field of administration (lĩnh vực): the folder's name and its official name."""

    id: Annotated[str, Meta(pattern="^[a-z][a-z0-9-]{0,47}$", description="the folder's name")]
    name: Annotated[Line, Meta(description="the official name")]
    name_en: English | None = None


class Law(Part, frozen=True, kw_only=True):
    """A legal basis (căn cứ pháp lý)."""

    id: Annotated[Line, Meta(description="number of the document, 60/2014/QH13")]
    title: Annotated[Line, Meta(description="its title in words")]


class Option(Part, frozen=True, kw_only=True):
    """One answer to choose."""

    id: Id
    label: Annotated[Line, Meta(description="the answer in a few words")]
    label_en: English | None = None
    hint: Annotated[Line, Meta(description="one sentence under it")] | None = None
    hint_en: English | None = None


class Lead(Part, frozen=True, kw_only=True):
    """How long before a date the dossier must be filed (báo trước), and how soon it comes."""

    days: Annotated[
        int, Meta(ge=0, le=200, description="so many; the day of filing is not one, 0: it will do")
    ]
    unit: DayUnit = "working_days"
    within: Annotated[int, Meta(ge=1, le=730, description="most plain days from filing to it")] | (
        None
    ) = None
    open: Annotated[bool, Meta(description="a visit: a day off is asked about once")] = False
    law: Annotated[Line, Meta(description="document and article")] | None = None


class Field(Part, frozen=True, kw_only=True):
    """One question (trường thông tin)."""

    id: Annotated[Id, Meta(description="stable, never reused; the key in answers")]
    kind: Annotated[Kind, Meta(description="what can be answered")]
    label: Annotated[Line, Meta(description="the question, in the words of the counter")]
    label_en: English | None = None
    hint: Annotated[Line, Meta(description="one sentence of help under the label")] | None = None
    hint_en: English | None = None
    required: Annotated[bool, Meta(description="true unless said otherwise")] = True
    when: Annotated[Condition, Meta(description="asked only when this holds")] | None = None
    is_: Annotated[PersonField, Meta(description="edits a person, not an answer")] | None = (
        msgspec.field(default=None, name="is")
    )
    options: Annotated[tuple[Option, ...], Meta(description="for choice: what to choose from")] = ()
    min: Annotated[int | str, Meta(description="smallest number, earliest date, fewest rows")] | (
        None
    ) = None
    max: (
        Annotated[
            int | str,
            Meta(description="largest number, latest date (else today), most rows"),
        ]
        | None
    ) = None
    min_age: (
        Annotated[int, Meta(ge=1, le=120, description="for a date of birth: at least so old today")]
        | None
    ) = None
    lead: (
        Annotated[Lead, Meta(description="for date: filed so long before; sets the earliest")]
        | None
    ) = None
    max_length: Annotated[int, Meta(ge=1, le=5000, description="most characters of a text")] | (
        None
    ) = None
    default: Annotated[Value, Meta(description="what stands there at first")] | None = None
    columns: Annotated[tuple["Field", ...], Meta(description="for rows: questions of a row")] = ()
    sensitive: Annotated[bool, Meta(description="health, poverty, bank: shown to few")] = False
    autocomplete: Annotated[str, Meta(description="the browser's autocomplete word")] | None = None


class Step(Part, frozen=True, kw_only=True):
    """One screen (bước): one question or a small group."""

    id: Id
    title: Annotated[Line, Meta(description="the heading: the question itself")]
    title_en: English | None = None
    hint: Annotated[Line, Meta(description="one sentence under the heading")] | None = None
    hint_en: English | None = None
    sensitive: Annotated[bool, Meta(description="all its questions are, see there")] = False
    when: Annotated[Condition, Meta(description="shown only when this holds")] | None = None
    fields: Annotated[tuple[Field, ...], Meta(min_length=1, description="at most five")]
    derived: Annotated[tuple[Derived, ...], Meta(description="worked out, never asked")] = ()


class Stop(Part, frozen=True, kw_only=True):
    """Answers that end the form early (không đủ điều kiện), and the next door to knock at."""

    id: Id
    when: Condition
    title: Annotated[Line, Meta(description="what cannot be done here")]
    title_en: English | None = None
    reason: Annotated[Words, Meta(description="why, by which rule")]
    reason_en: English | None = None
    next: Annotated[Words, Meta(description="where to go instead; one or two sentences")]
    next_en: English | None = None
    procedure: Annotated[Code, Meta(description="the procedure to go on with, if it is ours")] | (
        None
    ) = None
    law: Annotated[Line, Meta(description="document and article")] | None = None


class Acceptable(Part, frozen=True, kw_only=True):
    """One of several papers that will do."""

    name: Annotated[Words, Meta(description="the official name, verbatim")]
    name_en: English | None = None
    hint: Annotated[Line, Meta(description="one sentence of help")] | None = None
    hint_en: English | None = None


class Paper(Part, frozen=True, kw_only=True):
    """One paper of the dossier (thành phần hồ sơ)."""

    id: Id
    name: Annotated[Words, Meta(description="the official name, verbatim")]
    name_en: English | None = None
    kind: Annotated[
        Literal["upload", "form", "present", "present_original"],
        Meta(description="photographed, made from the answers, or shown at the counter"),
    ]
    required: Annotated[
        Literal["always", "when", "optional"], Meta(description="when: see the key when")
    ]
    when: Annotated[Condition, Meta(description="wanted only when this holds")] | None = None
    needed_if: (
        Annotated[Line, Meta(description="when, in a few words; else the condition is read out")]
        | None
    ) = None
    needed_if_en: English | None = None
    max_files: Annotated[int, Meta(ge=1, le=20, description="most pages; upload only")] = 10
    hint: Annotated[Line, Meta(description="one sentence of help")] | None = None
    hint_en: English | None = None
    sensitive: Annotated[bool, Meta(description="health or poverty: shown to few")] = False
    identity: Annotated[bool, Meta(description="proves who one is: officers' view is stamped")] = (
        False
    )
    instead_of: Annotated[
        tuple[Id, ...], Meta(description="papers that are not wanted when this one is")
    ] = ()
    any_of: Annotated[
        tuple[Acceptable, ...], Meta(description="one of these will do; two or more")
    ] = ()
    unless: (
        Annotated[Line, Meta(description="not needed if this is so; then it may be left out")]
        | None
    ) = None
    unless_en: English | None = None
    in_person_only: Annotated[
        bool, Meta(description="shown only by those who come to the counter")
    ] = False


class Party(Part, frozen=True, kw_only=True):
    """One of two who apply together (hai bên cùng nộp), and where the form has them."""

    id: Id
    role: Annotated[Line, Meta(description="what they are to each other: Bên nữ")]
    role_en: English | None = None
    owner_when: Annotated[Condition, Meta(description="then this one is the owner")]
    name: Annotated[Line, Meta(description="else: the question for the name")]
    personal_number: Annotated[Line, Meta(description="else: that for the personal number")] | (
        None
    ) = None


class Holder(Part, frozen=True, kw_only=True):
    """Whose a personal number is (số của ai); the phone asks once where other answers differ."""

    number: Annotated[Line, Meta(description="the question for the personal number")]
    when: Annotated[Condition, Meta(description="only when this holds")] | None = None
    birth_date: Annotated[Line, Meta(description="the question for this person's birth")] | (
        None
    ) = None
    gender: Annotated[Line, Meta(description="the question for this person's sex")] | None = None
    sex: (
        Annotated[
            Literal["nam", "nu"], Meta(description="else the sex, known from what the person is")
        ]
        | None
    ) = None


class Consent(Part, frozen=True, kw_only=True):
    """A declaration to tick before sending (lời cam đoan)."""

    id: Id
    version: Annotated[str, Meta(pattern="^[0-9]+$", description="raised with each new wording")]
    words: Annotated[Words, Meta(description="the sentence, verbatim")]
    words_en: English | None = None


class Fact(Part, frozen=True, kw_only=True):
    """Where one fact of the file comes from, if not from where the rest does."""

    about: Annotated[
        str,
        Meta(
            pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$",
            description="its key: `deadline`, `deadline.verification`, `papers.uy_quyen`",
        ),
    ]
    source: Annotated[Words, Meta(description="where it was read")]
    checked_on: Annotated[date, Meta(description="when somebody last looked")]
    checked_by: Annotated[Line, Meta(description="the role that looked, no person's name")] | (
        None
    ) = None
    confidence: Annotated[
        Literal["high", "medium", "low"], Meta(description="low is marked and told to citizens")
    ]
    words: Annotated[Words, Meta(description="low: what is not certain, for citizens")] | (
        None
    ) = None
    words_en: English | None = None


class Record(Part, frozen=True, kw_only=True):
    """Where the file's facts come from (nguồn)."""

    source: Annotated[tuple[Words, ...], Meta(min_length=1, description="where it was read")]
    checked_on: Annotated[date, Meta(description="when somebody last looked")]
    confidence: Annotated[Literal["high", "medium", "low"], Meta(description="low cannot be filed")]
    unverified: Annotated[tuple[Words, ...], Meta(description="shown to citizens as such")] = ()
    unverified_en: EnglishLines = ()
    notes: Annotated[
        tuple[Words, ...], Meta(description="for reviewers: where the form goes its own way")
    ] = ()
    facts: Annotated[tuple[Fact, ...], Meta(description="facts with a source of their own")] = ()


class Definition(Part, frozen=True, kw_only=True):
    """A procedure (thủ tục hành chính) as its file says it."""

    code: Annotated[Code, Meta(description="national code, in quotes")]
    name: Annotated[Words, Meta(description="the official name, verbatim")]
    title: Annotated[Line, Meta(description="the same in plain words")]
    title_en: English | None = None
    summary: Annotated[
        tuple[Line, ...], Meta(min_length=1, max_length=3, description="at most three lines")
    ]
    summary_en: EnglishLines = ()
    keywords: Annotated[tuple[Line, ...], Meta(description="what people call it")] = ()
    valid_from: Annotated[date, Meta(description="first day; served from 00:00 on")] | None = None
    valid_to: (
        Annotated[date, Meta(description="last day; then this version takes no more dossiers")]
        | None
    ) = None
    national_portal_id: (
        Annotated[Line, Meta(description="id of its page on the national portal")] | None
    ) = None
    field: Annotated[Named, Meta(description="lĩnh vực; its id is the folder's name")]
    law: Annotated[tuple[Law, ...], Meta(min_length=1, description="căn cứ pháp lý")]
    who: Annotated[Words, Meta(description="who may apply")]
    who_en: English | None = None
    minutes: Annotated[int, Meta(ge=1, le=120, description="how long filling takes")] | None = None
    not_fileable: (
        Annotated[Words, Meta(description="why it cannot be filed here; shown to citizens")] | None
    ) = None
    not_fileable_en: English | None = None
    portal_only: (
        Annotated[
            Words, Meta(description="why the national portal alone takes it; filled in here still")
        ]
        | None
    ) = None
    portal_only_en: English | None = None
    papers: Annotated[tuple[Paper, ...], Meta(description="thành phần hồ sơ, in order")] = ()
    applicant: (
        Annotated[
            Literal["organisation"],
            Meta(description="the owner is an organisation, the requester files for it"),
        ]
        | None
    ) = None
    parties: Annotated[tuple[Party, ...], Meta(description="two who apply together")] = ()
    submitter_when: (
        Annotated[Condition, Meta(description="the requester is the authorised person then")] | None
    ) = None
    steps: Annotated[tuple[Step, ...], Meta(description="the form, one screen each")] = ()
    stops: Annotated[
        tuple[Stop, ...], Meta(description="answers with which nothing can be filed here")
    ] = ()
    agreements: Annotated[
        tuple[Agreement, ...], Meta(description="answers that must fit each other")
    ] = ()
    holders: Annotated[
        tuple[Holder, ...], Meta(description="whose the numbers are of others than the owner")
    ] = ()
    fee: Annotated[Fee, Meta(description="phí, lệ phí")] | None = None
    presence: Annotated[tuple[Presence, ...], Meta(description="who must come in person")] = ()
    deadline: Annotated[Deadline, Meta(description="thời hạn; left out where none")] | None = None
    no_deadline: (
        Annotated[NoDeadline, Meta(description="in place of deadline, where the law sets none")]
        | None
    ) = None
    draft_confirmation: (
        Annotated[DraftConfirmation, Meta(description="the draft is shown before it is signed")]
        | None
    ) = None
    public_posting: (
        Annotated[PublicPosting, Meta(description="niêm yết before the decision")] | None
    ) = None
    consents: Annotated[tuple[Consent, ...], Meta(description="lời cam đoan")] = ()
    result: Result
    record: Record
