"""A small share of the proof of sends: whatever the network does, each dossier arrives once."""

from tests.faults.installation import installed
from tests.proof.sends import FATES, send

PHONES = 150


def test_cuts_kills_repeats_and_late_arrivals_lose_double_and_shorten_nothing(tmp_path):
    with installed(tmp_path / "data") as house:
        counted = send(house, PHONES, seed=1)

    assert not counted.faults, "\n".join(counted.faults)
    assert (counted.sent, counted.at_ward) == (PHONES, PHONES)
    assert set(counted.fates) == set(FATES)
