"""Signatures (chữ ký số của biên nhận): compact JWS, ES256, checked by anyone with our public keys.

Only what RFC 7515 needs for this one shape: no algorithm is ever chosen by the token.
"""

import base64
from typing import Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from msgspec import Struct

from backend.platform.keys import Keys, signing_key

_HALF = 32
_PARTS = 3
_LONGEST = 64 * 1024


class Forged(Exception):  # noqa: N818
    """The token was not signed by one of the given keys, or was altered."""


class _Header(Struct, forbid_unknown_fields=True):
    alg: str
    kid: str
    typ: str = "JOSE"


class Signer:
    """Signs receipts, slips and verification tokens with the newest `sign` key."""

    def __init__(self, keys: Keys) -> None:
        self._public = [
            _public_jwk(key_id, signing_key(secret).public_key()) for key_id, secret in keys.sign
        ]
        key_id, secret = keys.sign[0]
        self._key = signing_key(secret)
        self._header = _encoded(msgspec.json.encode({"alg": "ES256", "kid": key_id}))

    def sign(self, payload: bytes) -> str:
        """Sign bytes; the same bytes give the same token (RFC 6979), which repeats rely on."""
        signed = f"{self._header}.{_encoded(payload)}"
        algorithm = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = decode_dss_signature(self._key.sign(signed.encode(), algorithm))
        return f"{signed}.{_encoded(r.to_bytes(_HALF) + s.to_bytes(_HALF))}"

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """Give the public keys, old ones too, as `GET /.well-known/jwks.json` shows them."""
        return {"keys": [dict(key) for key in self._public]}


def verify(token: str, jwks: dict[str, Any]) -> bytes:
    """Give the signed bytes of a token, or Forged; `jwks` is a JSON Web Key Set."""
    parts = token.split(".")
    if len(parts) != _PARTS or len(token) > _LONGEST or not token.isascii():
        raise Forged
    header_part, payload_part, signature_part = parts
    try:
        header = msgspec.json.decode(_decoded(header_part), type=_Header)
        key = _public_key(jwks, header)
        signature = _decoded(signature_part)
        payload = _decoded(payload_part)
    except (ValueError, msgspec.DecodeError):
        raise Forged from None
    _check(key, f"{header_part}.{payload_part}".encode(), signature)
    return payload


def _check(key: ec.EllipticCurvePublicKey, signed: bytes, signature: bytes) -> None:
    if len(signature) != 2 * _HALF:
        raise Forged
    r, s = int.from_bytes(signature[:_HALF]), int.from_bytes(signature[_HALF:])
    try:
        key.verify(encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Forged from None


def _public_key(jwks: dict[str, Any], header: _Header) -> ec.EllipticCurvePublicKey:
    keys = jwks.get("keys", ())
    found = [key for key in keys if isinstance(key, dict) and key.get("kid") == header.kid]
    if header.alg != "ES256" or not found or found[0].get("crv") != "P-256":
        raise Forged
    x, y = (int.from_bytes(_decoded(str(found[0].get(axis, "")))) for axis in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def _public_jwk(key_id: str, key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    point = key.public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "use": "sig",
        "alg": "ES256",
        "kid": key_id,
        "x": _encoded(point.x.to_bytes(_HALF)),
        "y": _encoded(point.y.to_bytes(_HALF)),
    }


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    """Decode base64url without padding; only the one canonical spelling (ValueError)."""
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _encoded(raw) != text:
        raise ValueError("not canonical base64url")
    return raw
