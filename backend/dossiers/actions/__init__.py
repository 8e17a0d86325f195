"""What can be done with a dossier, one function per verb: read, draft, move, complete, retain."""
