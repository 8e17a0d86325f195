"""The pretend bank's own reading of VietQR: published codes, our adapter's codes, broken codes."""

from random import Random

import pytest

from backend.demo.bank import emv
from payment_adapters.vietqr import wire

CODE = (
    "00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA"
    "53037045405150005802VN62130809HSP7K2M9Q63048571"
)

PUBLISHED = [
    (
        "00020101021138540010A00000072701240006970436011001234567890208QRIBFTTA53037045802VN63046A15",
        ("970436", "0123456789", None, ""),
    ),
    (CODE, ("970436", "0123456789", 15_000, "HSP7K2M9Q")),
    (
        (
            "00020101021238560010A0000007270126000697041501121133666688880208QRIBFTTA"
            "53037045405790005802VN62220818Ung Ho Quy Vac Xin63043ACF"
        ),
        ("970415", "113366668888", 79_000, "Ung Ho Quy Vac Xin"),
    ),
    (
        (
            "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
            "530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E"
        ),
        ("970403", "0011012345678", 180_000, "thanh toan don hang"),
    ),
]


@pytest.mark.parametrize(("payload", "wanted"), PUBLISHED)
def test_published_codes_are_read(payload, wanted):
    order = emv.read(payload)

    assert (order.bank_bin, order.account, order.amount, order.memo) == wanted


def test_what_our_adapter_writes_is_read_as_it_was_meant():
    transfer = wire.Transfer(
        bank_bin="970422", account="VQRQ0001ABCDE", amount=24_000, purpose="HSP7K2M9Q"
    )

    order = emv.read(wire.write(transfer))

    assert (order.bank, order.account, order.amount) == ("MB", "VQRQ0001ABCDE", 24_000)
    assert (order.memo, order.once) == ("HSP7K2M9Q", True)


@pytest.mark.parametrize("place", range(len(CODE)))
def test_a_code_with_one_sign_changed_is_refused(place):
    changed = CODE[:place] + ("7" if CODE[place] != "7" else "8") + CODE[place + 1 :]

    with pytest.raises(emv.NotVietQrError):
        emv.read(changed)


@pytest.mark.parametrize("payload", ["", "x", CODE[:-1], CODE + "0", "000201", "é" * 20, "9" * 600])
def test_what_is_no_code_is_refused_in_words(payload):
    with pytest.raises(emv.NotVietQrError, match=r"Mã|Đây"):
        emv.read(payload)


def test_random_text_never_does_anything_else_than_refuse():
    random = Random(3)  # noqa: S311 - repeatable on purpose
    for _ in range(2000):
        text = "".join(random.choices("0123456789ABC", k=random.randrange(90)))
        with pytest.raises(emv.NotVietQrError):
            emv.read(text)
