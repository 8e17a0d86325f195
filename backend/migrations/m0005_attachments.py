"""Files of dossiers: how much of each has come, and what checking said. Empty: takes no time.

The bytes themselves lie sealed in the file store. A row is written after its bytes are safe there,
so it never claims what is not kept: `received` counts the citizen's bytes, `stored` and `segments`
the sealed ones. No foreign key to dossiers: this room lies below theirs and keeps what it is given.
"""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE attachments (
        dossier {uuid} NOT NULL,
        sha256 TEXT NOT NULL,
        size {int} NOT NULL CHECK (size >= 0),
        kind TEXT CHECK (kind IN ('jpeg', 'png', 'heic', 'pdf')),
        received {int} NOT NULL CHECK (received >= 0),
        stored {int} NOT NULL CHECK (stored >= 0),
        segments {int} NOT NULL CHECK (segments >= 0),
        changed_at {time} NOT NULL,
        whole_at {time},
        check_state TEXT NOT NULL CHECK (check_state IN ('pending', 'ok', 'unreadable')),
        check_reason TEXT,
        checked_at {time},
        pages {int},
        PRIMARY KEY (dossier, sha256),
        CHECK (whole_at IS NULL OR (received = size AND kind IS NOT NULL))
    )
    """,
    "CREATE INDEX attachments_unchecked ON attachments (whole_at) WHERE check_state = 'pending'",
    "CREATE INDEX attachments_parts ON attachments (changed_at) WHERE whole_at IS NULL",
)
