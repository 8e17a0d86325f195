"""The words of the national synchronisation (từ vựng đồng bộ hồ sơ), as we send them.

Field names and codes are those of three implementations that agree (domain notes, section 2.2);
every field is always sent. What we do not know stays empty: nothing here is ever made up.
"""

from msgspec import Struct


class Identity(Struct, frozen=True):
    """An identity number (DinhDanhCHS): kind 1 has 12 digits, kind 2 has 9."""

    LoaiDinhDanh: str
    SoDinhDanh: str


class Paper(Struct, frozen=True):
    """A handed-in file (TaiLieuNop); its link is made anew for each delivery."""

    TepDinhKemId: str
    TenTepDinhKem: str
    MaThanhPhanHoSo: str
    DuongDanTaiTepTin: str = ""
    IsDeleted: str = "False"
    DuocSoHoa: str = "0"
    DuocTaiSuDung: str = "0"
    DuocLayTuKhoDMQG: str = "0"
    MaKetQuaThayThe: str = ""


class Fee(Struct, frozen=True):
    """A line of fees (DanhSachLePhi): whole đồng, and a line even when the price is 0."""

    TenPhiLePhi: str
    Gia: int
    MaPhiLePhi: str = ""
    HinhThucThu: str = ""
    LoaiPhiLePhi: str = ""


class Supplement(Struct, frozen=True):
    """A request to complete the dossier (DanhSachHoSoBoSung)."""

    HoSoBoSungId: str
    NoiDungBoSung: str
    NgayBoSung: str
    NgayTiepNhanBoSung: str
    NguoiYeuCauBoSung: str = ""
    NguoiTiepNhanBoSung: str = ""
    ThongTinTiepNhan: str = ""
    TrangThaiBoSung: str = ""
    DanhSachGiayToBoSung: tuple[()] = ()
    DanhSachLePhiBoSung: tuple[()] = ()
    NgayHenTraTruoc: str = ""
    NgayHenTraMoi: str = ""


class Record(Struct, frozen=True, kw_only=True):
    """A dossier (hồ sơ) as `DongBoHoSoMC` carries it; times are yyyyMMddHHmmss in Vietnam."""

    MaHoSo: str
    MaTTHC: str
    TenTTHC: str
    MaLinhVuc: str = ""
    TenLinhVuc: str
    SoBienNhan: str = ""
    TrichYeuHoSo: str
    ChuHoSo: str
    LoaiDoiTuong: str = "1"
    MaDoiTuong: str = ""
    SoGiayToChuHoSo: str
    DinhDanhCHS: tuple[Identity, ...]
    Email: str
    Fax: str = ""
    SoDienThoai: str
    TaiKhoanDuocXacThucVoiVNeID: str = "0"
    KenhThucHien: str
    NoiNopHoSo: str = "2"
    HinhThuc: str = ""
    NgayNopHoSo: str
    NgayTiepNhan: str
    NgayHenTra: str
    NgayKetThucXuLy: str
    NgayTra: str
    NgayTuChoi: str
    TrangThaiHoSo: str
    DonViXuLy: str
    GhiChu: str = ""
    ThongTinTra: str = ""
    TaiLieuNop: tuple[Paper, ...]
    DanhSachLePhi: tuple[Fee, ...]
    DuocThanhToanTrucTuyen: str
    DanhSachTepDinhKemKhac: tuple[()] = ()
    DanhSachHoSoBoSung: tuple[Supplement, ...]
    DanhSachGiayToKetQua: tuple[()] = ()
    HoSoCoThanhPhanSoHoa: str = "0"
    DSKetNoiCSDL: tuple[()] = ()


class ProgressRow(Struct, frozen=True, kw_only=True):
    """A row of progress (tiến độ xử lý)."""

    MaHoSo: str
    NguoiXuLy: str = ""
    ChucDanh: str = ""
    ThoiDiemXuLy: str
    PhongBanXuLy: str
    NoiDungXuLy: str
    TrangThai: str
    NgayBatDau: str = ""
    NgayKetThucTheoQuyDinh: str = ""


class Sent(Struct, frozen=True):
    """What one delivery said, as its copy keeps it: hashes of the files, not links to them."""

    record: Record
    files: dict[str, str]
    rows: tuple[ProgressRow, ...] = ()
