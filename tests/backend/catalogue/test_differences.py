"""What differs between two versions of a procedure, in words; every key has some."""

import string
import types
import typing
from datetime import date, timedelta

import msgspec
import pytest

from backend.catalogue.model.conditions import Condition
from backend.catalogue.model.definition import Definition, Field
from backend.catalogue.model.differences import differences, tariff_differences
from backend.catalogue.model.fees import TariffPrice
from backend.catalogue.model.parts import Part
from backend.catalogue.model.reading import read
from backend.catalogue.model.wording import Speaker, words
from tests.backend.catalogue.test_reading import BASE, BLOCKS


def base(*edits, text=BASE):
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    found = read("x.yaml", text, BLOCKS, judged=False)
    assert found.definition is not None, found.findings
    return found.definition


def said(*edits, language="vi"):
    return [one.words for one in differences(base(), base(*edits), language=language)]


# -- every key -------------------------------------------------------------------------------------


def sample(kind, inside=()):  # noqa: PLR0911 - one answer for each kind of type
    """Make a value of a type of the definition with every key filled; twice what holds itself."""
    if isinstance(kind, str):
        kind = {"Field": Field, "Condition": Condition}[kind.split("[")[-1].split(",")[0]]
    origin, of = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return sample(of[0], inside)
    if origin is typing.Literal:
        return of[0]
    if origin in (typing.Union, types.UnionType):
        kinds = [one for one in of if one is not type(None)]
        parts = [one for one in kinds if isinstance(one, type) and issubclass(one, Part)]
        return sample((parts or kinds)[0], inside)
    if origin is tuple:
        one = sample(of[0], inside)
        return () if one is None else (one,)
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        if inside.count(kind) > 1:
            return None
        hints = typing.get_type_hints(kind, include_extras=True)
        names = [field.name for field in msgspec.structs.fields(kind)]
        return kind(**{name: sample(hints[name], (*inside, kind)) for name in names})
    return {str: "chữ", int: 3, bool: True, date: date(2026, 1, 1)}[kind]


def other(value, kind):  # noqa: PLR0911 - one answer for each kind of type
    """Make another value of the same kind."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is typing.Annotated:
        return other(value, inside[0])
    if origin in (typing.Union, types.UnionType):
        return other(value, next(one for one in inside if one is not type(None)))
    if origin is typing.Literal:
        return inside[-1]
    if isinstance(value, bool):
        return not value
    if isinstance(value, tuple):
        return ()
    if isinstance(value, date):
        return value + timedelta(days=1)
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, answer="khac")
    return value + 1 if isinstance(value, int) else f"{value} khác"


def variants(part, where=""):
    """Give the part with one key changed, for every key of it and of what it holds."""
    hints = typing.get_type_hints(type(part), include_extras=True)
    for field in msgspec.structs.fields(type(part)):
        value, key = getattr(part, field.name), f"{where}{type(part).__name__}.{field.encode_name}"
        holds = value[0] if isinstance(value, tuple) and value else value
        if isinstance(holds, Part):
            for name, changed in variants(holds, f"{key}/"):
                kept = (changed,) if isinstance(value, tuple) else changed
                yield name, msgspec.structs.replace(part, **{field.name: kept})
        if not isinstance(value, Part):
            changed = other(value, hints[field.name])
            if changed != value:
                yield key, msgspec.structs.replace(part, **{field.name: changed})


WHOLE = sample(Definition)
VARIANTS = list(variants(WHOLE))


def reachable(part, found):
    """Name every key of every struct that a definition holds."""
    for field in msgspec.structs.fields(type(part)):
        value = getattr(part, field.name)
        found[f"{type(part).__name__}.{field.encode_name}"] = value
        holds = value[0] if isinstance(value, tuple) and value else value
        if isinstance(holds, Part):
            reachable(holds, found)
    return found


KEYS = reachable(WHOLE, {})
ONLY_ONE_VALUE = {"Definition.applicant"}


def test_the_changes_tried_touch_every_key_of_a_definition():
    tried = {name.rpartition("/")[2] for name, _ in VARIANTS}
    untried = {key for key, value in KEYS.items() if not isinstance(value, Part)} - tried

    assert untried <= ONLY_ONE_VALUE
    assert {"Amount.verified", "Option.hint_en", "Quantity.answer", "Field.is"} <= tried
    assert {"Tier.above", "Exemption.evidence", "DeadlineCase.days", "Presence.who"} <= tried
    assert {"Stop.next", "Acceptable.name", "Verification.days", "Fact.source"} <= tried


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(("name", "changed"), VARIANTS, ids=[name for name, _ in VARIANTS])
def test_a_change_of_any_key_yields_a_sentence(name, changed, language):
    found = differences(WHOLE, changed, language=language)

    assert found
    assert all(one.part and one.words.endswith(".") and "{" not in one.words for one in found)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_key_has_its_words(language):
    keys = words(language).keys

    unnamed = [
        key
        for key in sorted(KEYS)
        if key.partition(".")[2] not in keys.get(key.partition(".")[0], {})
    ]

    assert unnamed == []  # add a line to backend/catalogue/words/{vi,en}.toml


GROUPS = ["fee", "deadline", "no_deadline", "draft_confirmation", "public_posting"]


@pytest.mark.parametrize("key", GROUPS)
def test_a_group_that_comes_or_goes_yields_a_sentence(key):
    without = msgspec.structs.replace(WHOLE, **{key: None})

    assert differences(WHOLE, without)
    assert differences(without, WHOLE)


def test_the_languages_have_the_same_words_with_the_same_blanks():
    def blanks(language):
        whole = msgspec.to_builtins(words(language))
        return {
            (group, key): sorted({part[1] for part in string.Formatter().parse(text) if part[1]})
            for group, texts in whole.items()
            for key, text in texts.items()
            if isinstance(text, str)
        }

    assert blanks("vi") == blanks("en")
    assert {part: set(keys) for part, keys in words("vi").keys.items()} == {
        part: set(keys) for part, keys in words("en").keys.items()
    }


# -- as a legal reviewer reads it ------------------------------------------------------------------


def test_equal_versions_differ_in_nothing():
    assert said() == []


def test_a_new_amount_says_old_new_day_and_law():
    line = "        - {from: 2026-01-01, amount: 2000, law: Thông tư, verified: true}\n"
    new = (
        f"{line}        - {{from: 2027-01-01, amount: 10000, law: Nghị quyết 1, verified: true}}\n"
    )

    assert said((line, new)) == ["Phí: 2.000 → 10.000\u00a0đ từ 01/01/2027 (Nghị quyết 1)."]
    assert said((line, new), language="en") == [
        "Phí: 2,000 → 10,000\u00a0đ from 01/01/2027 (Nghị quyết 1)."
    ]


def test_an_amount_that_goes_says_what_holds_then():
    line = "        - {from: 2026-01-01, amount: 2000, law: Thông tư, verified: true}\n"

    assert said((line, "")) == ["Phí: bỏ mức 2.000\u00a0đ từ 01/01/2026; khi đó là 1.000."]


def test_an_amount_nobody_has_verified_is_told():
    old = "{from: 2026-01-01, amount: 2000, law: Thông tư, verified: true}"

    assert said((old, old.replace("true", "false"))) == [
        "Phí: mức thu từ 01/01/2026 nay chưa kiểm chứng."
    ]


def test_a_deadline_says_days():
    days = ('days: 0\n  cutoff: "15:00"', "days: 5")

    assert said(days)[0] == "Thời hạn: trong ngày làm việc → 5 ngày làm việc."
    longer = differences(base(days), base(('days: 0\n  cutoff: "15:00"', "days: 3")))
    assert longer[0].words == "Thời hạn: 5 → 3 ngày làm việc."


def test_a_paper_now_required_says_when_it_was_wanted():
    wanted = ("required: when\n    when: {answer: loai, is: a}", "required: always")

    assert said(wanted) == [
        "Giấy tờ “Giấy A” nay bắt buộc (trước: khi “Loại” là “A”).",
    ]


def test_papers_and_laws_that_come_and_go_are_named():
    law = "  - {id: 1/2026/TT, title: Thông tư thử nghiệm}\n"
    paper = "  - id: to_khai\n    name: Tờ khai\n    kind: form\n    required: always\n"

    assert said((law, f"{law}  - {{id: 2/2027/NĐ, title: Nghị định mới}}\n")) == [
        "Thêm căn cứ 2/2027/NĐ, Nghị định mới."
    ]
    assert said((paper, "")) == ["Bỏ giấy tờ “Tờ khai”."]


def test_a_question_reworded_says_both_wordings():
    assert said(("label: Số lượng", "label: Bạn cần mấy bản?")) == [
        "Câu hỏi “Số lượng” nay viết: “Bạn cần mấy bản?”."
    ]


def test_a_removed_question_warns_of_drafts_that_may_hold_it():
    field = "      - id: ngay\n        kind: date\n        label: Ngày\n        required: false\n"

    (gone,) = differences(base(), base((field, "")))

    assert gone.words == "Bỏ câu hỏi “Ngày”."
    assert gone.warning == "Hồ sơ đang soạn có thể đã có nội dung này; hồ sơ đó giữ bản cũ."


def test_an_added_question_that_is_required_warns_of_drafts_that_lack_it():
    field = "      - id: ngay\n        kind: date\n        label: Ngày\n        required: false\n"

    (new,) = differences(base((field, "")), base((field, field.replace("required: false", ""))))

    assert new.words == "Thêm câu hỏi “Ngày” ở màn hình “Bao nhiêu?”: bắt buộc."
    assert new.warning == "Hồ sơ đang soạn chưa có nội dung này; hồ sơ đó giữ bản cũ."


def test_a_question_that_moves_says_from_where_to_where():
    field = "      - id: ngay\n        kind: date\n        label: Ngày\n        required: false\n"
    first = "      - id: loai\n"

    assert said((field, ""), (first, field + first)) == [
        "Câu hỏi “Ngày” chuyển từ màn hình “Bao nhiêu?” sang “Bạn cần gì?”."
    ]


def test_another_order_is_told():
    a, b = "          - {id: a, label: A}\n", "          - {id: b, label: B}\n"

    assert said((a + b, b + a)) == ["Câu hỏi “Loại”, thứ tự lựa chọn đổi."]


def test_an_exemption_and_a_consent_are_told():
    exempt = base(("deadline:", "  exemptions: [Trẻ em]\ndeadline:"))

    assert [one.words for one in differences(base(), exempt)] == ["Thêm diện được miễn: “Trẻ em”."]
    assert said(
        ('version: "1", words: Tôi cam đoan.', 'version: "2", words: Tôi xin cam đoan.')
    ) == [
        "Lời cam đoan “Tôi xin cam đoan.”, lần sửa lời: “1” → “2”.",
        "Lời cam đoan “Tôi xin cam đoan.”, lời cam đoan: “Tôi cam đoan.” → “Tôi xin cam đoan.”.",
    ]


def test_english_names_questions_in_english():
    english = base(("label: Ngày\n", "label: Ngày\n        label_en: Day\n"))
    later = base(("label: Ngày\n        required: false", "label: Ngày\n        label_en: Day"))

    assert [one.words for one in differences(english, later, language="en")] == [
        "Question “Day” is now required."
    ]


def test_notice_and_what_is_worked_out_are_told():
    field = "        label: Ngày\n        required: false\n"
    three, five = (f"{field}        lead: {{days: {days}}}\n" for days in (3, 5))
    rows = "          - {id: noi, kind: text, label: Nơi, max_length: 50}\n"
    words = "    derived: [{id: chu, kind: date_in_words, of: ngay, label: Bằng chữ}]\n"

    assert said((field, three)) == ["Câu hỏi “Ngày”, nay có báo trước: “3 ngày làm việc”."]
    longer = differences(base((field, three)), base((field, five)))
    assert [one.words for one in longer] == ["Câu hỏi “Ngày”, báo trước, số ngày báo trước: 3 → 5."]
    assert said((rows, rows + words)) == ["Màn hình “Bao nhiêu?”, phần tự tính: thêm “Bằng chữ”."]


def test_conditions_are_said_in_words():
    definition = base()
    speak = Speaker("vi", (definition,))
    late = [
        {"answer": "so_luong", "at_least": 2},
        {"answer": "ngay", "filled": False},
        {"answer": "ngay", "below": "2026-02-01"},
    ]
    without_b = {"not": {"answer": "co_b", "is": True}}
    every = [{"answer": "loai", "in": ["a", "b"]}, without_b, {"any": late}]
    condition = msgspec.convert({"all": every}, Condition)

    assert speak.condition(condition) == (
        "khi “Loại” là “A” hoặc “B” và “Có giấy B” không phải là “có” và "
        "(“Số lượng” từ 2 trở lên hoặc chưa trả lời “Ngày” hoặc “Ngày” trước ngày 01/02/2026)"
    )


def price(amount, *, from_=date(2026, 1, 1), to=None):
    fixed = {"procedure": "9.000001", "item": "phi", "law": "Nghị quyết 2"}
    return TariffPrice(**fixed, from_=from_, to=to, amount=amount)


def test_an_amount_of_a_tariff_says_the_same():
    later = price(10000, from_=date(2027, 1, 1))

    found = tariff_differences(
        {"Phí tại om": [price(8000)]},
        {"Phí tại om": [price(8000, to=date(2026, 12, 31)), later]},
    )

    assert [one.words for one in found] == [
        "Phí tại om: mức thu từ 01/01/2026 nay dùng đến hết 31/12/2026 (trước: chưa định).",
        "Phí tại om: 8.000 → 10.000\u00a0đ từ 01/01/2027 (Nghị quyết 2).",
    ]


class Stage(Part, frozen=True, kw_only=True):
    """A part that no rule of its own is written for."""

    name: str
    days: int = 1


class Wider(Definition, frozen=True, kw_only=True):
    """A definition with keys that nobody has written words for yet."""

    stages: tuple[Stage, ...] = ()
    pair: tuple[str, ...] = ()


def wider(**more):
    return Wider(**{name: getattr(base(), name) for name in base().__struct_fields__}, **more)


def test_a_list_of_parts_without_a_rule_of_its_own_says_what_changed_in_each():
    one, two, later = Stage(name="A"), Stage(name="B"), Stage(name="A", days=3)

    def told(before, after):
        return [one.words for one in differences(wider(stages=before), wider(stages=after))]

    assert told((one, two), (later, two)) == ["Stages “A”, days: 1 → 3."]
    assert told((one, two), (two, one)) == ["Stages: đổi thứ tự."]
    assert told((one,), (one, two)) == ["Stages: thêm “B”."]
    assert told((one,), ()) == ["Stages: bỏ “A”."]


def test_a_part_without_a_name_says_its_keys():
    assert Speaker("vi", ()).name(Stage(name="", days=2)) == "name: ; days: 2"


def test_a_text_that_stands_twice_is_a_change_too():
    found = differences(wider(pair=("a", "a", "b")), wider(pair=("a", "b", "b")))

    assert [one.words for one in found] == ["Pair: thêm “b”.", "Pair: bỏ “a”."]


def test_two_laws_or_two_answers_of_one_id_are_a_change_too():
    law = "  - {id: 1/2026/TT, title: Thông tư thử nghiệm}\n"
    answer = "          - {id: a, label: A}\n"

    assert said((law, law + law)) == ["Thêm căn cứ 1/2026/TT, Thông tư thử nghiệm."]
    assert said((answer, answer + answer)) == ["Tên và thông tin chung: có thay đổi."]


def test_the_order_of_papers_and_of_questions_is_told():
    a = "  - id: to_khai\n    name: Tờ khai\n    kind: form\n    required: always\n"
    field = "      - id: ngay\n        kind: date\n        label: Ngày\n        required: false\n"
    rows = "      - id: noi_o\n"

    assert said((a, ""), ("submitter_when:", f"{a}submitter_when:")) == ["Thứ tự giấy tờ đổi."]
    assert said((field, ""), (rows, field + rows)) == ["Màn hình “Bao nhiêu?”, thứ tự câu hỏi đổi."]


def test_a_paper_that_is_less_wanted_says_when():
    always = ("required: always", "required: when\n    when: {answer: loai, is: b}")
    optional = ("required: always", "required: optional")

    assert said(always) == ["Giấy tờ “Tờ khai” nay chỉ cần khi “Loại” là “B” (trước: bắt buộc)."]
    assert said(optional) == ["Giấy tờ “Tờ khai” nay không bắt buộc (trước: bắt buộc)."]


def test_a_paper_to_photograph_that_comes_warns_of_drafts_without_it():
    paper = "  - {id: x, name: X, kind: upload, required: always}\n"

    (new,) = differences(base(), base(("submitter_when:", f"{paper}submitter_when:")))

    assert (new.words, new.warning is not None) == ("Thêm giấy tờ “X”: bắt buộc.", True)


def test_a_question_asked_in_some_cases_alone_says_when_it_comes():
    field = "      - {id: x, kind: text, label: X, when: {answer: loai, is: a}}\n"
    rows = "      - id: noi_o\n"

    assert said((rows, field + rows)) == [
        "Thêm câu hỏi “X” ở màn hình “Bao nhiêu?”: bắt buộc, khi “Loại” là “A”."
    ]


def test_an_exemption_that_goes_and_two_in_another_order_are_told():
    def exempt(*who):
        return base(("deadline:", f"  exemptions: [{', '.join(who)}]\ndeadline:"))

    def told(before, after):
        return [one.words for one in differences(before, after)]

    assert told(exempt("A", "B"), exempt("A")) == ["Bỏ diện được miễn: “B”."]
    assert told(exempt("A", "B"), exempt("B", "A")) == ["Thứ tự diện được miễn đổi."]


def test_a_fee_line_that_comes_says_its_amounts():
    line = "    - {id: x, name: X, kind: phi, amounts: [{from: 2027-01-01, amount: 5, law: L}]}\n"

    assert said(("deadline:", f"{line}deadline:")) == [
        "Thêm khoản “X”.",
        "X: chưa xác định → 5\u00a0đ từ 01/01/2027 (L).",
        "X: mức thu từ 01/01/2027 nay chưa kiểm chứng.",
    ]


class Priced(TariffPrice, frozen=True, kw_only=True):
    """An amount with a key that is not thought of yet."""

    limit: int = 0


def test_an_unthought_key_of_an_amount_is_told_too():
    given = msgspec.structs.asdict(price(8000))
    before, after = Priced(**given), Priced(**given, limit=9)

    (found,) = tariff_differences({"Phí": [before]}, {"Phí": [after]})

    assert found.words == "Phí: mức thu từ 01/01/2026, limit: 0 → 9."


def test_values_without_a_word_are_said_plainly():
    speak = Speaker("vi", (base(),))

    assert speak.value(Field, "min", None) == "không có"
    assert speak.value(Field, "options", ()) == "không có"
    assert speak.value(Field, "options", ("a", "b")) == "“a”; “b”"
    assert speak.value(Field, "label", date(2026, 2, 1)) == "01/02/2026"
    assert speak.condition(Condition(not_=Condition(answer="ngay", filled=True))) == (
        "khi trừ trường hợp đã trả lời “Ngày”"
    )
    assert speak.condition(Condition(any_=(Condition(answer="la", older_than_days=60),))) == (
        "khi “la” đã quá 60 ngày"
    )


# -- what a law changes most ----------------------------------------------------------------------

STOPS = "stops:\n  - {id: chua, title: Chưa đủ tuổi, when: {answer: loai, is: b}, %s}\nfee:"
CASES = "  law: Luật\n  cases:\n%sconsents:"
CASE = "    - {when: {answer: loai, is: b}, text: Riêng, days: %d}\n"
PRESENCE = "presence:\n  - {who: both, step: result, text: %s}\ndeadline:"


def told(before, after, language="vi"):
    return [(one.part, one.words) for one in differences(before, after, language=language)]


def test_a_case_that_cannot_be_filed_any_more_says_when():
    with_stop = base(("fee:", STOPS % "reason: Luật 1, next: Đến phường"))
    other = base(("fee:", STOPS % "reason: Luật 2, next: Đến phường"))
    words = "khi “Loại” là “B”: “Chưa đủ tuổi”."

    assert told(base(), with_stop) == [("Câu hỏi", f"Thêm trường hợp không nộp được, {words}")]
    assert told(with_stop, base()) == [("Câu hỏi", f"Bỏ trường hợp không nộp được, {words}")]
    assert told(with_stop, other)[0][1] == (
        "Trường hợp không nộp được “Chưa đủ tuổi”, lý do: “Luật 1” → “Luật 2”."
    )


def test_who_must_come_in_person_is_told():
    both, other = (base(("deadline:", PRESENCE % text)) for text in ("Cùng đến.", "Cùng ký."))

    assert told(base(), both) == [
        ("Phải có mặt", "Cả hai bên nay phải có mặt khi nhận kết quả: “Cùng đến.”.")
    ]
    assert told(both, base(), "en") == [
        (
            "Presence in person",
            "Both parties need not come in person at the result any more (before: “Cùng đến.”).",
        )
    ]
    assert told(both, other)[0][1] == "Phải có mặt, lời báo: “Cùng đến.” → “Cùng ký.”."


def test_a_deadline_of_its_own_says_for_whom():
    one, longer = (base(("  law: Luật\nconsents:", CASES % (CASE % days))) for days in (3, 5))

    assert told(base(), one) == [
        ("Thời hạn", "Thêm thời hạn riêng khi “Loại” là “B”: 3 ngày làm việc.")
    ]
    assert told(one, longer)[0][1] == "Thời hạn riêng khi “Loại” là “B”: 3 → 5 ngày làm việc."
    assert told(one, base(), "en")[0][1] == (
        "Own deadline removed, when “Loại” is “B” (before: 3 working days)."
    )


def test_the_order_of_deadlines_of_their_own_is_told_because_the_first_counts():
    a, b = (CASE.replace("is: b", f"is: {which}") % 3 for which in "ab")
    one, other = (base(("  law: Luật\nconsents:", CASES % lines)) for lines in (a + b, b + a))

    assert [words for _, words in told(one, other)] == [
        "Thứ tự các thời hạn riêng đổi; trường hợp đúng đầu tiên được tính."
    ]


def test_more_time_for_verifying_and_a_committed_time_are_told():
    more = "  law: Luật\n  verification: {text: Thêm, days: %d, law: Luật}\nconsents:"
    one, longer = (base(("  law: Luật\nconsents:", more % days)) for days in (3, 5))
    fewer = ("  days: 0\n", "  days: 0\n  committed_days: 2\n")

    assert said(fewer) == ["Thời hạn, nay có số ngày cam kết: 2."]
    assert told(one, longer)[0][1] == "Thời hạn, khi phải xác minh, số ngày thêm: 3 → 5."


def test_tiers_and_a_cap_are_told_with_their_day():
    plain = "amount: 2000, law: Thông tư, verified: true}"
    capped = f"then: [{{above: 2, amount: 1000}}], most: 200000, {plain}"
    later = "        - {from: 2027-01-01, then: [{above: 5, amount: 500}], amount: 2000, law: L,"
    line = "        - {from: 2026-01-01, amount: 2000, law: Thông tư, verified: true}\n"

    assert said((plain, capped)) == [
        (
            "Phí: mức thu từ 01/01/2026, mức lũy tiến: không có → từ phần thứ 3 trở đi, mỗi phần"
            " 1.000\u00a0đ."
        ),
        "Phí: mức thu từ 01/01/2026, mức cao nhất: không có → 200.000\u00a0đ.",
    ]
    assert said((line, f"{line}{later} verified: true}}\n"), language="en")[1] == (
        "Phí: the amount from 01/01/2027, further amounts: none → from number 6 on,"
        " 500\u00a0đ each."
    )


def test_an_exemption_with_its_proof_is_known_by_its_id():
    def exempt(words, more=""):
        line = f"  exemptions: [{{id: tre_em, words: {words}{more}}}]\ndeadline:"
        return base(("deadline:", line))

    proof = ", evidence: Giấy khai sinh"
    assert [words for _, words in told(base(), exempt("Trẻ em", proof))] == [
        "Thêm diện được miễn: “Trẻ em”.",
        "Diện được miễn “Trẻ em” phải chứng minh bằng: Giấy khai sinh.",
    ]
    assert told(exempt("Trẻ em"), exempt("Người già"))[0][1] == (
        "Diện được miễn “Người già”, diện được miễn: “Trẻ em” → “Người già”."
    )
    lines = base(("deadline:", "  exemptions: [Trẻ em]\ndeadline:"))
    assert told(lines, exempt("Trẻ em"))[0][1] == "Diện được miễn: có thay đổi."


@pytest.mark.parametrize(
    ("key", "came", "gone"),
    [
        (
            "valid_from",
            "Áp dụng từ ngày 01/03/2027 (trước: chưa ghi ngày).",
            "Không còn ghi ngày bắt đầu áp dụng (trước: 01/03/2027).",
        ),
        (
            "valid_to",
            (
                "Áp dụng đến hết ngày 01/03/2027 (trước: chưa ghi ngày)."
                " Sau ngày đó bản này không nhận hồ sơ."
            ),
            "Không còn ghi ngày cuối áp dụng (trước: 01/03/2027).",
        ),
    ],
)
def test_the_days_of_a_version_are_told(key, came, gone):
    dated = base(("minutes: 2", f"minutes: 2\n{key}: 2027-03-01"))

    assert told(base(), dated) == [("Tên và thông tin chung", came)]
    assert told(dated, base()) == [("Tên và thông tin chung", gone)]


def test_a_paper_with_alternatives_names_each():
    one = ("    name: Giấy A\n", "    name: Giấy A\n    any_of: [{name: Thẻ}, {name: Sổ}]\n")

    assert said(one) == [
        "Giấy tờ “Giấy A”, một trong các giấy: thêm “Thẻ”.",
        "Giấy tờ “Giấy A”, một trong các giấy: thêm “Sổ”.",
    ]


def test_both_languages_tell_of_the_same_changes_where_only_one_text_is_new():
    def also(name):
        line = f"  name: Kết quả\n  also: [{{name: {name}, name_en: Extract}}]\n"
        return base(("  name: Kết quả\n", line))

    before, after = also("Trích lục"), also("Bản trích lục")

    assert len(differences(before, after)) == len(differences(before, after, language="en")) == 2
