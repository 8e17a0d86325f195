"""Play the whole service on one machine: pretend systems, their faults, demo data."""
