"""The catalogue: which text of a procedure is served from which day, and who agreed to it.

A row is proposed by one officer and approved by another; it is never deleted, so that what was
served on any day can be told. It holds the text itself: what is approved is what was proposed.
Empty table, milliseconds.
"""

STATEMENTS = (
    """CREATE TABLE procedure_publications (
        id {serial},
        code TEXT NOT NULL,
        version TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('publish', 'rollback')),
        state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'withdrawn')),
        from_day DATE NOT NULL,
        closes_drafts BOOLEAN NOT NULL,
        path TEXT NOT NULL,
        text TEXT NOT NULL,
        blocks {json} NOT NULL,
        reason TEXT NOT NULL,
        proposed_by TEXT NOT NULL,
        proposed_at {time} NOT NULL,
        approved_by TEXT,
        approved_at {time},
        withdrawn_by TEXT,
        withdrawn_at {time},
        withdrawn_why TEXT,
        CHECK (approved_by IS NULL OR approved_by <> proposed_by),
        CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
        CHECK (state <> 'approved' OR approved_by IS NOT NULL),
        CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL))
    )""",
    """CREATE UNIQUE INDEX procedure_publications_open
        ON procedure_publications (code, from_day) WHERE state = 'proposed'""",
    "CREATE INDEX procedure_publications_code ON procedure_publications (code, state, from_day)",
)
