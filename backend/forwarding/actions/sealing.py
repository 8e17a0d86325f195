"""The sealed copies of what was sent (bản lưu hồ sơ đã chuyển), and the one-stop's remarks."""

from hashlib import sha256

import msgspec

from backend.forwarding.model import Sent
from backend.platform.vault import DossierKey

_REMARK = "forwarding.remark"


def seal_copy(key: DossierKey, sent: Sent) -> tuple[bytes, bytes]:
    """Seal what is about to be sent; return the digest of its content and the sealed copy."""
    content = msgspec.json.encode(sent)
    digest = sha256(content).digest()
    return digest, key.seal(_place(digest), content)


def open_copy(key: DossierKey, digest: bytes, sealed: bytes) -> Sent:
    """Open a copy."""
    return msgspec.json.decode(key.open(_place(digest), sealed), type=Sent)


def seal_remark(key: DossierKey, remark: str) -> bytes:
    """Seal a remark: it may speak of people."""
    return key.seal(_REMARK, remark.encode())


def open_remark(key: DossierKey, sealed: bytes | None) -> str | None:
    """Open a remark; None when there is none."""
    return key.open(_REMARK, sealed).decode() if sealed else None


def _place(digest: bytes) -> str:
    return f"forwarding.copy.{digest.hex()}"
