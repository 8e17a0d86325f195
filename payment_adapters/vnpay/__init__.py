"""VNPAY (cổng thanh toán VNPAY 2.1.0): a signed page to pay on, notices by GET, asking, refunds."""
