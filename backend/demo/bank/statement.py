"""The pretend bank's file of a day (sao kê): the list that its notice service would give."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime

from backend.demo.bank.ledger import Movement
from backend.platform.kit.clock import VIETNAM

COLUMNS = {
    "of": "service",
    "reference": "Mã giao dịch",
    "moment": "Thời gian",
    "account": "Tài khoản",
    "credit": "Số tiền vào",
    "memo": "Nội dung",
}
"""How the demo's settings name the columns; a notice tells the same number in `id`."""

_TITLES = ("Mã giao dịch", "Thời gian", "Tài khoản", "Số tiền vào", "Nội dung")


def as_csv(movements: Iterable[Movement]) -> bytes:
    """Write movements as a spreadsheet opens them: UTF-8 with its mark."""
    sheet = io.StringIO()
    writer = csv.writer(sheet)
    writer.writerow(_TITLES)
    for one in movements:
        at = datetime.fromtimestamp(one.at, VIETNAM)
        writer.writerow([one.id, f"{at:%d/%m/%Y %H:%M:%S}", one.account, one.amount, one.content])
    return sheet.getvalue().encode("utf-8-sig")
