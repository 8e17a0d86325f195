"""Officers (cán bộ, công chức): who they are, what they may do, for which units, and sign-in.

A handler for officers asks for `officer: people.Officer` and declares its roles in its `opt`:

    @get("/api/v1/workbench/dossiers", opt=people.only("officer"))
    async def inbox(officer: people.Officer, …) -> …

`people.undeclared(app)` names every handler that forgot to; the app refuses to start with one.
What an officer may see is always `people.visible_units(officer, on)`; what lies outside it answers
exactly like what does not exist.
"""

from backend.people.actions import (
    add_officer,
    end_officer,
    names_of,
    new_password,
    new_title,
    officers,
    signed_by,
    visible_units,
    vouch,
)
from backend.people.model import (
    ROLES,
    LoginTaken,
    Officer,
    Role,
    RoleNotAllowed,
    Signed,
    SignInNeeded,
    UnknownOfficer,
)
from backend.people.routes import desks_of, only, provide_officer, undeclared

__all__ = [
    "ROLES",
    "LoginTaken",
    "Officer",
    "Role",
    "RoleNotAllowed",
    "SignInNeeded",
    "Signed",
    "UnknownOfficer",
    "add_officer",
    "desks_of",
    "end_officer",
    "names_of",
    "new_password",
    "new_title",
    "officers",
    "only",
    "provide_officer",
    "signed_by",
    "undeclared",
    "visible_units",
    "vouch",
]
