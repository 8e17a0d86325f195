"""One installation for the whole catalogue and the short fuzz."""

import pytest

from tests.faults.installation import DISTRICT, WARD, installed


@pytest.fixture(scope="session")
def house(tmp_path_factory):
    data = tmp_path_factory.mktemp("bad") / "data"
    with installed(data, officers=(("officer", WARD), ("leader", DISTRICT))) as found:
        yield found
