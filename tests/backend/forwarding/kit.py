"""The conformance kit of connectors: what each must do against a one-stop that misbehaves.

A connector's test module gives two fixtures, `connector` and `one_stop` (with `fail(kind, service)`
and `received(code)` as the pretend one-stop has them), and subclasses `Conformance`.
"""

import msgspec
import pytest

from backend.forwarding.connectors import OddAnswer, OneStopFault, Refused, Unreachable
from backend.forwarding.model import Held, HeldRow, ProgressRow, Record

RECORD = Record(
    MaHoSo="",
    MaTTHC="2.000635",
    TenTTHC="Cấp bản sao trích lục hộ tịch",
    TenLinhVuc="Hộ tịch",
    TrichYeuHoSo="Bản sao trích lục",
    ChuHoSo="Nguyễn Thị Bích Trâm",
    SoGiayToChuHoSo="",
    DinhDanhCHS=(),
    Email="",
    SoDienThoai="0912345678",
    KenhThucHien="2",
    NgayNopHoSo="20261123120000",
    NgayTiepNhan="",
    NgayHenTra="",
    NgayKetThucXuLy="",
    NgayTra="",
    NgayTuChoi="",
    TrangThaiHoSo="1",
    DonViXuLy="UBND phường Long Hưng",
    TaiLieuNop=(),
    DanhSachLePhi=(),
    DuocThanhToanTrucTuyen="0",
    DanhSachHoSoBoSung=(),
)


def record(code, **changes):
    return msgspec.structs.replace(RECORD, MaHoSo=code, **changes)


def row(code, minute, state="2"):
    return ProgressRow(
        MaHoSo=code,
        ThoiDiemXuLy=f"2026112312{minute:02d}00",
        PhongBanXuLy="UBND phường Long Hưng",
        NoiDungXuLy="Phường đã tiếp nhận hồ sơ",
        TrangThai=state,
    )


class Conformance:
    async def test_an_unknown_dossier_is_none(self, connector, code):
        assert await connector.look_up(code) is None

    async def test_a_new_dossier_gets_a_number_and_is_found_by_its_code(self, connector, code):
        number = await connector.create(record(code))

        held = await connector.look_up(code)

        assert isinstance(held, Held)
        assert (held.receipt_number, held.state) == (number, "1")
        assert held.fields["ChuHoSo"] == RECORD.ChuHoSo

    async def test_an_update_keeps_the_number_and_changes_the_facts(self, connector, code):
        number = await connector.create(record(code))

        again = await connector.update(
            record(code, TrangThaiHoSo="2", NgayTiepNhan="20261123121000")
        )

        held = await connector.look_up(code)
        assert (again, held.state) == (number, "2")

    async def test_rows_of_progress_stand_in_their_order(self, connector, code):
        await connector.create(record(code))

        await connector.advance([row(code, 10), row(code, 20, "9")])

        held = await connector.look_up(code)
        assert held.rows == (HeldRow("20261123121000", "2"), HeldRow("20261123122000", "9"))

    @pytest.mark.parametrize("kind", ["lose", "down", "garble", "huge", "redirect", "slow"])
    async def test_no_whole_answer_is_told_as_not_known(self, connector, one_stop, code, kind):
        one_stop.fail(kind, "DongBoHoSoMC", seconds=2)

        with pytest.raises((Unreachable, OddAnswer)):
            await connector.create(record(code))

    @pytest.mark.parametrize("kind", ["odd", "foreign"])
    async def test_an_answer_that_does_not_name_us_is_no_acknowledgement(
        self, connector, one_stop, code, kind
    ):
        one_stop.fail(kind, "DongBoHoSoMC")

        with pytest.raises(OddAnswer):
            await connector.create(record(code))

    async def test_a_look_up_about_somebody_else_is_odd(self, connector, one_stop, code):
        one_stop.fail("foreign", "TraCuuHoSo")

        with pytest.raises(OddAnswer):
            await connector.look_up(code)

    async def test_an_error_code_is_a_refusal_whatever_the_words_say(
        self, connector, one_stop, code
    ):
        one_stop.fail("refuse", "DongBoHoSoMC")

        with pytest.raises(Refused) as refused:
            await connector.create(record(code))

        assert "thành công" in refused.value.words
        assert "thành công" not in str(refused.value)

    async def test_an_expired_session_is_renewed_once_unseen(self, connector, one_stop, code):
        await connector.look_up(code)
        one_stop.fail("expire", "DongBoHoSoMC")

        await connector.create(record(code))

        assert len(one_stop.received(code)) == 1

    async def test_a_session_that_never_holds_is_a_refusal_and_not_an_endless_loop(
        self, connector, one_stop, code
    ):
        one_stop.fail("expire", "TraCuuHoSo", times=5)

        with pytest.raises(OneStopFault):
            await connector.look_up(code)
