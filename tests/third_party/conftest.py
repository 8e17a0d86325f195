"""A stranger's distribution lies here; its tests run where it is installed, not in this suite."""

collect_ignore = ["visen"]
