"""Money at the counter (thu tại quầy): cash or card, entered by an officer."""
