/** Tiếng Việt, khai thuộc diện được miễn phí. */
export const claim = {
  'claim.title': 'Tôi thuộc diện được miễn phí',
  'claim.how': 'Phường xem rồi trả lời. Trong lúc chờ, bạn chưa phải trả phí.',
  'claim.waits': 'Phường xem xong mới giải quyết tiếp hồ sơ này.',
  'claim.group': 'Bạn thuộc diện nào?',
  'claim.group.empty': 'Chọn diện được miễn phí',
  'claim.evidence': 'Giấy tờ chứng minh',
  'claim.evidence.hint': 'Tên giấy và số, nếu nhớ. Chỉ cán bộ đọc.',
  'claim.shows': 'Xuất trình: {paper}',
  'claim.send': 'Đề nghị miễn phí',
  'claim.back': 'Thôi, trả phí',
} as const
