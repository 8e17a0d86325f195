"""What can be done with receipts of fees: follow the money, cancel, replace, read, print."""
