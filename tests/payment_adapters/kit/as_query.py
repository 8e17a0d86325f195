"""An invented provider whose notice is a query and which counts in hundredths of a đồng."""

import hashlib
import hmac
from datetime import datetime, timedelta, timezone
from urllib.parse import unquote_plus

from msgspec import Struct

from payment_adapters.contract import (
    Adapter,
    BadSignature,
    Capabilities,
    Malformed,
    Notice,
    Observation,
    RawReply,
    Secret,
    Spec,
)
from payment_adapters.strict import redact

VIETNAM = timezone(timedelta(hours=7))
STATUSES = {"00": "succeeded", "07": "review", "24": "failed"}


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    enabled: bool = False
    secret: Secret


def signature_of(secret: bytes, pairs: list[str]) -> str:
    text = "&".join(sorted(pair for pair in pairs if not pair.startswith("hash=")))
    return hmac.new(secret, text.encode(), hashlib.sha512).hexdigest()


class AsQuery(Adapter):
    spec = Spec(
        id="as_query",
        title_vi="Báo bằng địa chỉ",
        title_en="By query",
        config_type=Config,
        capabilities=Capabilities(starts=False, notices=True),
    )

    def parse_notice(self, ctx, request):
        pairs = request.query.split("&")
        names = [pair.partition("=")[0] for pair in pairs]
        said = {unquote_plus(name): unquote_plus(value) for name, _, value in map(_cut, pairs)}
        wanted = signature_of(ctx.config.secret.reveal(), pairs)
        if not hmac.compare_digest(wanted.encode(), said.get("hash", "").lower().encode()):
            raise BadSignature("hash")
        if len(set(names)) != len(names) or said["site"] != "DEMO0001":
            raise Malformed("names")
        return Notice((_seen(said),))

    def notice_reply(self, outcome):
        return RawReply(status=200, body=outcome.value.encode())

    def redact(self, raw):
        return redact(raw, "hash", "payer")


def _cut(pair):
    return pair.partition("=")


def _seen(said):
    amount, moment = said["amount"], said["paid_at"]
    if not (amount.isascii() and amount.isdecimal() and len(amount) < 15 and amount[-2:] == "00"):
        raise Malformed("amount")
    status = STATUSES.get(said["status"], "pending")
    return Observation(
        status=status,
        amount=int(amount) // 100,
        currency=said["currency"],
        provider_ref=said["ref"],
        txn=said["txn"],
        occurred_at=datetime.strptime(moment, "%Y%m%d%H%M%S").replace(tzinfo=VIETNAM),
    )
