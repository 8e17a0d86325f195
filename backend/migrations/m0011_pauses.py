"""Stretches in which a dossier's clock stands still, with the promise before and after.

A dossier that waits for a supplement now, asked for after its acceptance, gets its open stretch
from the step that asked; a promise that was made before is not changed. Milliseconds.
"""

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE dossier_pauses (
        dossier {uuid} NOT NULL REFERENCES dossiers (id),
        begins {time} NOT NULL,
        ends {time},
        why TEXT NOT NULL CHECK (why IN ('supplement', 'fee')),
        due_before {time},
        due_after {time},
        PRIMARY KEY (dossier, begins)
    )
    """,
    "CREATE UNIQUE INDEX dossier_pauses_open ON dossier_pauses (dossier) WHERE ends IS NULL",
    """
    INSERT INTO dossier_pauses (dossier, begins, why, due_before)
    SELECT d.id, max(m.at), 'supplement', d.due_at
    FROM dossiers d JOIN dossier_moves m ON m.dossier = d.id
    WHERE d.state = 'supplement_requested' AND d.accepted_at IS NOT NULL
        AND m.verb = 'request_supplement'
    GROUP BY d.id, d.due_at
    """,
)
