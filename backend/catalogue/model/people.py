"""Who a dossier is about, and what was answered, as a manifest carries them."""

from typing import Annotated

import msgspec
from msgspec import Meta

from backend.platform.kit.vietnamese import narrow, one_line

Plain = str | int | bool | None
Cell = Plain | dict[str, str | None]
Answer = Plain | dict[str, str | None] | list[dict[str, Cell]]
Answers = dict[str, Answer]
"""By question: text, whole number, truth value, address, or rows with a stable `row`."""


_FIGURES = ("personal_number", "phone", "birth_date")


class Address(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An address (địa chỉ) in three parts, as the person writes it."""

    province: Annotated[str, Meta(max_length=120)] = ""
    ward: Annotated[str, Meta(max_length=120)] = ""
    street: Annotated[str, Meta(max_length=200)] = ""


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A person or an organisation of a dossier; empty texts are not answered yet."""

    name: Annotated[str, Meta(max_length=120)] = ""
    personal_number: Annotated[str, Meta(max_length=20)] | None = None
    phone: Annotated[str, Meta(max_length=20)] | None = None
    email: Annotated[str, Meta(max_length=254)] | None = None
    birth_date: Annotated[str, Meta(max_length=10)] | None = None
    gender: Annotated[str, Meta(max_length=48)] | None = None
    address: Address | None = None
    tax_code: Annotated[str, Meta(max_length=20)] | None = None
    establishment_number: Annotated[str, Meta(max_length=60)] | None = None


def tidied(person: Person) -> Person:
    """Bring a person into the stored form: each text is one line, each number in plain figures."""
    texts = {
        key: one_line(narrow(value) if key in _FIGURES else value)
        for key, value in msgspec.structs.asdict(person).items()
        if isinstance(value, str)
    }
    address = person.address
    if address is not None:
        parts = msgspec.structs.asdict(address)
        address = Address(**{part: one_line(text) for part, text in parts.items()})
    return msgspec.structs.replace(person, **texts, address=address)


class Applicant(msgspec.Struct, frozen=True):
    """One of two who apply together (bên): their role, and who they are as far as is said."""

    role: str
    name: str
    personal_number: str | None = None


class People(msgspec.Struct, frozen=True):
    """Who a dossier is about: its owner (chủ hồ sơ) and, where authorised, the submitter."""

    owner: Person
    submitter: Person | None = None
