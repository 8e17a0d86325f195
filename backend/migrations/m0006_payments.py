"""Fees: what is owed, tries to pay, what was told, money that came. Empty tables, milliseconds.

`money_events` and `postings` are added to and never changed: every state of an obligation or an
attempt follows from them. `sealed` columns open with the key in `notices_inbox.wrapped_key`.
"""

from backend.platform.db import append_only

STATEMENTS = (
    """CREATE TABLE obligations (
        id {uuid} PRIMARY KEY,
        dossier {uuid} NOT NULL UNIQUE REFERENCES dossiers (id),
        unit TEXT NOT NULL,
        procedure TEXT NOT NULL,
        basis TEXT NOT NULL CHECK (basis IN (
            'unquoted', 'open', 'nothing_due', 'exemption_review', 'exempt', 'cancelled',
            'expired')),
        state TEXT NOT NULL CHECK (state IN (
            'unquoted', 'open', 'paid', 'exemption_review', 'exempt', 'nothing_due', 'refund_due',
            'partly_refunded', 'refunded', 'cancelled', 'expired')),
        amount {int} CHECK (amount BETWEEN 0 AND 1000000000000),
        paid {int} NOT NULL DEFAULT 0,
        lines {json} NOT NULL,
        bank_bin TEXT,
        account TEXT,
        account_name TEXT,
        settled_at {time},
        settled_by TEXT,
        opened_at {time} NOT NULL,
        rev {int} NOT NULL DEFAULT 0,
        CHECK ((amount IS NULL) = (basis = 'unquoted') OR basis IN ('cancelled', 'expired'))
    )""",
    """CREATE TABLE payment_attempts (
        id {uuid} PRIMARY KEY,
        obligation {uuid} NOT NULL REFERENCES obligations (id),
        adapter TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN (
            'created', 'pending', 'unknown', 'succeeded', 'failed', 'superseded', 'expired',
            'expired_unverified', 'review')),
        code TEXT NOT NULL UNIQUE,
        provider_ref TEXT NOT NULL,
        account TEXT NOT NULL,
        amount {int} NOT NULL,
        description TEXT NOT NULL,
        action {json},
        created_at {time} NOT NULL,
        expires_at {time},
        UNIQUE (adapter, account, provider_ref)
    )""",
    "CREATE INDEX payment_attempts_obligation ON payment_attempts (obligation, created_at)",
    """CREATE INDEX payment_attempts_open ON payment_attempts (expires_at)
        WHERE state IN ('created', 'pending', 'unknown')""",
    """CREATE TABLE notices_inbox (
        id {uuid} PRIMARY KEY,
        adapter TEXT NOT NULL,
        at {time} NOT NULL,
        digest {blob} NOT NULL,
        wrapped_key {blob} NOT NULL,
        sealed {blob} NOT NULL,
        verdict TEXT
    )""",
    "CREATE INDEX notices_inbox_unread ON notices_inbox (at) WHERE verdict IS NULL",
    """CREATE INDEX notices_inbox_refused ON notices_inbox (at)
        WHERE verdict IN ('bad_signature', 'malformed')""",
    """CREATE TABLE money_events (
        id {uuid} PRIMARY KEY,
        adapter TEXT NOT NULL,
        account TEXT NOT NULL,
        txn TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('payment', 'reversal')),
        status TEXT NOT NULL CHECK (status IN ('succeeded', 'failed', 'aside')),
        amount {int} NOT NULL CHECK (amount BETWEEN 0 AND 1000000000000),
        provider_ref TEXT NOT NULL,
        codes TEXT NOT NULL,
        reason TEXT,
        unit TEXT NOT NULL,
        inbox {uuid} REFERENCES notices_inbox (id),
        sealed {blob},
        occurred_at {time},
        received_at {time} NOT NULL
    )""",
    "CREATE INDEX money_events_received ON money_events (received_at)",
    "CREATE INDEX money_events_ref ON money_events (adapter, provider_ref)",
    "CREATE INDEX money_events_account ON money_events (account, received_at)",
    append_only("money_events"),
    """CREATE TABLE postings (
        event {uuid} PRIMARY KEY REFERENCES money_events (id),
        obligation {uuid} NOT NULL REFERENCES obligations (id),
        attempt {uuid} NOT NULL REFERENCES payment_attempts (id),
        reason TEXT,
        at {time} NOT NULL
    )""",
    "CREATE INDEX postings_obligation ON postings (obligation)",
    "CREATE INDEX postings_reason ON postings (at) WHERE reason IS NOT NULL",
    append_only("postings"),
    """CREATE TABLE refunds (
        id {uuid} PRIMARY KEY,
        obligation {uuid} NOT NULL REFERENCES obligations (id),
        amount {int} NOT NULL CHECK (amount > 0),
        state TEXT NOT NULL CHECK (state IN ('requested', 'withdrawn')),
        at {time} NOT NULL
    )""",
    "CREATE INDEX refunds_obligation ON refunds (obligation)",
)
