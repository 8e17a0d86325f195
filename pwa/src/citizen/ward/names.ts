/**
 * Names of wards and provinces, today's and earlier ones.
 *
 * Generated from backend/places/data by requirements/describe.py.
 */
import type { Names } from './known.ts'

export const NAMES: Names = {
  "province": "Thành phố Cần Thơ",
  "merged": [
    {
      "name": "Tỉnh Hậu Giang",
      "within": "",
      "since": "2025-07-01",
      "now": [
        "Thành phố Cần Thơ"
      ]
    },
    {
      "name": "Tỉnh Sóc Trăng",
      "within": "",
      "since": "2025-07-01",
      "now": [
        "Thành phố Cần Thơ"
      ]
    }
  ],
  "wards": [
    "Phường Cái Khế",
    "Phường Ninh Kiều",
    "Phường Tân An",
    "Phường An Bình",
    "Phường Ô Môn",
    "Phường Thới Long",
    "Phường Phước Thới",
    "Phường Bình Thủy",
    "Phường Thới An Đông",
    "Phường Long Tuyền",
    "Phường Cái Răng",
    "Phường Hưng Phú",
    "Phường Thốt Nốt",
    "Phường Tân Lộc",
    "Phường Trung Nhứt",
    "Phường Thuận Hưng",
    "Xã Thạnh An",
    "Xã Vĩnh Thạnh",
    "Xã Vĩnh Trinh",
    "Xã Thạnh Quới",
    "Xã Thạnh Phú",
    "Xã Trung Hưng",
    "Xã Thới Lai",
    "Xã Cờ Đỏ",
    "Xã Thới Hưng",
    "Xã Đông Hiệp",
    "Xã Đông Thuận",
    "Xã Trường Thành",
    "Xã Trường Xuân",
    "Xã Phong Điền",
    "Xã Trường Long",
    "Xã Nhơn Ái",
    "Phường Vị Thanh",
    "Phường Vị Tân",
    "Xã Hỏa Lựu",
    "Phường Ngã Bảy",
    "Xã Tân Hòa",
    "Xã Trường Long Tây",
    "Xã Thạnh Xuân",
    "Xã Châu Thành",
    "Xã Đông Phước",
    "Xã Phú Hữu",
    "Xã Hòa An",
    "Xã Hiệp Hưng",
    "Xã Tân Bình",
    "Xã Thạnh Hòa",
    "Phường Đại Thành",
    "Xã Phụng Hiệp",
    "Xã Phương Bình",
    "Xã Tân Phước Hưng",
    "Xã Vị Thủy",
    "Xã Vĩnh Thuận Đông",
    "Xã Vĩnh Tường",
    "Xã Vị Thanh 1",
    "Phường Long Mỹ",
    "Phường Long Bình",
    "Phường Long Phú 1",
    "Xã Vĩnh Viễn",
    "Xã Lương Tâm",
    "Xã Xà Phiên",
    "Phường Sóc Trăng",
    "Phường Phú Lợi",
    "Xã Kế Sách",
    "Xã An Lạc Thôn",
    "Xã Phong Nẫm",
    "Xã Thới An Hội",
    "Xã Nhơn Mỹ",
    "Xã Đại Hải",
    "Xã Mỹ Tú",
    "Xã Phú Tâm",
    "Xã Hồ Đắc Kiện",
    "Xã Long Hưng",
    "Xã Thuận Hòa",
    "Xã Mỹ Hương",
    "Xã An Ninh",
    "Xã Mỹ Phước",
    "Xã An Thạnh",
    "Xã Cù Lao Dung",
    "Xã Long Phú",
    "Xã Đại Ngãi",
    "Xã Trường Khánh",
    "Xã Tân Thạnh",
    "Xã Trần Đề",
    "Xã Liêu Tú",
    "Xã Lịch Hội Thượng",
    "Phường Mỹ Xuyên",
    "Xã Tài Văn",
    "Xã Thạnh Thới An",
    "Xã Nhu Gia",
    "Xã Hòa Tú",
    "Xã Ngọc Tố",
    "Xã Gia Hòa",
    "Phường Ngã Năm",
    "Xã Tân Long",
    "Phường Mỹ Quới",
    "Xã Phú Lộc",
    "Xã Lâm Tân",
    "Xã Vĩnh Lợi",
    "Phường Vĩnh Châu",
    "Phường Khánh Hòa",
    "Xã Vĩnh Hải",
    "Phường Vĩnh Phước",
    "Xã Lai Hòa"
  ],
  "former": [
    {
      "name": "Phường Châu Văn Liêm",
      "within": "Quận Ô Môn",
      "since": "2025-07-01",
      "now": [
        "Phường Ô Môn"
      ]
    },
    {
      "name": "Phường Thới Hòa",
      "within": "Quận Ô Môn",
      "since": "2025-07-01",
      "now": [
        "Phường Ô Môn"
      ]
    },
    {
      "name": "Phường Thới Long",
      "within": "Quận Ô Môn",
      "since": "2025-07-01",
      "now": [
        "Phường Thới Long"
      ]
    },
    {
      "name": "Phường Long Hưng",
      "within": "Quận Ô Môn",
      "since": "2025-07-01",
      "now": [
        "Phường Thới Long"
      ]
    },
    {
      "name": "Phường Thới An",
      "within": "Quận Ô Môn",
      "since": "2025-07-01",
      "now": [
        "Phường Ô Môn"
      ]
    },
    {
      "name": "Phường Phước Thới",
      "within": "Quận Ô Môn",
      "since": "2025-07-01",
      "now": [
        "Phường Phước Thới"
      ]
    },
    {
      "name": "Phường Trường Lạc",
      "within": "Quận Ô Môn",
      "since": "2025-07-01",
      "now": [
        "Phường Phước Thới"
      ]
    },
    {
      "name": "Xã Thới Thạnh",
      "within": "",
      "since": "2025-07-01",
      "now": [
        "Phường Ô Môn"
      ]
    },
    {
      "name": "Phường Tân Hưng",
      "within": "",
      "since": "2025-07-01",
      "now": [
        "Phường Thới Long"
      ]
    }
  ]
}
