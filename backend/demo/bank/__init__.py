"""The pretend bank (ngân hàng giả định): a process of its own where nobody's money moves.

A VietQR is pasted or read from a picture and paid, with amount and words as the payer likes; the
sandbox's payments are made known, paid or refused. What happened is told to the service by signed
notices, which a fault file loses, delays, repeats, reorders or mangles.
"""

from backend.demo.bank.app import build, run

__all__ = ["build", "run"]
