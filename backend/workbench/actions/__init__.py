"""What an officer does at the desk; each way in checks whose dossier it is."""
