"""Every procedure that can be filed, from its poster to the receipt, by hand on a small phone."""

import itertools

import httpx
import pytest

from e2e.conftest import WARD
from e2e.people.filling import Filling
from e2e.people.officer import by_http
from e2e.pictures import photo_of_paper
from tests.contract import people
from tests.procedures.test_procedures import procedures

FILEABLE = [code for code, procedure in procedures().items() if procedure.fileable]
WITH_LONG_ANSWERS = "1.004859"
LONG = {"text": 200, "long_text": 2000}
"""What the kinds take where a question says nothing else."""
SENTENCE = "Khu vực Thới Hòa cạnh cầu Ô Môn, hẻm 132/7, đi qua chợ rồi rẽ trái. "


@pytest.fixture
def photos(tmp_path):
    """As many photos as there are papers, each another one."""
    size = {"width": 800, "height": 600}
    return (
        photo_of_paper(tmp_path, f"anh-{number}", seed=number, **size)
        for number in itertools.count(1)
    )


@pytest.fixture
def begun(citizen, house, photos):
    """Somebody scans the ward's poster of a procedure and begins; what they will answer."""

    def begin(code, *, change=lambda _procedure, dossier: dossier):
        asked = {"unit": WARD}
        procedure = httpx.get(f"{house.web}/api/v1/procedures/{code}", params=asked).json()
        dossier = change(procedure, people.example(house.web, WARD, code))
        [poster] = [
            one["code"]
            for one in house.demo["posters"]
            if (one["procedure"], one["unit"]) == (code, WARD)
        ]
        question = procedure["steps"][0]["title"]
        citizen.begins(poster, procedure=procedure["title"], question=question)
        return Filling(citizen, procedure, dossier, photos)

    return begin


def compared(answer):
    """Give an answer without what a device adds: names of repeated rows, parts left empty."""
    if isinstance(answer, list):
        return [compared(one) for one in answer]
    if not isinstance(answer, dict):
        return answer
    return {key: compared(one) for key, one in answer.items() if key != "row" and one != ""}


def is_sent_as_written(filling, house):
    """Send what was filled in; the ward has every answer, person and paper of it."""
    citizen, written = filling.citizen, filling.dossier
    citizen.reads(written["owner"]["name"])
    citizen.sends()
    code = citizen.is_received()
    filling.fits_on_the_screen()
    at_the_ward = by_http(house, WARD).dossier(code).json()
    assert compared(at_the_ward["answers"]) == compared(written["answers"])
    assert compared(at_the_ward["owner"]) == compared(written["owner"])
    assert len(at_the_ward["files"]) == len(written["papers"])


@pytest.mark.parametrize("code", FILEABLE)
def test_every_form_is_filled_in_by_its_words_and_arrives_as_it_was_written(begun, house, code):
    filling = begun(code)

    filling.goes_to_the_last_look()

    filling.reads_each_row_with_its_columns()
    is_sent_as_written(filling, house)


def in_many_words(procedure, dossier):
    """Make every text as long as the form takes it."""
    fields = [field for step in procedure["steps"] for field in step["fields"]]
    longer = {
        field["id"]: (SENTENCE * 40)[: field["max_length"] or LONG[field["kind"]]].strip()
        for field in fields
        if field["kind"] in LONG and field["id"] in dossier["answers"]
    }
    return dossier | {"answers": dossier["answers"] | longer}


def test_answers_longer_than_the_screen_are_shown_whole_and_arrive_whole(begun, house):
    filling = begun(WITH_LONG_ANSWERS, change=in_many_words)

    filling.goes_to_the_last_look()

    is_sent_as_written(filling, house)
