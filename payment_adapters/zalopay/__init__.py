"""ZaloPay (ví ZaloPay): payment in the wallet or at its gateway."""
