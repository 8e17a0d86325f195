"""An amount in Vietnamese words (số tiền bằng chữ), as receipts write it under the figures."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", " nghìn", " triệu", " tỷ")
_MOST = 10**12
_FIVE = 5
_TEN = 10
_HUNDRED = 100
_THOUSAND = 1000


def in_words(amount: int) -> str:
    """Read whole đồng, 0 to 10^12: `Hai mươi bốn nghìn đồng`; ValueError outside of that."""
    if not 0 <= amount <= _MOST:
        raise ValueError(f"no amount that is read: {amount}")
    words = _read(amount) if amount else _DIGITS[0]
    return f"{words[0].upper()}{words[1:]} đồng"


def _read(amount: int) -> str:
    """Read groups of three digits; the highest one, of milliards, may be a thousand."""
    groups = []
    for _scale in _SCALES[:-1]:
        amount, group = divmod(amount, _THOUSAND)
        groups.append(group)
    if amount == _THOUSAND:
        return "một nghìn tỷ"
    groups.append(amount)
    spoken: list[str] = []
    for group, scale in reversed(list(zip(groups, _SCALES, strict=True))):
        if group:
            spoken.append(f"{_group(group, whole=bool(spoken))}{scale}")
    return " ".join(spoken)


def _group(group: int, *, whole: bool) -> str:
    """Read up to three digits; `whole` says the hundreds even when there are none."""
    hundreds, rest = divmod(group, _HUNDRED)
    head = f"{_DIGITS[hundreds]} trăm" if hundreds or whole else ""
    tail = _below_hundred(rest, after_hundreds=bool(head))
    return f"{head} {tail}".strip()


def _below_hundred(rest: int, *, after_hundreds: bool) -> str:
    tens, units = divmod(rest, _TEN)
    if tens == 0:
        small = _DIGITS[units] if units else ""
        return f"linh {small}" if small and after_hundreds else small
    head = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    return f"{head} {_last(tens, units)}".strip()


def _last(tens: int, units: int) -> str:
    """Read the last digit after tens: `mốt` from twenty on, `lăm` for five."""
    if units == 1 and tens > 1:
        return "mốt"
    if units == _FIVE:
        return "lăm"
    return _DIGITS[units] if units else ""
