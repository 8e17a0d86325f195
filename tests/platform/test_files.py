"""Sealed files on the disk: resumed, proven, cut back, never half."""

# ruff: noqa: S311 - seeded randomness, so that a failing case can be replayed
import errno
import hashlib
import os
import random
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from backend.platform.files import START, Damaged, FileName, LocalFiles, Mark, WrongHash
from backend.platform.kit.errors import Full
from backend.platform.vault import DossierKey

DOSSIER = UUID(int=7)
KEY = DossierKey(DOSSIER, b"k" * 32)
KIB = 1024
SEGMENT = 64 * KIB


def content(size, seed=1):
    return random.Random(seed).randbytes(size)


def sha(plain):
    return hashlib.sha256(plain).hexdigest()


def named(plain):
    return FileName(DOSSIER, sha(plain))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "files"


@pytest.fixture
def files(folder):
    return LocalFiles(folder)


def lying_in(folder):
    return [path.name for path in folder.glob("*/*/*")]


def on_disk(folder, file):
    return folder / file.dossier.hex[:2] / file.dossier.hex / file.name


def part_on_disk(folder, file):
    return on_disk(folder, FileName(file.dossier, f"{file.name}.part"))


async def chunks(plain, step=16 * KIB):
    for start in range(0, len(plain), step):
        yield plain[start : start + step]


async def everything(files, file, key=KEY):
    return b"".join([piece async for piece in files.read(file, key=key)])


@pytest.mark.parametrize(
    "size", [0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 330_000, 16 * SEGMENT, 40 * SEGMENT + 5]
)
async def test_a_whole_file_reads_back_as_it_came(files, folder, size):
    plain = content(size)

    mark = await files.write(named(plain), chunks(plain), key=KEY, digest=sha(plain))

    assert await everything(files, named(plain)) == plain
    assert mark.plain == size
    assert mark.sealed == await files.size(named(plain))
    assert lying_in(folder) == [sha(plain)]


async def test_sealing_adds_less_than_one_percent(files):
    plain = content(330_000)

    mark = await files.write(named(plain), chunks(plain), key=KEY, digest=sha(plain))

    assert mark.sealed / len(plain) <= 1.01


async def test_pieces_of_any_size_make_the_same_file(files):
    plain = content(300_000)
    mark, at = START, 0
    for step in [1, 70_000, 0, 64 * KIB, 100_000]:
        mark = await files.append(named(plain), [plain[at : at + step]], after=mark, key=KEY)
        at += step

    mark = await files.append(named(plain), [plain[at:]], after=mark, key=KEY, digest=sha(plain))

    assert mark.plain == len(plain)
    assert await everything(files, named(plain)) == plain


async def test_the_last_piece_may_be_empty(files):
    plain = content(SEGMENT)
    mark = await files.append(named(plain), [plain], after=START, key=KEY)

    await files.append(named(plain), [], after=mark, key=KEY, digest=sha(plain))

    assert await everything(files, named(plain)) == plain


async def test_what_lies_beyond_the_mark_is_cut_away(files):
    plain = content(200_000)
    mark = await files.append(named(plain), [plain[:90_000]], after=START, key=KEY)
    await files.append(named(plain), [b"never acknowledged" * 5000], after=mark, key=KEY)

    await files.append(named(plain), [plain[90_000:]], after=mark, key=KEY, digest=sha(plain))

    assert await everything(files, named(plain)) == plain


async def test_a_torn_tail_is_cut_away(files, folder):
    plain = content(200_000)
    mark = await files.append(named(plain), [plain[:90_000]], after=START, key=KEY)
    with part_on_disk(folder, named(plain)).open("ab") as handle:
        handle.write(os.urandom(777))

    await files.append(named(plain), [plain[90_000:]], after=mark, key=KEY, digest=sha(plain))

    assert await everything(files, named(plain)) == plain


@pytest.mark.parametrize("way", ["write", "append"])
async def test_another_content_than_the_name_says_is_not_kept(files, folder, way):
    file = named(b"promised")

    if way == "write":
        delivery = files.write(file, chunks(b"delivered"), key=KEY, digest=file.name)
    else:
        delivery = files.append(file, [b"delivered"], after=START, key=KEY, digest=file.name)

    with pytest.raises(WrongHash):
        await delivery

    assert lying_in(folder) == []


async def test_a_file_cut_from_outside_says_how_far_it_is_good(files, folder):
    plain = content(5 * SEGMENT)
    mark = await files.append(named(plain), [plain], after=START, key=KEY)
    os.truncate(part_on_disk(folder, named(plain)), mark.sealed - 10)

    with pytest.raises(Damaged) as damage:
        await files.append(named(plain), [b"x"], after=mark, key=KEY)

    assert damage.value.mark.plain == 4 * SEGMENT
    resumed = damage.value.mark
    await files.append(
        named(plain), [plain[4 * SEGMENT :]], after=resumed, key=KEY, digest=sha(plain)
    )
    assert await everything(files, named(plain)) == plain


async def test_an_altered_middle_is_found_when_the_last_piece_comes(files, folder):
    plain = content(5 * SEGMENT)
    mark = await files.append(named(plain), [plain[: 4 * SEGMENT]], after=START, key=KEY)
    with part_on_disk(folder, named(plain)).open("r+b") as handle:
        handle.seek(SEGMENT * 2)
        handle.write(b"altered")

    with pytest.raises(Damaged) as damage:
        await files.append(
            named(plain), [plain[4 * SEGMENT :]], after=mark, key=KEY, digest=sha(plain)
        )

    assert damage.value.mark.plain == SEGMENT


async def test_a_part_that_vanished_starts_again(files):
    with pytest.raises(Damaged) as damage:
        await files.append(FileName(DOSSIER, "gone"), [b"x"], after=Mark(1, 34, 1), key=KEY)

    assert damage.value.mark == START


async def test_no_altered_cut_or_lengthened_file_is_read(files, folder):
    plain = content(2 * SEGMENT + 100)
    await files.write(named(plain), chunks(plain), key=KEY, digest=sha(plain))
    path = on_disk(folder, named(plain))
    sealed = path.read_bytes()
    one = 4 + 29 + SEGMENT

    for broken in [
        b"",
        sealed[:-1],
        sealed[: 2 * one],
        sealed[one:],
        sealed[one : 2 * one] + sealed[:one] + sealed[2 * one :],
        b"\xff" * len(sealed),
        *(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :] for at in range(0, 40, 3)),
    ]:
        path.write_bytes(broken)
        with pytest.raises(Damaged):
            await everything(files, named(plain))


async def test_no_file_opens_under_another_name_or_key(files, folder):
    plain = content(1000)
    await files.write(named(plain), chunks(plain), key=KEY, digest=sha(plain))
    other = FileName(DOSSIER, "b" * 64)
    on_disk(folder, other).write_bytes(on_disk(folder, named(plain)).read_bytes())

    with pytest.raises(Damaged):
        await everything(files, other)
    with pytest.raises(Damaged):
        await everything(files, named(plain), key=DossierKey(UUID(int=8), b"k" * 32))


async def test_nothing_readable_lies_on_the_disk(files, folder):
    plain = b"canary-0912345678" * 9000
    await files.write(named(plain), chunks(plain), key=KEY, digest=sha(plain))

    assert b"canary" not in on_disk(folder, named(plain)).read_bytes()


async def test_a_sender_that_breaks_off_leaves_nothing(files, folder):
    async def broken():
        yield content(3 * KIB * KIB)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await files.write(FileName(DOSSIER, "a" * 64), broken(), key=KEY, digest="a" * 64)

    assert lying_in(folder) == []


async def test_an_old_file_is_deleted_and_a_new_one_is_not(files):
    plain = content(10)
    await files.write(named(plain), chunks(plain), key=KEY, digest=sha(plain))
    now = datetime.now(UTC)

    await files.delete(named(plain), before=now - timedelta(hours=1))
    assert await everything(files, named(plain)) == plain
    await files.delete(named(plain), before=now + timedelta(hours=1))
    await files.delete(named(plain), before=now + timedelta(hours=1))

    assert await files.size(named(plain)) is None
    with pytest.raises(FileNotFoundError):
        await everything(files, named(plain))


async def test_a_new_file_never_leaves_its_place_for_whoever_reads_it(files, monkeypatch):
    plain = content(10)
    await files.write(named(plain), chunks(plain), key=KEY, digest=sha(plain))
    moved = []
    monkeypatch.setattr(Path, "rename", lambda path, _to: moved.append(path))

    await files.delete(named(plain), before=datetime.now(UTC) - timedelta(hours=1))

    assert moved == []


async def test_a_part_never_touches_the_whole_file(files, folder):
    plain = content(100_000)
    await files.write(named(plain), chunks(plain), key=KEY, digest=sha(plain))

    mark = await files.append(named(plain), [plain[:5]], after=START, key=KEY)
    with pytest.raises(WrongHash):
        await files.append(named(plain), [b"wrong"], after=mark, key=KEY, digest=sha(plain))
    await files.append(named(plain), [b"again"], after=START, key=KEY)
    await files.drop_part(named(plain))

    assert await everything(files, named(plain)) == plain
    assert lying_in(folder) == [sha(plain)]


async def test_files_are_listed_by_age_for_the_sweeper(files):
    plain = content(10)
    await files.write(named(plain), chunks(plain), key=KEY, digest=sha(plain))
    now = datetime.now(UTC)

    hour = timedelta(hours=1)
    assert await files.touched(now - 2 * hour, now - hour) == []
    assert await files.touched(now - hour, now + hour) == [named(plain)]
    assert await files.touched(now + hour, now + 2 * hour) == []


async def test_file_and_folder_are_forced_to_the_disk_before_the_answer(folder):
    forced = []

    def fsync(handle):
        forced.append(Path(f"/proc/self/fd/{handle}").readlink())
        os.fsync(handle)

    files = LocalFiles(folder, fsync=fsync)
    plain = content(10)
    await files.write(named(plain), chunks(plain), key=KEY, digest=sha(plain))

    path = on_disk(folder, named(plain))
    assert forced[:2] == [folder, path.parent.parent]
    assert forced[2].name.startswith(sha(plain))
    assert forced[3] == path.parent


@pytest.mark.parametrize(("code", "ended"), [(errno.EIO, [74]), (errno.ENOSPC, [])])
async def test_a_disk_that_fails_ends_the_process_and_a_full_one_does_not(folder, code, ended):
    def fsync(_handle):
        raise OSError(code, "disk")

    ends = []
    plain = content(10)
    LocalFiles(folder)
    (folder / DOSSIER.hex[:2] / DOSSIER.hex).mkdir(parents=True)
    files = LocalFiles(folder, fsync=fsync, end_process=ends.append)

    with pytest.raises((OSError, Full)):
        await files.append(named(plain), [plain], after=START, key=KEY)

    assert ends == ended


WORKER = """
import asyncio, hashlib, os, resource, sys
from uuid import UUID
from pathlib import Path
from backend.platform.files import START, FileName, LocalFiles
from backend.platform.vault import DossierKey
from backend.platform.kit.errors import Full

async def main(folder, limit):
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    files = LocalFiles(Path(folder))
    key = DossierKey(UUID(int=7), b"k" * 32)
    mark = START
    try:
        for _ in range(64):
            mark = await files.append(
                FileName(UUID(int=7), "a" * 64), [b"x" * 100_000], after=mark, key=key
            )
            print(mark.plain, mark.sealed, mark.segments, flush=True)
    except Full:
        print("full", flush=True)

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""


def started(folder, limit=0):
    return subprocess.Popen(
        [sys.executable, "-c", WORKER, str(folder), str(limit)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def marks(lines):
    return [
        Mark(*map(int, line.split())) for line in lines if line[0].isdigit() and line[-1] == "\n"
    ]


@pytest.mark.parametrize("after", [1, 2, 5])
async def test_what_was_acknowledged_survives_kill_9_in_the_middle_of_an_append(folder, after):
    with started(folder) as worker:
        lines = [worker.stdout.readline() for _ in range(after)]
        worker.send_signal(signal.SIGKILL)
        lines += worker.stdout.readlines()

    acknowledged = marks(lines)[-1]
    files = LocalFiles(folder)
    whole = b"x" * acknowledged.plain + b"the end"
    name = FileName(DOSSIER, "a" * 64)
    await files.append(name, [b"the end"], after=acknowledged, key=KEY, digest=sha(whole))
    assert await everything(files, name) == whole


async def test_a_full_disk_refuses_in_words_and_keeps_what_was_acknowledged(folder):
    with started(folder, limit=450_000) as worker:
        lines = worker.stdout.readlines()

    acknowledged = marks(lines)[-1]
    assert lines[-1] == "full\n"
    assert acknowledged.plain == 400_000
    files = LocalFiles(folder)
    name = FileName(DOSSIER, "a" * 64)
    mark = await files.append(name, [b"the end"], after=acknowledged, key=KEY)
    assert mark.plain == 400_007
