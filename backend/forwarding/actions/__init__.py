"""What the hand-over does: becomes due, delivers, takes back, tells the desk."""
