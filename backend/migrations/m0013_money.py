"""The ledger, the desk of unmatched money, refunds with their steps, versions of a fee.

`ledger`, `repostings` and `money_decisions` are added to and never changed. Refunds move into a
table with all their steps. What stood in the books before is written into the ledger as it stands:
about a second for 100,000 obligations.
"""

from backend.platform.db import append_only

_CHARGED = "o.basis IN ('open', 'exemption_review', 'expired') AND o.amount > 0"
_SETTLED = (
    "o.state IN ('paid', 'refund_due') AND o.basis IN ('open', 'exemption_review', 'expired')"
)
_BACK = (
    "(SELECT COALESCE(SUM(r.amount), 0) FROM refunds r"
    " WHERE r.obligation = o.id AND r.state = 'requested')"
)
_APPLIED = f"(CASE WHEN {_SETTLED} THEN o.amount ELSE 0 END)"
_SIGNED = "(CASE e.kind WHEN 'payment' THEN e.amount ELSE -e.amount END)"
_HOLDER = "e.adapter || ':' || e.account"
_PLACE = "CASE WHEN e.adapter = 'counter' AND e.txn LIKE 'cash:%' THEN 'till' ELSE 'collected' END"


def _opening(line: int, account: str, amount: str, which: str = "1 = 1") -> str:
    """Write an account of every obligation as it stands."""
    return (
        "INSERT INTO ledger (entry, line, cause, account, holder, obligation, amount, at)"
        f" SELECT o.id, {line}, 'opening', '{account}', o.unit, o.id, {amount}, o.opened_at"
        f" FROM obligations o WHERE {which} AND {amount} <> 0"
    )


def _came(line: int, account: str, amount: str) -> str:
    """Write every movement of money as it came."""
    return (
        "INSERT INTO ledger (entry, line, cause, account, holder, obligation, amount, at)"
        f" SELECT e.id, {line}, 'money', {account}, {_HOLDER}, NULL, {amount}, e.received_at"
        " FROM money_events e WHERE e.status = 'succeeded' AND e.amount > 0"
    )


def _matched(line: int, account: str, holder: str, amount: str, obligation: str) -> str:
    """Write whose every movement became."""
    return (
        "INSERT INTO ledger (entry, line, cause, account, holder, obligation, amount, at)"
        f" SELECT e.id, {line}, 'money', '{account}', {holder}, {obligation}, {amount}, p.at"
        " FROM postings p JOIN money_events e ON e.id = p.event"
        " JOIN obligations o ON o.id = p.obligation"
        " WHERE e.status = 'succeeded' AND e.amount > 0"
    )


STATEMENTS = (
    """ALTER TABLE obligations ADD COLUMN counting TEXT NOT NULL DEFAULT 'exact'
        CHECK (counting IN ('exact', 'sum'))""",
    "ALTER TABLE obligations ADD COLUMN version {int} NOT NULL DEFAULT 1",
    "ALTER TABLE obligations ADD COLUMN given_back {int} NOT NULL DEFAULT 0",
    "ALTER TABLE obligations ADD COLUMN pay_until {time}",
    "CREATE INDEX obligations_deadline ON obligations (pay_until) WHERE pay_until IS NOT NULL",
    """CREATE TABLE obligation_versions (
        obligation {uuid} NOT NULL REFERENCES obligations (id),
        version {int} NOT NULL,
        basis TEXT NOT NULL,
        amount {int},
        lines {json} NOT NULL,
        ended_by TEXT NOT NULL,
        ended_at {time} NOT NULL,
        PRIMARY KEY (obligation, version)
    )""",
    append_only("obligation_versions"),
    """CREATE TABLE ledger (
        entry {uuid} NOT NULL,
        line {int} NOT NULL,
        cause TEXT NOT NULL CHECK (cause IN (
            'opening', 'money', 'match', 'move', 'fold', 'refund')),
        account TEXT NOT NULL CHECK (account IN (
            'receivable', 'fees', 'collected', 'till', 'suspense', 'received', 'give_back',
            'given_back')),
        holder TEXT NOT NULL,
        obligation {uuid} REFERENCES obligations (id),
        amount {int} NOT NULL CHECK (amount <> 0),
        at {time} NOT NULL,
        PRIMARY KEY (entry, line)
    )""",
    "CREATE INDEX ledger_obligation ON ledger (obligation) WHERE obligation IS NOT NULL",
    "CREATE INDEX ledger_holder ON ledger (account, holder, at)",
    """CREATE TABLE refunds_with_steps (
        id {uuid} PRIMARY KEY,
        obligation {uuid} REFERENCES obligations (id),
        event {uuid} REFERENCES money_events (id),
        unit TEXT NOT NULL,
        amount {int} NOT NULL CHECK (amount > 0),
        state TEXT NOT NULL CHECK (state IN (
            'requested', 'approved', 'rejected', 'submitted', 'unknown', 'succeeded', 'failed',
            'paid_out', 'confirmed', 'withdrawn')),
        reason TEXT NOT NULL,
        at {time} NOT NULL,
        rev {int} NOT NULL DEFAULT 0,
        requested_by TEXT NOT NULL,
        approved_by TEXT,
        approved_at {time},
        route TEXT CHECK (route IN ('provider', 'manual')),
        code TEXT UNIQUE,
        provider_ref TEXT,
        paid_by TEXT,
        confirmed_by TEXT,
        evidence TEXT,
        ended_at {time},
        wrapped_key {blob},
        payee {blob},
        CHECK (obligation IS NOT NULL OR event IS NOT NULL),
        CHECK (approved_by IS NULL OR approved_by <> requested_by),
        CHECK (confirmed_by IS NULL OR confirmed_by <> paid_by),
        CHECK (state <> 'confirmed' OR confirmed_by IS NOT NULL),
        CHECK (state NOT IN ('paid_out', 'confirmed') OR evidence IS NOT NULL),
        CHECK (state NOT IN ('submitted', 'unknown', 'succeeded') OR code IS NOT NULL)
    )""",
    """INSERT INTO refunds_with_steps
            (id, obligation, unit, amount, state, reason, at, requested_by)
        SELECT r.id, r.obligation, o.unit, r.amount, r.state,
            CASE o.basis WHEN 'cancelled' THEN 'ended' ELSE 'second' END, r.at, 'system'
        FROM refunds r JOIN obligations o ON o.id = r.obligation""",
    *(
        _opening(line, account, amount, which)
        for line, account, amount, which in (
            (0, "receivable", f"(o.amount - {_APPLIED})", _CHARGED),
            (1, "fees", "(-o.amount)", _CHARGED),
            (2, "give_back", f"(-{_BACK})", "1 = 1"),
            (3, "received", f"({_APPLIED} + {_BACK})", "1 = 1"),
        )
    ),
    _came(0, _PLACE, _SIGNED),
    _came(1, "'suspense'", f"-{_SIGNED}"),
    _matched(2, "suspense", _HOLDER, _SIGNED, "NULL"),
    _matched(3, "received", "o.unit", f"-{_SIGNED}", "o.id"),
    append_only("ledger"),
    "DROP TABLE refunds",
    "ALTER TABLE refunds_with_steps RENAME TO refunds",
    "CREATE INDEX refunds_obligation ON refunds (obligation)",
    "CREATE INDEX refunds_unit ON refunds (unit, state, at)",
    "CREATE INDEX refunds_provider ON refunds (provider_ref) WHERE provider_ref IS NOT NULL",
    """CREATE UNIQUE INDEX refunds_unmatched ON refunds (event)
        WHERE obligation IS NULL AND state NOT IN ('rejected', 'failed', 'withdrawn')""",
    """CREATE TABLE repostings (
        event {uuid} NOT NULL REFERENCES money_events (id),
        seq {int} NOT NULL,
        obligation {uuid} REFERENCES obligations (id),
        attempt {uuid} REFERENCES payment_attempts (id),
        reason TEXT,
        at {time} NOT NULL,
        PRIMARY KEY (event, seq),
        CHECK ((obligation IS NULL) = (attempt IS NULL))
    )""",
    "CREATE INDEX repostings_obligation ON repostings (obligation)",
    append_only("repostings"),
    """CREATE VIEW placed AS
        SELECT p.event, p.obligation, p.attempt, p.reason, p.at FROM postings p
        WHERE NOT EXISTS (SELECT 1 FROM repostings r WHERE r.event = p.event)
        UNION ALL
        SELECT r.event, r.obligation, r.attempt, r.reason, r.at FROM repostings r
        WHERE r.obligation IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM repostings n WHERE n.event = r.event AND n.seq > r.seq)""",
    """CREATE TABLE money_desk (
        event {uuid} PRIMARY KEY REFERENCES money_events (id),
        rev {int} NOT NULL,
        handled_at {time}
    )""",
    """CREATE TABLE money_decisions (
        id {uuid} PRIMARY KEY,
        event {uuid} REFERENCES money_events (id),
        refund {uuid},
        obligation {uuid} REFERENCES obligations (id),
        verb TEXT NOT NULL,
        officer TEXT NOT NULL,
        at {time} NOT NULL,
        wrapped_key {blob} NOT NULL,
        reason {blob} NOT NULL
    )""",
    "CREATE INDEX money_decisions_event ON money_decisions (event) WHERE event IS NOT NULL",
    append_only("money_decisions"),
)
