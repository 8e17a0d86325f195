"""What files are taken, how they are told apart, and what can be wrong with them; pure.

Problem
├── OffsetConflict 409     the piece does not begin where the last one ended; `Upload-Offset`
├── FileUnreadable 409     the file does not open, so there is nothing to show
├── NotJoined 413          the pages of a paper are too many or too large for one PDF
└── HashMismatch 422       the bytes are not those of the manifest; send them from 0 again
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from backend.platform.kit.errors import Problem, TooLarge, Unprocessable
from backend.platform.outbox import Event

Kind = Literal["jpeg", "png", "heic", "pdf"]
Check = Literal["pending", "ok", "unreadable"]

_MIB = 1024 * 1024

MEDIA_TYPES: dict[Kind, str] = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "heic": "image/heic",
    "pdf": "application/pdf",
}


class Limits(Struct, frozen=True):
    """What may be sent (giới hạn tệp); the phone and the server use this one list."""

    media_types: tuple[str, ...] = (*MEDIA_TYPES.values(), "image/heif")
    file_bytes: int = 12 * _MIB
    pixels: int = 50_000_000
    pages: int = 30
    files: int = 20
    dossier_bytes: int = 60 * _MIB
    json_bytes: int = 256 * 1024
    piece_bytes: int = _MIB


LIMITS = Limits()


class FileWanted(Struct, frozen=True, forbid_unknown_fields=True):
    """A file as the manifest names it (tệp trong bản kê); `name` is data, never a path."""

    sha256: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z", max_length=64)]
    size: Annotated[int, Meta(ge=0, le=2**40)]
    media_type: Annotated[str, Meta(min_length=1, max_length=100)]
    name: Annotated[str, Meta(max_length=255)]


class FileState(Struct, frozen=True):
    """How far a file is: bytes that are safe, whether that is all, and what checking said."""

    sha256: str
    size: int
    offset: int
    check: Check
    whole: bool
    kind: Kind | None = None
    pages: int | None = None

    @property
    def media_type(self) -> str:
        """Give the type that the content proves."""
        return MEDIA_TYPES[self.kind] if self.kind else "application/octet-stream"


class FileChecked(Event, frozen=True, kw_only=True):
    """A file was opened in the workshop, or could not be."""

    sha256: str
    check: Check


class OffsetConflict(Problem):
    """The piece does not begin where the last one ended."""

    status = 409
    slug = "offset-conflict"
    title = "Phần ảnh gửi lên không khớp. Máy sẽ tự gửi tiếp từ chỗ đã nhận."

    def __init__(self, offset: int) -> None:
        super().__init__(headers={"Upload-Offset": str(offset)}, extra={"offset": offset})
        self.offset = offset


class HashMismatch(Unprocessable):
    """The bytes that came are not those that the manifest names; none of them are kept."""

    slug = "hash-mismatch"
    title = "Ảnh đến nơi không còn nguyên vẹn. Máy sẽ gửi lại ảnh này từ đầu."


class FileUnreadable(Problem):
    """The file does not open."""

    status = 409
    slug = "file-unreadable"
    title = "Tệp này không mở được. Yêu cầu người nộp chụp lại."


class NotJoined(TooLarge):
    """A paper is too long or too large to be one PDF."""

    slug = "not-joined"
    title = "Giấy tờ này quá dài để gộp thành một tệp PDF. Hãy xem từng trang."


TELLING_BYTES = 12
"""So many first bytes tell the kind of any file that is taken."""

_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})


def kind_of(first: bytes) -> Kind | None:
    """Tell a file's kind by its first bytes, whatever its name and type claim; None is refused."""
    if len(first) < TELLING_BYTES:
        return None
    if first.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if first.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if first.startswith(b"%PDF-"):
        return "pdf"
    if first[4:8] == b"ftyp" and first[8:12] in _HEIC_BRANDS:
        return "heic"
    return None
