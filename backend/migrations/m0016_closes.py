"""Daily closes (đối soát ngày): a bank's or provider's file of a day beside what we know of it.

The list of a close is added to and never changed; only its signature comes later, from another
person. The file itself is kept sealed among the notices. The steps of a refund get the index by
which they are looked up. Nothing is filled: a moment.
"""

from backend.platform.db import append_only

STATEMENTS = (
    """CREATE TABLE daily_closes (
        id {uuid} PRIMARY KEY REFERENCES notices_inbox (id),
        unit TEXT NOT NULL,
        adapter TEXT NOT NULL,
        day TEXT NOT NULL,
        uploaded_by TEXT NOT NULL,
        uploaded_at {time} NOT NULL,
        signed_by TEXT,
        signed_at {time},
        note {blob},
        CHECK ((signed_at IS NULL) = (signed_by IS NULL)),
        CHECK (signed_by IS NULL OR signed_by <> uploaded_by)
    )""",
    "CREATE INDEX daily_closes_unit ON daily_closes (unit, uploaded_at)",
    """CREATE TABLE close_lines (
        daily_close {uuid} NOT NULL REFERENCES daily_closes (id),
        seq {int} NOT NULL,
        verdict TEXT NOT NULL CHECK (verdict IN (
            'matched', 'missing_with_us', 'missing_with_them', 'amount_differs')),
        account TEXT NOT NULL,
        txn TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('payment', 'reversal')),
        ours {int},
        theirs {int},
        PRIMARY KEY (daily_close, seq),
        CHECK (ours IS NOT NULL OR theirs IS NOT NULL)
    )""",
    append_only("close_lines"),
    "CREATE INDEX money_decisions_refund ON money_decisions (refund) WHERE refund IS NOT NULL",
)
