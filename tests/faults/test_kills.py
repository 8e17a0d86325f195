"""Whatever process dies in the middle of a dossier: what was told stays true."""

from tests.conftest import ON_POSTGRESQL
from tests.faults.installation import installed
from tests.faults.storm import Storm

ORDER = ("web worker", "onestop", "photo child", "service", "bank", "web worker")


def test_no_kill_loses_doubles_or_alters_anything_that_was_told(tmp_path):
    with installed(tmp_path / "data") as house:
        storm = Storm(house, seed=1, phones=3)

        storm.rage(ORDER, pause=0.8)
        outcome = storm.count()

        assert not outcome.faults, "\n".join(outcome.faults)
        assert outcome.kills.total() >= 5
        assert ON_POSTGRESQL or outcome.audits == outcome.kills.total()
        assert outcome.delivered >= 1
        assert outcome.answers.get(500, 0) == 0
