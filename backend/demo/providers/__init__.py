"""Pretend payment providers (cổng thanh toán giả định): each a process of its own, no real money.

`book` keeps orders, refunds and the notices that are owed; `desk` settles, gives back, tells, and
goes wrong as a fault file says; `app` serves it with one page where a payer presses a button.
`protocol` is what a provider's own module (`vnpay`, …) fills in: addresses, proof of who asks, the
shape of answers and notices. Such a module shares no code with the adapter that talks to it: two
independent readings of one specification are the proof.
"""

from backend.demo.providers.app import build, run

__all__ = ["build", "run"]
