"""payOS: a payment link with a VietQR of its own, heard at the bank account."""
