"""Organisations as applicants (tổ chức), and steps that are sensitive as a whole."""

from datetime import date
from pathlib import Path

import msgspec

from backend import places
from backend.catalogue.model.people import People, Person
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.reading import read

BASE = (Path(__file__).parent / "base.yaml").read_text(encoding="utf-8")
PLACES = places.read(places.DATA, demo=True)[0]
OWNER = """        kind: name
        is: owner.name
        label: Họ tên chủ hồ sơ
        when: {answer: loai, is: b}
"""
UNIT = """        kind: text
        is: owner.name
        label: Tên đơn vị
      - {id: ma, kind: text, is: owner.tax_code, label: Mã số thuế}
"""
SUBMITTER = "submitter_when: {answer: loai, is: b}\n"


def procedure(text):
    found = read("x.yaml", text, {})
    assert found.findings == ()
    return Procedure(found.definition, version=found.source.version, tariffs=(), places=PLACES)


def of_unit():
    return procedure(BASE.replace(OWNER, UNIT).replace(SUBMITTER, "applicant: organisation\n"))


def faults(people):
    found = of_unit().faults(people, {"loai": "a"}, today=date(2026, 11, 22))
    return {one.pointer for one in found if not one.pointer.startswith("/answers")}


def test_an_organisation_owns_the_dossier_and_a_person_files_for_it():
    unit = Person(name="Hội Nông dân phường 3", tax_code="1800123456")

    assert faults(People(unit, Person(name="Lê Thị Thử"))) == set()
    assert faults(People(Person())) == {"/owner/name", "/owner/tax_code", "/submitter/name"}


def test_who_files_for_an_organisation_is_kept():
    people = People(Person(name="Hội"), Person(name="Lê Thị Thử", phone="0912 345 678"))

    kept, _ = of_unit().clean(people, {"loai": "a"})

    assert kept.submitter == Person(name="Lê Thị Thử", phone="0912345678")


def test_the_phone_is_told_that_the_applicant_is_an_organisation():
    shown = of_unit().published(unit=None, on=date(2026, 11, 22))

    assert shown["applicant"] == "organisation"
    assert "applicant" not in procedure(BASE).published(unit=None, on=date(2026, 11, 22))


def test_a_person_without_the_new_numbers_is_written_as_before():
    assert msgspec.to_builtins(Person(name="Lê Thị Thử")) == {"name": "Lê Thị Thử"}


def test_a_sensitive_step_makes_all_its_questions_sensitive():
    one = procedure(
        BASE.replace("    title: Bao nhiêu?\n", "    title: Bao nhiêu?\n    sensitive: true\n")
    )

    assert all(field.sensitive for field in one.steps[1].fields)
    assert not any(field.sensitive for field in one.steps[0].fields)
