"""The words and rules of money (tiền phí, lệ phí); pure."""
