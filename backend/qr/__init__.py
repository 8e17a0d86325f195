"""QR codes (mã QR) and posters (tờ dán): records of 8 symbols that lead to a unit's procedures.

Nothing is signed into a code and nothing personal hangs on it: it is a record, looked up in
memory, and can be withdrawn and replaced at any time while the paper stays on the wall. Following
a code counts a scan per day and never creates a dossier.
"""

from backend.qr.actions import (
    find,
    flush_scans,
    follow,
    load,
    make_poster,
    of_units,
    poster_path,
    withdraw,
)
from backend.qr.model import NotForPosters, Poster, PosterGone, Record, UnknownQr

__all__ = [
    "NotForPosters",
    "Poster",
    "PosterGone",
    "Record",
    "UnknownQr",
    "find",
    "flush_scans",
    "follow",
    "load",
    "make_poster",
    "of_units",
    "poster_path",
    "withdraw",
]
