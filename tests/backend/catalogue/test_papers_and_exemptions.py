"""Papers with alternatives and doubts, fees with tiers, and who pays nothing."""

from datetime import date
from pathlib import Path

import msgspec

from backend import places
from backend.catalogue.model.fees import TariffFile
from backend.catalogue.model.people import People, Person
from backend.catalogue.model.procedure import Procedure
from backend.catalogue.model.reading import read

BASE = (Path(__file__).parent / "base.yaml").read_text(encoding="utf-8")
PLACES = places.read(places.DATA, demo=True)[0]
PAPER_A = "    when: {answer: loai, is: a}\n    max_files: 3\n"
AMOUNT = "        - {from: 2026-01-01, amount: 2000, law: Thông tư, verified: true}\n"
TIERS = AMOUNT.replace("2000,", "2000, then: [{above: 2, amount: 1000}], most: 5000,")
PER = "      unit: trang\n      unit_en: page\n      per: {answer: so_luong}\n      amounts:"


def procedure(text):
    found = read("x.yaml", text, {})
    assert found.findings == ()
    return Procedure(found.definition, version=found.source.version, tariffs=(), places=PLACES)


def shown(one, language="vi"):
    return one.published(unit="om-long-hung", on=date(2026, 11, 16), language=language)


def wanted(one, **answers):
    found = one.papers_wanted(People(Person()), answers)
    return {paper.id: paper.required for paper in found}


def test_a_phone_is_told_in_words_when_a_paper_is_needed():
    derived = procedure(BASE)
    worded = procedure(BASE.replace(PAPER_A, f"{PAPER_A}    needed_if: bạn cần A\n"))

    def words(one, language):
        return [paper.get("needed_if") for paper in shown(one, language)["papers"][:2]]

    assert words(derived, "vi") == [None, "“Loại” là “A”"]
    assert words(derived, "en")[1].endswith(" is “A”")
    assert words(worded, "vi") == [None, "bạn cần A"]


def test_words_for_when_a_paper_is_needed_stand_beside_their_condition():
    text = BASE.replace(PAPER_A, "    needed_if: bạn cần A\n", 1)
    [found] = read("x.yaml", text.replace("required: when", "required: always", 1), {}).findings

    assert 'words for a condition need the key "when"' in str(found)


def test_a_paper_that_may_be_known_already_does_not_hold_up_sending():
    one = procedure(BASE.replace(PAPER_A, f"{PAPER_A}    unless: đã có trong dữ liệu dân cư\n"))

    assert wanted(one, loai="a") == {"giay_a": False}
    assert shown(one)["papers"][1]["unless"] == "đã có trong dữ liệu dân cư"


def test_one_of_several_papers_is_one_paper():
    several = "    any_of:\n      - {name: Giấy chứng sinh}\n      - {name: Giấy cam đoan}\n"
    one = procedure(BASE.replace(PAPER_A, PAPER_A + several))

    assert wanted(one, loai="a") == {"giay_a": True}
    assert shown(one)["papers"][1]["any_of"] == [
        {"name": "Giấy chứng sinh"},
        {"name": "Giấy cam đoan"},
    ]


def test_a_paper_for_the_counter_alone_says_so_and_takes_no_files():
    card = "  - {id: cc, name: Căn cước, kind: present, required: always, in_person_only: true}\n"
    one = procedure(BASE.replace("submitter_when", f"{card}submitter_when"))

    assert wanted(one, loai="a") == {"giay_a": True}
    assert shown(one)["papers"][3]["in_person_only"] is True


def test_tiers_count_pages_and_are_told_to_the_phone():
    text = BASE.replace(AMOUNT, TIERS).replace("      amounts:", PER, 1)
    text = text.replace("      quantity: {answer: so_luong}\n", "")
    one = procedure(text)
    item = shown(one)["fee"]["items"][0]

    quote = one.quote(
        {"loai": "a", "so_luong": 4}, unit="om-long-hung", channel="online", on=date(2026, 11, 16)
    )

    assert quote.amount == 5000
    assert (item["then"], item["most"]) == ([{"above": 2, "amount": 1000}], 5000)
    assert (item["per"], item["unit"]) == ({"answer": "so_luong"}, "trang")
    assert one.fee_note(unit=None, on=date(2026, 11, 16)) == "2.000\u00a0đ mỗi trang"
    assert one.fee_note(unit=None, on=date(2026, 11, 16), language="en").endswith(" a page")


def test_an_unverified_amount_is_told_apart():
    item = shown(procedure(BASE.replace(AMOUNT, AMOUNT.replace("true", "false"))))["fee"]["items"][
        0
    ]

    assert (item["amount"], item["verified"], item["unverified_amount"]) == (None, False, 2000)


def test_another_amount_at_the_counter_is_told():
    found = read(
        "x.yaml", BASE[: BASE.index("      amounts:")] + BASE[BASE.index("deadline:") :], {}
    )
    line = {"procedure": "9.000001", "item": "phi", "from": "2026-01-01", "law": "Điều 1"}
    prices = [{**line, "amount": 15000}, {**line, "amount": 0, "channel": "online"}]
    file = {
        "place": "om",
        "resolution": "Nghị quyết",
        "source": "kiểm thử",
        "checked_on": "2026-11-22",
        "prices": prices,
    }
    tariff = msgspec.convert(file, TariffFile)
    one = Procedure(found.definition, version="v", tariffs=(tariff,), places=PLACES)

    item = shown(one)["fee"]["items"][0]

    assert (item["amount"], item["counter_amount"]) == (0, 15000)
    assert "counter_amount" not in shown(procedure(BASE))["fee"]["items"][0]


def test_who_pays_nothing_is_told_with_what_proves_it():
    groups = """  exemptions:
    - {id: ho_ngheo, words: Người thuộc hộ nghèo, evidence: Giấy chứng nhận, law: Điều 5}
    - {id: tre_em, words: Trẻ em, words_en: Children}
deadline:"""
    one = procedure(BASE.replace("deadline:", groups))

    fee = shown(one)["fee"]

    assert fee["exemptions"] == ["Người thuộc hộ nghèo", "Trẻ em"]
    assert fee["exempt"] == [
        {
            "id": "ho_ngheo",
            "words": "Người thuộc hộ nghèo",
            "evidence": "Giấy chứng nhận",
            "law": "Điều 5",
        },
        {"id": "tre_em", "words": "Trẻ em"},
    ]
    assert shown(one, "en")["fee"]["exempt"][1]["words"] == "Children"
    assert shown(one, "en")["fee"]["exemptions"] == ["Người thuộc hộ nghèo", "Children"]


def test_lines_of_words_are_still_taken():
    one = procedure(BASE.replace("deadline:", "  exemptions: [Trẻ em]\ndeadline:"))

    assert shown(one)["fee"]["exemptions"] == ["Trẻ em"]
    assert "exempt" not in shown(one)["fee"]
