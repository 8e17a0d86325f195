"""What the house writes into its log can be read there."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
LOGS = ROOT / "backend/platform/kit/logs.py"


def test_every_room_logs_under_its_name_so_that_its_words_are_not_left_out():
    foreign = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "backend").rglob("*.py")
        if path != LOGS and "getLogger(__name__)" in path.read_text("utf-8")
    ]

    assert not foreign
