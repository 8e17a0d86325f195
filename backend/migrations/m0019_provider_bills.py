"""Receipts that providers gave out, kept sealed as evidence. Empty table, milliseconds.

`sealed` opens with `wrapped_key`; a row is added and never changed.
"""

from backend.platform.db import append_only

STATEMENTS = (
    """CREATE TABLE provider_bills (
        attempt {uuid} PRIMARY KEY REFERENCES payment_attempts (id),
        at {time} NOT NULL,
        digest {blob} NOT NULL,
        wrapped_key {blob} NOT NULL,
        sealed {blob} NOT NULL
    )""",
    append_only("provider_bills"),
)
