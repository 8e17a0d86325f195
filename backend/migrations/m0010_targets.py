"""The leader's figures: one fact row a dossier, one row a goal. Empty tables: takes no time."""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE target_facts (
        dossier {uuid} PRIMARY KEY,
        code TEXT NOT NULL,
        unit TEXT NOT NULL,
        procedure TEXT NOT NULL,
        channel TEXT NOT NULL,
        accepted_at {time} NOT NULL,
        accepted_on DATE NOT NULL,
        due_on DATE,
        ended_on DATE,
        waiting_since DATE,
        amount {int} NOT NULL,
        exempt BOOLEAN NOT NULL,
        paid_online BOOLEAN NOT NULL
    )
    """,
    "CREATE INDEX target_facts_unit ON target_facts (unit, accepted_on, code)",
    """
    CREATE TABLE target_goals (
        unit TEXT NOT NULL,
        year {int} NOT NULL,
        indicator TEXT NOT NULL,
        percent DOUBLE PRECISION NOT NULL,
        head TEXT NOT NULL,
        PRIMARY KEY (unit, year, indicator)
    )
    """,
)
