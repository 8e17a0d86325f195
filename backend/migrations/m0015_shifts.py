"""Counter shifts (ca thu): who had the till, what was counted, and which money was in which shift.

One till a unit: at most one open shift. Each movement of the counter belongs to exactly one closed
shift, for ever. Nothing is filled: what was taken before stands outside of the first one. A moment.
"""

from backend.platform.db import append_only

STATEMENTS = (
    """CREATE TABLE till_shifts (
        id {uuid} PRIMARY KEY,
        unit TEXT NOT NULL,
        opened_by TEXT NOT NULL,
        opened_at {time} NOT NULL,
        opening {int} NOT NULL CHECK (opening >= 0),
        closed_by TEXT,
        closed_at {time},
        cash {int},
        pos {int},
        outside {int},
        counted_cash {int} CHECK (counted_cash >= 0),
        counted_pos {int} CHECK (counted_pos >= 0),
        wrapped_key {blob},
        reason {blob},
        CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
        CHECK (closed_at IS NULL OR (cash IS NOT NULL AND pos IS NOT NULL
            AND outside IS NOT NULL AND counted_cash IS NOT NULL AND counted_pos IS NOT NULL)),
        CHECK (closed_at IS NULL OR reason IS NOT NULL
            OR (counted_cash = opening + cash AND counted_pos = pos))
    )""",
    "CREATE UNIQUE INDEX till_shifts_open ON till_shifts (unit) WHERE closed_at IS NULL",
    "CREATE INDEX till_shifts_unit ON till_shifts (unit, opened_at)",
    """CREATE TABLE shift_lines (
        event {uuid} PRIMARY KEY REFERENCES money_events (id),
        shift {uuid} NOT NULL REFERENCES till_shifts (id),
        outside {int} NOT NULL CHECK (outside IN (0, 1))
    )""",
    "CREATE INDEX shift_lines_shift ON shift_lines (shift)",
    append_only("shift_lines"),
)
