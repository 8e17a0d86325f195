"""How soon, on a slow network, the first question can be answered, and what that weighs."""

import re
import time
from collections import Counter

from playwright.sync_api import CDPSession, expect

from e2e.phones import SLOWER_PROCESSOR, slow

CRITICAL_BYTES = 30_000
# Not needed to answer: judging answers and rarer boxes come meanwhile, then the later pages.
AHEAD = re.compile(r"/assets/(next|judge|more|later)-")


def weigh(session: CDPSession) -> Counter[str]:
    """Count the bytes of each answer as they come over the network."""
    addresses: dict[str, str] = {}
    weights: Counter[str] = Counter()

    def answered(event):
        addresses[event["requestId"]] = event["response"]["url"]

    def came(event):
        weights[addresses[event["requestId"]]] += event["encodedDataLength"]

    session.on("Network.responseReceived", answered)
    session.on("Network.dataReceived", came)
    return weights


def test_the_first_question_comes_soon_and_weighs_little(citizen, poster, measured):
    with slow(citizen.page, processor=SLOWER_PROCESSOR) as session:
        weights = weigh(session)
        began = time.monotonic()
        citizen.page.goto(f"{citizen.web}/q/{poster}", wait_until="commit")
        expect(citizen.button("Xem và bắt đầu")).to_be_visible()
        landed = time.monotonic() - began
        citizen.presses("Xem và bắt đầu")
        citizen.presses("Bắt đầu")
        citizen.chooses("Cho chính tôi")
        usable = time.monotonic() - began
        ahead = sum(size for address, size in weights.items() if AHEAD.search(address))
        needed = weights.total() - ahead

    measured(
        f"At 400 kbit/s, 400 ms, processor ÷ {SLOWER_PROCESSOR}: the poster's page after"
        f" {landed:.1f} s, the first answer given after {usable:.1f} s (aim 3 s)"
    )
    measured(f"Bytes until then: {needed:,} (limit {CRITICAL_BYTES:,}), {ahead:,} fetched ahead")
    assert needed <= CRITICAL_BYTES
