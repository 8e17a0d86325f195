"""Dossiers with their moves, supplements, search marks and one-time codes. Empty: takes no time.

People stand only in sealed columns (`sealed`, `receipt`, `answer`, `before`): AES-GCM under the
dossier's own key. `track_marks` and `dossier_words` are keyed blind indexes. A deleted
`wrapped_key` makes a dossier unreadable everywhere.
"""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE dossiers (
        id {uuid} PRIMARY KEY,
        code TEXT UNIQUE,
        procedure TEXT NOT NULL,
        version TEXT NOT NULL,
        unit TEXT NOT NULL,
        channel TEXT NOT NULL CHECK (channel IN ('online', 'assisted', 'direct', 'post')),
        qr TEXT,
        campaign TEXT,
        example SMALLINT NOT NULL CHECK (example IN (0, 1)),
        state TEXT NOT NULL CHECK (state IN (
            'draft', 'submitted', 'accepted', 'declined', 'processing', 'supplement_requested',
            'result_ready', 'returned', 'withdrawn', 'stopped', 'expired')),
        came_from TEXT,
        rev BIGINT NOT NULL,
        created_at {time} NOT NULL,
        changed_at {time} NOT NULL,
        submitted_at {time},
        accepted_at {time},
        expected_at {time},
        due_at {time},
        finished_at {time},
        returned_at {time},
        held_at {time},
        queue_at {time},
        track_digits TEXT,
        track_marks {blob},
        receipt_number TEXT,
        key_hash {blob} NOT NULL,
        wrapped_key {blob} NOT NULL,
        sealed {blob} NOT NULL,
        receipt {blob},
        CHECK (state = 'draft' OR (code IS NOT NULL AND submitted_at IS NOT NULL))
    )
    """,
    "CREATE INDEX dossiers_queue ON dossiers (unit, state, queue_at, code)",
    "CREATE INDEX dossiers_accepted ON dossiers (accepted_at, unit) WHERE accepted_at IS NOT NULL",
    "CREATE INDEX dossiers_drafts ON dossiers (changed_at) WHERE state = 'draft'",
    """
    CREATE TABLE dossier_moves (
        dossier {uuid} NOT NULL REFERENCES dossiers (id),
        rev BIGINT NOT NULL,
        at {time} NOT NULL,
        verb TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        actor TEXT NOT NULL,
        until {time},
        sealed {blob},
        PRIMARY KEY (dossier, rev)
    )
    """,
    """
    CREATE TABLE dossier_words (
        mark {blob} NOT NULL,
        dossier {uuid} NOT NULL REFERENCES dossiers (id),
        PRIMARY KEY (mark, dossier)
    )
    """,
    "CREATE INDEX dossier_words_dossier ON dossier_words (dossier)",
    """
    CREATE TABLE supplements (
        id {uuid} PRIMARY KEY,
        dossier {uuid} NOT NULL REFERENCES dossiers (id),
        asked_by TEXT NOT NULL CHECK (asked_by IN ('officer', 'system')),
        sealed {blob} NOT NULL,
        asked_at {time} NOT NULL,
        until {time},
        answer {blob},
        before {blob},
        receipt {blob},
        answered_at {time},
        closed_at {time}
    )
    """,
    "CREATE INDEX supplements_dossier ON supplements (dossier)",
    # An officer asks once; the system has one open request at a time.
    "CREATE UNIQUE INDEX supplements_official ON supplements (dossier) WHERE asked_by = 'officer'",
    """
    CREATE UNIQUE INDEX supplements_of_system ON supplements (dossier)
    WHERE asked_by = 'system' AND answered_at IS NULL AND closed_at IS NULL
    """,
    """
    CREATE INDEX supplements_until ON supplements (until)
    WHERE answered_at IS NULL AND closed_at IS NULL AND until IS NOT NULL
    """,
    """
    CREATE TABLE one_time_codes (
        dossier {uuid} PRIMARY KEY REFERENCES dossiers (id),
        mark {blob} NOT NULL,
        tries SMALLINT NOT NULL,
        made_at {time} NOT NULL,
        ends_at {time} NOT NULL
    )
    """,
)
