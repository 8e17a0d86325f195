"""The workshop (xưởng ảnh và PDF): one child process for what other people's bytes could break.

It never opens the database, starts on demand, ends after 30 s without work, has limits of memory
and time, and dies with its parent.
"""

from backend.platform.workshop.parent import Interrupted, Unreadable, Workshop, WorkshopFault

__all__ = ["Interrupted", "Unreadable", "Workshop", "WorkshopFault"]
