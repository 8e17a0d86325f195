"""The one-stop fails in every way while citizens hand in: each dossier arrives once, in order."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from tests.contract.people import example
from tests.faults.installation import WARD, installed
from tests.faults.phones import Citizen
from tests.faults.storm import Storm

KINDS = ("down", "garble", "lose", "odd", "foreign", "duplicate", "huge", "redirect", "refuse")


def test_whatever_the_one_stop_does_each_dossier_is_there_once_with_its_files(tmp_path):
    rules = [f'[[fault]]\nkind = "{kind}"\nservice = "DongBoHoSoMC"\nnext = 1\n' for kind in KINDS]
    rules.append('[[fault]]\nkind = "slow"\nseconds = 3\nnext = 1\n')
    with installed(tmp_path / "data") as house:
        house.fail("onestop", "".join(rules))
        storm = Storm(house, seed=3, phones=1)
        golden = example(house.web, WARD)
        citizens = [
            Citizen(house, storm.book, golden, seed=seed * 3, over=Event()) for seed in range(8)
        ]

        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(Citizen.carry, citizens))
        outcome = storm.count()

        assert all(one.done for one in told)
        assert not outcome.faults, "\n".join(outcome.faults)
        assert outcome.delivered == 8
