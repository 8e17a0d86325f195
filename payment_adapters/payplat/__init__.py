"""PayPlat (nền tảng thanh toán của Cổng Dịch vụ công quốc gia): one platform, many ways to pay."""
