"""Every query of this room; hand-written, for both engines."""
