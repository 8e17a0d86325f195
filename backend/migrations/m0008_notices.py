"""Notices sent, each once per event and channel. Empty table: takes no time.

A row says that something was sent, never what or to whom.
"""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE notices (
        event TEXT NOT NULL,
        channel TEXT NOT NULL,
        dossier {uuid} NOT NULL REFERENCES dossiers (id),
        kind TEXT NOT NULL,
        sent_at {time} NOT NULL,
        PRIMARY KEY (event, channel)
    )
    """,
    "CREATE INDEX notices_dossier ON notices (dossier)",
)
