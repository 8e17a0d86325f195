"""What can be done with money (phí, lệ phí): open, pay, hear, ask, look."""
