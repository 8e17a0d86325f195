"""What long proofs of money keep of each shelf, so that they can be stopped and go on."""

from msgspec.structs import replace

from tests.proof import shelves
from tests.proof.shelves import Shelf

FOUND = Shelf("c0ffee", 1, 10_000, {"histories": 10_000, "notices told": 3}, [])
SHORT = Shelf("c0ffee", 10_001, 20_000, {"histories": 1_000}, [])
SPANS = [(1, 10_000), (10_001, 20_000), (20_001, 25_000)]


def test_histories_are_cut_into_shelves_without_gap_or_overlap():
    assert shelves.spans(25_000) == SPANS


def test_only_whole_shelves_of_the_same_program_are_kept(tmp_path):
    file = tmp_path / "shelves"
    for shelf in (FOUND, SHORT, replace(FOUND, commit="other", first=20_001, last=30_000)):
        shelves.keep(file, shelf)

    assert shelves.kept(file, commit="c0ffee", wanted=SPANS) == [FOUND]
    assert shelves.kept(file, commit="another", wanted=SPANS) == []


def test_a_line_that_a_stop_tore_is_played_again(tmp_path):
    file = tmp_path / "shelves"
    shelves.keep(file, FOUND)
    with file.open("ab") as out:
        out.write(b'{"commit":"c0ff')
    more = replace(FOUND, first=10_001, last=20_000)
    shelves.keep(file, more)

    assert shelves.kept(file, commit="c0ffee", wanted=SPANS) == [FOUND, more]


def test_what_shelves_met_is_added_up():
    more = replace(FOUND, first=10_001, last=20_000, broken=["history 10001"])

    assert shelves.totals([FOUND, more])["notices told"] == 6
