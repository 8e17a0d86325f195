"""What can be done with procedures; one file for each kind of work."""
