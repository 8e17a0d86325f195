/** Tiếng Việt, from the first page to the last question. */
export const first = {
  'top.skip': 'Đến nội dung chính',
  'top.anyOffice': 'Nộp hồ sơ qua điện thoại',
  'top.larger': 'Chữ to hơn',

  'where.phone': '**Trên máy này**, chưa gửi',
  'where.saved': '**Trên máy này**, lưu {hour}',
  'where.unsaved': '**Trong trang này**, máy không giữ lại',
  'where.way': '**Đang gửi**, đến {have}/{all}',
  'where.wait': '**Trên máy này**, chờ mạng',
  'where.office': '**Phường đã nhận đủ**',
} as const
