/** Tiếng Việt, tìm việc cần làm. */
export const find = {
  'find.found': '{count} việc',
  'find.near': 'Gần với điều bạn tìm',
  'find.only.near': 'Không có việc nào đúng hẳn. Xem thử các việc dưới đây.',
  'find.nothing': 'Không tìm thấy. Thử từ khác, ví dụ: khai sinh. Hoặc chọn một việc dưới đây.',
  'find.elsewhere': 'Việc này không nộp ở đây.',
  'find.unverified': 'Nơi nhận chưa kiểm chứng. Hỏi trước khi đi.',
} as const
