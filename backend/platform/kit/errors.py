"""The one tree of refusals: each has a status, a stable slug and a sentence for citizens.

    Problem
    ├── Malformed 400          not readable at all
    ├── Unauthorised 401       no key or session
    ├── Forbidden 403          this page may not do that
    ├── NotFound 404           missing, or not yours
    ├── TooLarge 413           over a limit of GET /api/v1/limits
    ├── WrongType 415          not a kind of content that is taken here
    ├── Unprocessable 422      readable, but its content breaks a rule
    ├── TooMany 429            too often; Retry-After says when
    └── Unavailable 503        our side, Retry-After says when
        ├── Busy 503           many people right now
        ├── Broken 503         a fault of ours, recorded under its trace id
        └── Full 507           no room to keep it safely

Rooms subclass Problem with their own slug. A title says in Vietnamese what to do; a detail adds
what this case is about and never holds personal data.
"""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from msgspec import Struct


class Fault(Struct, frozen=True):
    """One thing to put right (chỗ cần sửa), at a JSON pointer such as `/owner/phone`."""

    pointer: str
    code: str
    message_vi: str
    message_en: str


class Problem(Exception):  # noqa: N818 - RFC 9457 calls it a problem, and so do we
    """A refusal that the caller can act on, written out as `application/problem+json`."""

    status: ClassVar[int] = 400
    slug: ClassVar[str] = "problem"
    title: ClassVar[str] = "Yêu cầu chưa thực hiện được. Kiểm tra lại rồi thử lần nữa."

    def __init__(
        self,
        detail: str = "",
        *,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(detail or self.slug)
        self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.extra = dict(extra or {})


class Malformed(Problem):
    """The request cannot be read."""

    status = 400
    slug = "malformed"
    title = "Không đọc được nội dung gửi lên. Tải lại trang rồi gửi lại."


class Unauthorised(Problem):
    """No key or session came with the request."""

    status = 401
    slug = "unauthorised"
    title = "Cần đăng nhập hoặc mở lại hồ sơ trên máy đã tạo hồ sơ."


class Forbidden(Problem):
    """The request came from where it may not come from, or asks what this role may not do."""

    status = 403
    slug = "forbidden"
    title = "Không được phép làm việc này từ đây. Mở lại trang chính rồi thử lại."


class NotFound(Problem):
    """It is not there, or not yours: both look alike."""

    status = 404
    slug = "not-found"
    title = "Không tìm thấy. Kiểm tra lại mã hoặc đường dẫn."


class TooLarge(Problem):
    """What was sent is over a limit."""

    status = 413
    slug = "too-large"
    title = "Nội dung gửi lên quá lớn. Chụp lại từng trang hoặc chọn tệp nhỏ hơn."


class WrongType(Problem):
    """What was sent is of a kind that is not taken here."""

    status = 415
    slug = "wrong-type"
    title = "Chỉ nhận ảnh (JPEG, PNG, HEIC) hoặc PDF. Chụp lại hoặc chọn tệp khác."


class Unprocessable(Problem):
    """The request is readable, but its content breaks a rule; `errors` says where."""

    status = 422
    slug = "content"
    title = "Có chỗ cần sửa. Xem từng chỗ được đánh dấu rồi gửi lại."


class _Later(Problem):
    """A refusal that passes by itself; Retry-After says after how many seconds."""

    wait: ClassVar[int] = 5

    def __init__(
        self,
        detail: str = "",
        *,
        retry_after: int | None = None,
        errors: Sequence[Fault] = (),
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, object] | None = None,
    ) -> None:
        self.retry_after = max(1, self.wait if retry_after is None else retry_after)
        later = {"Retry-After": str(self.retry_after), **(headers or {})}
        super().__init__(detail, errors=errors, headers=later, extra=extra)


class TooMany(_Later):
    """The same caller asked too often."""

    status = 429
    slug = "too-many"
    title = "Đã thử quá nhiều lần. Chờ một lúc rồi thử lại."
    wait = 60


class Unavailable(_Later):
    """Our side cannot answer now; nothing was kept, so the same request may be sent again."""

    status = 503
    slug = "unavailable"
    title = "Dịch vụ tạm ngừng. Hồ sơ vẫn giữ trên máy bạn, máy sẽ tự gửi lại."


class Busy(Unavailable):
    """More requests than can be served well."""

    slug = "busy"
    title = "Đang đông người. Máy sẽ tự thử lại sau ít giây."


class Broken(Unavailable):
    """A fault of ours; the answer tells its trace id and nothing of our inside."""

    slug = "fault"
    title = "Phần này đang hỏng, không phải lỗi của bạn. Hồ sơ vẫn giữ trên máy, hãy thử lại sau."


class Full(Unavailable):
    """There is no room to keep it safely."""

    status = 507
    slug = "full"
    title = "Máy chủ tạm đầy, hồ sơ vẫn giữ trên máy bạn. Máy sẽ tự gửi lại."
    wait = 60
