"""How providers answer lately: calls in a row without an answer. Empty table, milliseconds."""

STATEMENTS = (
    """CREATE TABLE provider_health (
        adapter TEXT PRIMARY KEY,
        silent {int} NOT NULL,
        since {time},
        latest {time},
        CHECK ((silent = 0) = (since IS NULL) AND (since IS NULL) = (latest IS NULL))
    )""",
)
