"""What a receipt of fees is, when it stands, and how its amount is read; pure."""
