"""The disk and the lock belong to the embedded engine; a database server has its own."""

from tests.conftest import ON_POSTGRESQL

collect_ignore = ["test_disk.py", "test_start.py"] if ON_POSTGRESQL else []
