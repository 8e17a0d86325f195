"""What a procedure file holds (tệp thủ tục hành chính): every key once, with its meaning.

`procedures/procedure.schema.json` and the key table of `procedures/README.md` come from here. A
text for citizens may have its English beside it, under the same key with `_en`; where it has none,
readers of English get the Vietnamese, and the linter lists it.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from backend.catalogue.model.conditions import Condition, Value

Id = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,47}$", description="stable, never reused")]
Line = Annotated[str, Meta(min_length=1, max_length=300)]
Words = Annotated[str, Meta(min_length=1, max_length=2000)]
Code = Annotated[str, Meta(pattern=r"^[0-9]\.[0-9]{6}$")]
English = Annotated[str, Meta(min_length=1, max_length=2000, description="the same in English")]
EnglishLines = Annotated[tuple[Words, ...], Meta(description="the same in English, line by line")]

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
    "requester.name",
    "requester.personal_number",
    "requester.phone",
    "requester.email",
    "requester.birth_date",
    "requester.gender",
    "requester.address",
]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of keys of a procedure file."""


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
    when: Annotated[Condition, Meta(description="shown only when this holds")] | None = None
    fields: Annotated[tuple[Field, ...], Meta(min_length=1, description="at most five")]


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


class Quantity(Part, frozen=True, kw_only=True):
    """How many times an amount counts: the number answered there."""

    answer: Annotated[Id, Meta(description="id of a question for a number")]


class Amount(Part, frozen=True, kw_only=True):
    """An amount fixed by central law (mức thu), from a date on."""

    from_: Annotated[date, Meta(description="first day")] = msgspec.field(name="from")
    amount: Annotated[int, Meta(ge=0, le=10**9, description="đồng for one")]
    law: Annotated[Line, Meta(description="document and article")]
    verified: Annotated[bool, Meta(description="compared with the official text or portal")] = False


class FeeItem(Part, frozen=True, kw_only=True):
    """One line of the fee (phí, lệ phí)."""

    id: Id
    name: Annotated[Line, Meta(description="what the money is for")]
    name_en: English | None = None
    kind: Annotated[Literal["phi", "le_phi"], Meta(description="phí or lệ phí, not mixed")]
    quantity: Annotated[Quantity, Meta(description="times this answer; else once")] | None = None
    when: Annotated[Condition, Meta(description="counts only when this holds")] | None = None
    amounts: Annotated[
        tuple[Amount, ...], Meta(description="set centrally; without it the tariffs decide")
    ] = ()
    note: Annotated[Line, Meta(description="one sentence beside the line")] | None = None
    note_en: English | None = None


class Fee(Part, frozen=True, kw_only=True):
    """What the procedure costs; a procedure without this key carries no fee."""

    items: Annotated[tuple[FeeItem, ...], Meta(min_length=1)]
    exemptions: Annotated[tuple[Line, ...], Meta(description="who pays nothing")] = ()
    exemptions_en: EnglishLines = ()
    note: Annotated[Line, Meta(description="what to show as proof of an exemption")] | None = None
    note_en: English | None = None


class Deadline(Part, frozen=True, kw_only=True):
    """The statutory time (thời hạn giải quyết)."""

    text: Annotated[Words, Meta(description="the official sentence, verbatim")]
    text_en: English | None = None
    days: Annotated[int, Meta(ge=0, le=200, description="working days; 0 is the same day")]
    unit: Literal["working_days"] = "working_days"
    cutoff: (
        Annotated[
            str,
            Meta(
                pattern="^([01][0-9]|2[0-3]):[0-5][0-9]$",
                description="same day: received later counts for the next working day",
            ),
        ]
        | None
    ) = None
    law: Annotated[Line, Meta(description="document and article")]


class Consent(Part, frozen=True, kw_only=True):
    """A declaration to tick before sending (lời cam đoan)."""

    id: Id
    version: Annotated[str, Meta(pattern="^[0-9]+$", description="raised with each new wording")]
    words: Annotated[Words, Meta(description="the sentence, verbatim")]
    words_en: English | None = None


class Result(Part, frozen=True, kw_only=True):
    """What the citizen gets (kết quả)."""

    name: Annotated[Line, Meta(description="the official name, verbatim")]
    name_en: English | None = None
    code: Annotated[Line, Meta(description="result type, where one is known")] | None = None


class Record(Part, frozen=True, kw_only=True):
    """Where the file's facts come from (nguồn)."""

    source: Annotated[tuple[Words, ...], Meta(min_length=1, description="where it was read")]
    checked_on: Annotated[date, Meta(description="when somebody last looked")]
    confidence: Annotated[Literal["high", "medium", "low"], Meta(description="low cannot be filed")]
    unverified: Annotated[tuple[Words, ...], Meta(description="shown to citizens as such")] = ()
    unverified_en: EnglishLines = ()


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
    field: Annotated[Named, Meta(description="lĩnh vực; its id is the folder's name")]
    law: Annotated[tuple[Law, ...], Meta(min_length=1, description="căn cứ pháp lý")]
    who: Annotated[Words, Meta(description="who may apply")]
    who_en: English | None = None
    minutes: Annotated[int, Meta(ge=1, le=120, description="how long filling takes")] | None = None
    not_fileable: (
        Annotated[Words, Meta(description="why it cannot be filed here; shown to citizens")] | None
    ) = None
    not_fileable_en: English | None = None
    papers: Annotated[tuple[Paper, ...], Meta(description="thành phần hồ sơ, in order")] = ()
    submitter_when: (
        Annotated[Condition, Meta(description="the requester is the authorised person then")] | None
    ) = None
    steps: Annotated[tuple[Step, ...], Meta(description="the form, one screen each")] = ()
    fee: Annotated[Fee, Meta(description="phí, lệ phí")] | None = None
    deadline: Annotated[Deadline, Meta(description="thời hạn; left out where none")] | None = None
    consents: Annotated[tuple[Consent, ...], Meta(description="lời cam đoan")] = ()
    result: Result
    record: Record
