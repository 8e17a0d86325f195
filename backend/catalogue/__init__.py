"""Procedures (thủ tục hành chính): read from `procedures/`, checked, versioned, published."""
