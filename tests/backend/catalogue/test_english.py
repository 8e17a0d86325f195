"""English beside the Vietnamese: nothing lacks it, and nobody pays for it unasked."""

import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from backend import catalogue, places
from backend.catalogue import routes
from backend.platform import http

PROCEDURES = Path(__file__).parents[3] / "procedures"
EXTRACT = "ho-tich/cap-ban-sao-trich-luc-ho-tich.yaml"
NOW = datetime(2026, 11, 22, 5, tzinfo=UTC)
CODES = ("2.000635", "1.004873", "1.001193", "1.001776")
WORDS = {
    "needed_if",
    "title",
    "label",
    "hint",
    "name",
    "note",
    "text",
    "words",
    "who",
    "why_not",
    "original",
}
LISTS = {"summary", "exemptions", "unverified"}


@pytest.fixture
async def browser():
    places.load("test")
    catalogue.load(PROCEDURES, demo=True, clock=lambda: NOW)
    app = Litestar(routes.handlers, exception_handlers=http.exception_handlers, openapi_config=None)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        client.headers["accept-encoding"] = "identity"
        yield client


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(PROCEDURES, tmp_path / "procedures"))


async def both(browser, code):
    path = f"/api/v1/procedures/{code}?unit=om-long-hung"
    vietnamese, english = await browser.get(path), await browser.get(f"{path}&language=en")
    return vietnamese, english


def bare(value):
    """Leave only what is no text for people: ids, kinds, conditions, amounts."""
    if isinstance(value, dict):
        left_out = WORDS | LISTS | {"language", "complete", "original_law"}
        value = value | {"law": value["original_law"]} if "original_law" in value else value
        return {key: bare(inner) for key, inner in value.items() if key not in left_out}
    return [bare(one) for one in value] if isinstance(value, list) else value


def test_every_text_of_our_procedures_has_its_english():
    assert catalogue.untranslated(PROCEDURES) == []


@pytest.mark.parametrize("code", CODES)
async def test_vietnamese_readers_get_no_english(browser, code):
    vietnamese, english = await both(browser, code)

    assert "_en" not in vietnamese.text
    assert "complete" not in vietnamese.json()
    assert (english.json()["language"], english.json()["complete"]) == ("en", True)


@pytest.mark.parametrize("code", CODES)
async def test_the_languages_differ_in_words_alone(browser, code):
    vietnamese, english = await both(browser, code)

    assert "_en" not in english.text
    assert bare(english.json()) == bare(vietnamese.json())
    assert english.json()["name"] == vietnamese.json()["name"]
    assert english.headers["etag"] != vietnamese.headers["etag"]


@pytest.mark.parametrize("code", CODES)
async def test_headings_questions_and_answers_are_in_english(browser, code):
    found = (await both(browser, code))[1].json()
    questions = [field for step in found["steps"] for field in step["fields"]]
    answers = [option for field in questions for option in field.get("options", ())]
    said = [step["title"] for step in found["steps"]]
    said += [one["label"] for one in (*questions, *answers)]

    assert [text for text in said if not re.sub(r"\([^)]*\)|[“”’]", "", text).isascii()] == []


async def test_a_declaration_keeps_the_sentence_that_binds(browser):
    vietnamese, english = await both(browser, "2.000635")

    (consent,) = english.json()["consents"]
    assert consent["original"] == vietnamese.json()["consents"][0]["words"]
    assert consent["words"].startswith("I declare")


async def test_a_fee_line_keeps_the_name_that_an_obligation_has(browser):
    vietnamese, english = await both(browser, "2.000635")

    (item,), (spoken,) = (one.json()["fee"]["items"] for one in (vietnamese, english))
    assert spoken["original"] == item["name"] != spoken["name"]
    assert "original" not in item


async def test_demonstration_figures_are_called_so_in_english_and_keep_what_is_frozen(browser):
    vietnamese, english = await both(browser, "1.004873")

    (item,), (spoken,) = (one.json()["fee"]["items"] for one in (vietnamese, english))
    assert (item["law"], spoken["law"]) == ("số liệu trình diễn", "demonstration figures")
    assert spoken["original_law"] == item["law"]
    assert "original_law" not in item


def test_a_declaration_within_the_form_keeps_it_too(folder):
    file = folder / EXTRACT
    text = file.read_text("utf-8")
    first = "    fields:\n      - id: nop_cho\n"
    assert first in text
    field = "{id: hua, kind: declaration, label: Tôi cam đoan, label_en: I declare}"
    file.write_text(
        text.replace(first, first.replace("      - id", f"      - {field}\n      - id")), "utf-8"
    )
    places.load("test")
    catalogue.load(folder, demo=True, clock=lambda: NOW)

    vietnamese, english = (
        json.loads(catalogue.packed("2.000635", language=one).plain)["steps"][0]["fields"][0]
        for one in ("vi", "en")
    )

    assert vietnamese["label"] == "Tôi cam đoan"
    assert "original" not in vietnamese
    assert (english["label"], english["original"]) == ("I declare", "Tôi cam đoan")


async def test_the_list_speaks_english_too(browser):
    answer = await browser.get("/api/v1/procedures?unit=om-long-hung&language=en")

    items = {one["code"]: one for one in answer.json()["items"]}
    assert items["2.000635"]["title"].startswith("Copy of a civil status extract")
    assert items["2.000635"]["name"] == "Cấp bản sao Trích lục hộ tịch, bản sao Giấy khai sinh"
    assert items["2.000635"]["fee_note"] == "8,000\N{NO-BREAK SPACE}đ a copy"
    assert items["1.001193"]["fee_note"].startswith("Depends on the case")
    assert items["1.001776"]["fee_note"] == "No fee"
    assert items["1.001776"]["why_not"].startswith("The deadline and the form")


@pytest.mark.parametrize("code", CODES)
async def test_a_procedure_that_speaks_english_says_what_the_phone_reads(browser, code):
    published = (await both(browser, code))[1].json()

    english = catalogue.get(code).spoken("en")

    assert english.version == catalogue.get(code).version == published["version"]
    assert english.title == published["title"]
    assert [paper.name for paper in english.papers] == [one["name"] for one in published["papers"]]
    for step, said in zip(english.steps, published["steps"], strict=True):
        assert [one.label for one in step.fields] == [one["label"] for one in said["fields"]]
    assert catalogue.get(code).spoken("vi") is catalogue.get(code)


async def test_a_language_that_is_not_spoken_is_refused(browser):
    answer = await browser.get("/api/v1/procedures/2.000635?language=fr")

    assert answer.status_code == 400


def test_a_text_without_english_is_a_warning_with_its_place(folder, capsys):
    file = folder / EXTRACT
    lines = [
        line for line in file.read_text("utf-8").splitlines() if "title_en: How many" not in line
    ]
    file.write_text("\n".join(lines), "utf-8")

    code = catalogue.print_findings(folder)

    said = capsys.readouterr().out
    where = next(n for n, line in enumerate(lines, 1) if line == "    title: Bạn cần mấy bản?")
    assert code == 0
    assert f"{EXTRACT}:{where}:12  steps[8].title: warning: no English beside it, add" in said
    assert "1 text without English" in said


def test_what_has_no_english_is_shown_in_vietnamese_and_said_so(folder):
    file = folder / EXTRACT
    file.write_text(re.sub(r"(?m)^summary_en:\n(  - .*\n)+", "", file.read_text("utf-8")), "utf-8")
    places.load("test")
    catalogue.load(folder, demo=True, clock=lambda: NOW)

    found = json.loads(catalogue.packed("2.000635", language="en").plain)

    assert found["summary"][0].startswith("Bản sao khai sinh")
    assert found["title"].startswith("Copy of")
    assert found["complete"] is False


def test_faults_name_questions_and_papers_in_both_languages():
    places.load("test")
    catalogue.load(PROCEDURES, demo=True, clock=lambda: NOW)
    procedure = catalogue.get("2.000635")
    nobody = catalogue.People(catalogue.Person(), None)
    answers = {"nop_cho": "uy_quyen"}

    faults = procedure.faults(nobody, answers, today=NOW.date())
    papers = procedure.papers_wanted(nobody, answers)

    said = {one.pointer: (one.message_vi, one.message_en) for one in faults}
    assert said["/answers/ht_da_dang_ky_tai"] == (
        "Chưa ghi nơi đã đăng ký",
        "This is missing: place of registration",
    )
    assert [one.name_en.split(" (")[0] for one in papers] == ["Written authorisation"]
