"""The command (dòng lệnh) `motcua due`: by when a result is due. It opens no database."""

import argparse
import contextlib
import json
import logging
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from backend.commands import folder
from backend.platform.kit.clock import VIETNAM, iso

if TYPE_CHECKING:
    from backend import catalogue
    from backend.places import Due, Pause

_TIME = re.compile(r"20[2-9]\d-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


def run(arguments: argparse.Namespace) -> int:
    """Say by when a result is due and how that comes; 2 with a sentence when a word is off."""
    from backend import catalogue

    logging.getLogger().addHandler(logging.NullHandler())  # a year without a notice is told below
    try:
        accepted = _moment(arguments.accepted)
        pauses = _pauses(arguments.pause, accepted)
        _load_unit(arguments.unit, accepted)
        catalogue.load(folder(), demo=True)
        procedure = _procedure(arguments.procedure)
        answers = _answers(arguments.answer, procedure, on=accepted.date())
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    found = procedure.due(accepted, unit=arguments.unit, answers=answers, pauses=pauses)
    warnings = [*_warnings(found, procedure), *_undecided(procedure, answers)]
    for warning in warnings:
        print(f"Cảnh báo: {warning}", file=sys.stderr)
    _print(found, warnings, accepted, arguments)
    return 0


def _print(
    due: "Due | None", warnings: Sequence[str], accepted: datetime, arguments: argparse.Namespace
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


def _warnings(due: "Due | None", procedure: "catalogue.Procedure") -> list[str]:
    years = due.unannounced if due else ()
    not_fileable = procedure.definition.not_fileable
    return [
        *(f"Năm {year} chưa có thông báo nghỉ lễ, ngày hẹn có thể đổi." for year in years),
        *([not_fileable] if not_fileable else []),
    ]


def _undecided(procedure: "catalogue.Procedure", answers: Mapping[str, object]) -> list[str]:
    """Warn when answers change the time and none of them was given, or none is asked so."""
    deciding = procedure.deciding_answers
    if not deciding or deciding & procedure.asked(answers).keys():
        return []
    named = ", ".join(sorted(deciding))
    return [f"Thời hạn còn tùy câu trả lời: {named}. Thêm --answer CÂU=TRẢ_LỜI."]


def _answers(
    texts: Sequence[str], procedure: "catalogue.Procedure", *, on: date
) -> dict[str, object]:
    """Read answers, each as JSON where it fits the form so, else as text."""
    found: dict[str, object] = {}
    for text in texts:
        key, _, words = text.partition("=")
        fits = (
            one for one in _readings(words) if not procedure.answer_faults({key: one}, today=on)
        )
        answer = next(fits, None)
        if answer is None:
            wrong = procedure.answer_faults({key: words}, today=on)
            why = wrong[0].message_vi if wrong else "Chưa có câu trả lời."
            raise ValueError(f"Không nhận câu trả lời {text!r}. {why}")
        found[key] = answer
    return found


def _readings(words: str) -> Iterator[object]:
    with contextlib.suppress(ValueError):
        yield json.loads(words)
    if words:
        yield words


def _load_unit(unit: str, accepted: datetime) -> None:
    """Load the places that have a unit on a day: the real ones, else those of the demo."""
    from backend import places

    for mode in ("production", "demo"):
        places.load(mode)
        found = places.current().unit(unit)
        if found is not None and found.exists(accepted.date()):
            return
    known = ", ".join(one.code for one in places.current().units())
    raise ValueError(f"Không có đơn vị {unit} vào ngày đó. Có: {known}.")


def _procedure(code: str) -> "catalogue.Procedure":
    from backend import catalogue

    try:
        return catalogue.get(code)
    except catalogue.UnknownProcedure:
        known = ", ".join(one.code for one in catalogue.listing())
        raise ValueError(f"Không có thủ tục {code}. Có: {known}.") from None


def _pauses(texts: Sequence[str], accepted: datetime) -> "list[Pause]":
    from backend.places import Pause

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
