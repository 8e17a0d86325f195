"""The pretend one-stop (hệ thống một cửa giả định): a process of its own that takes dossiers.

It speaks the wire of connector `national`, reads the vocabulary strictly with its own eyes, fetches
the files by their links, and keeps what it received in effect. `GET /received` tells it, `/` shows
it, `POST /admin/status` moves a dossier there, and a fault file makes it fail as real ones do.
"""

from backend.demo.onestop.app import build, run

__all__ = ["build", "run"]
