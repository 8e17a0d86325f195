"""Officers with their units, and their sessions. Empty tables: takes no time.

A unit is given from a day on and until a day that no more counts, so that a merger of wards keeps
who could see what. A session row holds only the SHA-256 of its token.
"""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE officers (
        id {uuid} PRIMARY KEY,
        login TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        role TEXT NOT NULL CHECK (role IN ('officer', 'leader', 'operator', 'author')),
        password TEXT NOT NULL,
        created_at {time} NOT NULL,
        ended_at {time}
    )
    """,
    """
    CREATE TABLE officer_units (
        officer {uuid} NOT NULL REFERENCES officers (id),
        unit TEXT NOT NULL,
        since DATE NOT NULL,
        until DATE,
        PRIMARY KEY (officer, unit, since)
    )
    """,
    """
    CREATE TABLE sessions (
        token_hash {blob} PRIMARY KEY,
        officer {uuid} NOT NULL REFERENCES officers (id),
        started_at {time} NOT NULL,
        seen_at {time} NOT NULL
    )
    """,
    "CREATE INDEX sessions_officer ON sessions (officer)",
)
