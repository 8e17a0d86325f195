"""Fees: amounts by place, channel and date; what is unknown is never 0."""

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.catalogue.model.conditions import Condition
from backend.catalogue.model.costs import Amount, Fee, FeeItem, Quantity, Tier
from backend.catalogue.model.fees import Price, Quote, TariffFile, TariffPrice, price, quote

TODAY = date(2026, 11, 22)
COPIES = FeeItem(id="ban_sao", name="Phí", kind="phi", quantity=Quantity(answer="so_luong"))
ONCE = FeeItem(id="le_phi", name="Lệ phí", kind="le_phi")


def amount(value, *, since, verified=True):
    return Amount(from_=since, amount=value, law=f"Thông tư {since.year}", verified=verified)


def tariff(place, *prices):
    return TariffFile(
        place=place,
        resolution="Nghị quyết",
        source="kiểm thử",
        checked_on=TODAY,
        prices=prices,
    )


def line(value, *, since=date(2026, 1, 1), to=None, channel=None, item="le_phi"):
    return TariffPrice(
        procedure="9.000001",
        item=item,
        from_=since,
        to=to,
        channel=channel,
        amount=value,
        law="Điều 1",
    )


def found(*tariffs, item=ONCE, channel="online", on=TODAY, places=("ward", "city")):
    return price(
        item, procedure="9.000001", tariffs=tariffs, places=places, channel=channel, on=on
    ).amount


# -- which amount is in force ---------------------------------------------------------------------


def test_a_central_amount_holds_from_its_date_on():
    item = msgspec.structs.replace(
        COPIES,
        amounts=(amount(3000, since=date(2000, 1, 1)), amount(8000, since=date(2017, 1, 1))),
    )

    assert found(item=item, on=date(2016, 12, 31)) == 3000
    assert found(item=item, on=date(2017, 1, 1)) == 8000


def test_before_its_first_date_an_amount_is_unknown():
    item = msgspec.structs.replace(COPIES, amounts=(amount(8000, since=date(2017, 1, 1)),))

    assert found(item=item, on=date(2016, 12, 31)) is None


def test_an_unverified_amount_is_unknown_and_not_the_one_before():
    item = msgspec.structs.replace(
        COPIES,
        amounts=(
            amount(8000, since=date(2017, 1, 1)),
            amount(9000, since=date(2026, 1, 1), verified=False),
        ),
    )

    assert found(item=item) is None


def test_without_a_tariff_an_amount_is_unknown():
    assert found() is None
    assert found(tariff("elsewhere", line(5000))) is None
    assert found(tariff("ward", line(5000, item="khac"))) is None


def test_the_nearest_place_wins():
    assert found(tariff("city", line(5000)), tariff("ward", line(4000))) == 4000
    assert found(tariff("city", line(5000))) == 5000


def test_the_channel_wins_over_the_general_line():
    both = tariff("city", line(5000), line(0, channel="online"))

    assert found(both) == 0
    assert found(both, channel="direct") == 5000


def test_the_latest_line_in_force_wins():
    rising = tariff("city", line(5000, since=date(2020, 1, 1)), line(6000, since=date(2026, 7, 1)))

    assert found(rising, on=date(2026, 6, 30)) == 5000
    assert found(rising, on=date(2026, 7, 1)) == 6000


def test_a_line_that_has_ended_is_unknown_again():
    ended = tariff("city", line(5000, since=date(2020, 1, 1), to=date(2025, 12, 31)))

    assert found(ended, on=date(2025, 12, 31)) == 5000
    assert found(ended, on=date(2026, 1, 1)) is None


def test_an_unverified_figure_is_shown_as_such_and_never_asked_for():
    item = msgspec.structs.replace(
        COPIES, amounts=(amount(9000, since=date(2026, 1, 1), verified=False),)
    )
    doubtful = tariff("ward", msgspec.structs.replace(line(7000), verified=False))
    asked = {"procedure": "9.000001", "places": ("ward",), "channel": "online", "on": TODAY}

    assert price(item, tariffs=(), **asked) == Price(unverified=9000)
    assert price(ONCE, tariffs=(doubtful,), **asked) == Price(unverified=7000)


def test_a_tariff_sets_tiers_and_a_most():
    tiers = msgspec.structs.replace(line(2000), then=(Tier(above=2, amount=1000),), most=200000)

    found = price(
        ONCE,
        procedure="9.000001",
        tariffs=(tariff("ward", tiers),),
        places=("ward",),
        channel="online",
        on=TODAY,
    )

    assert (found.of(1), found.of(3), found.of(10**6)) == (2000, 5000, 200000)
    assert Price().of(3) is None


# -- what a dossier costs -------------------------------------------------------------------------

FEE = Fee(items=(COPIES, ONCE))
PRICES = {"ban_sao": Price(8000, "Thông tư"), "le_phi": Price(5000, "Nghị quyết")}


def test_lines_multiply_and_add_up():
    result = quote(FEE, {"so_luong": 3}, PRICES, on=TODAY)

    assert [(one.name, one.quantity, one.amount) for one in result.lines] == [
        ("Phí", 3, 24000),
        ("Lệ phí", 1, 5000),
    ]
    assert (result.state, result.amount) == ("open", 29000)


def test_one_unknown_line_makes_the_whole_unquoted_and_never_zero():
    result = quote(FEE, {"so_luong": 3}, {"ban_sao": Price(8000, "Thông tư")}, on=TODAY)

    assert (result.state, result.amount) == ("unquoted", None)
    assert (result.lines[1].unit_amount, result.lines[1].amount, result.lines[1].law) == (
        None,
        None,
        None,
    )


def test_an_unknown_line_that_does_not_apply_harms_nothing():
    late = msgspec.structs.replace(ONCE, when=Condition(answer="muon", is_=True))

    result = quote(Fee(items=(COPIES, late)), {"so_luong": 1}, {"ban_sao": Price(8000)}, on=TODAY)

    assert (result.state, result.amount) == ("open", 8000)


def test_a_line_of_zero_is_kept_and_nothing_is_due():
    result = quote(Fee(items=(ONCE,)), {}, {"le_phi": Price(0, "Luật")}, on=TODAY)

    assert (result.state, result.amount, result.lines[0].amount) == ("nothing_due", 0, 0)


@pytest.mark.parametrize("quantity", [0, -1, None, "3", True, 1.5])
def test_a_quantity_that_is_no_count_makes_no_line(quantity):
    result = quote(Fee(items=(COPIES,)), {"so_luong": quantity}, PRICES, on=TODAY)

    assert result == Quote("nothing_due", ())


@given(st.integers(1, 50), st.integers(0, 10**9), st.integers(0, 10**9))
def test_the_sum_is_the_sum_of_its_lines(copies, each, once):
    prices = {"ban_sao": Price(each), "le_phi": Price(once)}

    result = quote(FEE, {"so_luong": copies}, prices, on=TODAY)

    assert result.amount == copies * each + once
    assert result.state == ("open" if result.amount else "nothing_due")
