"""Exemptions at the desk: asked for, granted, refused with a last day, or kept as paid."""

import asyncio

from backend import dossiers, payments
from tests.backend.workbench.test_routes import act, look, refused

WHY = "Theo sao kê"


async def test_an_exemption_is_asked_for_refused_and_granted(house, lan):
    code = await house.handed_in()

    asked = await act(lan, code, "exemption", reason=WHY, step="ask")
    no_day = await act(lan, code, "exemption", reason=WHY, step="refuse")
    refusal = await act(lan, code, "exemption", reason=WHY, step="refuse", until="2026-12-01")
    granted = await act(lan, code, "exemption", reason=WHY, step="grant")

    states = [one.json()["obligation"]["state"] for one in (asked, refusal, granted)]
    assert states == ["exemption_review", "open", "exempt"]
    assert refused(no_day, 422, "content")


async def test_why_somebody_pays_nothing_is_kept_for_officers_alone(house, lan):
    code = await house.handed_in()

    blank = await act(lan, code, "exemption", reason="  ", step="grant")
    hidden = await act(lan, code, "exemption", reason="a\u202eb", step="grant")
    granted = await act(lan, code, "exemption", reason=WHY, step="grant")
    opened = await dossiers.opened((await dossiers.by_code(code)).id, house.vault)
    told = await dossiers.timeline(opened.dossier, opened.key)

    assert refused(blank, 422, "content")
    assert refused(hidden, 422, "content")
    assert [one["note"] for one in granted.json()["timeline"]][-1] == WHY
    assert WHY not in str(told)


async def test_the_desk_shows_a_claim_until_it_is_decided(house, lan):
    code = await house.handed_in()
    note = "Người thuộc hộ nghèo: Giấy số 12: năm 2026"
    dossier = await dossiers.by_code(code)
    await dossiers.note_step(
        dossier.id,
        "exemption_claim",
        by="citizen",
        now=house.now,
        seen=dossier.rev,
        note=note,
        vault=house.vault,
    )
    await payments.ask_exemption(dossier.id, by="citizen", now=house.now)

    shown = (await look(lan, code))["exemption_claim"]
    refusal = await act(
        lan, code, "exemption", reason=WHY, step="refuse", until="2026-12-01", told="Giấy đã cũ"
    )

    proof = {"words": "Người thuộc hộ nghèo", "evidence": "Giấy số 12: năm 2026"}
    assert shown == {"group": "ho_ngheo", **proof}
    assert refusal.json()["exemption_claim"] is None
    opened = await dossiers.opened(dossier.id, house.vault)
    told = await dossiers.timeline(opened.dossier, opened.key)
    assert "Giấy đã cũ" in str(told)
    assert WHY not in str(told)


async def test_a_claim_of_what_was_paid_meanwhile_is_refused_and_the_fee_stays_paid(house, lan):
    code = await house.handed_in()
    dossier = await dossiers.by_code(code)
    await dossiers.note_step(
        dossier.id, "exemption_claim", by="citizen", now=house.now, seen=dossier.rev,
        note="Người thuộc hộ nghèo", vault=house.vault,
    )  # fmt: skip
    await payments.ask_exemption(dossier.id, by="citizen", now=house.now)
    await act(lan, code, "collect", kind="cash", amount=8000)

    late = await act(lan, code, "exemption", reason=WHY, step="refuse", until="2026-12-01")
    body = {"seen": (await look(lan, code))["rev"], "reason": WHY, "step": "refuse"}
    body |= {"told": "Giấy đã cũ"}
    address = f"/api/v1/workbench/dossiers/{code}/exemption"
    answers = await asyncio.gather(*(lan.post(address, json=body) for _ in range(8)))
    (refusal,) = [one for one in answers if one.status_code == 200]

    assert [one.status_code for one in answers].count(409) == 7
    assert refused(late, 409, "already-paid")
    shown = refusal.json()
    assert (shown["obligation"]["state"], shown["exemption_claim"]) == ("paid", None)
    opened = await dossiers.opened(dossier.id, house.vault)
    last = (await dossiers.timeline(opened.dossier, opened.key))[-1]
    assert "phí đã trả giữ nguyên" in str(last)
    assert "Giấy đã cũ" in str(last)
    assert WHY not in str(last)


async def test_what_was_paid_and_never_claimed_is_nothing_to_refuse(house, lan):
    code = await house.handed_in()
    await act(lan, code, "collect", kind="cash", amount=8000)

    answer = await act(lan, code, "exemption", reason=WHY, step="refuse")

    assert refused(answer, 409, "nothing-due")


async def test_words_for_the_citizen_go_with_a_refusal_alone(house, lan):
    code = await house.handed_in()

    answer = await act(lan, code, "exemption", reason=WHY, step="grant", told="Giấy đã cũ")

    assert refused(answer, 422, "content")
