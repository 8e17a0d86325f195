"""Memos as banks mangle them: our code must be found in every one, and nobody else's."""
# ruff: noqa: S311 - seeded on purpose: a failure can be repeated

from random import Random
from typing import NamedTuple

from backend.payments.model.matching import codes_in, make_payment_code
from tests.backend.payments.test_model import MANGLINGS, SHAPES


class Memos(NamedTuple):
    """What the matcher made of mangled memos."""

    missed: list[str]
    wrong: list[str]


NOISE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .-/"


def mangled(wanted: int, *, seed: int) -> Memos:
    """Mangle so many memos as banks do, and look for the code that each holds."""
    chance = Random(seed)
    codes = [make_payment_code(random=chance.randbytes) for _ in range(wanted)]
    issued, missed, wrong = set(codes), [], []
    for code in codes:
        memo = _memo(code, chance)
        found = set(codes_in(memo)) & issued
        if code not in found:
            missed.append(memo)
        if found - {code}:
            wrong.append(memo)
    return Memos(missed, wrong)


def _memo(code: str, chance: Random) -> str:
    """Put noise around a code that cannot run into it, then do to all of it what banks do."""
    noise = "".join(chance.choices(NOISE, k=chance.randrange(0, 40)))
    shaped = chance.choice(SHAPES).format(code)
    return chance.choice(MANGLINGS)(f"{noise} {shaped} {noise[::-1]}")
