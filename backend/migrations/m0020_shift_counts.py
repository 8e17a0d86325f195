"""Every count that was told of an open till (số đếm): who, when, how much. Nothing is filled.

A row is added and never changed: whoever counts again, until the sums agree, is seen to have done
so. Shifts closed before have none. Empty table, milliseconds.
"""

from backend.platform.db import append_only

STATEMENTS = (
    """CREATE TABLE shift_counts (
        shift {uuid} NOT NULL REFERENCES till_shifts (id),
        number {int} NOT NULL CHECK (number >= 1),
        told_by TEXT NOT NULL,
        told_at {time} NOT NULL,
        cash {int} NOT NULL CHECK (cash >= 0),
        pos {int} NOT NULL CHECK (pos >= 0),
        PRIMARY KEY (shift, number)
    )""",
    append_only("shift_counts"),
)
