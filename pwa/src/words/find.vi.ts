/** Tiếng Việt, tìm việc cần làm. */
export const find = {
  'find.found': '{count} việc',
  'find.near': 'Gần với điều bạn tìm',
  'find.only.near': 'Không có việc nào đúng hẳn. Xem thử các việc dưới đây.',
  'find.nothing': 'Không tìm thấy. Thử từ khác, ví dụ: khai sinh. Hoặc chọn một việc dưới đây.',
  'find.elsewhere': 'Việc này chưa nộp được từ đây.',
  'find.part': 'Một phần việc này có thể do nơi khác làm.',
  'find.unverified': 'Nơi nhận chưa kiểm chứng. Hỏi trước khi đi.',
} as const
