"""Ví Sen for Một Cửa QR: an invented wallet, worked out as an example of a payment adapter."""
