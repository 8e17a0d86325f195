"""The catalogue: every version of a procedure ever served. Empty table, milliseconds."""

STATEMENTS = (
    """CREATE TABLE procedure_versions (
        version TEXT PRIMARY KEY,
        code TEXT NOT NULL,
        path TEXT NOT NULL,
        text TEXT NOT NULL,
        blocks {json} NOT NULL,
        first_served_at {time} NOT NULL,
        last_served_at {time} NOT NULL
    )""",
)
