/** Tiếng Việt: tên phường, xã, tỉnh khi ghi địa chỉ. */
export const ward = {
  'ward.found': 'Có {count} tên gợi ý dưới ô này.',
  'ward.unknown':
    'Không thấy tỉnh, thành phố này trong 34 tỉnh, thành phố. Xem lại tên, hoặc cứ để vậy nếu đúng.',
  'ward.away': 'Chưa gợi ý được tên ở tỉnh, thành phố này. Bạn gõ tên phường, xã.',
  'ward.renamed': 'Từ {day}, {old} thuộc {now}.',
  'ward.renamed.which': 'Từ {day}, {old} thuộc {now}. Có nơi khác cùng tên, bạn chọn một.',
  'ward.renamed.many':
    'Từ {day}, {old} không còn. Có nhiều nơi cùng tên này. Ghi thêm quận, huyện cũ sau dấu phẩy để tìm tên mới.',
  'ward.take': 'Ghi tên mới: {name}',
  'ward.keep': 'Giữ như đã ghi: {name}',
} as const
