"""Hand-over to the one-stop: what is due, moves to tell, sealed copies, differences. No wait.

`forwarding_copies` are added to and never changed: each is what one delivery said, sealed under the
dossier's own key. `unsure` is set before anything is sent and taken back when the answer was good,
so that after a crash or a lost answer the one-stop is asked first.
"""

from backend.platform.db import append_only

STATEMENTS = (
    """CREATE TABLE forwardings (
        dossier {uuid} PRIMARY KEY REFERENCES dossiers (id),
        unit TEXT NOT NULL,
        due_at {time} NOT NULL,
        unsure SMALLINT NOT NULL DEFAULT 0 CHECK (unsure IN (0, 1)),
        receipt_number TEXT,
        sent_at {time},
        state TEXT,
        remark {blob},
        polled_at {time},
        ended SMALLINT NOT NULL DEFAULT 0 CHECK (ended IN (0, 1)),
        tries {int} NOT NULL DEFAULT 0,
        problem TEXT
    )""",
    "CREATE INDEX forwardings_waiting ON forwardings (due_at) WHERE receipt_number IS NULL",
    """CREATE INDEX forwardings_poll ON forwardings (polled_at)
    WHERE receipt_number IS NOT NULL AND ended = 0""",
    """CREATE TABLE forwarding_moves (
        dossier {uuid} NOT NULL REFERENCES dossiers (id),
        rev {int} NOT NULL,
        at {time} NOT NULL,
        verb TEXT NOT NULL,
        after TEXT NOT NULL,
        told_at {time},
        PRIMARY KEY (dossier, rev)
    )""",
    "CREATE INDEX forwarding_moves_untold ON forwarding_moves (dossier, rev) WHERE told_at IS NULL",
    """CREATE TABLE forwarding_copies (
        dossier {uuid} NOT NULL REFERENCES dossiers (id),
        digest {blob} NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('create', 'update')),
        at {time} NOT NULL,
        sealed {blob} NOT NULL,
        PRIMARY KEY (dossier, digest)
    )""",
    append_only("forwarding_copies"),
    """CREATE TABLE forwarding_differences (
        dossier {uuid} NOT NULL REFERENCES dossiers (id),
        kind TEXT NOT NULL CHECK (kind IN ('fields', 'receipt_number', 'status', 'missing')),
        unit TEXT NOT NULL,
        ours TEXT NOT NULL,
        theirs TEXT NOT NULL,
        seen_at {time} NOT NULL,
        closed_at {time},
        PRIMARY KEY (dossier, kind)
    )""",
    """CREATE INDEX forwarding_differences_open ON forwarding_differences (unit, seen_at)
    WHERE closed_at IS NULL""",
)
