"""VietQR (mã chuyển khoản liên ngân hàng): a bank transfer that the payer's app fills in."""
