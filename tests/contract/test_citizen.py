"""The contract's rows for citizens, walked over HTTP alone."""

import base64
import copy
import hashlib
import json
import re
import time
import uuid

import httpx
import pytest

from tests.contract import people

PROBLEM = "application/problem+json"


def is_problem(answer, status, slug):
    """Tell whether an answer is a problem document with a Vietnamese sentence."""
    body = answer.json()
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].startswith(PROBLEM)
    assert body["status"] == status
    assert body["type"].rstrip("/").endswith(slug), body
    assert body["title"]
    assert body["trace_id"]
    return True


# -- posters, procedures -------------------------------------------------------------------------


def test_a_posters_code_answers_the_app_in_any_letter_case(http, house):
    code = house.demo["posters"][0]["code"]

    answers = [http.get(path) for path in (f"/q/{code}", f"/Q/{code}", f"/q/{code.lower()}")]

    assert {one.status_code for one in answers} == {200}
    assert all("text/html" in one.headers["content-type"] for one in answers)
    assert re.fullmatch(r"[23456789ABCDEFGHJKMNPQRSTVWXYZ]{8}", code)


def test_a_posters_record_names_unit_and_procedures(http, house):
    poster = house.demo["posters"][0]

    found = http.get(f"/api/v1/qr/{poster['code']}").json()

    assert set(found) >= {"code", "kind", "unit", "procedures", "campaign", "state", "replaced_by"}
    assert found["unit"]["code"] == poster["unit"]
    assert found["procedures"][0]["code"] == poster["procedure"]
    assert found["procedures"][0]["fee_note"]
    assert found["state"] == "live"


def test_an_unknown_poster_code_is_404(http):
    assert is_problem(http.get("/api/v1/qr/22222222"), 404, "not-found")


def test_the_posters_pdf_is_readable_without_a_session(house):
    answer = httpx.get(house.demo["posters"][0]["pdf"])

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


def test_procedures_are_found_without_diacritics(http, ward):
    found = http.get("/api/v1/procedures", params={"unit": ward, "q": "trich luc"}).json()

    assert any(one["code"] == "2.000635" for one in found["items"])
    assert found["next"] is None


def test_a_definition_has_an_etag_and_answers_304(http, ward):
    address = f"/api/v1/procedures/2.000635?unit={ward}"
    first = http.get(address)

    second = http.get(address, headers={"If-None-Match": first.headers["etag"]})

    assert {"papers", "fee", "deadline", "steps", "version"} <= set(first.json())
    assert second.status_code == 304


def test_a_procedure_that_cannot_be_filed_has_no_example(http, ward):
    listed = http.get(f"/api/v1/procedures/1.001776?unit={ward}")

    assert listed.status_code == 200
    assert listed.json()["fileable"] is False
    assert http.get(f"/api/v1/procedures/1.001776/example?unit={ward}").status_code == 404


def test_each_golden_dossier_can_be_handed_in_as_it_stands_and_accepted(http, web, ward, officer):
    listed = http.get("/api/v1/procedures", params={"unit": ward}).json()["items"]
    codes = [one["code"] for one in listed if one["fileable"]]

    for code in codes:
        definition = http.get(f"/api/v1/procedures/{code}", params={"unit": ward}).json()
        found = people.sent_dossier(web, ward, code=code, seed=int(code[-3:])).look()
        accepted = officer.act(found["code"], "accept", reason="Trả tại quầy").json()

        owed = (found["obligation"] or {"amount": 0})["amount"]
        assert (code, found["state"]) == (code, "submitted")
        assert (code, owed > 0) == (code, definition["fee"] is not None)
        assert (code, bool(accepted["due_at"])) == (code, definition["deadline"] is not None)
    assert {"2.000635", "1.000894", "2.000815"} <= set(codes)


def test_a_photo_that_is_a_page_of_several_papers_stands_in_the_receipt_under_each(web, ward):
    phone = people.Phone(web, people.example(web, ward, "1.001612"))
    papers = [one["paper"] for one in phone.manifest["papers"]]
    data = people.photo(417)
    for number, paper in enumerate(papers):
        phone.attach(paper, people.entry(data, f"giay-{number}.jpg"))
    phone.save().raise_for_status()
    phone.send(data).raise_for_status()

    files = phone.submit().json()["receipt"]["files"]

    assert len(papers) > 1
    assert [one["name"] for one in files] == [f"giay-{n}.jpg" for n in range(len(papers))]
    assert len({one["sha256"] for one in files}) == 1


def test_the_golden_dossier_of_a_copy_is_filed_by_an_authorised_person(web, ward):
    found = people.example(web, ward)

    assert found["example"] is True
    assert found["submitter"]["name"]
    assert re.fullmatch(r"0\d{9}", found["owner"]["phone"])
    assert any(one["paper"] == "uy_quyen" for one in found["papers"])
    assert all(one["files"] == [] for one in found["papers"])


# -- manifest ------------------------------------------------------------------------------------


def test_a_draft_is_201_then_200_with_an_etag(phone):
    first, second = phone.save(), phone.save()

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.headers["etag"]
    assert second.json()["state"] == "draft"


def test_a_stale_draft_is_412_with_the_current_one(phone):
    old = phone.save().headers["etag"]
    phone.manifest["owner"]["name"] = "Trần Văn Bổ"
    phone.save()

    answer = phone.save(**{"If-Match": old})

    assert answer.status_code == 412
    assert answer.json()["current"]["owner"]["name"] == "Trần Văn Bổ"


def test_no_key_is_401_and_another_key_is_404(phone):
    phone.save()

    without = httpx.get(str(phone.http.base_url.join(phone.path)))
    foreign = phone.http.get(phone.path, headers={"Authorization": "Bearer " + "x" * 43})
    missing = phone.http.get(f"/api/v1/dossiers/{uuid.uuid4()}")

    assert without.status_code == 401
    assert foreign.status_code == missing.status_code == 404
    alike = [{k: v for k, v in a.json().items() if k != "trace_id"} for a in (foreign, missing)]
    assert alike[0] == alike[1]


def test_an_incomplete_draft_is_kept_and_judged_at_submit(phone):
    phone.manifest["answers"] = {}
    phone.manifest["owner"] = {"name": ""}

    saved, sent = phone.save(), phone.submit()

    assert saved.status_code == 201
    assert sent.status_code in {409, 422}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"unit": "khong-co"}, 422),
        ({"procedure": "9.999999"}, 422),
        ({"channel": "telepathy"}, 422),
        ({"answers": {"khong_co": "1"}}, 422),
        ({"papers": [{"paper": "khong_co", "files": []}]}, 422),
        ({"surprise": 1}, 422),
        ({"answers": "text"}, 422),
    ],
)
def test_a_manifest_with_a_wrong_shape_or_unknown_ids_is_refused_with_a_pointer(
    phone, change, status
):
    phone.manifest |= change

    answer = phone.save()

    assert answer.status_code == status, answer.text
    assert answer.json()["errors"][0]["pointer"].startswith("/")
    assert answer.json()["errors"][0]["message_vi"]


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b'{"answers":' + b"[" * 100_000, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b" " * (256 * 1024 + 1), "application/json", 413),
    ],
)
def test_a_body_that_is_no_json_is_refused_without_a_5xx(phone, body, content_type, status):
    answer = phone.http.put(phone.path, content=body, headers={"Content-Type": content_type})

    assert answer.status_code == status, answer.text
    assert answer.json()["title"]


# -- files ---------------------------------------------------------------------------------------


def test_a_file_goes_in_pieces_and_tells_its_offset(phone):
    data = people.photo(7)
    found = people.entry(data)
    phone.attach("uy_quyen", found)
    phone.save()
    path = f"{phone.path}/files/{found['sha256']}"
    headers = {"Content-Type": "application/partial-upload", "Upload-Complete": "?0"}

    before = phone.http.head(path)
    first = phone.http.patch(path, content=data[:9000], headers=headers | {"Upload-Offset": "0"})
    wrong = phone.http.patch(path, content=data[5:9], headers=headers | {"Upload-Offset": "5"})
    middle = phone.http.head(path)
    last = phone.http.patch(
        path,
        content=data[9000:],
        headers=headers | {"Upload-Offset": "9000", "Upload-Complete": "?1"},
    )
    again = phone.http.put(path, content=data, headers={"Content-Type": "image/jpeg"})

    assert (before.status_code, before.headers["upload-offset"]) == (204, "0")
    assert (first.status_code, first.headers["upload-offset"]) == (204, "9000")
    assert (wrong.status_code, wrong.headers["upload-offset"]) == (409, "9000")
    assert middle.headers["upload-offset"] == "9000"
    assert last.status_code == 201
    assert set(last.json()) == {"sha256", "size", "check"}
    assert again.status_code == 200
    assert phone.http.head(path).headers["upload-offset"] == str(len(data))


def test_a_file_the_manifest_does_not_name_is_404(phone):
    phone.save()

    assert is_problem(phone.send(people.photo(8)), 404, "not-in-manifest")


def test_bytes_of_another_hash_are_refused_and_the_offset_returns_to_0(phone):
    data = people.photo(9)
    found = people.entry(data)
    phone.attach("uy_quyen", found)
    phone.save()
    path = f"{phone.path}/files/{found['sha256']}"
    other = data[:-1] + bytes([data[-1] ^ 1])

    answer = phone.http.put(path, content=other, headers={"Content-Type": "image/jpeg"})

    assert is_problem(answer, 422, "hash-mismatch")
    assert phone.http.head(path).headers["upload-offset"] == "0"


def test_a_file_that_is_no_paper_is_415(phone):
    data = b"<svg xmlns='http://www.w3.org/2000/svg'/>" * 50
    phone.attach("uy_quyen", people.entry(data))
    phone.save()

    assert phone.send(data).status_code == 415


def test_a_photo_that_does_not_open_is_named_unreadable(phone):
    data = people.photo(11)[:20000]
    phone.attach("uy_quyen", people.entry(data))
    phone.save()
    phone.send(data)
    phone.until(lambda seen: seen["files"] and seen["files"][0]["check"] == "unreadable")

    assert is_problem(phone.submit(), 409, "files-unreadable")


def test_the_limits_are_one_list(http):
    assert http.get("/api/v1/limits").status_code == 200


# -- submit --------------------------------------------------------------------------------------


def test_submit_names_missing_papers_then_missing_files(phone):
    phone.save()
    papers = phone.submit()
    phone.attach("uy_quyen", people.entry(people.photo(12)))
    phone.save()
    files = phone.submit()

    assert is_problem(papers, 409, "papers-missing")
    assert papers.json()["errors"]
    assert is_problem(files, 409, "files-missing")
    assert files.json()["errors"]


def test_the_receipt_lists_every_file_and_is_signed_and_byte_equal_on_repeats(sent, http):
    first = sent.submit()
    second = sent.http.post(f"{sent.path}/submit", json={})

    assert first.status_code == second.status_code == 200
    receipt = first.json()["receipt"]
    assert receipt == second.json()["receipt"]
    assert {
        "v",
        "id",
        "code",
        "procedure",
        "version",
        "unit",
        "channel",
        "at",
        "files",
        "amount",
    } < set(receipt)
    assert {one["sha256"] for one in receipt["files"]} == {
        one["sha256"] for paper in sent.manifest["papers"] for one in paper["files"]
    }
    head, payload, _signature = receipt["signature"].split(".")
    unsigned = {key: value for key, value in receipt.items() if key != "signature"}
    canonical = json.dumps(unsigned, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert base64.urlsafe_b64decode(payload + "==") == canonical.encode()
    kid = json.loads(base64.urlsafe_b64decode(head + "=="))["kid"]
    keys = http.get("/.well-known/jwks.json").json()["keys"]
    assert any(key["kid"] == kid for key in keys)
    assert sent.manifest["owner"]["name"] not in json.dumps(receipt, ensure_ascii=False)


def test_after_submit_the_same_manifest_is_200_and_another_422(sent):
    same = sent.save()
    sent.manifest["answers"]["muc_dich"] = "khác"
    other = sent.save()

    assert same.status_code == 200
    assert is_problem(other, 422, "already-submitted")


def test_the_code_has_13_symbols_and_an_obligation_with_lines(sent):
    body = sent.submit().json()

    assert re.fullmatch(r"[23456789ABCDEFGHJKMNPQRSTVWXYZ]{13}", body["code"])
    line = body["obligation"]["lines"][0]
    assert {"name", "kind", "quantity", "unit_amount", "amount", "law"} <= set(line)
    assert body["obligation"]["amount"] == line["quantity"] * line["unit_amount"] == 8000
    assert body["obligation"]["state"] == "open"


def test_a_withdrawn_dossier_says_so(sent):
    answer = sent.http.post(f"{sent.path}/withdraw", json={"reason": "Đã nộp nơi khác"})

    assert answer.status_code == 200
    assert sent.look()["state"] == "withdrawn"


def test_links_lead_to_the_receipt_and_a_file_and_the_slip_is_not_yet(sent, http):
    digest = sent.manifest["papers"][0]["files"][0]["sha256"]

    receipt = sent.http.post(f"{sent.path}/links", json={"what": "receipt"})
    file = sent.http.post(f"{sent.path}/links", json={"what": digest})
    slip = sent.http.post(f"{sent.path}/links", json={"what": "slip"})

    pdf = http.get(receipt.json()["url"])
    assert pdf.status_code == 200
    assert pdf.content.startswith(b"%PDF")
    original = http.get(file.json()["url"])
    assert hashlib.sha256(original.content).hexdigest() == digest
    assert "sandbox" in original.headers["content-security-policy"]
    assert original.headers["x-content-type-options"] == "nosniff"
    assert "no-store" in original.headers["cache-control"]
    assert is_problem(slip, 409, "not-yet")


def test_a_forged_file_token_is_404(http):
    assert http.get("/f/" + "A" * 80).status_code == 404


# -- tracking, keys, verification ---------------------------------------------------------------


def test_tracking_needs_code_and_digits_and_shows_no_names(sent, http):
    code = sent.submit().json()["code"]
    digits = sent.manifest["owner"]["phone"][-4:]
    wrong = f"{(int(digits) + 1) % 10000:04d}"

    right = http.post(
        "/api/v1/track",
        json={"code": f"{code[:4]}-{code[4:8]} {code[8:].lower()}", "phone_last4": digits},
    )
    refused = [
        http.post("/api/v1/track", json=body)
        for body in (
            {"code": code, "phone_last4": wrong},
            {"code": "2222222222222", "phone_last4": digits},
            {"code": "not a code", "phone_last4": digits},
        )
    ]

    assert right.status_code == 200, right.text
    assert {
        "code",
        "procedure",
        "unit",
        "state",
        "next",
        "submitted_at",
        "accepted_at",
        "due_at",
        "obligation",
    } <= set(right.json())
    assert sent.manifest["owner"]["name"] not in right.text
    assert {one.status_code for one in refused} == {404}
    assert (
        len(
            {
                json.dumps({k: v for k, v in one.json().items() if k != "trace_id"})
                for one in refused
            }
        )
        == 1
    )


def test_guessing_the_digits_is_stopped_after_five(sent, http):
    code = sent.submit().json()["code"]
    right = sent.manifest["owner"]["phone"][-4:]
    guesses = [f"{(int(right) + 1 + number) % 10000:04d}" for number in range(6)]

    statuses = [
        http.post("/api/v1/track", json={"code": code, "phone_last4": guess}).status_code
        for guess in guesses
    ]

    assert statuses == [404] * 5 + [429]


def test_a_lost_key_comes_back_by_a_one_time_code_and_ends_the_old_one(sent, http, house):
    code = sent.submit().json()["code"]
    digits = sent.manifest["owner"]["phone"][-4:]

    asked = http.post("/api/v1/keys", json={"code": code, "phone_last4": digits})
    unknown = http.post("/api/v1/keys", json={"code": "2222222222222", "phone_last4": digits})
    one_time = sent_code(house, code)
    answer = http.post("/api/v1/keys/confirm", json={"code": code, "one_time_code": one_time})

    assert asked.status_code == unknown.status_code == 202
    assert answer.status_code == 200, answer.text
    assert answer.json()["id"] == sent.id
    assert sent.http.get(sent.path).status_code == 404
    new = {"Authorization": f"Bearer {answer.json()['key']}"}
    assert sent.http.get(sent.path, headers=new).status_code == 200


def sent_code(house, code):
    """Read the one-time code from the log of notices, as the demo's telephone."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        log = house.data / "notices.jsonl"
        for line in reversed(log.read_text().splitlines() if log.exists() else []):
            found = json.loads(line)
            if found["code"] == code and (digits := re.search(r"\b\d{6}\b", found["text"])):
                return digits[0]
        time.sleep(0.1)
    raise AssertionError("no one-time code was sent")


def test_a_forged_verification_token_is_not_genuine(http):
    answer = http.post("/api/v1/verify", json={"token": "eyJh.eyJh.c2ln"})

    assert answer.status_code in {200, 404, 422}
    assert answer.json().get("genuine") is not True


# -- gate ----------------------------------------------------------------------------------------


def test_foreign_origins_and_hosts_are_refused(phone, web):
    phone.save()

    origin = phone.http.put(
        phone.path, json=phone.manifest, headers={"Origin": "https://evil.example"}
    )
    site = phone.http.put(phone.path, json=phone.manifest, headers={"Sec-Fetch-Site": "cross-site"})
    host = httpx.get(f"{web}/api/v1/limits", headers={"Host": "evil.example"})

    assert origin.status_code == site.status_code == 403
    assert host.status_code == 421


def test_every_answer_carries_the_headers_of_a_strict_page(http):
    page = http.get("/")
    policy = page.headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["referrer-policy"] == "no-referrer"


def test_health_and_the_description_of_the_api_answer(http):
    assert http.get("/health/live").status_code == 200
    assert http.get("/health/ready").status_code == 200
    description = http.get("/api/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    assert "/api/v1/dossiers/{id}/submit" in {
        re.sub(r"\{[^}]*\}", "{id}", path) for path in description["paths"]
    }


def test_a_supplement_takes_only_what_was_asked(sent, officer):
    code = sent.submit().json()["code"]
    asked = officer.act(
        code,
        "request_supplement",
        items=[{"paper": "uy_quyen", "words": "Trang 1 bị mờ, ông/bà chụp lại giúp"}],
        until="2026-12-31T17:00:00+07:00",
    )
    assert asked.status_code == 200, asked.text
    supplement = sent.look()["supplement"]
    data = people.photo(99)
    path = f"{sent.path}/supplement/{supplement['id']}"
    manifest = {"answers": {}, "papers": [{"paper": "uy_quyen", "files": [people.entry(data)]}]}
    foreign = copy.deepcopy(manifest) | {"answers": {"muc_dich": "khác"}}

    refused = sent.http.put(path, json=foreign)
    saved = sent.http.put(path, json=manifest)
    early = sent.http.post(f"{path}/submit")
    assert sent.send(data).status_code == 201
    answered = sent.http.post(f"{path}/submit")
    second = officer.act(
        code,
        "request_supplement",
        items=[{"paper": "uy_quyen", "words": "x"}],
        until="2026-12-31T17:00:00+07:00",
    )

    assert is_problem(refused, 422, "not-asked")
    assert saved.status_code in {200, 201}, saved.text
    assert is_problem(early, 409, "files-missing")
    assert answered.status_code == 200, answered.text
    assert people.entry(data)["sha256"] in {
        one["sha256"] for one in answered.json()["receipt"]["files"]
    }
    assert sent.look()["state"] == "submitted"
    assert is_problem(second, 409, "already-asked")
