"""What is handed to the one-stop system and what comes back, without database or network."""

from backend.forwarding.model.mapping import Facts, Move, record_of, row_of, state_code
from backend.forwarding.model.standing import Delivery, Difference, Held, HeldRow, Waiting
from backend.forwarding.model.vocabulary import ProgressRow, Record, Sent

__all__ = [
    "Delivery",
    "Difference",
    "Facts",
    "Held",
    "HeldRow",
    "Move",
    "ProgressRow",
    "Record",
    "Sent",
    "Waiting",
    "record_of",
    "row_of",
    "state_code",
]
