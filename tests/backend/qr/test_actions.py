"""Following, printing and withdrawing codes."""

import asyncio
import io
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from backend import catalogue, places, qr
from backend.platform.db import execute, rows
from backend.platform.kit.ids import clean_code
from backend.platform.workshop import Workshop
from backend.qr import actions

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
UNKNOWN = "22222222"


@pytest.fixture
async def workshop():
    shop = Workshop()
    yield shop
    await shop.close()


async def printed(code, workshop, public_url="https://omon.motcua.example", now=NOON):
    pdf, _etag = await actions.poster_pdf(code, public_url=public_url, workshop=workshop, now=now)
    return pdf


def pictured(pdf, dpi=150):
    page = pypdfium2.PdfDocument(pdf)[0]
    return page.render(scale=dpi / 72).to_pil()


async def test_a_poster_leads_to_its_unit_and_procedure(poster):
    found = await qr.find(poster.code, now=NOON)

    assert (found.unit, found.procedures, found.campaign) == (
        "om-long-hung",
        ("2.000635",),
        "cho-o-mon",
    )
    assert found.state(NOON) == "live"
    assert clean_code(poster.code, length=8) == poster.code


@pytest.mark.parametrize("change", [str.lower, str.upper, lambda code: f"{code[:4]}-{code[4:]}"])
async def test_a_code_is_the_same_however_it_is_typed(poster, change):
    assert (await qr.find(change(poster.code), now=NOON)).code == poster.code


@pytest.mark.parametrize(
    "text", [UNKNOWN, "", "7KQ4XRT0", "'; DROP TABLE qr_codes; --", "\x00" * 8, "a" * 10_000, "…"]
)
async def test_unknown_forged_and_broken_codes_are_unknown_alike(codes, text):
    with pytest.raises(qr.UnknownQr):
        await qr.find(text, now=NOON)


async def test_one_wrong_symbol_never_leads_to_another_poster(poster):
    forged = ("2" if poster.code[0] != "2" else "3") + poster.code[1:]

    with pytest.raises(qr.UnknownQr):
        await qr.find(forged, now=NOON)


async def test_scans_are_counted_by_day_and_survive_the_process(poster):
    for _ in range(3):
        await qr.follow(poster.code, now=NOON)
    await qr.follow(poster.code, now=NOON + timedelta(days=1))

    before = (await qr.of_units(["om-long-hung"], now=NOON))[0].scans
    await qr.flush_scans()
    await qr.load(now=NOON)
    after = (await qr.of_units(["om-long-hung"], now=NOON))[0].scans

    kept = await rows("SELECT day, scans FROM qr_scans ORDER BY day")
    assert before == after == 4
    assert [one["scans"] for one in kept] == [3, 1]


async def test_scans_flushed_twice_add_up(poster):
    for _ in range(2):
        await qr.follow(poster.code, now=NOON)
        await qr.flush_scans()

    assert [one["scans"] for one in await rows("SELECT scans FROM qr_scans")] == [2]


async def test_scanning_makes_no_dossier_and_leaves_no_trace_of_a_person(poster):
    await qr.follow(poster.code, now=NOON)
    await qr.flush_scans()

    (kept,) = await rows("SELECT * FROM qr_scans")

    assert set(kept) == {"code", "day", "scans"}
    assert await rows("SELECT * FROM dossiers") == []


async def test_many_scans_at_once_are_all_counted(poster):
    await asyncio.gather(*(qr.follow(poster.code, now=NOON) for _ in range(200)))
    await qr.flush_scans()

    assert [one["scans"] for one in await rows("SELECT scans FROM qr_scans")] == [200]


async def test_a_withdrawn_poster_names_its_successor(poster, random):
    newer = await qr.make_poster("om-long-hung", "2.000635", by="operator", random=random, now=NOON)

    gone = await qr.withdraw(poster.code, by="operator", now=NOON, replaced_by=newer.code)

    assert gone.state(NOON) == "withdrawn"
    assert gone.replaced_by == newer.code
    assert (await qr.find(poster.code, now=NOON)).state(NOON) == "withdrawn"


async def test_a_poster_of_an_event_expires_by_itself(codes, random):
    until = NOON + timedelta(days=2)
    made = await qr.make_poster(
        "om-long-hung", "2.000635", by="operator", random=random, now=NOON, expires_at=until
    )

    found = await qr.find(made.code, now=until)

    assert found.state(until - timedelta(seconds=1)) == "live"
    assert found.state(until) == "expired"


async def test_what_another_process_made_or_withdrew_is_seen(poster):
    await execute("UPDATE qr_codes SET withdrawn_at = {}, changed_at = {}", NOON, NOON)

    later = NOON + timedelta(seconds=10)

    assert (await qr.find(poster.code, now=later)).state(later) == "withdrawn"


async def test_a_poster_of_nothing_is_refused(codes, random):
    given = {"by": "operator", "random": random, "now": NOON}

    with pytest.raises(places.UnknownUnit):
        await qr.make_poster("om-nowhere", "2.000635", **given)
    with pytest.raises(catalogue.UnknownProcedure):
        await qr.make_poster("om-long-hung", "9.999999", **given)


async def test_making_and_withdrawing_stand_in_the_journal(poster):
    await qr.withdraw(poster.code, by="officer:lan", now=NOON)
    await qr.withdraw(poster.code, by="officer:lan", now=NOON)

    written = [
        (one["actor"], one["verb"], one["unit"])
        for one in await rows("SELECT * FROM audit ORDER BY id")
    ]

    assert written == [
        ("operator", "poster.made", "om-long-hung"),
        ("officer:lan", "poster.withdrawn", "om-long-hung"),
    ]


@pytest.mark.parametrize(
    ("public_url", "holds"),
    [
        ("https://omon.motcua.example", "HTTPS://OMON.MOTCUA.EXAMPLE/Q/"),
        ("http://127.0.0.1:8000", "HTTP://127.0.0.1:8000/Q/"),
        (
            "https://dichvucong.phuonglonghung.cantho.gov.vn",
            "HTTPS://DICHVUCONG.PHUONGLONGHUNG.CANTHO.GOV.VN/Q/",
        ),
    ],
)
async def test_the_qr_of_the_finished_poster_reads_back(poster, workshop, public_url, holds):
    pdf = await printed(poster.code, workshop, public_url)

    (symbol,) = zxingcpp.read_barcodes(pictured(pdf))

    assert symbol.text == holds + poster.code
    assert symbol.ec_level == "Q"


async def test_the_symbol_is_77_mm_wide_with_its_quiet_zone(poster, workshop):
    picture = pictured(await printed(poster.code, workshop), dpi=127)  # 5 dots a millimetre

    (symbol,) = zxingcpp.read_barcodes(picture)

    corners = symbol.position
    left, top = corners.top_left.x, corners.top_left.y
    width = corners.top_right.x - left
    quiet = picture.convert("L").crop((left - 40, top - 40, left + width + 40, top - 6))
    assert width / 5 >= 76.5
    assert quiet.getextrema()[0] > 250


async def test_the_symbol_reads_from_a_grey_print_and_from_afar(poster, workshop):
    grey = pictured(await printed(poster.code, workshop), dpi=60).convert("L")

    (symbol,) = zxingcpp.read_barcodes(grey)

    assert symbol.text.endswith(poster.code)


async def test_a_poster_is_one_a4_page_with_its_words(poster, workshop):
    document = pypdfium2.PdfDocument(await printed(poster.code, workshop))

    words = document[0].get_textpage().get_text_bounded().replace("\r\n", " ")

    assert len(document) == 1
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [210, 297]
    assert "UBND phường Long Hưng" in words
    assert "Bản sao trích lục hộ tịch?" in words
    assert "omon.motcua.example" in words
    assert f"{poster.code[:4]}-{poster.code[4:]}" in words
    assert "không bao giờ hỏi mã OTP" in words


async def test_a_long_official_name_makes_more_lines_and_no_smaller_print(codes, random, workshop):
    made = await qr.make_poster("om-long-hung", "2.000815", by="operator", random=random, now=NOON)

    page = pypdfium2.PdfDocument(await printed(made.code, workshop))[0].get_textpage()
    text = page.get_text_range()
    begins = text.index("Thủ tục:")
    sizes = {
        round(pypdfium2.raw.FPDFText_GetFontSize(page, place), 1)
        for place in range(begins, len(text))
        if not text[place].isspace()
    }

    assert min(sizes) >= 10


async def test_equal_posters_are_set_once(poster, workshop):
    first = await actions.poster_pdf(
        poster.code, public_url="https://a.example", workshop=workshop, now=NOON
    )
    again = await actions.poster_pdf(
        poster.code.lower(), public_url="https://a.example", workshop=workshop, now=NOON
    )
    moved = await actions.poster_pdf(
        poster.code, public_url="https://b.example", workshop=workshop, now=NOON
    )

    assert first == again
    assert first[0] is again[0]
    assert first[1] != moved[1]


async def test_a_withdrawn_poster_is_printed_no_more(poster, workshop):
    await qr.withdraw(poster.code, by="operator", now=NOON)

    with pytest.raises(qr.PosterGone):
        await printed(poster.code, workshop)


async def test_the_poster_is_light_enough_to_send_by_phone(poster, workshop):
    pdf = await printed(poster.code, workshop)

    assert len(pdf) < 100_000
    assert Image.open(io.BytesIO(_as_png(pdf))).size[0] > 500


def _as_png(pdf):
    out = io.BytesIO()
    pictured(pdf, dpi=72).save(out, "PNG")
    return out.getvalue()
