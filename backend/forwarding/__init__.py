"""Forwarding (chuyển hồ sơ sang hệ thống một cửa điện tử): hand over, and take the word back.

A dossier goes when nothing is owed for it, or when an officer accepts it unpaid; each later move
follows it. `Forwarder` does the work, `jobs` hands it to the runner, a connector speaks the wire.
`sent`, `waiting` and `differences` tell the desk how far it is.
"""

from backend.forwarding.actions.delivering import Forwarder
from backend.forwarding.actions.due import on_moved, on_settled, on_submitted
from backend.forwarding.actions.taking_back import poll
from backend.forwarding.actions.telling import copies, differences, remark, sent, waiting
from backend.forwarding.connectors import Connector, OneStopFault, connect
from backend.forwarding.model import Delivery, Difference, Waiting

__all__ = [
    "Connector",
    "Delivery",
    "Difference",
    "Forwarder",
    "OneStopFault",
    "Waiting",
    "connect",
    "copies",
    "differences",
    "on_moved",
    "on_settled",
    "on_submitted",
    "poll",
    "remark",
    "sent",
    "waiting",
]
