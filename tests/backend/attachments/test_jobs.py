"""Each file that has come is opened right afterwards, and its view copy when it is first seen."""

import asyncio
import hashlib
import io
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from PIL import Image

from backend import attachments
from backend.attachments import Checker, FileChecked, FileUnreadable, FileWanted, jobs
from backend.platform import outbox
from backend.platform.db import after_commit
from backend.platform.files import LocalFiles
from backend.platform.kit.errors import NotFound
from backend.platform.outbox import Reaction
from backend.platform.vault import DossierKey
from backend.platform.workshop import Interrupted, Workshop
from tests import papers

DOSSIER = UUID(int=7)
KEY = DossierKey(DOSSIER, b"k" * 32)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def sha(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
async def workshop():
    workshop = Workshop()
    yield workshop
    await workshop.close()


@pytest.fixture
def files(database, tmp_path):
    return LocalFiles(tmp_path / "files")


async def key_of(_dossier):
    return KEY


@pytest.fixture
def checker(files, workshop):
    return Checker(files=files, workshop=workshop, clock=lambda: NOW, key_of=key_of)


@pytest.fixture
def told():
    events = []

    async def hear(event):
        events.append(event)

    outbox.connect({FileChecked: Reaction(together=(hear,))})
    return events


CUT = papers.jpeg()[:-300]


async def send(content, files, now=NOW):
    async def body():
        yield content

    wanted = FileWanted(sha256=sha(content), size=len(content), media_type="image/jpeg", name="x")
    return await attachments.receive(
        DOSSIER, wanted, body(), start=None, complete=True, key=KEY, files=files, now=now
    )


async def state_of(content):
    return (await attachments.states(DOSSIER))[sha(content)]


@pytest.mark.parametrize(
    ("content", "check", "pages"),
    [
        (papers.jpeg(), "ok", 1),
        (papers.HEIC, "ok", 1),
        (papers.pdf(3), "ok", 3),
        (papers.jpeg() + papers.zipped(), "ok", 1),
        (papers.jpeg()[:-300], "unreadable", None),
        (papers.png_bomb(), "unreadable", None),
        (papers.pdf(31), "unreadable", None),
        (papers.pdf(trailer=papers.LOCK), "unreadable", None),
        (papers.HEIC[:200], "unreadable", None),
    ],
)
async def test_a_file_is_checked_right_after_it_came(files, checker, told, content, check, pages):
    await send(content, files)

    await checker.drain()

    state = await state_of(content)
    assert (state.check, state.pages) == (check, pages)
    bad = FileChecked(dossier=DOSSIER, at=NOW, sha256=sha(content), check="unreadable")
    assert told == ([bad] if check == "unreadable" else [])


async def test_what_is_too_much_to_wait_in_memory_is_read_from_the_disk(
    files, checker, told, tmp_path, monkeypatch
):
    monkeypatch.setattr(jobs, "_BYTES_AT_HAND", len(CUT))
    await send(CUT, files)
    await send(papers.jpeg(), files)
    [path] = (tmp_path / "files").glob(f"*/*/{sha(papers.jpeg())}")
    path.unlink()

    await checker.drain()

    assert (await state_of(papers.jpeg())).check == "unreadable"


async def test_a_file_is_checked_once(files, checker, told):
    await send(CUT, files)
    checker.check(DOSSIER, sha(CUT), KEY)

    await checker.drain()

    assert len(told) == 1


class Interrupting(Workshop):
    """A workshop whose child is always killed from outside."""

    async def run(self, *_, **__):
        raise Interrupted("check_photo")


async def test_a_photo_whose_check_is_interrupted_waits_and_is_not_called_unreadable(files, told):
    checker = Checker(files=files, workshop=Interrupting(), clock=lambda: NOW, key_of=key_of)
    await send(papers.jpeg(), files)
    checks = []

    for _ in range(5):
        await checker.drain()
        checks.append((await state_of(papers.jpeg())).check)
        checker.check(DOSSIER, sha(papers.jpeg()), KEY)

    assert checks == ["pending"] * 4 + ["unreadable"]


async def test_what_a_crash_left_unchecked_is_found_at_the_next_start(files, workshop):
    attachments.on_arrival(lambda *_: None)
    await send(CUT, files)
    after_restart = Checker(files=files, workshop=workshop, clock=lambda: NOW, key_of=key_of)

    heard = asyncio.Event()

    async def hear(_event):
        after_commit(heard.set)

    outbox.connect({FileChecked: Reaction(together=(hear,))})

    running = asyncio.create_task(after_restart.run())
    async with asyncio.timeout(20):
        await heard.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert (await state_of(CUT)).check == "unreadable"


async def test_a_file_whose_dossier_has_no_key_holds_nobody_up(files, workshop, told):
    async def no_key(dossier):
        raise NotFound(str(dossier))

    checker = Checker(files=files, workshop=workshop, clock=lambda: NOW, key_of=no_key)
    attachments.on_arrival(lambda *_: None)
    await send(papers.jpeg(), files)

    await checker.sweep()
    await checker.drain()

    assert (await state_of(papers.jpeg())).check == "pending"


async def test_a_database_that_is_away_for_a_sweep_ends_no_checking(files, workshop, database):
    checker = Checker(files=files, workshop=workshop, clock=lambda: NOW, key_of=key_of)
    await database.close()

    await checker.sweep()


async def test_a_file_that_vanished_before_its_check_is_unreadable(files, checker, told, tmp_path):
    attachments.on_arrival(lambda *_: None)
    await send(papers.jpeg(), files)
    [path] = (tmp_path / "files").glob("*/*/*")
    path.unlink()

    await checker.sweep(settled=timedelta(0))
    await checker.drain()

    assert (await state_of(papers.jpeg())).check == "unreadable"


async def test_what_came_again_while_it_was_checked_is_not_called_lost(files, workshop):
    later = NOW + timedelta(seconds=1)

    class Meanwhile:
        async def read(self, _file, *, key):
            await attachments.forget(DOSSIER, files=files, now=later)
            await send(papers.jpeg(), files, now=later)
            raise FileNotFoundError
            yield key

    checker = Checker(files=Meanwhile(), workshop=workshop, clock=lambda: NOW, key_of=key_of)
    attachments.on_arrival(lambda *_: None)
    await send(papers.jpeg(), files)

    await checker.sweep(settled=timedelta(0))
    await checker.drain()

    assert (await state_of(papers.jpeg())).check == "pending"


async def test_a_view_copy_is_made_once_and_kept_sealed(files, checker, told, workshop, tmp_path):
    photo = papers.jpeg(3000, 2000, orientation=6)
    await send(photo, files)
    await checker.drain()

    first = await attachments.view(DOSSIER, sha(photo), key=KEY, files=files, workshop=workshop)
    await workshop.close()
    again = await attachments.view(DOSSIER, sha(photo), key=KEY, files=files, workshop=workshop)

    assert Image.open(io.BytesIO(first)).size == (1067, 1600)
    assert again == first
    assert workshop.child_id is None
    [kept] = (tmp_path / "files").glob("*/*/*.view.1")
    assert first[:20] not in kept.read_bytes()


async def test_each_page_of_a_pdf_has_its_view_copy(files, checker, told, workshop):
    paper = papers.pdf(2)
    await send(paper, files)
    await checker.drain()

    for page in (1, 2):
        copy = await attachments.view(
            DOSSIER, sha(paper), page=page, key=KEY, files=files, workshop=workshop
        )
        assert Image.open(io.BytesIO(copy)).format == "JPEG"
    for page in (0, 3):
        with pytest.raises(NotFound):
            await attachments.view(
                DOSSIER, sha(paper), page=page, key=KEY, files=files, workshop=workshop
            )


async def test_an_unreadable_file_has_no_view(files, checker, told, workshop):
    paper = papers.jpeg()[:-300]
    await send(paper, files)
    with pytest.raises(FileUnreadable):
        await attachments.view(DOSSIER, sha(paper), key=KEY, files=files, workshop=workshop)

    await checker.drain()

    with pytest.raises(FileUnreadable):
        await attachments.view(DOSSIER, sha(paper), key=KEY, files=files, workshop=workshop)
