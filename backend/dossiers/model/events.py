"""What the dossiers announce: each event is emitted in the transaction of the act it tells of."""

from uuid import UUID

from backend.dossiers.model.states import State
from backend.platform.outbox import Event


class DossierSubmitted(Event, frozen=True, kw_only=True):
    """A dossier was handed in (đã nộp)."""

    unit: str
    procedure: str
    channel: str


class DossierMoved(Event, frozen=True, kw_only=True):
    """A dossier moved (chuyển trạng thái), its submission excepted; `rev` is the one after."""

    unit: str
    procedure: str
    channel: str
    verb: str
    before: State
    after: State
    by: str
    rev: int


class SupplementAsked(Event, frozen=True, kw_only=True):
    """Something is to be completed (yêu cầu bổ sung): by `officer` or by `system`."""

    unit: str
    supplement: UUID
    by: str


class SupplementAnswered(Event, frozen=True, kw_only=True):
    """The citizen completed what was asked (đã bổ sung); a hold by the system ends with it."""

    unit: str
    supplement: UUID
    by: str
