"""Links to files (đường dẫn tệp): an opaque sealed token names dossier, file, purpose and end.

Nothing in the address can be read, guessed or changed; nobody needs a session to follow it.
"""

import base64
import os
from datetime import UTC, datetime
from uuid import UUID

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct

from backend.platform.keys import Keys
from backend.platform.kit.errors import NotFound
from backend.platform.kit.ids import Randomness

_NONCE = 12
_LONGEST = 1024
_VERSION = b"\x01"


class Link(Struct, frozen=True):
    """What a link leads to: `what` is `receipt`, `slip`, `poster` or a file's sha256."""

    dossier: UUID
    what: str
    purpose: str


class _Sealed(Struct, array_like=True):
    dossier: bytes
    what: str
    purpose: str
    until: int


class Links:
    """Makes and reads the tokens of `/f/{token}`."""

    def __init__(self, keys: Keys, *, random: Randomness = os.urandom) -> None:
        self._random = random
        self._ciphers = [AESGCM(secret) for _key_id, secret in keys.link]

    def make(self, dossier: UUID, what: str, *, purpose: str, until: datetime) -> str:
        """Make a token that leads to one thing of one dossier until a moment (whole seconds)."""
        sealed = _Sealed(dossier.bytes, what, purpose, int(until.timestamp()))
        nonce = self._random(_NONCE)
        body = self._ciphers[0].encrypt(nonce, msgspec.msgpack.encode(sealed), _VERSION)
        return base64.urlsafe_b64encode(_VERSION + nonce + body).rstrip(b"=").decode()

    def read(self, token: str, *, now: datetime) -> Link:
        """Read a token; altered, foreign and ended ones are all NotFound."""
        sealed = self._open(token)
        if datetime.fromtimestamp(sealed.until, UTC) < now:
            raise NotFound
        return Link(UUID(bytes=sealed.dossier), sealed.what, sealed.purpose)

    def _open(self, token: str) -> _Sealed:
        try:
            padded = token[:_LONGEST] + "=" * (-len(token[:_LONGEST]) % 4)
            raw = base64.b64decode(padded, altchars=b"-_", validate=True)
        except ValueError:
            raise NotFound from None
        for cipher in self._ciphers if raw[:1] == _VERSION and len(raw) > _NONCE else ():
            try:
                plain = cipher.decrypt(raw[1 : 1 + _NONCE], raw[1 + _NONCE :], _VERSION)
            except InvalidTag:
                continue
            return msgspec.msgpack.decode(plain, type=_Sealed)
        raise NotFound
