"""Notices (thông báo) and slips: what citizens are told, once per event and channel, and on paper.

Words stand in `words/`, sheets in `templates/`. Printed paper holds the dossier's code and a
verification token, never its key.
"""

from backend.notices.actions import (
    Channel,
    LogChannel,
    Printer,
    Teller,
    channels,
    reach,
    receipt_pdf,
    send_one_time_code,
    slip_pdf,
    tell,
    verify_token,
)
from backend.notices.model import Notice, NotYet, Proof, Reach, SlipKind, Told
from backend.notices.model.sheets import grouped

__all__ = [
    "Channel",
    "LogChannel",
    "NotYet",
    "Notice",
    "Printer",
    "Proof",
    "Reach",
    "SlipKind",
    "Teller",
    "Told",
    "channels",
    "grouped",
    "reach",
    "receipt_pdf",
    "send_one_time_code",
    "slip_pdf",
    "tell",
    "verify_token",
]
