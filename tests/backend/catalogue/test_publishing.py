"""What is served from which day, by whose agreement: two persons, midnight, and back again."""

import asyncio
import shutil
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from backend import catalogue, places
from backend.catalogue.actions import publishing
from backend.catalogue.actions.comparing import NotComparable, read_file
from backend.catalogue.model import publication as rules
from backend.people import Officer
from backend.platform import db
from backend.platform.kit.clock import VIETNAM
from tests.backend.catalogue.test_actions import EXTRACT, PROCEDURES

CODE = "2.000635"
EVE = datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)  # 23:59:59 in Vietnam
NEW_YEAR = date(2027, 1, 1)
AN = Officer(UUID(int=1), "an", "An", "author", ("om",))
BINH = Officer(UUID(int=2), "binh", "Bình", "operator", ("om",))


class Time:
    """A clock that a test moves on."""

    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


@pytest.fixture
def folder(tmp_path):
    copy = tmp_path / "procedures"
    shutil.copytree(PROCEDURES, copy)
    return copy


@pytest.fixture
async def time(database, folder):
    """A server that serves the folder; its time is a value."""
    clock = Time(EVE)
    places.load("test")
    catalogue.load(folder, demo=True, clock=clock)
    await catalogue.remember_versions(now=EVE)
    yield clock
    catalogue.load(PROCEDURES, demo=True, clock=clock)


def changed(folder, old="max: 50", new="max: 20"):
    path = folder / EXTRACT
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    reading = read_file(path, shared=folder)
    return reading.code, reading.source


def proposal(code, source, now, *, by=AN, from_day=NEW_YEAR, closes_drafts=False):
    given = {"by": by, "reason": "Quyết định 1", "closes_drafts": closes_drafts, "now": now}
    return catalogue.propose(code, source, from_day=from_day, **given)


async def published(folder, time, **options):
    made = await proposal(*changed(folder), time.now, **options)
    return await catalogue.approve(made.id, by=BINH, now=time.now)


def hand_in(procedure, time):
    catalogue.refuse_out_of_force(procedure, on=time.now.astimezone(VIETNAM).date())


async def verbs():
    return [one["verb"] for one in await db.rows("SELECT verb FROM audit ORDER BY id")]


# -- two persons -----------------------------------------------------------------------------------


async def test_an_approved_text_is_served_from_midnight_without_a_restart(folder, time):
    before = catalogue.get(CODE).version
    made = await published(folder, time)

    assert catalogue.get(CODE).version == before
    time.now += timedelta(seconds=1)  # 00:00:00 on the first of January

    assert catalogue.get(CODE).version == made.version != before
    assert '"max":20' in catalogue.public(CODE)[0].decode()
    assert next(one.code for one in catalogue.listing(q="trich luc")) == CODE
    assert await verbs() == ["procedure.publish_proposed", "procedure.approved"]


async def test_what_is_only_proposed_is_never_served(folder, time):
    before = catalogue.get(CODE).version
    made = await proposal(*changed(folder), time.now)

    await catalogue.hear_of_publications()
    time.now += timedelta(days=2)

    assert catalogue.get(CODE).version == before
    with pytest.raises(catalogue.UnknownProcedure):
        await catalogue.recall(CODE, version=made.version)


async def test_who_proposes_does_not_approve(folder, time):
    made = await proposal(*changed(folder), time.now)

    with pytest.raises(rules.SamePerson):
        await catalogue.approve(made.id, by=AN, now=time.now)
    assert (await catalogue.publication(made.id)).state == "proposed"


async def test_the_database_itself_takes_no_second_person_that_is_the_first(folder, time):
    made = await proposal(*changed(folder), time.now)

    with pytest.raises(Exception, match=r"(?i)check"):
        await publishing.store.approve(made.id, by="an", from_day=NEW_YEAR, now=time.now)


async def test_a_proposal_is_approved_once(folder, time):
    made = await published(folder, time)

    with pytest.raises(rules.NotWaiting):
        await catalogue.approve(made.id, by=BINH, now=time.now)
    with pytest.raises(rules.UnknownPublication):
        await catalogue.approve(made.id + 1, by=BINH, now=time.now)


async def test_a_day_that_is_gone_is_refused_at_proposal_and_at_approval(folder, time):
    code, source = changed(folder)
    made = await proposal(code, source, time.now)

    with pytest.raises(rules.DayGone):
        await proposal(code, source, time.now, from_day=date(2026, 12, 30))
    with pytest.raises(rules.DayGone):
        await catalogue.approve(made.id, by=BINH, now=EVE + timedelta(days=2))


async def test_a_day_is_planned_once(folder, time):
    await published(folder, time)

    with pytest.raises(rules.AlreadyPlanned):
        await proposal(*changed(folder, "max: 20", "max: 10"), time.now)


async def test_of_two_who_propose_the_same_day_at_once_one_is_heard(folder, time):
    code, source = changed(folder)

    done = await asyncio.gather(
        *(proposal(code, source, time.now, by=by) for by in (AN, BINH)), return_exceptions=True
    )

    assert sorted(type(one).__name__ for one in done) == ["AlreadyPlanned", "Publication"]
    assert len(await catalogue.publications(code)) == 1


# -- withdraw and roll back ------------------------------------------------------------------------


async def test_what_is_withdrawn_before_its_day_is_not_served(folder, time):
    before = catalogue.get(CODE).version
    made = await published(folder, time)

    gone = await catalogue.withdraw(made.id, by=AN, reason="Có sai", now=time.now)
    time.now += timedelta(days=1)

    assert (gone.state, gone.withdrawn_by, gone.withdrawn_why) == ("withdrawn", "an", "Có sai")
    assert catalogue.get(CODE).version == before
    with pytest.raises(rules.NotWaiting):
        await catalogue.withdraw(made.id, by=AN, reason="Lần nữa", now=time.now)


async def test_what_is_served_is_not_withdrawn_but_rolled_back_by_two(folder, time):
    before = catalogue.get(CODE).version
    made = await published(folder, time)
    time.now += timedelta(days=1)

    with pytest.raises(rules.InForce):
        await catalogue.withdraw(made.id, by=AN, reason="Có sai", now=time.now)
    back = await catalogue.roll_back(CODE, by=BINH, reason="Có sai", now=time.now)
    assert catalogue.get(CODE).version == made.version
    time.now += timedelta(days=3)
    done = await catalogue.approve(back.id, by=AN, now=time.now)

    assert catalogue.get(CODE).version == before == back.version
    assert done.from_day == date(2027, 1, 4)  # it counts from its approval on


async def test_a_rollback_of_two_publications_goes_back_one(folder, time):
    first = await published(folder, time)
    time.now += timedelta(days=1)
    code, source = changed(folder, "max: 20", "max: 10")
    second = await proposal(code, source, time.now, from_day=date(2027, 1, 2))
    await catalogue.approve(second.id, by=BINH, now=time.now)
    time.now += timedelta(days=1)
    assert catalogue.get(CODE).version == second.version

    back = await catalogue.roll_back(CODE, by=AN, reason="Có sai", now=time.now)

    assert back.version == first.version
    named = await catalogue.publications(CODE)
    assert [one.kind for one in named] == ["publish", "publish", "rollback"]


async def test_a_rollback_to_a_version_named_takes_that_one(folder, time):
    oldest = catalogue.get(CODE).version
    catalogue.load(folder, demo=True, clock=time)
    await published(folder, time)
    catalogue.load(folder, demo=True, clock=time)
    await catalogue.remember_versions(now=time.now)

    back = await catalogue.roll_back(CODE, by=AN, reason="Có sai", version=oldest, now=time.now)

    assert back.version == oldest


async def test_there_is_nothing_before_the_first_version(time):
    with pytest.raises(rules.NothingBefore):
        await catalogue.roll_back(CODE, by=AN, reason="Có sai", now=time.now)
    with pytest.raises(catalogue.UnknownProcedure):
        await catalogue.roll_back("9.999999", by=AN, reason="Có sai", now=time.now)


# -- drafts in flight and other processes ----------------------------------------------------------


async def test_drafts_in_flight_keep_their_version_over_the_switch_and_over_a_restart(folder, time):
    old = catalogue.get(CODE)
    made = await published(folder, time)
    time.now += timedelta(days=1)

    assert (await catalogue.recall(CODE, version=old.version)).version == old.version
    hand_in(old, time)
    catalogue.load(folder.parent / "empty", demo=True, clock=time)  # another process
    again = await catalogue.recall(CODE, version=made.version)
    assert again.definition.steps[-1].fields[0].max == 20


async def test_a_version_of_a_later_day_is_not_taken_before_it(folder, time):
    made = await published(folder, time)

    with pytest.raises(catalogue.UnknownProcedure):
        await catalogue.recall(CODE, version=made.version)


async def test_a_draft_of_a_version_that_the_law_closed_is_told_what_changed(folder, time):
    old = catalogue.get(CODE)
    await published(folder, time, closes_drafts=True)
    hand_in(old, time)  # its last day
    time.now += timedelta(seconds=1)

    with pytest.raises(catalogue.VersionClosed) as refused:
        hand_in(old, time)

    assert refused.value.extra == {"valid_to": "2026-12-31"}
    assert [one.message_vi for one in refused.value.errors] == [
        "Câu hỏi “Số lượng bản sao”, mức lớn nhất: 50 → 20."
    ]
    assert refused.value.errors[0].message_en == ("Question “Number of copies”, largest: 50 → 20.")
    hand_in(catalogue.get(CODE), time)


async def test_a_draft_of_an_edition_whose_last_day_is_gone_is_told_what_changed(folder, time):
    path = folder / EXTRACT
    text = path.read_text(encoding="utf-8")
    new = text.replace("minutes: 3\n", "minutes: 3\nvalid_from: 2027-01-01\n")
    later = path.with_name(f"{path.stem}.2027-01-01.yaml")
    later.write_text(new.replace("max: 50", "max: 20"), encoding="utf-8")
    path.write_text(text.replace("minutes: 3\n", "minutes: 3\nvalid_to: 2026-12-31\n"), "utf-8")
    catalogue.load(folder, demo=True, clock=time)
    old = catalogue.get(CODE)
    hand_in(old, time)  # its last day
    time.now += timedelta(seconds=1)

    with pytest.raises(catalogue.VersionClosed) as refused:
        hand_in(old, time)

    assert refused.value.extra == {"valid_to": "2026-12-31"}
    assert [one.message_vi for one in refused.value.errors][-1] == (
        "Câu hỏi “Số lượng bản sao”, mức lớn nhất: 50 → 20."
    )


async def test_a_law_that_ended_without_a_successor_changes_nothing_else(folder, time):
    path = folder / EXTRACT
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("minutes: 3\n", "minutes: 3\nvalid_to: 2026-12-31\n"), "utf-8")
    catalogue.load(folder, demo=True, clock=time)
    ended = catalogue.get(CODE)
    time.now += timedelta(days=1)

    with pytest.raises(catalogue.VersionClosed) as refused:
        hand_in(ended, time)
    catalogue.load(folder.parent / "none", demo=True, clock=time)
    with pytest.raises(catalogue.VersionClosed) as gone:
        hand_in(ended, time)

    assert (refused.value.errors, gone.value.errors) == ((), ())


async def test_a_rollback_never_goes_on_to_an_edition_that_has_not_begun(folder, time):
    path = folder / EXTRACT
    text = path.read_text(encoding="utf-8")
    later = path.with_name(f"{path.stem}.2027-06-01.yaml")
    later.write_text(text.replace("minutes: 3\n", "minutes: 3\nvalid_from: 2027-06-01\n"), "utf-8")
    catalogue.load(folder, demo=True, clock=time)
    await catalogue.remember_versions(now=time.now)

    with pytest.raises(rules.NothingBefore):
        await catalogue.roll_back(CODE, by=AN, reason="Có sai", now=time.now)


async def test_a_published_text_keeps_the_example_of_the_folder(folder, time):
    await published(folder, time, from_day=date(2026, 12, 31))

    assert catalogue.example(CODE)["version"] == catalogue.get(CODE).version


async def test_a_rollback_opens_the_version_it_goes_back_to(folder, time):
    old = catalogue.get(CODE)
    await published(folder, time, closes_drafts=True)
    time.now += timedelta(days=1)

    back = await catalogue.roll_back(CODE, by=AN, reason="Có sai", now=time.now)
    await catalogue.approve(back.id, by=BINH, now=time.now)

    hand_in(old, time)


async def test_another_process_hears_of_an_approval_within_seconds(folder, time):
    made = await proposal(*changed(folder), time.now, from_day=date(2026, 12, 31))
    await publishing.store.approve(made.id, by="binh", from_day=made.from_day, now=time.now)
    assert catalogue.get(CODE).version != made.version

    watching = asyncio.create_task(catalogue.watch(every=0))
    async with asyncio.timeout(10):
        while catalogue.get(CODE).version != made.version:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


async def test_a_procedure_that_only_a_publication_holds_is_served_too(folder, time):
    code, source = changed(folder)
    (folder / EXTRACT).unlink()
    (folder / EXTRACT.replace(".yaml", ".golden.yaml")).unlink()
    catalogue.load(folder.parent / "none", demo=True, clock=time)
    catalogue.load(folder, demo=True, clock=time)
    made = await proposal(code, source, time.now, from_day=date(2026, 12, 31))

    assert catalogue.changes(made) == []
    await catalogue.approve(made.id, by=BINH, now=time.now)

    assert catalogue.get(CODE).version == made.version
    assert CODE in [one.code for one in catalogue.listing()]


async def test_the_second_person_reads_what_changes(folder, time):
    served = catalogue.get(CODE).version
    made = await proposal(*changed(folder), time.now)
    told = ["Câu hỏi “Số lượng bản sao”, mức lớn nhất: 50 → 20."]

    sides = [await catalogue.side_of_version(CODE, one) for one in (served, made.version)]

    assert [one.words for one in catalogue.changes(made)] == told
    assert [one.words for one in catalogue.compare(*sides)[0].differences] == told
    with pytest.raises(catalogue.UnknownProcedure):
        await catalogue.side_of_version(CODE, "0" * 16)


# -- what may be proposed --------------------------------------------------------------------------


def test_a_file_that_passes_the_linter_and_its_golden_dossiers_may_be_proposed(folder):
    places.load("test")

    code, source = catalogue.checked_source(folder / EXTRACT)

    assert code == CODE
    assert source.text == (folder / EXTRACT).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (EXTRACT, "kind: choice", "kind: chioce"),
        (EXTRACT.replace(".yaml", ".golden.yaml"), "amount: 8000", "amount: 9000"),
        ("_shared/cam-doan.yaml", "words:", "wrods:"),
    ],
)
def test_a_file_with_a_fault_is_not_proposed(folder, file, old, new):
    places.load("test")
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")

    with pytest.raises(NotComparable) as refused:
        catalogue.checked_source(folder / EXTRACT)

    assert refused.value.findings


def test_a_file_that_stands_in_no_folder_of_procedures_is_not_proposed(tmp_path):
    places.load("test")
    alone = tmp_path / "a/b.yaml"
    alone.parent.mkdir()
    alone.write_text("{", encoding="utf-8")

    with pytest.raises(NotComparable):
        catalogue.checked_source(alone)
