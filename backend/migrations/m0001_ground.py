"""The ground: jobs, the audit journal and its seals, limits. Empty tables, milliseconds."""

from backend.platform.db import append_only

STATEMENTS = (
    """CREATE TABLE jobs (
        id {serial},
        topic TEXT NOT NULL,
        key TEXT NOT NULL,
        lane TEXT,
        payload {json} NOT NULL,
        first_due_at {time} NOT NULL,
        due_at {time} NOT NULL,
        leased_until {time},
        attempts {int} NOT NULL DEFAULT 0,
        failures {int} NOT NULL DEFAULT 0,
        last_error TEXT,
        flagged_at {time},
        done_at {time},
        UNIQUE (topic, key)
    )""",
    "CREATE INDEX jobs_due ON jobs (topic, due_at) WHERE done_at IS NULL",
    "CREATE INDEX jobs_lane ON jobs (lane, id) WHERE done_at IS NULL",
    "CREATE INDEX jobs_done ON jobs (done_at) WHERE done_at IS NOT NULL",
    "CREATE TABLE turns (topic TEXT PRIMARY KEY, until {time} NOT NULL)",
    """CREATE TABLE audit (
        id {serial},
        at {time} NOT NULL,
        actor TEXT NOT NULL,
        verb TEXT NOT NULL,
        dossier {uuid},
        unit TEXT,
        facts {json} NOT NULL
    )""",
    "CREATE INDEX audit_dossier ON audit (dossier, id)",
    append_only("audit"),
    """CREATE TABLE audit_seals (
        position {int} PRIMARY KEY,
        entry {int} NOT NULL UNIQUE,
        digest {blob} NOT NULL,
        seal {blob} NOT NULL
    )""",
    append_only("audit_seals"),
    """CREATE TABLE limits (
        bucket {blob} PRIMARY KEY,
        hits {int} NOT NULL,
        until {time} NOT NULL
    )""",
    "CREATE INDEX limits_until ON limits (until)",
)
