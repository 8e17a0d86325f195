"""The rows of this room's tables."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from backend.payments.model.refunds import RefundState, Route
from backend.payments.model.states import (
    AttemptState,
    Basis,
    Counting,
    ObligationState,
    Reason,
)


class ObligationRow(Struct, frozen=True, kw_only=True):
    """A row of `obligations`."""

    id: UUID
    dossier: UUID
    unit: str
    procedure: str
    basis: Basis
    state: ObligationState
    amount: int | None
    paid: int
    lines: str
    bank_bin: str | None
    account: str | None
    account_name: str | None
    settled_at: datetime | None
    settled_by: str | None
    opened_at: datetime
    rev: int
    counting: Counting = "exact"
    version: int = 1
    given_back: int = 0
    pay_until: datetime | None = None

    @property
    def due(self) -> int:
        """What is still to be paid: all of it, or what an officer's count leaves."""
        counted = self.paid - self.given_back if self.counting == "sum" else 0
        return max(0, (self.amount or 0) - counted)


class AttemptRow(Struct, frozen=True, kw_only=True):
    """A row of `payment_attempts`; an `account` is '' where no transfer is meant."""

    id: UUID
    obligation: UUID
    adapter: str
    state: AttemptState
    code: str
    provider_ref: str
    account: str
    amount: int
    description: str
    action: str | None
    created_at: datetime
    expires_at: datetime | None


class EventRow(Struct, frozen=True, kw_only=True):
    """A row of `money_events`; `codes` are those found in the memo, between spaces."""

    id: UUID
    adapter: str
    account: str
    txn: str
    kind: Literal["payment", "reversal"]
    status: Literal["succeeded", "failed", "aside"]
    amount: int
    provider_ref: str
    codes: str
    reason: Reason | None
    unit: str
    inbox: UUID | None
    sealed: bytes | None
    occurred_at: datetime | None
    received_at: datetime


class RefundRow(Struct, frozen=True, kw_only=True):
    """A row of `refunds`: of an obligation, or of a movement that belongs to none."""

    id: UUID
    obligation: UUID | None
    event: UUID | None
    unit: str
    amount: int
    state: RefundState
    reason: str
    at: datetime
    rev: int = 0
    requested_by: str
    approved_by: str | None = None
    approved_at: datetime | None = None
    route: Route | None = None
    code: str | None = None
    provider_ref: str | None = None
    paid_by: str | None = None
    confirmed_by: str | None = None
    evidence: str | None = None
    ended_at: datetime | None = None
    wrapped_key: bytes | None = None
    payee: bytes | None = None


class InboxRow(Struct, frozen=True, kw_only=True):
    """A row of `notices_inbox`: a notice as it came, sealed."""

    id: UUID
    adapter: str
    at: datetime
    digest: bytes
    wrapped_key: bytes
    sealed: bytes
    verdict: str | None = None


class BillRow(Struct, frozen=True, kw_only=True):
    """A row of `provider_bills`: a provider's own receipt, sealed."""

    attempt: UUID
    at: datetime
    digest: bytes
    wrapped_key: bytes
    sealed: bytes
