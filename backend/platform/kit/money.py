"""Money is whole đồng: a bounded integer, never a fraction."""

from typing import Annotated

import msgspec

Dong = Annotated[int, msgspec.Meta(ge=0, le=10**12)]
"""An amount in đồng, 0 to 10^12; the bound also keeps it inside a 64-bit column."""


def dong(amount: int, language: str = "vi") -> str:
    """Write an amount as people read it: `24.000 đ`, in English `24,000 đ`; no line ends in it."""
    grouped = f"{amount:,}"
    return (grouped if language == "en" else grouped.replace(",", ".")) + "\u00a0đ"
