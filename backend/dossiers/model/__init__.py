"""What a dossier is and how it may move, without database or web: states, record, supplements."""
