"""The child process: what it takes, what it refuses, and that it never takes us with it."""

import asyncio
import io
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops

from backend.platform.workshop import Interrupted, Unreadable, Workshop, WorkshopFault
from tests import papers

ROOT = Path(__file__).parents[2]


@pytest.fixture
async def workshop():
    workshop = Workshop()
    yield workshop
    await workshop.close()


def shown(blob):
    picture = Image.open(io.BytesIO(blob))
    picture.load()
    return picture


@pytest.mark.parametrize(
    ("blob", "kind", "size", "pages"),
    [
        (papers.jpeg(), "jpeg", (320, 240), 1),
        (papers.png(), "png", (320, 240), 1),
        (papers.png(mode="RGBA"), "png", (320, 240), 1),
        (papers.HEIC, "heic", (96, 64), 1),
        (papers.pdf(30), "pdf", (0, 0), 30),
        (papers.jpeg() + papers.zipped(), "jpeg", (320, 240), 1),
    ],
)
async def test_a_good_paper_is_told_by_its_content(workshop, blob, kind, size, pages):
    answer, _ = await workshop.run("check_photo", {}, blob)

    assert (answer["kind"], answer["pages"]) == (kind, pages)
    assert (answer["width"], answer["height"]) == size


@pytest.mark.parametrize(
    ("blob", "reason"),
    [
        (b"", "damaged"),
        (papers.jpeg()[:-200], "damaged"),
        (papers.jpeg()[:50], "damaged"),
        (papers.png()[:-40], "damaged"),
        (papers.HEIC[:-20], "damaged"),
        (papers.png_bomb(), "too-many-pixels"),
        (papers.SVG, "damaged"),
        (papers.zipped(), "damaged"),
        (b"GIF89a" + bytes(100), "damaged"),
        (papers.pdf(31), "too-many-pages"),
        (papers.pdf(0), "damaged"),
        (papers.pdf(trailer=papers.LOCK), "locked"),
        (papers.pdf()[:60], "damaged"),
        (papers.pdf(side=15_000), "damaged"),
        (b"%PDF-1.7\n" + os.urandom(500), "damaged"),
    ],
)
async def test_a_bad_paper_is_unreadable_with_its_reason(workshop, blob, reason):
    with pytest.raises(Unreadable) as refusal:
        await workshop.run("check_photo", {}, blob)

    assert refusal.value.reason == reason


async def test_every_cut_of_a_jpeg_is_noticed(workshop):
    whole = papers.jpeg(800, 600)

    for end in range(100, len(whole) - 100, len(whole) // 12):
        with pytest.raises(Unreadable):
            await workshop.run("check_photo", {}, whole[:end])


async def test_a_view_copy_is_upright_small_and_tells_nothing(workshop):
    original = papers.jpeg(4000, 3000, orientation=6, note=b"canary")
    assert b"canary" in original

    _, copy = await workshop.run("view_copy", {"edge": 1600}, original)

    picture = shown(copy)
    assert picture.size == (1200, 1600)
    assert picture.getpixel((1190, 800)) < (60, 60, 60) < picture.getpixel((10, 800))
    assert not picture.getexif()
    assert b"canary" not in copy


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "RGBA", "I;16"])
async def test_every_kind_of_pixels_has_a_view_copy(workshop, mode):
    _, copy = await workshop.run("view_copy", {}, papers.png(mode=mode))

    seen = shown(copy)
    assert seen.mode == "RGB"
    assert seen.getpixel((160, 5)) < (60, 60, 60)
    assert seen.getpixel((160, 235)) > (200, 200, 200)


async def test_the_largest_picture_fits_into_the_childs_memory(workshop):
    blob = papers.png(8000, 6250, "RGBA")

    await workshop.run("check_photo", {}, blob)
    _, copy = await workshop.run("view_copy", {}, blob)

    assert max(shown(copy).size) == 1600


async def test_a_page_of_a_pdf_is_drawn(workshop):
    answer, copy = await workshop.run("pdf_page", {"page": 2, "edge": 400}, papers.pdf(3))

    assert answer == {"pages": 3}
    assert shown(copy).size == (400, 400)
    with pytest.raises(Unreadable, match="no-such-page"):
        await workshop.run("pdf_page", {"page": 4}, papers.pdf(3))


@pytest.mark.parametrize("blob", [papers.png(1200, 1600), papers.pdf(1)], ids=["photo", "pdf"])
async def test_a_stamp_stands_all_over_a_view_and_leaves_it_readable(workshop, blob):
    words = "Chỉ dùng để giải quyết hồ sơ, phường Long Hưng, ngày 27/11/2026"

    _, plain = await workshop.run("view_copy", {}, blob)
    _, copy = await workshop.run("view_copy", {"stamp": words}, blob)

    differs = (
        ImageChops.difference(shown(plain), shown(copy))
        .convert("L")
        .point(lambda value: 255 if value > 16 else 0)
    )
    wide, high = differs.size
    for left in (0, wide // 3, 2 * wide // 3):
        for top in (0, high // 3, 2 * high // 3):
            part = differs.crop((left, top, left + wide // 3, top + high // 3))
            assert part.getbbox(), f"nothing stands at {left}, {top}"
    share = differs.histogram()[255] / (wide * high)
    assert share < 0.15
    strongest = ImageChops.difference(shown(plain), shown(copy)).convert("L").getextrema()[1]
    assert strongest < 110


async def test_pages_are_joined_to_one_pdf_of_a4_pages_each_as_it_stands(workshop):
    upright, lying = papers.jpeg(1200, 1600), papers.jpeg(1600, 1200)
    sizes = {"sizes": [len(upright), len(lying), len(upright)]}

    answer, pdf = await workshop.run("join_pages", sizes, upright + lying + upright)

    assert answer == {"pages": 3}
    document = pypdfium2.PdfDocument(pdf)
    shapes = [tuple(round(side) for side in page.get_size()) for page in document]
    assert shapes == [(595, 842), (842, 595), (595, 842)]
    assert pdf.count(b"/DCTDecode") >= 2
    drawn = document[0].render(scale=1).to_pil().convert("L")
    assert drawn.getpixel((297, 60)) < 60
    assert drawn.getpixel((297, 780)) > 200
    assert drawn.getpixel((3, 3)) == 255


async def test_what_is_no_picture_is_not_joined(workshop):
    with pytest.raises(Unreadable):
        await workshop.run("join_pages", {"sizes": [9]}, b"no JPEG..")


@pytest.fixture
def template():
    folder = ROOT / "backend" / f"_test_{os.getpid()}"
    folder.mkdir()
    path = folder / "sheet.typ"
    path.write_text(
        '#set text(font: "Be Vietnam Pro", lang: "vi")\n'
        "#let data = json(bytes(sys.inputs.data))\n= #data.name"
    )
    yield str(path.relative_to(ROOT / "backend"))
    path.unlink()
    folder.rmdir()


async def test_a_sheet_is_typeset_and_its_data_is_no_program(workshop, template):
    data = {"name": "Nguyễn Thị Bích Đường #panic(1) $x$"}

    _, made = await workshop.run("typeset", {"template": template, "data": data, "at": 1})
    _, again = await workshop.run("typeset", {"template": template, "data": data, "at": 1})

    text = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_bounded()
    assert data["name"] in text.replace("\r\n", " ")
    assert made == again
    assert b"pdfaid" in made


@pytest.mark.parametrize(
    "payload",
    [
        {"template": "../pyproject.toml", "data": {}},
        {"template": "/etc/passwd.typ", "data": {}},
        {"template": "cli.py", "data": {}},
        {"template": "nothing.typ", "data": {}},
        {"data": {}},
    ],
)
async def test_only_templates_of_ours_are_typeset(workshop, payload):
    with pytest.raises(WorkshopFault):
        await workshop.run("typeset", payload)


async def test_an_unknown_task_is_a_fault_of_ours(workshop):
    with pytest.raises(WorkshopFault, match="KeyError"):
        await workshop.run("make_coffee", {})


async def test_a_child_that_is_killed_between_jobs_is_started_anew(workshop):
    await workshop.run("check_photo", {}, papers.jpeg())
    os.kill(workshop.child_id, signal.SIGKILL)

    answer, _ = await workshop.run("check_photo", {}, papers.jpeg())

    assert answer["kind"] == "jpeg"


async def ended(workshop, number, job):
    """Signal every child that takes up a job, until it is given up."""
    seen = set()
    while not job.done():
        child = workshop.child_id
        if child is not None and child not in seen:
            seen.add(child)
            os.kill(child, number)
        await asyncio.sleep(0)


@pytest.mark.parametrize(
    ("number", "fault"), [(signal.SIGKILL, Interrupted), (signal.SIGSEGV, Unreadable)]
)
async def test_only_a_child_that_falls_by_itself_speaks_against_the_bytes(workshop, number, fault):
    job = asyncio.create_task(workshop.run("check_photo", {}, papers.jpeg()))

    await ended(workshop, number, job)

    with pytest.raises(fault):
        await job
    answer, _ = await workshop.run("check_photo", {}, papers.jpeg())
    assert answer["kind"] == "jpeg"


async def test_a_job_that_gets_no_time_is_interrupted_and_the_next_one_is_served(workshop):
    await workshop.run("check_photo", {}, papers.jpeg())
    os.kill(workshop.child_id, signal.SIGSTOP)

    with pytest.raises(Interrupted):
        await workshop.run("check_photo", {}, papers.jpeg(), timeout=0.01)

    answer, _ = await workshop.run("check_photo", {}, papers.jpeg())
    assert answer["kind"] == "jpeg"


async def test_many_jobs_at_once_are_each_answered(workshop):
    blobs = [papers.jpeg(100 + number, 100) for number in range(20)]

    answers = await asyncio.gather(*(workshop.run("check_photo", {}, blob) for blob in blobs))

    assert [answer["width"] for answer, _ in answers] == [100 + number for number in range(20)]


async def test_an_idle_child_ends_and_comes_back():
    workshop = Workshop(idle=0)
    await workshop.run("check_photo", {}, papers.jpeg())
    first = workshop.child_id

    await workshop.rested()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)
    await workshop.run("check_photo", {}, papers.jpeg())

    assert workshop.child_id != first
    await workshop.close()


PARENT = """
import asyncio, sys
from backend.platform.workshop import Workshop
from tests import papers

async def main():
    workshop = Workshop()
    await workshop.run("check_photo", {}, papers.jpeg())
    print(workshop.child_id, flush=True)
    await asyncio.sleep(600)

asyncio.run(main())
"""


def test_the_child_never_outlives_its_parent():
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as parent:
        child = int(parent.stdout.readline())
        handle = os.pidfd_open(child)
        parent.kill()

    ended, _, _ = select.select([handle], [], [], 10)
    os.close(handle)
    assert ended
