"""A lost key (mất khóa hồ sơ): a one-time code to the dossier's phone, then a new key.

Nobody learns from an answer whether a code or a phone is known: asking always looks the same, and
every wrong confirmation is the same refusal.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from backend import dossiers, notices
from backend.dossiers import Dossier
from backend.intake import store
from backend.intake.model import KeyConfirmed, KeyLost, NewKey, WrongOneTimeCode
from backend.notices import Channel
from backend.platform import limits
from backend.platform.db import transaction
from backend.platform.kit.errors import NotFound, TooMany
from backend.platform.kit.ids import Randomness, clean_code
from backend.platform.vault import Vault

CODE_LIVES = timedelta(minutes=5)
MOST_TRIES = 5
_MOBILE = re.compile(r"0[35789][0-9]{8}\Z", re.ASCII)
_KEY_BYTES = 32


async def ask_code(
    lost: KeyLost,
    *,
    address: str,
    channels: Sequence[Channel],
    vault: Vault,
    random: Randomness,
    now: datetime,
) -> None:
    """Send a one-time code to the phone that was named, if it is the dossier's.

    TooMany only by address; one code a minute and five a day for a dossier, silently.
    """
    await limits.hit("keys.address", address, limit=10, window=timedelta(hours=1), now=now)
    try:
        await _count(lost.code, now)
        found = await dossiers.by_second_factor(lost.code, lost.phone_last4, vault)
    except (TooMany, NotFound):
        return
    owned = await dossiers.private(found, vault)
    fitting = [phone for phone in owned.phones() if phone.endswith(lost.phone_last4)]
    mobile = [phone for phone in fitting if _MOBILE.match(phone)]
    if not mobile:
        return
    digits = f"{int.from_bytes(random(8)) % 1_000_000:06d}"
    mark = _mark(found, digits, vault)
    await store.keep(found.id, mark=mark, now=now, ends_at=now + CODE_LIVES)
    await notices.send_one_time_code(
        found, phone=mobile[0], digits=digits, channels=channels, now=now
    )


async def confirm(
    confirmed: KeyConfirmed, *, address: str, vault: Vault, random: Randomness, now: datetime
) -> NewKey:
    """Give a new key for the right one-time code; earlier keys end. WrongOneTimeCode."""
    await limits.hit("keys.confirm", address, limit=30, window=timedelta(hours=1), now=now)
    try:
        found = await dossiers.by_code(confirmed.code)
    except NotFound:
        raise WrongOneTimeCode from None
    mark = await store.take_try(found.id, most=MOST_TRIES, now=now)
    given = _mark(found, confirmed.one_time_code, vault)
    if mark is None or not hmac.compare_digest(mark, given):
        raise WrongOneTimeCode
    key = base64.urlsafe_b64encode(random(_KEY_BYTES)).rstrip(b"=").decode()
    async with transaction():
        if not await store.use_up(found.id, mark):
            raise WrongOneTimeCode
        await dossiers.give_key(found, key_hash=hashlib.sha256(key.encode()).digest(), now=now)
    return NewKey(id=found.id, key=key)


async def _count(code: str, now: datetime) -> None:
    clean = clean_code(code, length=dossiers.CODE_LENGTH) or "-"
    await limits.hit("keys.minute", clean, limit=1, window=timedelta(minutes=1), now=now)
    await limits.hit("keys.day", clean, limit=5, window=timedelta(days=1), now=now)


def _mark(dossier: Dossier, digits: str, vault: Vault) -> bytes:
    return vault.blind(dossier.unit, f"one-time:{dossier.id}:{digits}")
