"""QR codes of posters, what they open, and their scans by day. Empty tables: takes no time.

Whether a code is live, expired or withdrawn follows from its dates, so there is no state to keep
in step. Scans hold a count per day and nothing about who scanned.
"""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE qr_codes (
        code TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('poster')),
        unit TEXT NOT NULL,
        campaign TEXT,
        made_at {time} NOT NULL,
        changed_at {time} NOT NULL,
        expires_at {time},
        withdrawn_at {time},
        replaced_by TEXT REFERENCES qr_codes (code)
    )
    """,
    "CREATE INDEX qr_codes_unit ON qr_codes (unit)",
    "CREATE INDEX qr_codes_changed ON qr_codes (changed_at)",
    """
    CREATE TABLE qr_code_procedures (
        code TEXT NOT NULL REFERENCES qr_codes (code),
        place SMALLINT NOT NULL,
        procedure TEXT NOT NULL,
        PRIMARY KEY (code, place)
    )
    """,
    """
    CREATE TABLE qr_scans (
        code TEXT NOT NULL REFERENCES qr_codes (code),
        day DATE NOT NULL,
        scans BIGINT NOT NULL CHECK (scans > 0),
        PRIMARY KEY (code, day)
    )
    """,
)
