"""The daily close: a bank's file beside our books, each movement in one line, nothing by itself."""

import asyncio
from datetime import date, timedelta

import pytest

from backend import payments
from backend.payments import CloseSigned, NoStatement, SamePerson
from backend.payments.model.closing import Movement, compared, counts_of, difference_of
from backend.platform import db
from backend.platform.kit.errors import NotFound, Unprocessable
from backend.platform.settings import Account
from payment_adapters.contract import Observation, Statement
from tests.backend.payments.conftest import ACCOUNT, AMOUNT, SEPAY, TABLES, WARD, House

DAY = date(2026, 11, 22)
LAN, MINH = "officer:lan", "officer:minh"
COLUMNS = {
    "moment": "Ngày giao dịch", "credit": "Ghi có", "debit": "Ghi nợ", "memo": "Nội dung",
    "reference": "Số bút toán", "account": "Tài khoản",
}  # fmt: skip
READS_FILES = {
    **TABLES,
    "bank_notice": {
        "enabled": True, "dialect": "sepay", "hmac_secret": SEPAY, "account": ACCOUNT,
        "name_by": "reference", "statement": COLUMNS,
    },
}  # fmt: skip


@pytest.fixture
def bank(house):
    """Let the bank's own file be read, whose references name the notices too."""
    account = Account(unit=WARD, bank_bin="970436", account=ACCOUNT, name="UBND PHUONG MAU")
    made = House(house.vault, tables=READS_FILES, accounts=(account,))
    house.adapters = made.adapters
    return house


def csv(*lines, account=ACCOUNT):
    head = "Ngày giao dịch,Số bút toán,Ghi nợ,Ghi có,Nội dung,Tài khoản"
    rows = [f"{day} 12:00:00,{ref},,{amount},{memo},{account}" for day, ref, amount, memo in lines]
    return Statement(name="sao-ke.csv", body="\n".join([head, *rows]).encode())


def line(ref, amount=AMOUNT, memo="khong ro", day="22/11/2026"):
    return (day, ref, amount, memo)


async def close(house, statement, *, day=DAY, units=(WARD,), adapter="bank_notice"):
    return await payments.close_day(
        adapter, statement, day=day, unit=WARD, units=units, by=LAN, adapters=house.adapters,
        vault=house.vault, random=house.random, now=house.now,
    )  # fmt: skip


def told(made):
    return {one.txn: (one.verdict, one.ours, one.theirs) for one in made.lines}


async def paid(house, ref):
    """Pay a fee by a transfer of which a notice told."""
    dossier = await house.dossier()
    code = await house.code(dossier)
    await close(house, csv(line(ref, memo=code)))
    assert await house.state(dossier) == "paid"
    return dossier


async def test_what_both_sides_know_is_matched_and_changes_nothing(bank):
    await paid(bank, "FT263260011")
    before = await db.rows("SELECT COUNT(*) AS n FROM ledger")

    made = await close(bank, csv(line("FT263260011")))

    assert told(made) == {"FT263260011": ("matched", AMOUNT, AMOUNT)}
    assert made.difference == 0
    assert await db.rows("SELECT COUNT(*) AS n FROM ledger") == before


async def test_what_we_did_not_know_stands_in_the_list_and_then_finds_its_dossier(bank):
    dossier = await bank.dossier()
    code = await bank.code(dossier)

    first = await close(bank, csv(line("FT263260011", memo=code)))
    second = await close(bank, csv(line("FT263260011", memo=code)))

    assert told(first) == {"FT263260011": ("missing_with_us", None, AMOUNT)}
    assert first.difference == AMOUNT
    assert await bank.state(dossier) == "paid"
    assert told(second) == {"FT263260011": ("matched", AMOUNT, AMOUNT)}
    assert (await payments.of_dossier(dossier))[0].paid == AMOUNT


async def test_money_that_fits_nowhere_goes_to_the_desk_with_its_text(bank):
    await close(bank, csv(line("FT263260019", memo="Gui tien ho tich")))

    (one,) = await bank.unmatched()
    assert (one.amount, one.memo) == (AMOUNT, "Gui tien ho tich")


async def foreign(bank, *, day=DAY):
    found = await payments.foreign_money("bank_notice", day, adapters=bank.adapters)
    return [(one.account, one.count, one.amount) for one in found]


async def test_money_on_an_account_that_takes_no_fees_here_is_marked_and_stands_in_no_close(bank):
    for txn, amount in ((1, 5_000), (2, 7_000)):
        stray = Observation(
            status="succeeded", amount=amount, account="999000111", memo="HS", txn=f"x{txn}"
        )
        await payments.settle(
            stray, source=payments.Source(adapter="bank_notice"), adapters=bank.adapters,
            now=bank.now,
        )  # fmt: skip
    made = await close(bank, csv(line("FT263260019", memo="Gui tien ho tich")))

    assert await foreign(bank) == [("999000111", 2, 12_000)]
    assert await foreign(bank, day=DAY + timedelta(days=1)) == []
    assert {one.account for one in made.lines} == {ACCOUNT}
    marks = {one.account: one.foreign for one in await bank.unmatched()}
    assert marks == {"999000111": True, ACCOUNT: False}


async def test_a_providers_account_is_its_own_and_never_foreign(bank):
    stray = Observation(
        status="succeeded", amount=5_000, account="MOMO-1", provider_ref="nobody", txn="m1"
    )
    await payments.settle(
        stray, source=payments.Source(adapter="sandbox"), adapters=bank.adapters, now=bank.now
    )

    (one,) = await bank.unmatched()
    assert (one.account, one.foreign) == ("MOMO-1", False)
    assert await payments.foreign_money("sandbox", DAY, adapters=bank.adapters) == ()


async def test_what_the_bank_does_not_know_and_what_differs_is_named(bank):
    await paid(bank, "FT263260011")
    await paid(bank, "FT263260012")

    made = await close(bank, csv(line("FT263260011", AMOUNT - 1_000), line("FT263260013")))

    assert told(made) == {
        "FT263260011": ("amount_differs", AMOUNT, AMOUNT - 1_000),
        "FT263260012": ("missing_with_them", AMOUNT, None),
        "FT263260013": ("missing_with_us", None, AMOUNT),
    }
    assert made.difference == -1_000
    assert (await payments.of_dossier((await owners())[0]))[0].state == "paid"


async def owners():
    return [one["dossier"] for one in await db.rows("SELECT dossier FROM obligations")]


async def test_a_line_without_a_reference_is_named_and_left_to_a_person(bank):
    made = await close(bank, csv(line("")))

    assert [(one.verdict, one.theirs) for one in made.lines] == [("missing_with_us", AMOUNT)]
    assert [one.reason for one in await bank.unmatched()] == ["review"]


async def test_an_empty_file_leaves_all_of_ours_missing_with_them(bank):
    await paid(bank, "FT263260011")

    made = await close(bank, csv())

    assert told(made) == {"FT263260011": ("missing_with_them", AMOUNT, None)}


async def test_a_day_has_its_own_movements_and_midnight_makes_no_difference(bank):
    other = line("FT263260012", day="21/11/2026")

    made = await close(bank, csv(line("FT263260011"), other))
    of_21 = await close(bank, csv(line("FT263260011"), other), day=DAY - timedelta(days=1))

    assert list(told(made)) == ["FT263260011"]
    assert told(of_21) == {"FT263260012": ("matched", AMOUNT, AMOUNT)}


async def test_sixteen_uploads_at_once_count_the_money_once(bank):
    dossier = await bank.dossier()
    code = await bank.code(dossier)

    await asyncio.gather(*(close(bank, csv(line("FT263260011", memo=code))) for _ in range(16)))

    assert (await payments.of_dossier(dossier))[0].paid == AMOUNT
    assert await bank.surplus() == 0


async def test_a_close_is_signed_once_with_its_note_sealed(bank):
    made = await close(bank, csv(line("FT263260011")))

    ends = await asyncio.gather(
        *(sign(bank, made, note="Đã hỏi bà Sáu") for _ in range(16)), return_exceptions=True
    )

    (row,) = await db.rows("SELECT note FROM daily_closes")
    there = await payments.one_close(made.close, vault=bank.vault)
    assert [type(one) for one in ends].count(CloseSigned) == 15
    assert (there.signed_by, there.note) == (MINH, "Đã hỏi bà Sáu")
    assert "Sáu".encode() not in row["note"]
    assert there.lines == made.lines


async def sign(house, made, *, note=""):
    return await payments.sign_close(
        made.close, note=note, by=MINH, vault=house.vault, now=house.now
    )


async def test_who_uploaded_does_not_sign_and_the_table_knows_it_too(bank):
    made = await close(bank, csv())

    with pytest.raises(SamePerson):
        await payments.sign_close(made.close, note="", by=LAN, vault=bank.vault, now=bank.now)
    with pytest.raises(Exception, match=r"(?i)check"):
        await db.execute("UPDATE daily_closes SET signed_by = {}, signed_at = {}", LAN, bank.now)
    assert (await sign(bank, made)).signed_by == MINH


async def test_a_list_that_differs_is_signed_with_a_word_only(bank):
    made = await close(bank, csv(line("FT263260011")))

    with pytest.raises(Unprocessable):
        await sign(bank, made)
    assert (await sign(bank, made, note="Đã hỏi ngân hàng")).note == "Đã hỏi ngân hàng"


def test_an_adapter_reads_files_once_its_columns_are_named(bank):
    silent = House(
        bank.vault,
        tables={
            **TABLES,
            "bank_notice": {"enabled": True, "dialect": "sepay", "hmac_secret": SEPAY},
        },
    )

    assert payments.readers(bank.adapters) == ["bank_notice"]
    assert payments.readers(silent.adapters) == []


async def test_a_list_is_never_changed(bank):
    await close(bank, csv(line("FT263260011")))

    for statement in ("UPDATE close_lines SET ours = 1", "DELETE FROM close_lines"):
        with pytest.raises(Exception, match="never changed"):
            await db.execute(statement)


@pytest.mark.parametrize(
    ("adapter", "body"),
    [
        ("counter", b""),
        ("nobody", b""),
        ("bank_notice", b"\xff\xfe\x00 not a file"),
        ("bank_notice", b"a,b\n1,2"),
        ("bank_notice", csv(line("FT263260011", "=1+1")).body),
    ],
)
async def test_a_file_that_cannot_be_read_changes_nothing(bank, adapter, body):
    with pytest.raises(NoStatement):
        await close(bank, Statement(name="x", body=body), adapter=adapter)

    assert await db.rows("SELECT id FROM daily_closes") == []
    assert await db.rows("SELECT id FROM money_events") == []


async def test_a_file_of_an_account_that_is_not_the_wards_is_refused(house):
    account = Account(unit="om-thoi-an", bank_bin="970436", account=ACCOUNT, name="X")
    house.adapters = House(house.vault, tables=READS_FILES, accounts=(account,)).adapters

    with pytest.raises(NoStatement):
        await close(house, csv(line("FT263260011")))
    assert (await close(house, csv(), units=(WARD,))).lines == ()


async def test_a_file_of_other_days_alone_is_refused(bank):
    other = line("FT263260011", day="20/11/2026")

    with pytest.raises(NoStatement, match="22/11/2026"):
        await close(bank, csv(other))
    assert await db.rows("SELECT id FROM daily_closes") == []
    assert len((await close(bank, csv(other, line("FT263260012")))).lines) == 1


async def test_closes_are_listed_newest_first_page_by_page(bank):
    made = []
    for _ in range(3):
        made.append((await close(bank, csv())).close)
        bank.later(hours=1)

    first = await payments.listed_closes((WARD,), vault=bank.vault, before=bank.now, most=2)
    rest = await payments.listed_closes(
        (WARD,), vault=bank.vault, before=first[-1].uploaded_at, beyond=first[-1].close
    )

    assert [one.close for one in (*first, *rest)] == made[::-1]
    assert await payments.listed_closes((), vault=bank.vault, before=bank.now) == []


async def test_a_close_that_is_not_there_is_not_found(bank):
    made = await close(bank, csv())

    with pytest.raises(NotFound):
        await payments.one_close(type(made.close)(int=1), vault=bank.vault)


def test_every_movement_stands_in_one_line_and_what_differs_first():
    def move(txn, amount=5, kind="payment"):
        return Movement(account="1", txn=txn, kind=kind, amount=amount)

    lines = compared(
        [move("a"), move("b", 7), move("c"), move("c", kind="reversal")],
        [move("a"), move("b", 5), move("d")],
    )

    assert [(one.txn, one.verdict) for one in lines] == [
        ("b", "amount_differs"), ("c", "missing_with_us"), ("c", "missing_with_us"),
        ("d", "missing_with_them"), ("a", "matched"),
    ]  # fmt: skip
    assert counts_of(lines) == {
        "matched": 1, "missing_with_us": 2, "missing_with_them": 1, "amount_differs": 1,
    }  # fmt: skip
    assert difference_of(lines) == 2 + 5 - 5 - 5
