"""An update while a form is being filled in: the open page still finds the files of its build."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.platform import http
from backend.platform.http import former

MONDAY = datetime(2026, 11, 23, 1, tzinfo=UTC)
PLAIN = {b"accept-encoding": b"identity"}


@pytest.fixture
def build(tmp_path):
    """Give a function that puts a build in place of the one before."""
    assets = tmp_path / "dist/assets"
    assets.mkdir(parents=True)

    def put(**files):
        for old in assets.iterdir():
            old.unlink()
        for name, text in files.items():
            (assets / f"later-{name}.js").write_text(text)

    return put


def started(folder, *, now=MONDAY):
    return http.Assets(folder / "dist", kept=folder / "data/pages", now=now)


def test_files_of_the_build_before_are_answered_for_ever_cached(tmp_path, build):
    build(aaaa1111="let old = 1\n" * 50)
    started(tmp_path)
    build(bbbb2222="let fresh = 1\n" * 50)

    assets = started(tmp_path, now=MONDAY + timedelta(days=1))

    old = assets.find("/assets/later-aaaa1111.js", PLAIN)
    fresh = assets.find("/assets/later-bbbb2222.js", PLAIN)
    assert (old.status, old.body) == (200, b"let old = 1\n" * 50)
    assert (fresh.status, fresh.body) == (200, b"let fresh = 1\n" * 50)
    assert "immutable" in old.headers["cache-control"]
    assert old.headers["content-security-policy"] == fresh.headers["content-security-policy"]


def test_two_weeks_after_its_last_start_a_build_is_forgotten(tmp_path, build):
    build(aaaa1111="let old = 1")
    started(tmp_path)
    started(tmp_path, now=MONDAY + timedelta(days=30))
    build(bbbb2222="let fresh = 1")

    soon = started(tmp_path, now=MONDAY + timedelta(days=44))
    late = started(tmp_path, now=MONDAY + timedelta(days=45))

    assert soon.find("/assets/later-aaaa1111.js", PLAIN).status == 200
    assert late.find("/assets/later-aaaa1111.js", PLAIN) is None
    assert late.find("/assets/later-bbbb2222.js", PLAIN).status == 200


def test_the_newest_files_stay_when_there_are_too_many(tmp_path, build):
    for day in range(former.MOST + 5):
        build(**{f"{day:08d}": f"let day = {day}"})
        assets = started(tmp_path, now=MONDAY + timedelta(hours=day))

    kept = sorted(file.name for file in (tmp_path / "data/pages").iterdir())
    assert (len(kept), kept[0]) == (former.MOST, "later-00000005.js")
    assert assets.find("/assets/later-00000005.js", PLAIN).status == 200


def test_the_build_before_is_kept_whole_when_a_build_has_many_files(tmp_path, build):
    names = [f"{number:08d}" for number in range(80)]
    build(**dict.fromkeys(names, "let old = 1"))
    started(tmp_path)
    build(**dict.fromkeys((name[::-1] + "new" for name in names), "let fresh = 1"))

    assets = started(tmp_path, now=MONDAY + timedelta(days=1))

    missing = [one for one in names if assets.find(f"/assets/later-{one}.js", PLAIN) is None]
    assert not missing


def test_only_names_with_a_hash_are_answered_from_earlier_builds(tmp_path, build):
    build(aaaa1111="let old = 1")
    started(tmp_path)
    (tmp_path / "data/pages/secret").write_text("x")

    assert started(tmp_path).find("/assets/secret", PLAIN) is None


def test_a_disk_that_takes_nothing_does_not_stop_the_start(tmp_path, build):
    build(aaaa1111="let now = 1")
    (tmp_path / "data").write_text("a file where a folder should be")

    assert started(tmp_path).find("/assets/later-aaaa1111.js", PLAIN).status == 200
