"""Encryption at rest (mã hóa hồ sơ): one key per dossier, wrapped by a key of the keys file.

A stolen database, backup or file store is unreadable; deleting the wrapped key of a dossier makes
it unreadable everywhere, backups too; a sealed value moved to another dossier or another place
does not open. AES-256-GCM with random 96-bit nonces: a dossier's key seals far fewer than 2^32.
"""

import hashlib
import hmac
import os
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from backend.platform.keys import Keys
from backend.platform.kit.ids import Randomness

NONCE = 12
TAG = 16
OVERHEAD = 1 + NONCE + TAG
"""Bytes that sealing adds: version, nonce, tag."""

_VERSION = b"\x01"
_KEY = 32
_BLIND = 16
_SMALLEST_WRAPPED = 2 + NONCE + _KEY + TAG


class SealBroken(Exception):  # noqa: N818
    """What is stored does not open: altered, cut, moved, or sealed with another key."""


class DossierKey:
    """The open key of one dossier (khóa hồ sơ); never stored, never shown."""

    __slots__ = ("_cipher", "_dossier", "_random")

    def __init__(self, dossier: UUID, secret: bytes, *, random: Randomness = os.urandom) -> None:
        self._dossier = dossier.bytes
        self._cipher = AESGCM(secret)
        self._random = random

    def __repr__(self) -> str:
        """Show nothing."""
        return "DossierKey(…)"

    def seal(self, place: str, plain: bytes) -> bytes:
        """Seal bytes for one place, such as `dossiers.private.1`; OVERHEAD bytes longer."""
        nonce = self._random(NONCE)
        return _VERSION + nonce + self._cipher.encrypt(nonce, plain, self._bound(place))

    def open(self, place: str, sealed: bytes) -> bytes:
        """Open what was sealed for the same dossier and place; else SealBroken."""
        if len(sealed) < OVERHEAD or sealed[:1] != _VERSION:
            raise SealBroken(place)
        nonce, body = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
        try:
            return self._cipher.decrypt(nonce, body, self._bound(place))
        except InvalidTag:
            raise SealBroken(place) from None

    def _bound(self, place: str) -> bytes:
        return self._dossier + place.encode()


class Vault:
    """Makes and opens dossiers' keys, and makes blind indexes; holds the keys file's secrets."""

    def __init__(self, keys: Keys, *, random: Randomness = os.urandom) -> None:
        self._keys = keys
        self._random = random
        self._ciphers = {key_id: AESGCM(secret) for key_id, secret in keys.wrap}
        self._index = keys.index[-1][1]

    def new_key(self, dossier: UUID) -> tuple[bytes, DossierKey]:
        """Make a dossier's key: the wrapped form for its row, and the open one."""
        secret = self._random(_KEY)
        key_id = self._keys.wrap[0][0]
        named = key_id.encode()
        nonce = self._random(NONCE)
        body = self._ciphers[key_id].encrypt(nonce, secret, _wrapping(dossier, named))
        wrapped = _VERSION + bytes([len(named)]) + named + nonce + body
        return wrapped, DossierKey(dossier, secret, random=self._random)

    def open_key(self, wrapped: bytes, dossier: UUID) -> DossierKey:
        """Open a dossier's wrapped key; SealBroken, or KeyMissing naming the id that is gone."""
        if len(wrapped) < _SMALLEST_WRAPPED or wrapped[:1] != _VERSION:
            raise SealBroken("wrapped key")
        end = 2 + wrapped[1]
        named, nonce, body = wrapped[2:end], wrapped[end : end + NONCE], wrapped[end + NONCE :]
        key_id = named.decode(errors="replace")
        cipher = self._ciphers.get(key_id) or AESGCM(self._keys.find("wrap", key_id))
        try:
            secret = cipher.decrypt(nonce, body, _wrapping(dossier, named))
        except InvalidTag:
            raise SealBroken("wrapped key") from None
        return DossierKey(dossier, secret, random=self._random)

    def blind(self, unit: str, word: str) -> bytes:
        """Give the blind index of one folded word within a unit: 16 bytes, equal for equal words.

        It is keyed, and differs by unit, so that neither dictionary nor another ward's index helps.
        The oldest index key makes it, so that a further key does not hide what stands there.
        """
        text = f"{len(unit)}:{unit}{word}".encode()
        return hmac.digest(self._index, text, hashlib.sha256)[:_BLIND]


def _wrapping(dossier: UUID, key_id: bytes) -> bytes:
    return b"wrap|" + dossier.bytes + key_id
