"""What a citizen can do with an own dossier; each way in begins with its key."""
