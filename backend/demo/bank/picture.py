"""Read the text of a QR code from a photo or screenshot."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST = 12 * 1024 * 1024


class NoCodeError(ValueError):
    """The picture gives no code; the words are for the payer."""


def read_code(picture: bytes) -> str:
    """Return the text of the one QR code in a picture; NoCodeError says why there is none."""
    try:
        import zxingcpp  # noqa: PLC0415 - a tool of the development environment, not of a wheel
    except ImportError:
        raise NoCodeError("Máy này chưa đọc được ảnh. Dán nội dung mã vào ô bên trên.") from None
    if len(picture) > LARGEST:
        raise NoCodeError("Ảnh quá 12 MB")
    try:
        with Image.open(io.BytesIO(picture)) as opened:
            upright = ImageOps.exif_transpose(opened).convert("L")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, ValueError) as error:
        raise NoCodeError("Không mở được ảnh này. Chọn ảnh JPEG hoặc PNG.") from error
    found = zxingcpp.read_barcodes(upright)
    found = [one for one in found if one.format == zxingcpp.BarcodeFormat.QRCode]
    if not found:
        raise NoCodeError("Không thấy mã QR trong ảnh. Chụp lại gần hơn, đủ sáng.")
    return str(found[0].text)
