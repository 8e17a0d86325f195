"""The officer's desk over HTTP: what is seen, what is decided, and by whom."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import msgspec
import pytest

from backend import catalogue, dossiers, payments, people, qr, reactions
from backend.attachments import MOST_JOINED
from backend.attachments.actions import viewing
from backend.catalogue import Person
from backend.fee_receipts import Clerk, issuer_of
from backend.fee_receipts.actions.following import follow
from backend.platform import outbox
from backend.platform.db import execute, rows
from backend.platform.settings import Account, Receipts, Settings
from backend.workbench.actions import listing
from payment_adapters.contract import Observation
from tests.backend.dossiers.test_clock import serve
from tests.backend.fee_receipts.conftest import BOOKS
from tests.backend.payments.test_closing import READS_FILES, csv

WARD, NEIGHBOUR = "om-long-hung", "om-thoi-an"
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
DOSSIERS = "/api/v1/workbench/dossiers"
MISSING = "2222222222222"
NO_MONEY, NO_REFUND = UUID(int=1), UUID(int=2)
NOTHING = {"shift": UUID(int=3), "close": UUID(int=4), "receipt": UUID(int=5)}


async def look(desk, code):
    answer = await desk.get(f"{DOSSIERS}/{code}")
    assert answer.status_code == 200, answer.text
    return answer.json()


async def act(desk, code, verb, **body):
    body = {"seen": (await look(desk, code))["rev"], **body}
    return await desk.post(f"{DOSSIERS}/{code}/{verb}", json=body)


def refused(answer, status, slug):
    assert (answer.status_code, answer.json()["type"]) == (status, slug), answer.text
    assert answer.json()["title"]
    return True


# -- what is seen ----------------------------------------------------------------------------------


async def test_the_queue_lists_the_own_ward_and_masks_names(house, lan):
    code = await house.handed_in()
    await house.handed_in(unit=NEIGHBOUR)

    page = (await lan.get(DOSSIERS)).json()

    (item,) = page["items"]
    assert item["code"] == code
    assert item["unit"] == WARD
    assert (item["owner_masked"], item["submitter_masked"]) == ("Nguyễn T. B. T.", None)
    assert item["papers"] == {"have": 1, "need": 1}
    assert item["obligation"]["state"] == "open"
    assert item["obligation"]["amount"] == 8000
    assert item["submitted_at"] == "2026-11-23T12:00:00+07:00"
    assert item["due_at"] is None
    assert "Bích" not in str(page)
    assert page["next"] is None


async def test_a_phone_that_is_told_of_many_dossiers_is_shown_and_stops_nobody(house, lan):
    helper = Person(name="Trần Văn Lành", phone="0900 000 523")
    house.now -= timedelta(days=31)
    await house.handed_in(submitter=helper)
    house.now += timedelta(days=31)
    for number in range(5):
        owner = Person(name=f"Bà {number}", phone=f"090000040{number}")
        few = await house.handed_in(owner=owner, submitter=helper)
    assert (await look(lan, few))["helped"] is None
    await house.handed_in(unit=NEIGHBOUR, submitter=helper)
    other = await house.handed_in()

    many = await house.handed_in(submitter=helper)

    assert (await look(lan, many))["helped"] == {"dossiers": 6, "days": 30}
    assert (await look(lan, other))["helped"] is None
    assert (await act(lan, many, "accept", reason="Thu sau")).status_code == 200
    assert "0900000523" not in repr(await rows("SELECT * FROM dossier_words"))


async def test_a_phone_that_many_are_told_on_is_no_word_of_the_search(house, lan):
    await house.handed_in()

    for words in ("0912345678", "phone 0912345678"):
        assert (await lan.get(DOSSIERS, params={"q": words})).json()["items"] == []


async def test_the_desk_knows_a_form_that_only_another_process_has_served(house, lan, tmp_path):
    await catalogue.remember_versions(now=NOON)
    code = await house.handed_in()
    serve(house, tmp_path / "procedures", "max: 50", "max: 40")

    queue = (await lan.get(DOSSIERS)).json()
    shown = await look(lan, code)

    assert [item["procedure_title"] for item in queue["items"]] == ["Bản sao trích lục hộ tịch"]
    assert shown["procedure_title"] == "Bản sao trích lục hộ tịch"
    assert shown["version"] != catalogue.get("2.000635").version


async def test_of_two_who_apply_together_either_is_found_and_both_must_come(house, lan):
    answers = {
        "nop_cho": "ben_nu",
        "nam_ho_ten": "Võ Hoàng Long",
        "nam_so_dinh_danh": "092098000269",
    }
    code = await house.handed_in(procedure="1.000894", answers=answers)
    await house.handed_in()

    for q in ("hoang long", "Bích Trâm"):
        found = (await lan.get(DOSSIERS, params={"q": q})).json()["items"]
        assert code in [item["code"] for item in found]
    shown = await look(lan, code)

    assert shown["applicants"] == [
        {"role": "Bên nữ", "name": "Nguyễn Thị Bích Trâm", "personal_number": None},
        {"role": "Bên nam", "name": "Võ Hoàng Long", "personal_number": "092098000269"},
    ]
    assert [(one["step"], one["text"][:21]) for one in shown["presence"]] == [
        ("result", "Hai bên cùng có mặt ở")
    ]


async def test_the_words_of_a_procedure_come_in_the_officers_language(house, lan):
    answers = {"nop_cho": "ben_nu", "nam_ho_ten": "Võ Hoàng Long"}
    couple = await house.handed_in(procedure="1.000894", answers=answers)
    code = await house.handed_in()
    english = {"language": "en"}

    queue = (await lan.get(DOSSIERS, params=english)).json()
    both = (await lan.get(f"{DOSSIERS}/{couple}", params=english)).json()
    alone = (await lan.get(f"{DOSSIERS}/{code}", params=english)).json()
    body = {"seen": alone["rev"], "reason": "Thu sau"}
    after = await lan.post(f"{DOSSIERS}/{code}/accept", params=english, json=body)

    title = "Copy of a civil status extract (bản sao trích lục hộ tịch)"
    assert title in [item["procedure_title"] for item in queue["items"]]
    assert [one["role"] for one in both["applicants"]] == ["The woman", "The man"]
    assert both["presence"][0]["text"].isascii()
    for one in (alone, after.json()):
        assert one["procedure_title"] == title
        assert one["files"][0]["paper_name"].startswith("Letter of the organisation giving")
        assert one["procedure_name"] == alone["procedure_name"]
        assert one["owner"]["name"] == "Nguyễn Thị Bích Trâm"
    assert alone["procedure_name"].startswith("Cấp bản sao Trích lục hộ tịch")
    assert (await look(lan, code))["procedure_title"] == "Bản sao trích lục hộ tịch"


async def test_a_language_that_the_desk_does_not_speak_is_refused(house, lan):
    code = await house.handed_in()

    for path in (DOSSIERS, f"{DOSSIERS}/{code}"):
        assert (await lan.get(path, params={"language": "fr"})).status_code == 400


async def test_where_one_applies_nobody_stands_beside(house, lan):
    shown = await look(lan, await house.handed_in())

    assert (shown["applicants"], shown["presence"]) == ([], [])


async def test_the_queue_tells_who_handed_in_for_the_owner(house, lan):
    await house.handed_in(submitter=Person(name="Lê Văn Minh", phone="0987654321"))

    [item] = (await lan.get(DOSSIERS)).json()["items"]

    assert (item["owner_masked"], item["submitter_masked"]) == ("Nguyễn T. B. T.", "Lê V. M.")


@pytest.mark.parametrize("q", ["bich tram", "Trâm", "NGUYỄN"])
async def test_the_queue_is_searched_by_name_without_marks(house, lan, q):
    code = await house.handed_in()

    found = (await lan.get(DOSSIERS, params={"q": q})).json()
    other = (await lan.get(DOSSIERS, params={"q": "Hoàng"})).json()

    assert [one["code"] for one in found["items"]] == [code]
    assert other["items"] == []


async def test_the_first_page_counts_what_needs_work_by_state(house, lan):
    await house.handed_in(unit=NEIGHBOUR)
    await act(lan, await house.handed_in(), "decline", reason="x")
    await act(lan, await house.handed_in(), "accept", reason="x")
    for _ in range(51):
        await house.handed_in()

    first = (await lan.get(DOSSIERS, params={"state": "submitted"})).json()
    second = (await lan.get(DOSSIERS, params={"state": "submitted", "after": first["next"]})).json()

    assert first["counts"] == {"submitted": 51, "accepted": 1}
    assert second["counts"] is None


async def test_the_queue_comes_page_by_page(house, lan):
    codes = {await house.handed_in() for _ in range(53)}

    first = (await lan.get(DOSSIERS)).json()
    second = (await lan.get(DOSSIERS, params={"after": first["next"]})).json()

    assert len(first["items"]) == 50
    assert {one["code"] for one in first["items"] + second["items"]} == codes
    assert second["next"] is None


@pytest.mark.parametrize("query", [{"state": "nowhere"}, {"after": "x"}, {"q": "x" * 121}])
async def test_a_wrong_query_is_refused_and_never_a_fault(lan, query):
    answer = await lan.get(DOSSIERS, params=query)

    assert answer.status_code == 400


async def test_a_dossier_shows_people_papers_money_and_what_may_be_done(house, lan):
    code = await house.handed_in()

    found = await look(lan, code.lower())

    assert found["code"] == code
    assert found["owner"]["name"] == "Nguyễn Thị Bích Trâm"
    assert found["obligation"]["amount"] == 8000
    assert found["moves"] == ["accept", "decline", "request_supplement"]
    assert found["decided_here"] is True
    assert found["files"][0]["paper"] == "van_ban_co_quan"
    assert found["files"][0]["paper_name"].startswith("Văn bản yêu cầu")
    assert found["supplements"] == []
    assert [step["state"] for step in found["timeline"]] == ["submitted"]


async def test_links_to_files_hold_for_five_minutes(house, lan):
    found = await look(lan, await house.handed_in())

    address = found["files"][0]["view_url"]
    token = address.rpartition("/")[2]
    link = house.links.read(token, now=NOON + timedelta(minutes=5))

    assert address.startswith("http://127.0.0.1:8000/f/")
    assert (link.what, link.purpose) == (found["files"][0]["sha256"], "view")
    with pytest.raises(Exception, match="not-found"):
        house.links.read(token, now=NOON + timedelta(minutes=5, seconds=1))


async def test_a_paper_is_offered_as_one_pdf_when_all_of_it_opens(house, lan, monkeypatch):
    code = await house.handed_in()
    before = await look(lan, code)
    file = before["files"][0]
    dossier = (await dossiers.by_code(code)).id
    await execute(
        "INSERT INTO attachments (dossier, sha256, size, kind, received, stored, segments, "
        "changed_at, whole_at, check_state, pages) "
        "VALUES ({}, {}, 1, 'pdf', 1, 1, 1, {}, {}, 'ok', {})",
        *(dossier, file["sha256"], NOON, NOON, MOST_JOINED),
    )

    [offered] = (await look(lan, code))["paper_pdfs"]
    link = house.links.read(offered["url"].rpartition("/")[2], now=NOON)
    with monkeypatch.context() as small:
        small.setattr(viewing, "MOST_JOINED_BYTES", file["size"] - 1)
        too_large = (await look(lan, code))["paper_pdfs"]
    await execute("UPDATE attachments SET pages = pages + 1")

    assert before["paper_pdfs"] == too_large == []
    assert offered["paper"] == file["paper"]
    assert (link.dossier, link.what, link.purpose) == (dossier, file["paper"], "paper")
    assert (await look(lan, code))["paper_pdfs"] == []


async def test_a_payment_providers_receipt_is_offered_where_there_is_one(house, lan):
    code = await house.handed_in()
    before = (await look(lan, code))["provider_bill"]
    dossier = (await dossiers.by_code(code)).id
    obligation = (await payments.of_dossier(dossier))[0].id
    await execute(
        "INSERT INTO payment_attempts (id, obligation, adapter, state, code, provider_ref, account,"
        " amount, description, created_at) VALUES ({}, {}, 'payplat', 'succeeded', 'HS', 'HS', '',"
        " 8000, '', {})",
        *(dossier, obligation, NOON),
    )
    await execute(
        "INSERT INTO provider_bills (attempt, at, digest, wrapped_key, sealed)"
        " VALUES ({}, {}, {}, {}, {})",
        *(dossier, NOON, b"d", b"k", b"s"),
    )

    offered = (await look(lan, code))["provider_bill"]

    link = house.links.read(offered.rpartition("/")[2], now=NOON)
    assert before is None
    assert (link.dossier, link.purpose) == (dossier, "provider-bill")


async def test_reading_a_dossier_stands_in_the_journal(house, lan):
    await look(lan, await house.handed_in())

    read = await rows("SELECT * FROM audit WHERE verb = 'dossier.read'")

    assert [(one["actor"], one["unit"]) for one in read] == [("officer:lan", WARD)]


# -- isolation and roles ---------------------------------------------------------------------------


def every_call(code, poster, event=NO_MONEY, refund=NO_REFUND, day=NOTHING):
    """List each call of the desk that names an object of a ward."""
    one, money = f"{DOSSIERS}/{code}", f"/api/v1/workbench/money/{event}"
    shift = f"/api/v1/workbench/shifts/{day['shift']}"
    close = f"/api/v1/workbench/closes/{day['close']}"
    receipt = f"{one}/fee_receipts/{day['receipt']}"
    back = f"/api/v1/workbench/money/refunds/{refund}"
    why = {"seen": 0, "reason": "x"}
    decision = {"seen": 2, "reason": "x"}
    line = {"name": "Phí", "kind": "phi", "quantity": 1, "unit_amount": 1000, "law": "NQ"}
    item = {"paper": "van_ban_co_quan", "words": "Chụp lại"}
    return [
        ("GET", one, None),
        *[("POST", f"{one}/{verb}", decision) for verb in
          ("accept", "decline", "stop", "finish", "return")],
        ("POST", f"{one}/quote", {**decision, "lines": [line]}),
        ("POST", f"{one}/collect", {**decision, "kind": "cash", "amount": 8000}),
        ("POST", f"{one}/request_supplement",
         {**decision, "items": [item], "until": "2026-11-30"}),
        ("POST", f"/api/v1/workbench/posters/{poster}/withdraw", {}),
        ("POST", f"{one}/restate", {**decision, "lines": [line]}),
        ("POST", f"{one}/exemption", {**decision, "step": "ask"}),
        ("GET", money, None),
        ("POST", f"{money}/match", {**why, "code": code}),
        ("POST", f"{money}/move", {**why, "code": code}),
        *[("POST", f"{money}/{verb}", why) for verb in ("count", "give_back", "note")],
        ("GET", back, None),
        ("POST", f"{back}/approve", {**why, "route": "manual"}),
        ("POST", f"{back}/pay_out", {**why, "evidence": "1"}),
        *[("POST", f"{back}/{verb}", why) for verb in ("reject", "confirm", "send_back")],
        ("GET", shift, None),
        ("POST", f"{shift}/close", {"counted_cash": 0, "counted_pos": 0}),
        ("GET", close, None),
        ("POST", f"{close}/sign", {"note": "x"}),
        ("GET", f"{one}/fee_receipts", None),
        *[("POST", f"{receipt}/{verb}", why) for verb in ("cancel", "replace")],
    ]  # fmt: skip


async def day_of(house, lan, code):
    """Let the ward have a shift, a daily close and a receipt."""
    shift = await lan.post("/api/v1/workbench/shifts", json={"unit": WARD})
    settings = msgspec.structs.replace(house.settings, payments=READS_FILES)
    adapters = payments.Adapters.load(settings, clock=house.clock, random=house.random)
    close = await payments.close_day(
        "bank_notice", csv(), day=NOON.date(), unit=WARD, units=[WARD], by="officer:lan",
        adapters=adapters, vault=house.vault, random=house.random, now=house.now,
    )  # fmt: skip
    clerk = Clerk(issuer=issuer_of(Receipts(books=BOOKS)), vault=house.vault)
    dossier = (await dossiers.by_code(code)).id
    await follow(dossier, clerk=clerk, now=house.now)
    (receipt,) = await rows("SELECT id FROM fee_receipts WHERE dossier = {}", dossier)
    made = shift.json()["shift"]["shift"]
    return {"shift": made, "close": close.close, "receipt": receipt["id"]}


async def surplus_of(house, lan, code):
    """Pay a dossier twice; give the second payment and the refund that asks for itself."""
    await act(lan, code, "collect", kind="cash", amount=8000)
    dossier = (await dossiers.by_code(code)).id
    await pay_by_hand(house, dossier)
    (refund,) = (await lan.get("/api/v1/workbench/money/refunds")).json()["items"]
    (money,) = (await lan.get("/api/v1/workbench/money")).json()["items"]
    return money["id"], refund["id"]


async def pay_by_hand(house, dossier, *, amount=8000):
    """Let a transfer come for an attempt that was begun before."""
    owed = await rows("SELECT id FROM obligations WHERE dossier = {}", dossier)
    made = UUID(bytes=house.random(16), version=4)
    await execute(
        "INSERT INTO payment_attempts (id, obligation, adapter, state, code, provider_ref, account,"
        " amount, description, created_at)"
        " VALUES ({}, {}, 'bank', 'pending', {}, {}, '', {}, '', {})",
        made, owed[0]["id"], made.hex, made.hex, amount, house.now,
    )  # fmt: skip
    seen = Observation(status="succeeded", amount=amount, provider_ref=made.hex, txn=made.hex)
    adapters = payments.Adapters(house.settings, clock=house.clock, random=house.random)
    source = payments.Source(adapter="bank")
    await payments.settle(seen, source=source, adapters=adapters, now=house.now)
    house.now += timedelta(minutes=1)


async def test_another_wards_objects_answer_exactly_like_missing_ones(house, lan, neighbour):
    code = await house.handed_in()
    poster = await qr.make_poster(WARD, "2.000635", by="operator", random=house.random, now=NOON)
    event, refund = await surplus_of(house, lan, code)
    day = await day_of(house, lan, code)

    foreign = [
        await neighbour.request(method, path, json=body)
        for method, path, body in every_call(code, poster.code, event, refund, day)
    ]
    missing = [
        await neighbour.request(method, path, json=body)
        for method, path, body in every_call(MISSING, "22222222")
    ]

    assert {one.status_code for one in foreign} == {404}
    for one, other in zip(foreign, missing, strict=True):
        assert {**one.json(), "trace_id": ""} == {**other.json(), "trace_id": ""}
    assert (await neighbour.get(DOSSIERS)).json()["items"] == []
    assert (await neighbour.get(DOSSIERS, params={"q": code})).json()["items"] == []
    assert (await neighbour.get(DOSSIERS, params={"q": "Trâm"})).json()["items"] == []


async def test_every_route_with_an_object_is_in_the_isolation_test(house):
    walked = {
        path.replace(MISSING, "{code:str}")
        .replace("22222222", "{code:str}")
        .replace(str(NO_MONEY), "{event:uuid}")
        .replace(str(NO_REFUND), "{refund:uuid}")
        .replace(str(NOTHING["shift"]), "{shift:uuid}")
        .replace(str(NOTHING["close"]), "{close:uuid}")
        .replace(str(NOTHING["receipt"]), "{receipt:uuid}")
        for _method, path, _body in every_call(MISSING, "22222222")
    }

    routes = {
        route.path
        for route in house.app().routes
        if route.path.startswith("/api/v1/workbench") and "{" in route.path
    }

    assert walked == {path.replace("{code}", "{code:str}") for path in routes}


@pytest.mark.parametrize("role", ["leader", "operator", "author"])
async def test_other_roles_do_not_work_at_the_desk(house, browser, role):
    code = await house.handed_in()
    other = await browser("other", role=role)

    answers = [
        await other.request(method, path, json=body)
        for method, path, body in every_call(code, "22222222")
    ]

    assert {one.status_code for one in answers} == {403}
    assert (await other.get(DOSSIERS)).status_code == 403
    assert (await other.get("/api/v1/workbench/posters")).status_code == 403


async def test_nobody_works_at_the_desk_without_signing_in(house, lan):
    code = await house.handed_in()
    lan.cookies.clear()

    answers = [
        await lan.request(method, path, json=body)
        for method, path, body in every_call(code, "22222222")
    ]

    assert {one.status_code for one in answers} == {401}


async def test_every_handler_of_the_desk_declares_its_roles(house):
    assert people.undeclared(house.app()) == []


# -- decisions -------------------------------------------------------------------------------------


async def test_an_unpaid_dossier_is_accepted_only_with_a_reason(house, lan):
    code = await house.handed_in()

    without = await act(lan, code, "accept")
    blank = await act(lan, code, "accept", reason="  ")
    accepted = await act(lan, code, "accept", reason="Trả tại quầy")

    assert refused(without, 422, "reason-needed")
    assert without.json()["errors"][0]["pointer"] == "/reason"
    assert blank.status_code == 422
    assert accepted.status_code == 200, accepted.text
    assert accepted.json()["state"] == "accepted"
    assert accepted.json()["due_at"] == "2026-11-23T17:00:00+07:00"


async def test_why_a_dossier_was_accepted_unpaid_stays_in_the_office(house, lan):
    code = await house.handed_in()

    accepted = await act(lan, code, "accept", reason="Người quen của tổ trưởng", note="gọi lại")

    step = accepted.json()["timeline"][-1]
    citizens = await dossiers.opened((await dossiers.by_code(code)).id, house.vault)
    told = await dossiers.timeline(citizens.dossier, citizens.key)
    assert step["note"] == "Người quen của tổ trưởng\ngọi lại"
    assert told[-1].what == "Phường đã tiếp nhận hồ sơ. Nhận trước, ông/bà trả phí sau"
    assert "note" not in told[-1].__struct_fields__


async def test_words_at_the_acceptance_of_a_paid_dossier_are_not_told(house, lan):
    code = await house.handed_in()
    await act(lan, code, "collect", kind="cash", amount=8000)

    accepted = await act(lan, code, "accept", reason="Đã xem kỹ")

    step = accepted.json()["timeline"][-1]
    assert (step["what"], step["note"]) == ("Phường đã tiếp nhận hồ sơ", "Đã xem kỹ")


async def test_a_paid_dossier_is_accepted_without_words(house, lan):
    code = await house.handed_in()

    paid = await act(lan, code, "collect", kind="cash", amount=8000)
    accepted = await act(lan, code, "accept")

    assert paid.json()["obligation"]["state"] == "paid"
    assert accepted.status_code == 200, accepted.text


async def test_a_dossier_goes_the_whole_way(house, lan):
    code = await house.handed_in()

    answers = [
        await act(lan, code, "accept", reason="Trả tại quầy"),
        await act(lan, code, "finish"),
        await act(lan, code, "return"),
    ]

    assert [one.json()["state"] for one in answers] == ["accepted", "result_ready", "returned"]
    assert answers[-1].json()["moves"] == []


async def test_of_sixteen_who_accept_at_once_one_does(house, lan):
    code = await house.handed_in()
    body = {"seen": (await look(lan, code))["rev"], "reason": "Trả tại quầy"}

    answers = await asyncio.gather(
        *(lan.post(f"{DOSSIERS}/{code}/accept", json=body) for _ in range(16))
    )

    assert sorted(one.status_code for one in answers) == [200] + [409] * 15
    moves = await rows("SELECT * FROM audit WHERE verb = 'dossier.accept'")
    assert len(moves) == 1


async def test_two_who_decide_differently_at_once_do_not_both_win(house, lan):
    code = await house.handed_in()
    body = {"seen": (await look(lan, code))["rev"], "reason": "x"}

    answers = await asyncio.gather(
        *(lan.post(f"{DOSSIERS}/{code}/{verb}", json=body) for verb in ("accept", "decline") * 8)
    )

    assert sorted(one.status_code for one in answers) == [200] + [409] * 15


async def test_what_was_decided_on_an_old_reading_is_stale(house, lan):
    code = await house.handed_in()
    old = (await look(lan, code))["rev"]
    await act(lan, code, "accept", reason="x")

    for verb, more in (
        ("finish", {}),
        ("collect", {"kind": "cash", "amount": 8000}),
        ("request_supplement",
         {"items": [{"paper": "van_ban_co_quan", "words": "x"}], "until": "2026-11-30"}),
    ):  # fmt: skip
        answer = await lan.post(f"{DOSSIERS}/{code}/{verb}", json={"seen": old, **more})

        assert refused(answer, 409, "stale")


@pytest.mark.parametrize("verb", ["finish", "return", "stop"])
async def test_a_move_that_does_not_fit_the_state_is_refused(house, lan, verb):
    code = await house.handed_in()

    assert refused(await act(lan, code, verb), 409, "not-allowed-now")


async def test_declining_and_stopping_tell_the_citizen_why(house, lan):
    declined, stopped = await house.handed_in(), await house.handed_in()
    await act(lan, stopped, "accept", reason="x")

    first = await act(lan, declined, "decline", reason="Không thuộc phường", note="chỉ nội bộ")
    second = await act(lan, stopped, "stop", reason="Người nộp xin dừng")

    assert (first.json()["state"], second.json()["state"]) == ("declined", "stopped")
    assert "Không thuộc phường" in first.json()["timeline"][-1]["what"]
    assert "nội bộ" not in first.json()["timeline"][-1]["what"]
    assert first.json()["timeline"][-1]["note"] == "chỉ nội bộ"


async def test_a_supplement_is_asked_once(house, lan):
    code = await house.handed_in()
    items = [{"paper": "van_ban_co_quan", "words": "Trang 2 bị lóa, nhờ ông/bà chụp lại."}]

    asked = await act(lan, code, "request_supplement", items=items, until="2026-11-30")
    again = await act(lan, code, "request_supplement", items=items, until="2026-11-30")

    assert asked.json()["state"] == "supplement_requested"
    assert asked.json()["supplements"][0]["items"] == items
    assert asked.json()["supplements"][0]["until"] == "2026-11-30T23:59:59+07:00"
    assert refused(again, 409, "already-asked")


@pytest.mark.parametrize(
    "body",
    [
        {"items": [], "until": "2026-11-30"},
        {"items": [{"words": "x"}], "until": "2026-11-30"},
        {"items": [{"paper": "no_such", "words": "x"}], "until": "2026-11-30"},
        {"items": [{"paper": "van_ban_co_quan", "words": ""}], "until": "2026-11-30"},
        {"items": [{"paper": "van_ban_co_quan", "words": "x"}], "until": "2026-11-22"},
        {"items": [{"paper": "van_ban_co_quan", "words": "x"}], "until": "soon"},
        {"items": [{"paper": "van_ban_co_quan", "words": "x"}]},
    ],
)
async def test_a_supplement_that_asks_for_nothing_or_too_late_is_refused(house, lan, body):
    code = await house.handed_in()

    answer = await act(lan, code, "request_supplement", **body)

    assert answer.status_code == 422
    assert answer.json()["errors"]
    assert (await look(lan, code))["state"] == "submitted"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"seen": "2"},
        {"seen": 2.0},
        {"seen": True},
        {"seen": 2**63},
        {"seen": -1},
        {"seen": 2, "more": 1},
        {"seen": 2, "reason": "x" * 2001},
        {"seen": 2, "reason": "\u202e"},
    ],
)
async def test_a_decision_of_another_shape_is_refused(house, lan, body):
    code = await house.handed_in()

    answer = await lan.post(f"{DOSSIERS}/{code}/accept", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"]


async def test_where_the_one_stop_decides_moves_are_shown_not_offered(
    house, decided_elsewhere, lan
):
    code = await house.handed_in()

    found = await look(lan, code)
    answer = await act(lan, code, "accept", reason="x")
    money = await act(lan, code, "collect", kind="cash", amount=8000)

    assert (found["moves"], found["decided_here"]) == ([], False)
    assert refused(answer, 409, "decided-elsewhere")
    assert money.status_code == 200, money.text


# -- money -----------------------------------------------------------------------------------------


async def test_an_unknown_fee_is_quoted_and_then_paid(house, lan):
    code = await house.handed_in(procedure="1.004873")
    line = {
        "name": "Lệ phí xác nhận", "kind": "le_phi", "quantity": 2, "unit_amount": 5000,
        "law": "Nghị quyết của HĐND",
    }  # fmt: skip

    before = await look(lan, code)
    quoted = await act(lan, code, "quote", lines=[line])
    paid = await act(lan, code, "collect", kind="pos", amount=10_000, slip_number="T1-000123")

    assert before["obligation"]["state"] == "unquoted"
    assert quoted.status_code == 200, quoted.text
    assert (quoted.json()["obligation"]["state"], quoted.json()["obligation"]["amount"]) == (
        "open",
        10_000,
    )
    assert paid.json()["obligation"]["state"] == "paid"


async def test_of_sixteen_who_quote_at_once_one_does_and_the_citizen_reads_it(house, lan):
    code = await house.handed_in(procedure="1.004873")
    seen = (await look(lan, code))["rev"]
    lines = [{"name": "Lệ phí", "kind": "le_phi", "quantity": 1, "law": "Nghị quyết"}]
    bodies = [
        {"seen": seen, "lines": [{**lines[0], "unit_amount": 1000 + n}]} for n in range(16)
    ]  # fmt: skip

    answers = await asyncio.gather(
        *(lan.post(f"{DOSSIERS}/{code}/quote", json=body) for body in bodies)
    )

    assert sorted(one.status_code for one in answers) == [200] + [409] * 15
    assert {one.json()["type"] for one in answers if one.status_code == 409} == {"stale"}
    full = await look(lan, code)
    assert (full["rev"], full["timeline"][-1]["what"]) == (seen + 1, "Phường đã báo phí")


@pytest.mark.parametrize(
    ("procedure", "verb", "more"),
    [
        ("2.000635", "collect", {"kind": "cash", "amount": 8000}),
        ("1.004873", "quote", {"lines": [{"name": "Lệ phí", "kind": "le_phi", "quantity": 1,
         "unit_amount": 5000, "law": "Nghị quyết"}]}),
    ],
)  # fmt: skip
async def test_what_was_decided_before_the_fee_changed_is_stale(house, lan, procedure, verb, more):
    code = await house.handed_in(procedure=procedure)
    old = (await look(lan, code))["rev"]
    fee = await act(lan, code, verb, **more)

    accepted = await lan.post(f"{DOSSIERS}/{code}/accept", json={"seen": old, "reason": "x"})

    assert fee.json()["rev"] == old + 1
    assert refused(accepted, 409, "stale")


async def test_a_refused_collection_leaves_no_step(house, lan):
    code = await house.handed_in()
    before = await look(lan, code)

    answer = await act(lan, code, "collect", kind="cash", amount=7999)

    after = await look(lan, code)
    assert answer.status_code == 422
    assert (after["rev"], after["timeline"]) == (before["rev"], before["timeline"])


async def test_money_of_sixteen_clicks_is_taken_once(house, lan):
    code = await house.handed_in()
    body = {"seen": (await look(lan, code))["rev"], "kind": "cash", "amount": 8000}

    answers = await asyncio.gather(
        *(lan.post(f"{DOSSIERS}/{code}/collect", json=body) for _ in range(16))
    )

    assert sorted(one.status_code for one in answers) == [200] + [409] * 15
    assert (await look(lan, code))["obligation"]["paid"] == 8000


async def test_money_without_a_text_stands_in_the_list_of_the_ward_whose_account_it_came_to(
    house, lan, neighbour
):
    account = Account(unit=WARD, bank_bin="970436", account="0292000017", name="UBND")
    settings = Settings(
        mode="test",
        public_url="https://omon.example",
        payments={"bank_notice": {"enabled": True, "dialect": "sepay", "hmac_secret": "s" * 32}},
        accounts=(account,),
    )
    adapters = payments.Adapters.load(settings, clock=house.clock, random=house.random)
    seen = Observation(
        status="succeeded", amount=8000, account="0292000017", memo="", txn="FT1", occurred_at=NOON
    )
    await payments.settle(
        seen, source=payments.Source(adapter="bank_notice"), adapters=adapters, now=NOON
    )
    house.now = NOON + timedelta(minutes=1)

    mine = (await lan.get("/api/v1/workbench/money")).json()
    theirs = (await neighbour.get("/api/v1/workbench/money")).json()

    (item,) = mine["items"]
    assert (item["amount"], item["reason"], item["code"]) == (8000, "no_text", None)
    assert mine["next"] is None
    assert theirs["items"] == []


async def test_no_money_of_one_moment_is_left_out_between_two_pages(house, lan):
    account = Account(unit=WARD, bank_bin="970436", account="0292000017", name="UBND")
    settings = Settings(mode="test", public_url="https://omon.example", accounts=(account,))
    adapters = payments.Adapters.load(settings, clock=house.clock, random=house.random)
    for number in range(listing.PAGE + 3):
        seen = Observation(
            status="succeeded", amount=8000, account="0292000017", memo="", txn=f"FT{number}"
        )
        source = payments.Source(adapter="bank_notice")
        await payments.settle(seen, source=source, adapters=adapters, now=NOON)
    house.now = NOON + timedelta(minutes=1)

    first = (await lan.get("/api/v1/workbench/money")).json()
    rest = (await lan.get("/api/v1/workbench/money", params={"after": first["next"]})).json()

    found = [item["id"] for item in first["items"] + rest["items"]]
    assert (len(found), len(set(found)), rest["next"]) == (listing.PAGE + 3, listing.PAGE + 3, None)


@pytest.mark.parametrize("after", ["2026-11-23T12:00:00", "x", "1-" + "g" * 32, "9" * 18 + "-x"])
async def test_a_cursor_that_is_none_of_ours_is_refused(lan, after):
    answer = await lan.get("/api/v1/workbench/money", params={"after": after})

    assert answer.status_code == 400


# -- the hand-over ---------------------------------------------------------------------------------


async def test_what_is_due_at_the_one_stop_and_not_there_stands_in_the_list(house, lan, neighbour):
    outbox.connect(reactions.TABLE)
    code = await house.handed_in()
    await act(lan, code, "collect", kind="cash", amount=8000)
    house.now = NOON + timedelta(minutes=20)

    mine = (await lan.get("/api/v1/workbench/sending")).json()
    theirs = (await neighbour.get("/api/v1/workbench/sending")).json()
    found = await look(lan, code)

    (item,) = mine["items"]
    assert (item["code"], item["unit"], item["age"]) == (code, WARD, 1200)
    assert mine["discrepancies"] == []
    assert theirs["items"] == []
    assert found["forwarded"]["sent_at"] is None


@pytest.mark.parametrize(
    ("verb", "body", "pointer"),
    [
        ("collect", {"kind": "pos", "amount": 8000, "slip_number": "T1\x00"}, "/slip_number"),
        (
            "quote",
            {"lines": [{"name": "Phí\u200b", "kind": "phi", "quantity": 1, "unit_amount": 1,
                        "law": "NQ"}]},
            "/lines/0/name",
        ),
        (
            "request_supplement",
            {"items": [{"paper": "van_ban_co_quan", "words": "x\u202e"}], "until": "2026-11-30"},
            "/items/0/words",
        ),
    ],
)  # fmt: skip
async def test_hidden_characters_are_refused_with_their_place(house, lan, verb, body, pointer):
    code = await house.handed_in()

    answer = await act(lan, code, verb, **body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


# -- posters ---------------------------------------------------------------------------------------


async def test_an_officer_makes_lists_and_withdraws_posters(house, lan):
    body = {"unit": WARD, "procedure": "2.000635", "campaign": "Chợ Ô Môn"}

    made = await lan.post("/api/v1/workbench/posters", json=body)
    newer = await lan.post("/api/v1/workbench/posters", json=body)
    gone = await lan.post(
        f"/api/v1/workbench/posters/{made.json()['code']}/withdraw",
        json={"replaced_by": newer.json()["code"]},
    )
    listed = (await lan.get("/api/v1/workbench/posters", params={"unit": WARD})).json()["items"]

    assert made.status_code == 201
    assert made.json()["pdf_url"] == (
        f"http://127.0.0.1:8000/api/v1/qr/{made.json()['code']}/poster.pdf"
    )
    assert (gone.json()["state"], gone.json()["replaced_by"]) == (
        "withdrawn",
        newer.json()["code"],
    )
    assert {one["code"] for one in listed} == {made.json()["code"], newer.json()["code"]}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"unit": NEIGHBOUR, "procedure": "2.000635"}, 404),
        ({"unit": "om-nowhere", "procedure": "2.000635"}, 404),
        ({"unit": WARD, "procedure": "9.999999"}, 404),
        ({"unit": WARD}, 422),
        ({"unit": WARD, "procedure": ""}, 422),
        ({"unit": WARD, "procedure": "2.000635", "campaign": "chợ\x00"}, 422),
    ],
)
async def test_posters_of_foreign_wards_and_unknown_procedures_are_refused(lan, body, status):
    answer = await lan.post("/api/v1/workbench/posters", json=body)

    assert answer.status_code == status
    assert answer.json()["title"]
