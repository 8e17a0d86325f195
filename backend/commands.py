"""Commands (dòng lệnh) that are more than one call: `motcua due`, which opens no database."""

import argparse
import json
import logging
import os
import re
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from backend import catalogue, places
from backend.places import Due, Pause
from backend.platform.kit.clock import VIETNAM, iso
from backend.platform.settings import bundled

_TIME = re.compile(r"20[2-9]\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


def due(arguments: argparse.Namespace) -> int:
    """Say by when a result is due and how that comes; 2 with a sentence when a word is off."""
    logging.getLogger().addHandler(logging.NullHandler())  # a year without a notice is told below
    given = os.environ.get("MOTCUA_PROCEDURES")
    try:
        accepted = _moment(arguments.accepted)
        pauses = _pauses(arguments.pause, accepted)
        _load_unit(arguments.unit, accepted)
        catalogue.load(Path(given) if given else bundled("procedures", "procedures"), demo=True)
        procedure = _procedure(arguments.procedure)
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    found = procedure.due(accepted, unit=arguments.unit, pauses=pauses)
    warnings = _warnings(found, procedure.definition.not_fileable)
    for warning in warnings:
        print(f"Cảnh báo: {warning}", file=sys.stderr)
    _print(found, warnings, accepted, arguments)
    return 0


def _print(
    due: Due | None, warnings: Sequence[str], accepted: datetime, arguments: argparse.Namespace
) -> None:
    at = iso(due.at) if due and due.at else None
    steps = due.steps if due else ()
    if arguments.json:
        told = {
            "unit": arguments.unit,
            "procedure": arguments.procedure,
            "accepted": iso(accepted),
            "due_at": at,
            "paused": due is not None and at is None,
            "steps": msgspec.to_builtins(steps),
            "warnings": warnings,
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
    elif due is None:
        print("Thủ tục này không hẹn ngày trả kết quả.")
    else:
        print("\n".join([at or "Đang tạm dừng", *(f"  {step.vi}" for step in steps)]))


def _warnings(due: Due | None, not_fileable: str | None) -> list[str]:
    years = due.unannounced if due else ()
    return [
        *(f"Năm {year} chưa có thông báo nghỉ lễ, ngày hẹn có thể đổi." for year in years),
        *([not_fileable] if not_fileable else []),
    ]


def _load_unit(unit: str, accepted: datetime) -> None:
    """Load the places that have a unit on a day: the real ones, else those of the demo."""
    for mode in ("production", "demo"):
        places.load(mode)
        found = places.current().unit(unit)
        if found is not None and found.exists(accepted.date()):
            return
    known = ", ".join(one.code for one in places.current().units())
    raise ValueError(f"Không có đơn vị {unit} vào ngày đó. Có: {known}.")


def _procedure(code: str) -> catalogue.Procedure:
    try:
        return catalogue.get(code)
    except catalogue.UnknownProcedure:
        known = ", ".join(one.code for one in catalogue.listing())
        raise ValueError(f"Không có thủ tục {code}. Có: {known}.") from None


def _pauses(texts: Sequence[str], accepted: datetime) -> list[Pause]:
    found = []
    for text in texts:
        begins, dots, ends = text.partition("..")
        if not dots:
            raise ValueError(f"Không hiểu lần tạm dừng {text!r}. Ghi TỪ..ĐẾN, còn dừng thì bỏ ĐẾN.")
        pause = Pause(_moment(begins), _moment(ends) if ends.strip() else None)
        if pause.begins < accepted:
            raise ValueError(f"Lần tạm dừng {text!r} bắt đầu trước lúc tiếp nhận.")
        if pause.ends is not None and pause.ends < pause.begins:
            raise ValueError(f"Lần tạm dừng {text!r} kết thúc trước khi bắt đầu.")
        found.append(pause)
    return found


def _moment(text: str) -> datetime:
    """Read a moment; without a zone it is Vietnamese time. ValueError with a sentence."""
    wrong = ValueError(f"Không hiểu thời điểm {text!r}. Ghi ngày và giờ như 2026-11-02 15:28.")
    if _TIME.fullmatch(text.strip()) is None:
        raise wrong
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise wrong from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(VIETNAM)
