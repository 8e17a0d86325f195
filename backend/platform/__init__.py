"""The ground of the house: database, outbox, vault, files, HTTP; it knows nothing of dossiers."""
