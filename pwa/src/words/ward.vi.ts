/** Tiếng Việt: tên phường, xã, tỉnh khi ghi địa chỉ. */
export const ward = {
  'ward.found': 'Có {count} tên gợi ý dưới ô này.',
  'ward.elsewhere': 'Tỉnh, thành phố này chưa có tên gợi ý. Bạn gõ tên phường, xã.',
  'ward.renamed': 'Từ {day}, {old} thuộc {now}.',
  'ward.renamed.which': 'Từ {day}, {old} thuộc {now}. Có nơi khác cùng tên, bạn chọn một.',
  'ward.take': 'Ghi tên mới: {name}',
  'ward.keep': 'Giữ như đã ghi: {name}',
} as const
