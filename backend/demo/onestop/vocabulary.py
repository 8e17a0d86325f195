"""The words of the national synchronisation, read strictly and on our own.

This is an independent reading of the vocabulary (domain notes, section 2): it shares no code with
the part of the service that sends, so that a slip there is noticed here. The envelope around it is
our reading and is marked unverified.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

import msgspec

Text = Annotated[str, msgspec.Meta(max_length=4000)]
Short = Annotated[str, msgspec.Meta(max_length=200)]
Code = Annotated[str, msgspec.Meta(min_length=1, max_length=50, pattern=r"^[0-9A-Za-z.\-]+\Z")]
Time = Annotated[str, msgspec.Meta(pattern=r"^(\d{14})?\Z")]
Flag = Literal["0", "1"]
Price = Annotated[int, msgspec.Meta(ge=0, le=10**12)]
State = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]

STATE_WORDS = {
    "1": "Mới đăng ký",
    "2": "Được tiếp nhận",
    "3": "Không được tiếp nhận",
    "4": "Đang xử lý",
    "5": "Yêu cầu bổ sung giấy tờ",
    "6": "Yêu cầu thực hiện nghĩa vụ tài chính",
    "7": "Công dân yêu cầu rút hồ sơ",
    "8": "Dừng xử lý",
    "9": "Đã xử lý xong",
    "10": "Đã trả kết quả",
}


class _Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word of the vocabulary: an unknown field name is refused."""


class Identity(_Word, frozen=True):
    """One identity number (DinhDanhCHS): 1 has 12 digits, 2 has 9."""

    LoaiDinhDanh: Literal["1", "2"]
    SoDinhDanh: Annotated[str, msgspec.Meta(pattern=r"^(\d{9}|\d{12})\Z")]


class Paper(_Word, frozen=True):
    """One handed-in file (TaiLieuNop)."""

    TepDinhKemId: Code
    TenTepDinhKem: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    DuongDanTaiTepTin: Annotated[str, msgspec.Meta(pattern=r"^https?://\S+\Z", max_length=4000)]
    MaThanhPhanHoSo: Short = ""
    IsDeleted: Literal["True", "False"] = "False"
    DuocSoHoa: Flag = "0"
    DuocTaiSuDung: Literal["0", "1", "2"] = "0"
    DuocLayTuKhoDMQG: Flag = "0"
    MaKetQuaThayThe: Short = ""


class Fee(_Word, frozen=True):
    """One line of fees (DanhSachLePhi); `Gia` is whole đồng and is sent even when it is 0."""

    TenPhiLePhi: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    Gia: Price
    MaPhiLePhi: Short = ""
    HinhThucThu: Short = ""
    LoaiPhiLePhi: Short = ""


class OtherPaper(_Word, frozen=True):
    """One further paper without a file (DanhSachTepDinhKemKhac)."""

    TenGiayTo: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    SoLuong: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 1
    LoaiGiayTo: Short = ""


class Supplement(_Word, frozen=True):
    """One request to complete the dossier (DanhSachHoSoBoSung)."""

    HoSoBoSungId: Code
    NguoiYeuCauBoSung: Short = ""
    NoiDungBoSung: Text = ""
    NgayBoSung: Time = ""
    NguoiTiepNhanBoSung: Short = ""
    ThongTinTiepNhan: Text = ""
    NgayTiepNhanBoSung: Time = ""
    TrangThaiBoSung: Short = ""
    DanhSachGiayToBoSung: tuple[OtherPaper, ...] = ()
    DanhSachLePhiBoSung: tuple[Fee, ...] = ()
    NgayHenTraTruoc: Time = ""
    NgayHenTraMoi: Time = ""


class Result(_Word, frozen=True):
    """One result paper (DanhSachGiayToKetQua)."""

    TenGiayTo: Short
    MaThanhPhanHoSo: Short = ""
    GiayToId: Short = ""
    DuongDanTepTinKetQua: Text = ""
    MaGiayToKetQua: Short = ""


class Source(_Word, frozen=True):
    """One database that was really asked (DSKetNoiCSDL)."""

    MaCSDL: Code


class Record(_Word, frozen=True):
    """One dossier (hồ sơ) as `DongBoHoSoMC` carries it."""

    MaHoSo: Code
    MaTTHC: Code
    TenTTHC: Annotated[str, msgspec.Meta(min_length=1, max_length=1000)]
    ChuHoSo: Annotated[str, msgspec.Meta(min_length=1, max_length=500)]
    LoaiDoiTuong: Literal["1", "2", "3", "4"]
    KenhThucHien: Literal["1", "2", "3"]
    NgayNopHoSo: Annotated[str, msgspec.Meta(pattern=r"^\d{14}\Z")]
    TrangThaiHoSo: State
    TaiLieuNop: tuple[Paper, ...]
    DanhSachLePhi: tuple[Fee, ...]
    DuocThanhToanTrucTuyen: Literal["0", "1", "2"]
    MaLinhVuc: Short = ""
    TenLinhVuc: Short = ""
    SoBienNhan: Short = ""
    TrichYeuHoSo: Annotated[str, msgspec.Meta(max_length=1000)] = ""
    MaDoiTuong: Short = ""
    SoGiayToChuHoSo: Short = ""
    DinhDanhCHS: tuple[Identity, ...] = ()
    Email: Short = ""
    Fax: Short = ""
    SoDienThoai: Annotated[str, msgspec.Meta(pattern=r"^(0\d{9,10})?\Z")] = ""
    TaiKhoanDuocXacThucVoiVNeID: Flag = "0"
    NoiNopHoSo: Literal["1", "2"] = "2"
    HinhThuc: Literal["", "0", "1"] = ""
    NgayTiepNhan: Time = ""
    NgayHenTra: Time = ""
    NgayKetThucXuLy: Time = ""
    NgayTra: Time = ""
    NgayTuChoi: Time = ""
    DonViXuLy: Short = ""
    GhiChu: Text = ""
    ThongTinTra: Text = ""
    DanhSachTepDinhKemKhac: tuple[OtherPaper, ...] = ()
    DanhSachHoSoBoSung: tuple[Supplement, ...] = ()
    DanhSachGiayToKetQua: tuple[Result, ...] = ()
    HoSoCoThanhPhanSoHoa: Flag = "0"
    DSKetNoiCSDL: tuple[Source, ...] = ()


class Progress(_Word, frozen=True):
    """One row of progress (tiến độ xử lý)."""

    MaHoSo: Code
    ThoiDiemXuLy: Annotated[str, msgspec.Meta(pattern=r"^\d{14}\Z")]
    TrangThai: State
    NoiDungXuLy: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    NguoiXuLy: Annotated[str, msgspec.Meta(max_length=50)] = ""
    ChucDanh: Short = ""
    PhongBanXuLy: Short = ""
    NgayBatDau: Time = ""
    NgayKetThucTheoQuyDinh: Time = ""


class Login(_Word, frozen=True):
    """The body of `DangNhap`."""

    TaiKhoan: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    MatKhau: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class Records(_Word, frozen=True):
    """The body of `DongBoHoSoMC`."""

    session: str
    data: Annotated[tuple[Record, ...], msgspec.Meta(min_length=1, max_length=20)]
    updating: Literal["True", "False"] = msgspec.field(name="isUpdating")


class ProgressRows(_Word, frozen=True):
    """The body of `CapNhatTienDoHoSoMC`: at most ten rows."""

    session: str
    data: Annotated[tuple[Progress, ...], msgspec.Meta(min_length=1, max_length=10)]


class LookUp(_Word, frozen=True):
    """The body of `TraCuuHoSo`."""

    session: str
    MaHoSo: Code


_TIMES = ("NgayNopHoSo", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "NgayTra", "NgayTuChoi")
_NEEDS = {
    "2": ("NgayTiepNhan",),
    "3": ("NgayTuChoi",),
    "9": ("NgayTiepNhan", "NgayKetThucXuLy"),
    "10": ("NgayTiepNhan", "NgayKetThucXuLy", "NgayTra"),
}


def contradictions(record: Record) -> Iterator[str]:
    """Yield what the field names and types cannot say: real moments, in order, and truthful."""
    moments = {name: getattr(record, name) for name in _TIMES}
    for name, moment in moments.items():
        if moment and not _is_moment(moment):
            yield f"{name}: {moment} không phải là thời điểm có thật"
        if moment and moment < record.NgayNopHoSo:
            yield f"{name}: trước ngày nộp hồ sơ"
    for name in _NEEDS.get(record.TrangThaiHoSo, ()):
        if not moments[name]:
            yield f"{name}: trạng thái {record.TrangThaiHoSo} phải có thời điểm này"
    if record.TrangThaiHoSo == "1" and record.NgayTiepNhan:
        yield "NgayTiepNhan: hồ sơ mới đăng ký thì chưa được tiếp nhận"
    if record.MaDoiTuong and record.KenhThucHien != "2":
        yield "MaDoiTuong: chỉ dùng khi nộp trực tuyến"
    if len({paper.TepDinhKemId for paper in record.TaiLieuNop}) != len(record.TaiLieuNop):
        yield "TaiLieuNop: TepDinhKemId bị trùng"


def _is_moment(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y%m%d%H%M%S")  # noqa: DTZ007 - only the digits are judged
    except ValueError:
        return False
    return True
