"""The page "how to write an adapter" says what is true."""

import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from payment_adapters import contract
from payment_adapters.testing import Conformance, Harness

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "payment_adapters/README.md").read_text()
ROWS = re.findall(r"^\| (\d+) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE)
KIT = {name for name in dir(Conformance) if name.startswith("test_")}
OURS = sorted(p.parent.name for p in (ROOT / "payment_adapters").glob("*/adapter.py"))


def test_the_thirty_points_stand_there_once_each():
    assert [int(number) for number, *_ in ROWS] == list(range(1, 31))


def test_each_named_test_exists():
    for _, _, tests in ROWS:
        for name in re.findall(r"`(.+?)`", tests):
            path, _, core = name.rpartition("::")
            found = name in KIT or (path and f"def {core}(" in (ROOT / path).read_text())
            assert found, name


def test_each_test_of_the_kit_is_for_a_point():
    named = {name for _, _, tests in ROWS for name in re.findall(r"`(.+?)`", tests)}

    assert named >= KIT


def test_the_parts_of_the_kit_share_no_names():
    names = [name for part in Conformance.__bases__ for name in vars(part) if name[:2] != "__"]

    assert sorted(names) == sorted(set(names))


def test_the_table_of_what_a_provider_can_names_methods_and_capabilities_that_exist():
    table = PAGE[PAGE.index("| provider can |") : PAGE.index("3. Settings")]

    for method in re.findall(r"`(\w+)`", table):
        known = (
            hasattr(contract.Adapter, method) or method in contract.Capabilities.__struct_fields__
        )
        assert known, method


def test_the_words_of_the_harness_on_the_page_exist():
    for word in ("golden", "notice_signature", "leaves_out", "unsigned", "scenes", "any_case"):
        assert word in PAGE
        assert hasattr(Harness, word)


@pytest.mark.parametrize("name", OURS)
def test_each_adapter_has_its_page_and_its_entry_point(name):
    page = (ROOT / "payment_adapters" / name / "README.md").read_text()

    assert f"[payments.{name}]" in page
    assert [point.value for point in entry_points(group=contract.GROUP, name=name)] == [
        f"payment_adapters.{name}.adapter:create"
    ]
