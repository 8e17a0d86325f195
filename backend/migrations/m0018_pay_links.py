"""Links by which anybody may pay one fee, and which of them are live. Empty table, milliseconds."""

STATEMENTS = (
    """CREATE TABLE pay_links (
        obligation {uuid} PRIMARY KEY REFERENCES obligations (id),
        number {int} NOT NULL,
        begun_at {time} NOT NULL,
        ended_at {time}
    )""",
)
