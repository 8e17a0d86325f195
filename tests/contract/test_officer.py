"""The contract's rows for officers and leaders, walked over HTTP alone."""

import concurrent.futures

import httpx

from tests.contract import people
from tests.contract.test_citizen import is_problem


def accepted(officer, phone):
    """Accept a dossier unpaid, with a reason."""
    code = phone.submit().json()["code"]
    answer = officer.act(code, "accept", reason="Trả tại quầy khi nhận kết quả")
    assert answer.status_code == 200, answer.text
    return code, answer.json()


def test_signing_in_answers_who_one_is_and_every_refusal_is_alike(house, http):
    account = house.account("officer", "om-long-hung")

    wrong = http.post(
        "/api/v1/session", json={"login": account["login"], "password": "wrong-password"}
    )
    nobody = http.post(
        "/api/v1/session", json={"login": "nobody-here", "password": "wrong-password"}
    )
    officer = people.Officer(house.web, account)

    assert officer.me["role"] == "officer"
    assert officer.me["units"] == ["om-long-hung"] or officer.me["units"][0]
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.json()["title"] == nobody.json()["title"]
    assert officer.http.get("/api/v1/me").status_code == 200
    assert officer.http.delete("/api/v1/session").status_code in {200, 204}
    assert officer.http.get("/api/v1/me").status_code == 401


def test_the_inbox_lists_the_own_ward_only(officer, neighbour, sent):
    code = sent.submit().json()["code"]

    mine = officer.http.get("/api/v1/workbench/dossiers", params={"q": code}).json()
    theirs = neighbour.http.get("/api/v1/workbench/dossiers", params={"q": code}).json()

    item = mine["items"][0]
    assert {
        "code",
        "procedure",
        "unit",
        "state",
        "rev",
        "submitted_at",
        "due_at",
        "owner_masked",
        "papers",
        "obligation",
        "channel",
    } <= set(item)
    assert set(item["papers"]) == {"have", "need"}
    assert sent.manifest["owner"]["name"] not in str(mine)
    assert theirs["items"] == []


def test_another_wards_dossier_answers_like_a_missing_one(neighbour, sent):
    code = sent.submit().json()["code"]

    foreign, missing = neighbour.dossier(code), neighbour.dossier("2222222222222")

    assert foreign.status_code == missing.status_code == 404
    assert foreign.json()["title"] == missing.json()["title"]


def test_nobody_reads_without_signing_in(http):
    assert http.get("/api/v1/workbench/dossiers").status_code == 401
    assert http.get("/api/v1/targets?unit=om-long-hung&period=2026").status_code == 401


def test_an_officer_sees_the_papers_as_view_copies(officer, sent, http):
    code = sent.submit().json()["code"]

    found = officer.dossier(code).json()
    view = http.get(found["files"][0]["view_url"])

    assert {"sha256", "view_url", "original_url", "check"} <= set(found["files"][0])
    assert view.status_code == 200
    assert view.content[:3] == b"\xff\xd8\xff"


def test_accepting_unpaid_needs_a_reason_and_fixes_the_promised_date(officer, sent):
    code = sent.submit().json()["code"]

    refused = officer.act(code, "accept")
    answer = officer.act(code, "accept", reason="Trả tại quầy")

    assert refused.status_code == 422
    assert answer.json()["state"] == "accepted"
    assert answer.json()["due_at"]
    slip = sent.http.post(f"{sent.path}/links", json={"what": "slip"})
    assert httpx.get(slip.json()["url"]).content.startswith(b"%PDF")


def test_a_stale_revision_is_refused(officer, sent):
    code = sent.submit().json()["code"]
    old = officer.dossier(code).json()["rev"]
    officer.act(code, "accept", reason="Trả tại quầy")

    assert is_problem(officer.act(code, "finish", seen=old), 409, "stale")


def test_of_sixteen_officers_clicks_one_counts(officer, sent):
    code = sent.submit().json()["code"]
    rev = officer.dossier(code).json()["rev"]

    with concurrent.futures.ThreadPoolExecutor(16) as pool:
        jobs = [pool.submit(officer.act, code, "accept", seen=rev, reason="x") for _ in range(16)]
        statuses = sorted(job.result().status_code for job in jobs)

    assert statuses == [200] + [409] * 15


def test_a_dossier_is_finished_and_returned_and_nothing_else_is_allowed(officer, sent):
    code, _seen = accepted(officer, sent)

    finished, returned = officer.act(code, "finish"), officer.act(code, "return")
    late = officer.act(code, "stop", reason="x")

    assert finished.json()["state"] == "result_ready"
    assert returned.json()["state"] == "returned"
    assert is_problem(late, 409, "not-allowed-now")
    assert sent.look()["state"] == "returned"
    assert [step["what"] for step in sent.look()["timeline"]]


def test_declining_and_stopping_give_their_reason(officer, web, ward):
    declined = people.sent_dossier(web, ward, seed=31)
    stopped = people.sent_dossier(web, ward, seed=32)
    one, two = declined.submit().json()["code"], accepted(officer, stopped)[0]

    first = officer.act(one, "decline", reason="Không thuộc thẩm quyền của phường")
    second = officer.act(two, "stop", reason="Người nộp xin dừng")

    assert first.json()["state"] == "declined"
    assert second.json()["state"] == "stopped"


def test_money_at_the_counter_pays_the_obligation(officer, sent):
    code = sent.submit().json()["code"]

    answer = officer.act(code, "collect", kind="cash", amount=8000)

    assert answer.status_code == 200, answer.text
    assert answer.json()["obligation"]["state"] == "paid"


def test_a_poster_is_made_and_its_pdf_answers(officer, ward):
    answer = officer.http.post(
        "/api/v1/workbench/posters", json={"unit": ward, "procedure": "2.000635"}
    )

    assert answer.status_code in {200, 201}, answer.text
    pdf = officer.http.get(answer.json()["pdf_url"])
    assert pdf.content.startswith(b"%PDF")


def test_a_leaders_numbers_equal_their_lists_and_move(leader, officer, sent):
    unit = (
        leader.me["units"][0]
        if isinstance(leader.me["units"][0], str)
        else leader.me["units"][0]["code"]
    )
    period = "2026-11"

    def figures():
        items = leader.http.get("/api/v1/targets", params={"unit": unit, "period": period}).json()[
            "items"
        ]
        return {(one["unit"], one["indicator"]): one for one in items}

    before = figures()
    accepted(officer, sent)
    after = figures()

    key = ("om-long-hung", "filed_online")
    assert after[key]["denominator"] == before[key]["denominator"] + 1
    assert after[key]["numerator"] == before[key]["numerator"] + 1
    assert len({one["unit"] for one in after.values()}) == 8
    for (line, indicator), figure in after.items():
        listed = behind(leader, indicator, line, period)
        assert len(listed) == figure["numerator"], (line, indicator)
        if figure["denominator"]:
            assert abs(figure["share"] - 100 * figure["numerator"] / figure["denominator"]) <= 0.051


def behind(leader, indicator, unit, period):
    """List the numerator of one figure, page by page."""
    found, after = [], None
    while True:
        params = {"unit": unit, "period": period, "counted": "true"} | (
            {"after": after} if after else {}
        )
        page = leader.http.get(f"/api/v1/targets/{indicator}/dossiers", params=params).json()
        found += page["items"]
        after = page["next"]
        if after is None:
            return found


def test_a_wrong_period_is_refused_with_a_sentence(leader):
    unit = leader.me["units"][0]

    answer = leader.http.get("/api/v1/targets", params={"unit": unit, "period": "2026-13"})

    assert answer.status_code == 422
    assert answer.json()["title"]


def test_an_officer_is_no_leader_and_a_leader_no_officer(officer, leader):
    assert officer.http.get("/api/v1/targets?unit=om-long-hung&period=2026").status_code in {
        403,
        404,
    }
    assert leader.http.get("/api/v1/workbench/dossiers").status_code in {403, 404}


def test_a_fee_collected_before_the_refusal_is_to_be_given_back_and_stands_in_the_list(
    officer, sent
):
    code = sent.submit().json()["code"]
    fee = officer.dossier(code).json()["obligation"]["amount"]
    officer.act(code, "collect", kind="cash", amount=fee)

    officer.act(code, "decline", reason="Không thuộc thẩm quyền của phường")

    listed = officer.http.get("/api/v1/workbench/money").json()["items"]
    [item] = [one for one in listed if one["code"] == code]
    assert sent.look()["obligation"]["state"] == "refund_due"
    assert (item["reason"], item["amount"]) == ("ended", fee)


def test_a_declined_dossier_owes_nothing_any_more(officer, sent):
    code = sent.submit().json()["code"]

    officer.act(code, "decline", reason="Không thuộc thẩm quyền của phường")

    assert sent.look()["obligation"]["state"] == "cancelled"
    assert sent.pay("vietqr").status_code == 409
