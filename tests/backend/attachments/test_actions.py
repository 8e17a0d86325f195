"""Files come whole or in pieces, are proven, kept, shown, and never half."""

import asyncio
import hashlib
import io
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pypdfium2
import pytest
from msgspec import structs
from PIL import Image

from backend import attachments
from backend.attachments import LIMITS, FileWanted, HashMismatch, OffsetConflict, store
from backend.attachments.actions import viewing
from backend.platform import outbox
from backend.platform.db import open_database
from backend.platform.files import START, FileName, LocalFiles
from backend.platform.kit.errors import Full, NotFound, TooLarge, WrongType
from backend.platform.vault import DossierKey
from backend.platform.workshop import Unreadable, Workshop
from tests import papers

DOSSIER = UUID(int=7)
KEY = DossierKey(DOSSIER, b"k" * 32)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[3]
PHOTO = papers.jpeg(1200, 900)


def sha(content):
    return hashlib.sha256(content).hexdigest()


def wanted(content, **other):
    named = {"size": len(content), "media_type": "image/jpeg", "name": "giấy.jpg", **other}
    return FileWanted(sha256=sha(content), **named)


async def body(content, step=16 * 1024):
    for start in range(0, len(content), step):
        yield content[start : start + step]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def sender(database, folder):
    attachments.on_arrival(lambda *_: None)
    return Sender(LocalFiles(folder))


class Sender:
    """A phone that sends files of one dossier."""

    def __init__(self, files):
        self.files = files

    async def put(self, content, **other):
        return await self._send(content, content, start=None, complete=True, **other)

    async def patch(self, content, piece, *, start, complete=False, **other):
        return await self._send(content, piece, start=start, complete=complete, **other)

    async def read(self, content):
        chunks = attachments.read(DOSSIER, sha(content), key=KEY, files=self.files)
        return b"".join([chunk async for chunk in chunks])

    async def _send(self, content, sent, *, start, complete, now=NOW, **other):
        return await attachments.receive(
            DOSSIER,
            wanted(content, **other),
            body(sent),
            start=start,
            complete=complete,
            key=KEY,
            files=self.files,
            now=now,
        )


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PHOTO, "jpeg"), (papers.png(), "png"), (papers.HEIC, "heic"), (papers.pdf(), "pdf")],
)
async def test_a_file_sent_whole_is_kept_as_it_came(sender, content, kind):
    state = await sender.put(content)

    assert (state.whole, state.offset, state.check) == (True, len(content), "pending")
    assert (state.kind, state.sha256) == (kind, sha(content))
    assert await sender.read(content) == content
    assert await attachments.states(DOSSIER) == {sha(content): state}


async def test_a_file_sent_again_stays_and_answers_the_same(sender):
    first = await sender.put(PHOTO)

    assert await sender.put(PHOTO) == first
    assert await sender.patch(PHOTO, b"", start=len(PHOTO), complete=True) == first


async def test_other_bytes_for_a_kept_file_are_refused_and_it_stays(sender):
    await sender.put(PHOTO)

    with pytest.raises(HashMismatch):
        await attachments.receive(
            DOSSIER, wanted(PHOTO), body(PHOTO[:-1] + b"x"),
            start=None, complete=True, key=KEY, files=sender.files, now=NOW,
        )  # fmt: skip

    assert await sender.read(PHOTO) == PHOTO


async def test_a_file_sent_in_pieces_is_kept_as_it_came(sender):
    third = len(PHOTO) // 3
    await sender.patch(PHOTO, PHOTO[:third], start=0)
    assert await attachments.offset(DOSSIER, sha(PHOTO)) == third
    await sender.patch(PHOTO, PHOTO[third : 2 * third], start=third)

    state = await sender.patch(PHOTO, PHOTO[2 * third :], start=2 * third, complete=True)

    assert state.whole
    assert await sender.read(PHOTO) == PHOTO
    assert [path.name for path in sorted((sender.files._folder).glob("*/*/*"))] == [sha(PHOTO)]


async def test_a_file_begun_in_pieces_may_be_sent_whole(sender):
    await sender.patch(PHOTO, PHOTO[:100], start=0)

    assert (await sender.put(PHOTO)).whole
    assert await sender.read(PHOTO) == PHOTO


@pytest.mark.parametrize("start", [1, 99, 101, 10**12])
async def test_a_piece_at_a_wrong_offset_is_told_the_true_one(sender, start):
    await sender.patch(PHOTO, PHOTO[:100], start=0)

    with pytest.raises(OffsetConflict) as conflict:
        await sender.patch(PHOTO, b"x" * 10, start=start)

    assert conflict.value.headers["Upload-Offset"] == "100"


async def test_of_two_pieces_at_once_for_one_offset_one_counts(sender):
    await sender.patch(PHOTO, PHOTO[:100], start=0)

    answers = await asyncio.gather(
        *(sender.patch(PHOTO, PHOTO[100:end], start=100) for end in range(200, 1000, 50)),
        return_exceptions=True,
    )

    [winner] = [answer for answer in answers if not isinstance(answer, Exception)]
    losers = [answer for answer in answers if isinstance(answer, OffsetConflict)]
    assert {conflict.offset for conflict in losers} == {winner.offset}
    rest = PHOTO[winner.offset :]
    assert (await sender.patch(PHOTO, rest, start=winner.offset, complete=True)).whole


async def test_the_same_file_sent_16_times_at_once_is_one_file(sender):
    states = await asyncio.gather(*(sender.put(PHOTO) for _ in range(16)))

    assert all(state.whole for state in states)
    assert await sender.read(PHOTO) == PHOTO


@pytest.mark.parametrize("way", ["put", "patch"])
async def test_bytes_of_another_hash_are_refused_and_the_offset_returns_to_0(sender, way):
    wrong = PHOTO[:-1] + bytes([PHOTO[-1] ^ 1])
    await sender.patch(PHOTO, PHOTO[:100], start=0)

    delivery = (
        sender._send(PHOTO, wrong, start=None, complete=True)
        if way == "put"
        else sender.patch(PHOTO, wrong[100:], start=100, complete=True)
    )
    with pytest.raises(HashMismatch):
        await delivery

    assert await attachments.offset(DOSSIER, sha(PHOTO)) == 0
    assert (await sender.put(PHOTO)).whole


@pytest.mark.parametrize(
    ("sent", "complete"), [(PHOTO + b"x", True), (PHOTO + b"x", False), (PHOTO[:-1], True)]
)
async def test_bytes_of_another_size_are_refused(sender, sent, complete):
    with pytest.raises(HashMismatch):
        await sender.patch(PHOTO, sent, start=0, complete=complete)
    with pytest.raises(HashMismatch):
        await sender._send(PHOTO, sent, start=None, complete=True)

    assert await attachments.offset(DOSSIER, sha(PHOTO)) == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xd8\xff", papers.SVG, papers.zipped(), b"GIF89a" + bytes(99), b"MZ" + bytes(99),
     b"\x00\x00\x00\x1cftypavif" + bytes(99), b" " + papers.pdf()],
)  # fmt: skip
@pytest.mark.parametrize("way", ["put", "patch"])
async def test_what_is_no_paper_by_its_content_is_415_at_the_first_piece(sender, content, way):
    delivery = (
        sender.put(content)
        if way == "put"
        else sender.patch(content, content[:64], start=0, complete=len(content) <= 64)
    )
    with pytest.raises(WrongType):
        await delivery

    assert await attachments.offset(DOSSIER, sha(content)) == 0


async def test_a_file_over_the_limit_is_413(sender):
    with pytest.raises(TooLarge):
        await sender.put(PHOTO, size=LIMITS.file_bytes + 1)


async def test_a_piece_over_the_limit_is_413(sender):
    content = PHOTO + bytes(2 * LIMITS.piece_bytes)

    with pytest.raises(TooLarge):
        await sender.patch(content, content, start=0)

    assert await attachments.offset(DOSSIER, sha(content)) == 0


async def test_an_empty_piece_changes_nothing(sender):
    state = await sender.patch(PHOTO, b"", start=0)

    assert (state.offset, state.whole) == (0, False)
    assert await attachments.states(DOSSIER) == {}


async def test_the_last_piece_may_be_empty(sender):
    small = papers.jpeg(60, 40)
    await sender.patch(small, small, start=0)

    assert (await sender.patch(small, b"", start=len(small), complete=True)).whole


async def test_a_part_damaged_from_outside_is_sent_again_from_where_it_is_good(sender, folder):
    content = PHOTO + bytes(200_000)
    await sender.patch(content, content[:150_000], start=0)
    [part] = folder.glob("*/*/*.part")
    os.truncate(part, 140_000)

    with pytest.raises(OffsetConflict) as conflict:
        await sender.patch(content, content[150_000:], start=150_000, complete=True)

    good = conflict.value.offset
    assert good == 2 * 64 * 1024
    assert (await sender.patch(content, content[good:], start=good, complete=True)).whole
    assert await sender.read(content) == content


async def test_a_file_that_is_not_whole_is_not_found(sender):
    await sender.patch(PHOTO, PHOTO[:100], start=0)

    with pytest.raises(NotFound):
        await sender.read(PHOTO)
    with pytest.raises(NotFound):
        await attachments.view(
            DOSSIER, sha(PHOTO), key=KEY, files=sender.files, workshop=Workshop()
        )


async def test_an_arrived_file_is_announced_once(sender):
    heard = []
    attachments.on_arrival(lambda *arrival: heard.append(arrival))

    await sender.put(PHOTO)
    await sender.put(PHOTO)

    assert heard == [(DOSSIER, sha(PHOTO), KEY, PHOTO)]


async def test_a_large_file_is_announced_without_its_content(sender):
    heard = []
    attachments.on_arrival(lambda *arrival: heard.append(arrival))
    content = PHOTO + bytes(2 * 1024 * 1024)

    await sender.put(content)

    assert heard == [(DOSSIER, sha(content), KEY, None)]


async def test_stored_bytes_exceed_a_photos_bytes_by_less_than_one_percent(sender):
    content = PHOTO + os.urandom(300_000)
    await sender.put(content)

    kept = await store.find(DOSSIER, sha(content))

    assert kept.mark.sealed / len(content) <= 1.01


class Viewer:
    """An officer who looks at the files of the dossier."""

    def __init__(self, files, workshop):
        self.things = {"key": KEY, "files": files, "workshop": workshop}

    async def view(self, content, **how):
        return await attachments.view(DOSSIER, sha(content), **how, **self.things)

    async def joined(self, *contents, **how):
        shas = [sha(one) for one in contents]
        return await attachments.joined(DOSSIER, shas, **how, **self.things)


@pytest.fixture
async def viewer(sender):
    workshop = Workshop()
    yield Viewer(sender.files, workshop)
    await workshop.close()


async def test_a_stamped_view_is_a_copy_of_its_own_and_keeps_its_first_words(sender, viewer):
    await sender.put(PHOTO)

    plain = await viewer.view(PHOTO)
    first = await viewer.view(PHOTO, stamp="ngày 27/11/2026")
    again = await viewer.view(PHOTO, stamp="ngày 28/11/2026")

    assert plain != first == again
    assert plain == await viewer.view(PHOTO)


async def test_the_pages_of_a_paper_are_joined_in_their_order_and_kept_for_a_day(
    sender, viewer, folder
):
    pdf, photo = papers.pdf(2), papers.jpeg(640, 480)
    await sender.put(PHOTO)
    await sender.put(pdf)
    await sender.put(photo)
    await store.settle(DOSSIER, sha(pdf), check="ok", reason=None, pages=2, whole_by=NOW, now=NOW)

    made = await viewer.joined(PHOTO, pdf, photo)

    sizes = [page.get_size() for page in pypdfium2.PdfDocument(made)]
    assert [width > height for width, height in sizes] == [True, False, False, True]
    assert await viewer.joined(PHOTO, pdf, photo) == made
    assert await viewer.joined(photo, PHOTO, pdf) != made
    kept = {path.name for path in folder.glob("*/*/*.joined")}
    assert len(kept) == 2
    await attachments.sweep(files=sender.files, now=datetime.now(UTC) + timedelta(hours=25))
    assert not list(folder.glob("*/*/*.joined"))


async def test_a_paper_that_lacks_a_file_or_cannot_be_read_is_not_joined(sender, viewer):
    torn = PHOTO[:5000]
    await sender.put(PHOTO)
    await sender.put(torn)
    await sender.patch(papers.png(), papers.png()[:100], start=0)

    with pytest.raises(NotFound):
        await viewer.joined()
    with pytest.raises(NotFound):
        await viewer.joined(PHOTO, papers.png())
    with pytest.raises(attachments.FileUnreadable):
        await viewer.joined(PHOTO, torn)


async def test_a_paper_of_too_many_pages_is_not_joined(sender, viewer):
    pdfs = [papers.pdf(30, side=200 + number) for number in range(2)]
    for pdf in pdfs:
        await sender.put(pdf)
        await store.settle(
            DOSSIER, sha(pdf), check="ok", reason=None, pages=30, whole_by=NOW, now=NOW
        )

    with pytest.raises(attachments.NotJoined):
        await viewer.joined(*pdfs)


async def test_a_paper_of_too_many_bytes_is_not_joined(sender, viewer):
    photos = [PHOTO + bytes(LIMITS.file_bytes - len(PHOTO) - number) for number in range(4)]
    for photo in photos:
        await sender.put(photo)

    with pytest.raises(attachments.NotJoined):
        await viewer.joined(*photos)


async def test_view_copies_of_too_many_bytes_are_not_joined(sender, viewer, monkeypatch):
    await sender.put(PHOTO)
    size = len(await viewer.view(PHOTO))
    monkeypatch.setattr(viewing, "MOST_JOINED_BYTES", len(PHOTO) + size)
    large = b"x" * (len(PHOTO) + size + 1)
    monkeypatch.setattr(viewing, "view", lambda *_pages, **_how: asyncio.sleep(0, large))

    with pytest.raises(attachments.NotJoined):
        await viewer.joined(PHOTO)


async def test_a_paper_that_ends_the_child_is_not_joined(sender, viewer, monkeypatch):
    run = Workshop.run

    async def crash(self, task, *given, **how):
        if task == "join_pages":
            raise Unreadable("crash")
        return await run(self, task, *given, **how)

    await sender.put(PHOTO)
    monkeypatch.setattr(Workshop, "run", crash)

    with pytest.raises(attachments.NotJoined):
        await viewer.joined(PHOTO)


async def test_the_largest_paper_that_is_joined_does_not_end_the_child(viewer):
    wide, high = 1600, 1400
    noise = Image.frombytes("RGB", (wide, high), os.urandom(wide * high * 3))
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=80)
    picture = out.getvalue()
    few = min(viewing.MOST_JOINED, viewing.MOST_JOINED_BYTES // len(picture))

    made = await viewing._join([picture] * few, viewer.things["workshop"])

    assert few * len(picture) > viewing.MOST_JOINED_BYTES * 0.9
    assert len(pypdfium2.PdfDocument(made)) == few


async def test_a_copy_that_the_sweep_takes_meanwhile_is_made_anew(
    sender, viewer, folder, monkeypatch
):
    await sender.put(PHOTO)
    view, pdf = await viewer.view(PHOTO), await viewer.joined(PHOTO)
    size = sender.files.size
    for path in [*folder.glob("*/*/*.view.1"), *folder.glob("*/*/*.joined")]:
        path.unlink()

    async def just_before(file):
        return 1 if "." in file.name else await size(file)

    monkeypatch.setattr(sender.files, "size", just_before)

    assert await viewer.view(PHOTO) == view
    assert len(await viewer.joined(PHOTO)) == len(pdf)


async def test_a_forgotten_dossier_leaves_no_copy_of_any_kind(sender, viewer, folder):
    await sender.put(PHOTO)
    await viewer.view(PHOTO)
    await viewer.view(PHOTO, stamp="ngày 27/11/2026")

    later = datetime.now(UTC) + timedelta(minutes=1)
    await attachments.forget(DOSSIER, files=sender.files, now=later)

    assert not list(folder.glob("*/*/*"))


async def test_the_sweeper_removes_what_nobody_went_on_with(sender, folder):
    await sender.patch(PHOTO, PHOTO[:100], start=0, now=datetime.now(UTC))
    other = papers.png()
    await sender.put(other)
    orphan = FileName(UUID(int=8), "a" * 64)
    await sender.files.append(orphan, [b"x"], after=START, key=KEY)
    await sender.files.write(orphan, body(b"orphan"), key=KEY, digest=sha(b"orphan"))
    later = datetime.now(UTC) + timedelta(hours=25)

    kept_today = await attachments.sweep(files=sender.files, now=datetime.now(UTC))
    swept = await attachments.sweep(files=sender.files, now=later)

    assert swept >= 3 >= kept_today
    assert [path.name for path in folder.glob("*/*/*")] == [sha(other)]
    assert await sender.read(other) == other


RECEIVER = """
import asyncio, hashlib, sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from backend import attachments
from backend.attachments import FileWanted
from backend.platform import outbox
from backend.platform.db import open_database
from backend.platform.files import LocalFiles
from backend.platform.vault import DossierKey
from tests import papers

async def body(content):
    yield content

async def main(url, folder):
    database = await open_database(url)
    files = LocalFiles(Path(folder))
    content = papers.jpeg(1200, 900) + bytes(3_000_000)
    wanted = FileWanted(
        sha256=hashlib.sha256(content).hexdigest(), size=len(content), media_type="x", name="x"
    )
    for start in range(0, len(content), 50_000):
        state = await attachments.receive(
            UUID(int=7), wanted, body(content[start : start + 50_000]), start=start,
            complete=False, key=DossierKey(UUID(int=7), b"k" * 32), files=files,
            now=datetime.now(UTC),
        )
        print(state.offset, flush=True)

asyncio.run(main(*sys.argv[1:]))
"""


def killed_after(answers, database_url, folder):
    """Run a receiver, kill it after some answers, and give the last offset that it told."""
    with subprocess.Popen(
        [sys.executable, "-c", RECEIVER, database_url, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as receiver:
        lines = [receiver.stdout.readline() for _ in range(answers)]
        receiver.send_signal(signal.SIGKILL)
        lines += receiver.stdout.readlines()
    return int([line for line in lines if line.endswith("\n")][-1])


@pytest.mark.parametrize("after", [1, 4, 9])
async def test_an_upload_resumes_after_kill_9_in_the_middle(database_url, folder, after):
    acknowledged = killed_after(after, database_url, folder)

    database = await open_database(database_url)
    outbox.connect({})
    attachments.on_arrival(lambda *_: None)
    sender = Sender(LocalFiles(folder))
    content = PHOTO + bytes(3_000_000)
    offset = await attachments.offset(DOSSIER, sha(content))
    assert offset >= acknowledged
    while len(content) - offset > 1_000_000:
        state = await sender.patch(content, content[offset : offset + 900_000], start=offset)
        offset = state.offset
    state = await sender.patch(content, content[offset:], start=offset, complete=True)
    assert state.whole
    assert await sender.read(content) == content
    await database.close()


async def test_a_full_disk_is_507_and_keeps_nothing(database, folder):
    def fsync(_handle):
        raise OSError(28, "no space")

    sender = Sender(LocalFiles(folder, fsync=fsync))
    (folder / DOSSIER.hex[:2] / DOSSIER.hex).mkdir(parents=True)

    with pytest.raises(Full):
        await sender.put(PHOTO)

    assert await attachments.states(DOSSIER) == {}
    assert list(folder.glob("*/*/*")) == []


def test_the_content_names_the_type_and_what_proves_nothing_has_none():
    known = attachments.FileState(sha256="0" * 64, size=1, offset=1, check="ok", whole=True)

    assert known.media_type == "application/octet-stream"
    assert structs.replace(known, kind="heic").media_type == "image/heic"
