"""Every query of the dossiers; hand-written, because each citizen's request passes here."""
