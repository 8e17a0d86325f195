"""What can be done with a dossier, against a real database."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from backend import catalogue, dossiers
from backend.dossiers import AlreadyAsked, Item, NotAllowedNow, Stale, State
from backend.platform.db import execute, row, rows
from backend.platform.kit.errors import NotFound, Unprocessable
from tests.backend.citizens import Phone

OFFICER = "officer:lan"
ITEMS = [Item(words="Chụp lại, chữ ký bị mờ", paper="uy_quyen")]


@pytest.fixture
async def dossier(sent):
    return await dossiers.by_code(sent.answer["code"])


async def move(house, dossier, verb, **changes):
    given = {"by": OFFICER, "now": house.now} | changes
    return await dossiers.move(dossier.id, verb, **given)


async def ask(house, dossier, **changes):
    given = {
        "by": OFFICER,
        "items": ITEMS,
        "until": house.now + timedelta(days=5),
        "now": house.now,
        "vault": house.vault,
    }
    return await dossiers.ask_supplement(dossier.id, **(given | changes))


# -- finding ---------------------------------------------------------------------------------------


async def test_a_code_finds_its_dossier_however_it_is_typed(house, dossier):
    typed = f" {dossier.code[:4].lower()}-{dossier.code[4:8]} {dossier.code[8:]}"

    assert (await dossiers.by_code(typed)).id == dossier.id


@pytest.mark.parametrize("code", ["", "2222222222222", "not a code", "2" * 60, "\x00"])
async def test_a_wrong_code_finds_nothing(house, dossier, code):
    with pytest.raises(NotFound):
        await dossiers.by_code(code)


async def test_either_phones_last_digits_are_the_second_factor(house, dossier):
    for digits in ("0417", "0523"):
        found = await dossiers.by_second_factor(dossier.code, digits, house.vault)
        assert found.id == dossier.id

    for digits in ("0418", "", "417", "0417 "):
        with pytest.raises(NotFound):
            await dossiers.by_second_factor(dossier.code, digits, house.vault)


async def test_people_stand_nowhere_in_clear(house, sent):
    found = [
        *await rows("SELECT * FROM dossiers"),
        *await rows("SELECT * FROM dossier_words"),
        *await rows("SELECT * FROM dossier_moves"),
        *await rows("SELECT * FROM audit"),
        *await rows("SELECT * FROM jobs"),
    ]
    stored = repr(found)

    for canary in ("Nguyễn", "Lành", "0900000417", "092199000123", "xin việc", "trang 1.jpg"):
        assert canary not in stored
    assert sent.key not in stored


async def test_a_sealed_part_moved_to_another_dossier_does_not_open(house, dossier):
    other = uuid4()
    await execute(
        "INSERT INTO dossiers (id, procedure, version, unit, channel, example, state, rev,"
        " created_at, changed_at, key_hash, wrapped_key, sealed) SELECT {}, procedure, version,"
        " unit, channel, example, 'draft', 1, created_at, changed_at, key_hash, wrapped_key,"
        " sealed FROM dossiers WHERE id = {}",
        other,
        dossier.id,
    )

    with pytest.raises(Exception, match="wrapped key"):
        await dossiers.opened(other, house.vault)


# -- moves -----------------------------------------------------------------------------------------


async def test_acceptance_promises_the_date_of_the_pinned_procedure(house, dossier):
    procedure = catalogue.get(dossier.procedure, version=dossier.version)

    accepted = await move(house, dossier, "accept", seen=dossier.rev)

    assert accepted.state is State.ACCEPTED
    assert accepted.rev == dossier.rev + 1
    assert accepted.due_at == procedure.due_at(house.now, unit=dossier.unit)
    assert (await dossiers.get(dossier.id)) == accepted


async def test_a_date_promised_elsewhere_is_kept(house, dossier):
    promised = house.now + timedelta(days=3)

    accepted = await move(house, dossier, "accept", by="onestop", due_at=promised)

    assert accepted.due_at == promised


async def test_a_decision_on_an_old_revision_is_stale(house, dossier):
    await move(house, dossier, "accept", seen=dossier.rev)

    with pytest.raises(Stale):
        await move(house, dossier, "finish", seen=dossier.rev)


async def test_only_the_one_stop_begins_processing(house, dossier):
    await move(house, dossier, "accept")

    with pytest.raises(NotAllowedNow):
        await move(house, dossier, "process")
    processing = await move(house, dossier, "process", by="onestop")

    assert processing.state is State.PROCESSING


@pytest.mark.parametrize("verb", ["submit", "answer", "request_supplement", "erase"])
async def test_verbs_with_a_way_of_their_own_are_no_plain_moves(house, dossier, verb):
    with pytest.raises(NotAllowedNow):
        await move(house, dossier, verb, by="citizen")


async def test_a_missing_dossier_cannot_be_moved(house):
    with pytest.raises(NotFound):
        await dossiers.move(uuid4(), "accept", by=OFFICER, now=house.now)


async def test_words_are_sealed_and_the_reason_alone_is_told(house, dossier):
    await move(
        house, dossier, "decline", reason="Không thuộc thẩm quyền", note="gọi Bé Tư",
        vault=house.vault,
    )  # fmt: skip

    opened = await dossiers.opened(dossier.id, house.vault)
    told = await dossiers.timeline(opened.dossier, opened.key)
    public = await dossiers.timeline(opened.dossier)
    stored = repr(await rows("SELECT * FROM dossier_moves"))

    assert told[-1].what == "Phường không nhận hồ sơ. Lý do: Không thuộc thẩm quyền"
    assert public[-1].what == "Phường không nhận hồ sơ"
    assert "thẩm quyền" not in stored
    assert "Bé Tư" not in stored


async def test_words_without_the_vault_are_a_mistake_of_ours(house, dossier):
    with pytest.raises(ValueError, match="vault"):
        await move(house, dossier, "decline", reason="x")


async def test_of_sixteen_acceptances_at_once_one_counts(house, dossier):
    tries = [move(house, dossier, "accept", seen=dossier.rev) for _ in range(16)]

    outcomes = await asyncio.gather(*tries, return_exceptions=True)

    assert sum(isinstance(one, dossiers.Dossier) for one in outcomes) == 1
    assert sum(isinstance(one, Stale) for one in outcomes) == 15
    steps = await rows("SELECT verb FROM dossier_moves WHERE dossier = {}", dossier.id)
    assert [one["verb"] for one in steps] == ["submit", "accept"]


async def test_of_sixteen_unseen_acceptances_at_once_one_counts(house, dossier):
    tries = [move(house, dossier, "accept", by="onestop") for _ in range(16)]

    outcomes = await asyncio.gather(*tries, return_exceptions=True)

    assert sum(isinstance(one, dossiers.Dossier) for one in outcomes) == 1
    assert sum(isinstance(one, NotAllowedNow) for one in outcomes) == 15


async def test_every_move_stands_in_the_journal(house, dossier):
    await move(house, dossier, "accept")
    await move(house, dossier, "finish")
    await move(house, dossier, "return")

    found = await rows(
        "SELECT actor, verb FROM audit WHERE dossier = {} AND verb LIKE {} ORDER BY id",
        dossier.id, "dossier.%",
    )  # fmt: skip
    assert [(one["actor"], one["verb"]) for one in found] == [
        ("citizen", "dossier.submit"),
        (OFFICER, "dossier.accept"),
        (OFFICER, "dossier.finish"),
        (OFFICER, "dossier.return"),
    ]


async def test_the_one_stops_number_is_noted_once_and_changes_no_revision(house, dossier):
    for _ in range(2):
        await dossiers.mark_received(dossier.id, receipt_number="H13-1", now=house.now)

    found = await dossiers.get(dossier.id)
    noted = await row("SELECT count(*) AS n FROM audit WHERE verb = 'dossier.received'")
    assert (found.receipt_number, found.rev) == ("H13-1", dossier.rev)
    assert noted["n"] == 1


# -- supplements -----------------------------------------------------------------------------------


async def test_a_supplement_is_asked_once(house, dossier):
    asked = await ask(house, dossier, seen=dossier.rev, reason="Thiếu chữ ký")

    assert asked.state is State.SUPPLEMENT_REQUESTED
    with pytest.raises(AlreadyAsked):
        await ask(house, dossier)


async def test_of_sixteen_supplement_requests_at_once_one_counts(house, dossier):
    tries = [ask(house, dossier, seen=dossier.rev) for _ in range(16)]

    outcomes = await asyncio.gather(*tries, return_exceptions=True)

    assert sum(isinstance(one, dossiers.Dossier) for one in outcomes) == 1
    assert {type(one) for one in outcomes} <= {dossiers.Dossier, AlreadyAsked, Stale}


async def test_a_supplement_for_something_unknown_is_refused(house, dossier):
    with pytest.raises(Unprocessable) as refused:
        await ask(house, dossier, items=[Item(words="x", paper="khong_co")])

    assert refused.value.errors[0].pointer == "/items/0"


async def test_a_supplement_not_answered_in_time_ends_the_dossier(house, dossier):
    await ask(house, dossier)
    house.pass_time(days=4)
    assert await dossiers.expire_supplements(now=house.now) == 0
    house.pass_time(days=2)

    assert await dossiers.expire_supplements(now=house.now) == 1

    expired = await dossiers.get(dossier.id)
    assert expired.state is State.EXPIRED
    assert await dossiers.expire_supplements(now=house.now) == 0


async def test_a_photo_found_unreadable_changes_no_state_and_holds_back(house, sent, dossier):
    digest = next(iter(sent.manifest["papers"][0]["files"]))["sha256"]

    for _ in range(2):
        await dossiers.note_unreadable(dossier.id, digest, vault=house.vault, now=house.now)

    held = await dossiers.opened(dossier.id, house.vault)
    asked = await dossiers.supplements(held)
    assert held.dossier.state is State.SUBMITTED
    assert held.dossier.held
    assert [(one.by, one.until, len(one.items)) for one in asked] == [("system", None, 1)]


async def test_acceptance_lets_a_held_dossier_go(house, sent, dossier):
    digest = sent.manifest["papers"][0]["files"][0]["sha256"]
    await dossiers.note_unreadable(dossier.id, digest, vault=house.vault, now=house.now)

    accepted = await move(house, dossier, "accept")

    opened = await dossiers.opened(dossier.id, house.vault)
    assert not accepted.held
    assert not any(one.open for one in await dossiers.supplements(opened))


async def test_what_the_system_asked_joins_the_officers_request(house, sent, dossier):
    digest = sent.manifest["papers"][0]["files"][0]["sha256"]
    await dossiers.note_unreadable(dossier.id, digest, vault=house.vault, now=house.now)

    asked = await ask(house, dossier, items=[Item(words="Ghi rõ", field="muc_dich")])

    opened = await dossiers.opened(asked.id, house.vault)
    waiting = [one for one in await dossiers.supplements(opened) if one.open]
    assert [one.by for one in waiting] == ["officer"]
    assert [item.paper or item.field for item in waiting[0].items] == ["muc_dich", "uy_quyen"]


async def test_a_file_the_dossier_does_not_name_asks_for_nothing(house, dossier):
    await dossiers.note_unreadable(dossier.id, "f" * 64, vault=house.vault, now=house.now)

    assert not (await dossiers.get(dossier.id)).held


async def test_a_withdrawn_dossier_is_asked_for_nothing_more(house, sent, dossier):
    await ask(house, dossier)
    await move(house, dossier, "withdraw", by="citizen")
    digest = sent.manifest["papers"][0]["files"][0]["sha256"]

    await dossiers.note_unreadable(dossier.id, digest, vault=house.vault, now=house.now)

    opened = await dossiers.opened(dossier.id, house.vault)
    assert opened.dossier.state is State.WITHDRAWN
    assert not any(one.open for one in await dossiers.supplements(opened))


# -- inbox -----------------------------------------------------------------------------------------


async def page(house, units=("om-long-hung",), **changes):
    found = await dossiers.inbox(list(units), vault=house.vault, **changes)
    return [one.dossier.code for one in found.items], found.next


async def test_the_queue_holds_the_own_units_open_work_with_masked_names(house, dossier):
    mine = await dossiers.inbox(["om-long-hung"], vault=house.vault)

    assert [one.owner_masked for one in mine.items] == ["Nguyễn T. B. T."]
    assert await page(house, ("om-thoi-an",)) == ([], None)
    assert await page(house, ()) == ([], None)


@pytest.mark.parametrize("q", ["nguyen", "NGUYỄN tư", "lành tran", "Bé Tư"])
async def test_words_of_either_name_find_a_dossier_with_or_without_marks(house, dossier, q):
    assert await page(house, q=q) == ([dossier.code], None)


@pytest.mark.parametrize("q", ["nguyen hoa", "ngu", "%", "' OR 1=1 --", "0900000417"])
async def test_other_words_find_nothing(house, dossier, q):
    assert await page(house, q=q) == ([], None)


async def test_a_search_sees_ended_dossiers_and_the_plain_queue_does_not(house, dossier):
    await move(house, dossier, "decline")

    assert await page(house) == ([], None)
    assert await page(house, q=dossier.code.lower()) == ([dossier.code], None)
    assert await page(house, state=State.DECLINED) == ([dossier.code], None)
    assert await page(house, ("om-thoi-an",), q=dossier.code) == ([], None)


async def test_pages_follow_each_other_by_deadline_then_code(house, dossier, web):
    codes = {dossier.code}
    for seed in range(2, 7):
        house.pass_time(hours=seed)
        codes.add((await Phone(web, seed=seed).hand_in())["code"])
    seen, after = [], None
    while True:
        found, after = await page(house, limit=2, after=after)
        seen += found
        if after is None:
            break

    places = [(one.queue_at, one.code) for one in [await dossiers.by_code(code) for code in seen]]
    assert set(seen) == codes
    assert len(seen) == 6
    assert places == sorted(places)


# -- retention -------------------------------------------------------------------------------------


async def test_a_draft_nobody_touches_is_deleted_with_its_files(house, phone):
    await phone.prepare()
    house.pass_time(days=29)
    assert await dossiers.delete_old_drafts(files=house.files, now=house.now) == 0
    house.pass_time(days=2)

    assert await dossiers.delete_old_drafts(files=house.files, now=house.now) == 1

    with pytest.raises(NotFound):
        await dossiers.get(UUID(phone.id))
    assert (await row("SELECT count(*) AS n FROM attachments"))["n"] == 0
    assert not [one for one in (house.settings.data / "files").rglob("*") if one.is_file()]


async def test_a_submitted_dossier_is_no_old_draft(house, dossier):
    house.pass_time(days=400)

    assert await dossiers.delete_old_drafts(files=house.files, now=house.now) == 0
