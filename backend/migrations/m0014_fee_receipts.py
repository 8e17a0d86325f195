"""Receipts of fees (biên lai thu phí, lệ phí): one live one for each fee and kind, and their books.

A number is taken once and never given back: `receipt_numbers` is added to and never changed. Both
a cancelled receipt and the one that replaces it stay. Nothing is filled: a moment.
"""

from backend.platform.db import append_only

STATEMENTS = (
    """CREATE TABLE fee_receipts (
        id {uuid} PRIMARY KEY,
        obligation {uuid} NOT NULL REFERENCES obligations (id),
        dossier {uuid} NOT NULL REFERENCES dossiers (id),
        unit TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('phi', 'le_phi')),
        seq {int} NOT NULL CHECK (seq > 0),
        state TEXT NOT NULL CHECK (state IN (
            'wanted', 'issued', 'on_hold', 'cancelled', 'replaced')),
        amount {int} NOT NULL CHECK (amount > 0),
        lines {json} NOT NULL,
        collector {json},
        payer {blob} NOT NULL,
        wanted_at {time} NOT NULL,
        sent_at {time},
        issued_at {time},
        form TEXT,
        series TEXT,
        number TEXT,
        digest TEXT UNIQUE,
        held_at {time},
        ended_at {time},
        ended_by TEXT,
        reason {blob},
        replaces {uuid} REFERENCES fee_receipts (id),
        rev {int} NOT NULL DEFAULT 0,
        UNIQUE (obligation, kind, seq),
        CHECK ((number IS NULL) = (state = 'wanted')),
        CHECK (number IS NULL OR (issued_at IS NOT NULL AND digest IS NOT NULL)),
        CHECK ((ended_by IS NULL) = (state NOT IN ('cancelled', 'replaced')))
    )""",
    """CREATE UNIQUE INDEX fee_receipts_live ON fee_receipts (obligation, kind)
        WHERE state NOT IN ('cancelled', 'replaced')""",
    """CREATE UNIQUE INDEX fee_receipts_number ON fee_receipts (unit, form, series, number)
        WHERE number IS NOT NULL""",
    "CREATE INDEX fee_receipts_dossier ON fee_receipts (dossier)",
    "CREATE INDEX fee_receipts_waiting ON fee_receipts (id) WHERE state = 'wanted'",
    """CREATE TABLE receipt_books (
        unit TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('phi', 'le_phi')),
        form TEXT NOT NULL,
        series TEXT NOT NULL,
        last {int} NOT NULL CHECK (last BETWEEN 0 AND 9999999),
        PRIMARY KEY (unit, form, series)
    )""",
    """CREATE TABLE receipt_numbers (
        receipt {uuid} PRIMARY KEY,
        unit TEXT NOT NULL,
        form TEXT NOT NULL,
        series TEXT NOT NULL,
        number {int} NOT NULL CHECK (number BETWEEN 1 AND 9999999),
        at {time} NOT NULL,
        UNIQUE (unit, form, series, number),
        FOREIGN KEY (unit, form, series) REFERENCES receipt_books (unit, form, series)
    )""",
    append_only("receipt_numbers"),
)
