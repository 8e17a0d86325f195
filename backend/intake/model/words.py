"""What a citizen is told of a manifest (bản kê) that is not taken, in both languages; pure."""

from backend.platform.kit.errors import Fault


def fault(code: str, pointer: str, *, what: str = "", english: str | None = None) -> Fault:
    """Word one fault of a manifest; `english` is what readers of English call `what`."""
    message_vi, message_en = _WORDS[code]
    return Fault(
        pointer=pointer,
        code=code,
        message_vi=message_vi.replace("{what}", what),
        message_en=message_en.replace("{what}", english or what),
    )


_WORDS = {
    "hidden-characters": (
        "Có ký tự ẩn không đọc được. Xóa đi và gõ lại.",
        "There are hidden characters. Delete the text and type it again.",
    ),
    "wrong-type": (
        "Chỉ nhận ảnh hoặc PDF. Chụp lại hoặc chọn tệp khác.",
        "Photos or PDF only. Take a photo or choose another file.",
    ),
    "too-large": (
        "Tệp trống hoặc quá 12 MB. Chụp lại từng trang.",
        "The file is empty or over 12 MB. Photograph page by page.",
    ),
    "two-sizes": (
        "Cùng một ảnh mà ghi hai cỡ khác nhau. Thêm lại ảnh này.",
        "One photo is named with two sizes. Add it again.",
    ),
    "too-many-files": (
        "Quá nhiều ảnh. Một hồ sơ nhận nhiều nhất 20 tệp.",
        "Too many files. A dossier takes 20 at most.",
    ),
    "too-large-together": (
        "Tổng các tệp quá 60 MB. Bớt ảnh hoặc chụp nhỏ hơn.",
        "The files are over 60 MB together. Send fewer or smaller ones.",
    ),
    "missing": ("Còn thiếu: {what}.", "Still missing: {what}."),
    "unreadable": ("Không mở được: {what}. Chụp lại.", "Does not open: {what}. Retake it."),
    "unknown-procedure": (
        "Không có thủ tục này hoặc chưa nộp qua mạng được. Chọn thủ tục khác.",
        "There is no such procedure, or it cannot be filed online.",
    ),
    "unknown-version": (
        "Biểu mẫu này không còn dùng. Tải lại trang để lấy biểu mẫu mới.",
        "This version of the form is not known. Load the page again.",
    ),
    "unknown-unit": (
        "Không có phường, xã này. Chọn lại nơi nhận hồ sơ.",
        "There is no such ward or commune. Choose again.",
    ),
    "unknown-qr": (
        "Không có mã tờ dán này. Bỏ mã hoặc quét lại.",
        "There is no such poster code. Leave it out or scan again.",
    ),
    "officers-channel": (
        "Chỉ cán bộ của phường ghi được cách nộp này. Bạn gửi từ đây là nộp trực tuyến.",
        "Only an officer of the ward may say so. What you send from here is filed online.",
    ),
    "example-not-here": (
        "Hồ sơ mẫu chỉ dùng ở bản trình diễn.",
        "Example dossiers are taken in the demo only.",
    ),
    "empty-answer": (
        "Chưa bổ sung chỗ nào. Bổ sung ít nhất một chỗ rồi gửi.",
        "Nothing was completed yet. Complete at least one thing.",
    ),
}
