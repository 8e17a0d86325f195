"""MoMo (ví MoMo): payment in the wallet's app or on its page."""
