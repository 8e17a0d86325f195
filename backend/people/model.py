"""Words and rules of officers (cán bộ, công chức): roles, passwords, how long a session lives.

Problem
├── SignInNeeded 401       no session, an ended one, a wrong login or password: one text
├── RoleNotAllowed 403     signed in, but this page is for another role
├── LoginTaken 409         a login is given once
└── UnknownOfficer 404     the operator named nobody
"""

import hashlib
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import UUID

from msgspec import Struct

from backend.platform.kit.errors import Forbidden, NotFound, Problem, Unauthorised
from backend.platform.kit.ids import ALPHABET, Randomness
from backend.platform.kit.vietnamese import has_control_characters, nfc

Role = Literal["officer", "leader", "operator", "author"]
"""Cán bộ một cửa, lãnh đạo, người vận hành, người soạn thủ tục."""

ROLES: tuple[Role, ...] = get_args(Role)

IDLE = timedelta(minutes=30)
"""A session ends when nothing was asked for this long …"""

LONGEST = timedelta(hours=12)
"""… and in any case this long after sign-in."""

SEEN_EVERY = timedelta(minutes=1)
"""A session notes its use at most this often, so that reading does not write."""

ACTOR = "officer:"
"""Before an officer's login where the journal and others name who acted."""

LONGEST_LOGIN = 64
_PASSWORD_GROUPS = 4
_GROUP = 4


LONGEST_TITLE = 120


class Signed(Struct, frozen=True):
    """How a paper names an officer: the full name, and the title (chức danh) if there is one."""

    name: str
    title: str | None

    def words(self) -> str:
        """Write both in one line: `Phan Ngọc Lan, công chức tư pháp – hộ tịch`."""
        return ", ".join(filter(None, (self.name, self.title)))


class Officer(Struct, frozen=True):
    """One officer as the rest of the house knows them; `units` are the ids given to them today.

    The `title` (chức danh) is printed on papers where it is known.
    """

    id: UUID
    login: str
    name: str
    role: Role
    units: tuple[str, ...]
    title: str | None = None

    @property
    def actor(self) -> str:
        """Give the name under which acts stand in the audit journal (nhật ký)."""
        return f"{ACTOR}{self.login}"


class SignInNeeded(Unauthorised):
    """Nobody is signed in; the same words for every reason, so that nothing can be guessed."""

    slug = "sign-in"
    title = "Chưa đăng nhập được hoặc đã hết giờ. Đăng nhập lại bằng tên và mật khẩu được cấp."


class RoleNotAllowed(Forbidden):
    """The officer is signed in, but this is another role's work."""

    slug = "role"
    title = "Tài khoản này không làm việc này. Đăng nhập bằng tài khoản có đúng vai trò."


class LoginTaken(Problem):
    """The login belongs to somebody already; logins are never reused."""

    status = 409
    slug = "login-taken"
    title = "Tên đăng nhập này đã có người dùng. Chọn tên khác."


class UnknownOfficer(NotFound):
    """There is no officer with that login."""

    title = "Không có cán bộ nào dùng tên đăng nhập này."


def login_key(text: str) -> str | None:
    """Bring a login as typed into its stored form; None when nobody can have it."""
    key = nfc(text).casefold()
    if not key or len(key) > LONGEST_LOGIN or has_control_characters(key):
        return None
    return key


def title_of(text: str) -> str | None:
    """Bring a title as typed into its stored form, None for a blank one; ValueError."""
    title = " ".join(nfc(text).split())
    if len(title) > LONGEST_TITLE or has_control_characters(title):
        raise ValueError(f"a title is at most {LONGEST_TITLE} visible characters")
    return title or None


def alive(*, started: datetime, seen: datetime, now: datetime) -> bool:
    """Tell whether a session still counts: used within IDLE, begun within LONGEST."""
    return now - seen < IDLE and now - started < LONGEST


def make_token(random: Randomness) -> str:
    """Make a session token: 256 random bits, written for a cookie."""
    return urlsafe_b64encode(random(32)).decode().rstrip("=")


def token_hash(token: str) -> bytes:
    """Give the SHA-256 under which a token is stored; the token itself never is."""
    return hashlib.sha256(token.encode(errors="replace")).digest()


def make_password(random: Randomness) -> str:
    """Make a password that can be read aloud: four groups of four symbols, 78 bits."""
    symbols = ""
    unbiased = 256 - 256 % len(ALPHABET)
    while len(symbols) < _PASSWORD_GROUPS * _GROUP:
        symbols += "".join(ALPHABET[b % len(ALPHABET)] for b in random(16) if b < unbiased)
    return "-".join(symbols[at : at + _GROUP] for at in range(0, _PASSWORD_GROUPS * _GROUP, _GROUP))
