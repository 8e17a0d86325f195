"""Makes a draft of a procedure file from the national procedure record (bản ghi thủ tục quốc gia).

Official words are taken verbatim. What the record does not say is never guessed: it is marked
unverified, the confidence is low and the procedure cannot be filed until somebody has done what
the list of work names. The keys of the record are those of the national database of procedures.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import msgspec
import yaml

from backend.platform.kit.vietnamese import fold, nfc

_CODE = re.compile(r"[0-9]\.[0-9]{6}")
_CODE_KEYS = ("MATTHC", "MATHUTUC")
_VERBATIM = ("TRINHTUTHUCHIEN", "COQUANTHUCHIEN", "YEUCAU")
_USED = {
    *(*_CODE_KEYS, *_VERBATIM, "TENTTHC", "LINHVUCTHUCHIEN", "CACHTHUCTHUCHIEN", "THANHPHANHOSO"),
    *("KETQUATHUCHIEN", "CANCUPHAPLY", "MOTADOITUONGTHUCHIEN"),
}
_LINE, _WORDS = 300, 2000
_LONGEST_ID = 48
_MOST_DAYS = 200


class NotARecord(ValueError):  # noqa: N818 - it reads as the sentence it is
    """The file holds no record of a procedure; the text is for the author."""


class Draft(msgspec.Struct, frozen=True):
    """A draft file: where it goes below a folder of procedures, its text, what is left to do."""

    path: str
    text: str
    todo: tuple[str, ...]


@lru_cache
def _words() -> dict[str, Any]:
    text = files("backend.catalogue").joinpath("words/imported.vi.toml").read_text("utf-8")
    return tomllib.loads(text)


def draft(record: object, *, source: str, today: date, code: str | None = None) -> Draft:
    """Write the draft of a record; raises NotARecord with a sentence."""
    if isinstance(record, list) and len(record) == 1:
        record = record[0]
    if not isinstance(record, Mapping):
        raise NotARecord(_words()["not_record"])
    made = _Writer(record, today)
    return made.draft(source, code)


class _Writer:
    """Takes one record apart and notes what is left to do."""

    def __init__(self, record: Mapping[str, Any], today: date) -> None:
        self._record = record
        self._today = today
        self._todo: list[str] = []
        self._unverified: list[str] = [_words()["unverified_all"]]

    def draft(self, source: str, code: str | None) -> Draft:
        name, field = self._name(), self._field()
        definition = {
            "code": self._code(code),
            "name": name,
            "title": self._fit("title", name.removeprefix("Thủ tục ").strip(), _LINE),
            "summary": [_words()["summary"]],
            "field": field,
            "law": self._law(),
            "who": self._who(),
            "not_fileable": _words()["why_not"],
        }
        self._later("title")
        self._later("summary")
        definition |= {"papers": self._papers(), "fee": self._fee()}
        definition |= self._deadline()
        definition["result"] = self._result()
        self._later("steps")
        definition["record"] = {
            "source": [_words()["source"].format(what=source)],
            "checked_on": self._today.isoformat(),
            "confidence": "low",
            "unverified": self._unverified,
        }
        self._last()
        slug = _slug(name, "-")[:80].strip("-")
        text = yaml.safe_dump(definition, allow_unicode=True, sort_keys=False, width=10_000)
        return Draft(f"{field['id']}/{slug}.yaml", self._header() + text, tuple(self._todo))

    def _later(self, key: str, what: str = "") -> None:
        self._todo.append(_words()["todo"][key].format(what=what))

    def _last(self) -> None:
        self._later("english")
        self._later("golden")
        unknown = ", ".join(sorted(map(str, set(self._record) - _USED)))
        if unknown:
            self._later("unknown_keys", unknown)

    def _header(self) -> str:
        """Keep as comments what the record says and a procedure file has no key for."""
        lines = [_words()["header"].format(what=f"{self._today:%d/%m/%Y}")]
        for key in _VERBATIM:
            if text := "\n".join(_texts(self._record.get(key))):
                lines.extend([f"{key}:", *text.splitlines()])
        plain = (re.sub(r"[^\t\x20-\x7e\xa0-\ud7ff]", "", line) for line in lines)
        return "".join(f"# {line}".rstrip() + "\n" for line in plain)

    def _fit(self, key: str, text: str, most: int) -> str:
        if len(text) > most:
            self._later("cut", key)
        return text[:most].strip()

    # -- what it is ---------------------------------------------------------------------------

    def _name(self) -> str:
        name = _text(self._record.get("TENTTHC"))
        if not name:
            raise NotARecord(_words()["no_name"])
        return self._fit("name", name, _WORDS)

    def _code(self, given: str | None) -> str:
        known = [given or "", *(_text(self._record.get(key)) for key in _CODE_KEYS)]
        for one in known:
            if _CODE.fullmatch(one):
                return one
        raise NotARecord(_words()["no_code"])

    def _field(self) -> dict[str, str]:
        names = [_said(one, "TENLINHVUC") for one in _many(self._record.get("LINHVUCTHUCHIEN"))]
        name = next(filter(None, names), "Khác")
        return {"id": _slug(name, "-")[:_LONGEST_ID].strip("-"), "name": name[:_LINE]}

    def _law(self) -> list[dict[str, str]]:
        found = []
        for one in _many(self._record.get("CANCUPHAPLY")):
            number, title = _said(one, "SOVANBAN"), _said(one, "TENVANBAN")
            if number or title:
                number, title = number or _words()["unknown"], title or number
                law = {"id": number, "title": title}
                found.append({key: self._fit("law", text, _LINE) for key, text in law.items()})
        if not found:
            self._later("law")
            return [{"id": _words()["unknown"], "title": _words()["law_title"]}]
        return found

    def _who(self) -> str:
        who = "; ".join(_texts(self._record.get("MOTADOITUONGTHUCHIEN")))
        if not who:
            self._later("who")
        return self._fit("who", who or _words()["unknown"], _WORDS)

    def _result(self) -> dict[str, str]:
        found = _many(self._record.get("KETQUATHUCHIEN"))
        name = "; ".join(filter(None, (_said(one, "TENKETQUA") for one in found)))
        if not name:
            self._later("result")
        result = {"name": self._fit("result", name or _words()["unknown"], _LINE)}
        code = _said(found[0], "MAKETQUA") if len(found) == 1 else ""
        return {**result, "code": code[:_LINE]} if code else result

    # -- papers, money, time ------------------------------------------------------------------

    def _papers(self) -> list[dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for one in self._given_papers():
            form = _said(one, "TENMAUDON")
            name = _said(one, "TENGIAYTO") or form or _said(one, "MAGIAYTO")
            if not name:
                continue
            id_ = _id(_said(one, "MAGIAYTO") or name, found)
            kind = "form" if form else "upload"
            name = self._fit("papers", name, _WORDS)
            found[id_] = {"id": id_, "name": name, "kind": kind, "required": "optional"}
        self._later("papers" if found else "no_papers")
        self._unverified.append(_words()["unverified_papers"])
        return list(found.values())

    def _given_papers(self) -> Iterator[Any]:
        for group in _many(self._record.get("THANHPHANHOSO")):
            inner = group.get("GIAYTO") if isinstance(group, Mapping) else None
            yield from _many(inner) if inner is not None else (group,)

    def _fee(self) -> dict[str, Any]:
        """Keep what the record says of money as a note: without law and date it is no amount."""
        said: dict[str, str] = {}
        for way in _many(self._record.get("CACHTHUCTHUCHIEN")):
            fees = way.get("PHILEPHI") if isinstance(way, Mapping) else None
            for one in _many(fees):
                name = _said(one, "MOTA") or _words()["fee_name"]
                money = " ".join(filter(None, (_said(one, "SOTIEN"), _said(one, "DONVI"))))
                channel = _said(way, "KENH")
                what = f"{money or _words()['unknown']} ({channel})" if channel else money
                said[name] = f"{said[name]}; {what}" if name in said else what
        self._later("fee")
        self._unverified.append(_words()["unverified_fee"])
        items: dict[str, dict[str, str]] = {}
        for name, what in said.items() or ((_words()["fee_name"], ""),):
            note = _words()["fee_note"].format(what=what) if what else _words()["no_fee_note"]
            kind = "le_phi" if fold(name).startswith("le phi") else "phi"
            id_ = _id(name, items)
            line = {"name": self._fit("fee", name, _LINE), "note": self._fit("fee", note, _LINE)}
            items[id_] = {"id": id_, "name": line["name"], "kind": kind, "note": line["note"]}
        return {"items": list(items.values())}

    def _deadline(self) -> dict[str, Any]:
        """Take a time that all ways share and that is said in working days; else leave it open."""
        said = []
        for way in _many(self._record.get("CACHTHUCTHUCHIEN")):
            time = [_said(way, key) for key in ("THOIGIANGIAIQUYET", "DONVITINH")]
            if time[0]:
                said.append(" ".join(filter(None, time)))
        text = "; ".join(dict.fromkeys(said))
        self._unverified.append(
            _words()["unverified_deadline"].format(what=text or _words()["unknown"])
        )
        match = re.fullmatch(r"([0-9]{1,3}) ngay lam viec", fold(text))
        if match is None or not 1 <= int(match[1]) <= _MOST_DAYS:
            unclear = _words()["todo"]["deadline_unclear"]
            self._later("deadline", unclear.format(what=text or _words()["unknown"]))
            return {}
        self._later("deadline", _words()["todo"]["deadline_article"])
        law = _words()["article"]
        return {"deadline": {"text": text, "days": match[1], "law": law}}


def _many(value: Any) -> list[Any]:
    """Read one or several: the record writes a single part without a list."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]


def _said(part: Any, key: str) -> str:
    """Read a text of a part; a part that is a text itself says its name."""
    if isinstance(part, Mapping):
        return _text(part.get(key))
    return _text(part) if key.startswith("TEN") else ""


def _texts(value: Any) -> list[str]:
    """Read all texts below a value, in order."""
    if isinstance(value, Mapping):
        return [text for inner in value.values() for text in _texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in _texts(inner)]
    text = nfc(str(value)).strip() if isinstance(value, (str, int)) else ""
    return [text] if text else []


def _text(value: Any) -> str:
    """Read one text or number on one line, in composed letters."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return ""
    words = re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", nfc(str(value)))
    return " ".join(words.split())


def _slug(text: str, joint: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", joint, fold(text)).strip(joint)
    return plain if plain[:1].isalpha() else f"x{joint}{plain}".strip(joint)


def _id(text: str, taken: Mapping[str, Any]) -> str:
    """Make an id of a text that is not taken yet."""
    base = _slug(text, "_")[: _LONGEST_ID - 4].strip("_")
    found, number = base, 2
    while found in taken:
        found, number = f"{base}_{number}", number + 1
    return found
