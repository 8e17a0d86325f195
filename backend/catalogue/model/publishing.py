"""The definition as the PWA draws it, in one language, and its line in the list of procedures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import msgspec

from backend.catalogue.model.costs import Exemption, Fee, FeeItem
from backend.catalogue.model.definition import Definition, Law, Named, Record
from backend.catalogue.model.english import Language, missing, spoken
from backend.catalogue.model.fees import Price
from backend.catalogue.model.promises import Result
from backend.catalogue.model.wording import Speaker
from backend.platform.kit.money import dong

WORDS: dict[Language, dict[str, str]] = {
    "vi": {
        "free": "Không thu phí",
        "unknown": "Chưa xác định mức phí",
        "varies": "Tùy trường hợp",
        "each": "mỗi",
        "unit": "bản",
        "portal": "{unit} chưa nối với hệ thống một cửa điện tử.",
    },
    "en": {
        "free": "No fee",
        "unknown": "Fee not known yet",
        "varies": "Depends on the case",
        "each": "a",
        "unit": "copy",
        "portal": "{unit} is not connected to the electronic one-stop system yet.",
    },
}


def published(
    definition: Definition,
    *,
    version: str,
    unit: Mapping[str, Any] | None,
    prices: Mapping[str, Price],
    language: Language = "vi",
    portal_alone: bool = False,
) -> dict[str, Any]:
    """Write the definition in force at a unit; keys that say nothing are left out below.

    `portal_alone` tells that the unit takes nothing from here. Then, as where the procedure itself
    is filed there, `portal_only` says why.

    In English a declaration keeps the sentence that binds as `original`, a fee line the name under
    which it is frozen, and its basis where that has English; `complete` tells whether everything
    is said in English.
    """
    document = _document(definition, version=version, unit=unit, prices=prices)
    if portal_alone and unit is not None:
        document |= _portal_alone(unit)
    if language == "vi":
        return dict(spoken(document, language))
    consents = [{**one, "original": one["words"]} for one in document["consents"]]
    steps = [_binding(step) for step in document["steps"]]
    whole = next(missing(definition), None) is None
    kept = {"steps": steps, "consents": consents, "fee": _named(document["fee"])}
    english = spoken({**document, **kept}, language)
    return {**english, "language": language, "complete": whole}


def _binding(step: dict[str, Any]) -> dict[str, Any]:
    """Keep the sentence that binds beside each declaration of a step."""
    fields = [
        {**field, "original": field["label"]} if field["kind"] == "declaration" else field
        for field in step["fields"]
    ]
    return {**step, "fields": fields}


def _named(fee: dict[str, Any] | None) -> dict[str, Any] | None:
    """Keep the Vietnamese name and basis of each fee line, which are those an obligation has."""
    if fee is None:
        return None
    return {**fee, "items": [_frozen(item) for item in fee["items"]]}


def _frozen(item: dict[str, Any]) -> dict[str, Any]:
    basis = {"original_law": item["law"]} if "law_en" in item else {}
    return {**item, "original": item["name"], **basis}


def _document(
    definition: Definition,
    *,
    version: str,
    unit: Mapping[str, Any] | None,
    prices: Mapping[str, Price],
) -> dict[str, Any]:
    """Write it with the English beside the Vietnamese."""
    plain = msgspec.to_builtins(definition)
    record = plain["record"]
    return {
        "code": definition.code,
        "version": version,
        "name": definition.name,
        **{key: plain[key] for key in ("title", "title_en", "summary", "summary_en")},
        "fileable": definition.not_fileable is None,
        "why_not": definition.not_fileable,
        "why_not_en": definition.not_fileable_en,
        **_said(plain, ("portal_only", "portal_only_en")),
        "field": plain["field"],
        "unit": unit,
        **_said(plain, ("applicant", "valid_from", "valid_to", "national_portal_id")),
        "law": plain["law"],
        "who": definition.who,
        "who_en": definition.who_en,
        "minutes": definition.minutes,
        "submitter_when": _slim(plain["submitter_when"]),
        "steps": _slim(plain["steps"]),
        "papers": _papers(definition, plain["papers"]),
        "fee": _fee(definition, prices),
        "deadline": _deadline(plain["deadline"]),
        **_said(_rules(plain["agreements"]), ("agreements", "asks")),
        **_said(
            plain,
            (
                "stops",
                "holders",
                "no_deadline",
                "presence",
                "draft_confirmation",
                "public_posting",
            ),
        ),
        "consents": plain["consents"],
        "result": _slim(plain["result"]),
        **_doubts(definition.record),
        "checked_on": record["checked_on"],
    }


def _rules(agreements: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Write what is mild under `asks`: a page that does not know the word would refuse it."""
    return {
        "agreements": [one for one in agreements if not one["mild"]],
        "asks": [one for one in agreements if one["mild"]],
    }


def _portal_alone(unit: Mapping[str, Any]) -> dict[str, str]:
    """Say in both languages that a unit takes dossiers through the national portal alone."""
    named = unit["office"] or unit["name"]
    words = {"portal_only": WORDS["vi"], "portal_only_en": WORDS["en"]}
    return {key: each["portal"].format(unit=named) for key, each in words.items()}


def _papers(definition: Definition, plain: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write the papers, each with the case in which it is needed, in words of both languages."""
    vi, en = Speaker("vi", (definition,)), Speaker("en", (definition,))
    return [
        _slim({**one, "needed_if": vi.needed(paper), "needed_if_en": en.needed(paper)})
        for paper, one in zip(definition.papers, plain, strict=True)
    ]


def _doubts(record: Record) -> dict[str, Any]:
    """Write what is not certain: in words for all, and which facts it is about."""
    low = [fact for fact in record.facts if fact.confidence == "low"]
    english = (*record.unverified_en, *(fact.words_en or "" for fact in low))
    whole = all(english) and len(record.unverified_en) == len(record.unverified)
    return {
        "unverified": [*record.unverified, *(fact.words for fact in low)],
        "unverified_en": list(english) if whole else [],
        **({"doubts": [fact.about for fact in low]} if low else {}),
    }


def fee_note(definition: Definition, prices: Mapping[str, Price], language: Language = "vi") -> str:
    """Say the price in a few words (mức phí): for lists and the start page."""
    words = WORDS[language]
    items = definition.fee.items if definition.fee else ()
    notes = [words["varies"]] if any(item.when for item in items) else []
    for item in items:
        amount = prices.get(item.id, Price()).amount
        if item.when is not None or amount == 0:
            continue
        if amount is None:
            return words["unknown"]
        counted = item.quantity or item.per
        unit = (item.unit_en if language == "en" else item.unit) or words["unit"]
        said = dong(amount, language)
        notes.append(f"{said} {words['each']} {unit}" if counted else said)
    return "; ".join(notes) or words["free"]


def _fee(definition: Definition, prices: Mapping[str, Price]) -> dict[str, Any] | None:
    fee = definition.fee
    if fee is None:
        return None
    return {
        "items": [_fee_item(item, prices.get(item.id, Price())) for item in fee.items],
        **_exemptions(fee),
        "note": fee.note,
        "note_en": fee.note_en,
    }


def _exemptions(fee: Fee) -> dict[str, Any]:
    """Write who pays nothing as lines, and as groups of keys where the file has them."""
    groups = [one for one in fee.exemptions if isinstance(one, Exemption)]
    if not groups:
        return {"exemptions": list(fee.exemptions), "exemptions_en": list(fee.exemptions_en)}
    return {
        "exemptions": [one.words for one in groups],
        "exemptions_en": [one.words_en or one.words for one in groups],
        "exempt": _slim(msgspec.to_builtins(groups)),
    }


def _fee_item(item: FeeItem, one: Price) -> dict[str, Any]:
    optional = {
        "when": _slim(msgspec.to_builtins(item.when)),
        "note": item.note,
        "note_en": item.note_en,
        "law_en": one.law_en,
        "unit": item.unit,
        "unit_en": item.unit_en,
        "per": msgspec.to_builtins(item.per),
        "then": msgspec.to_builtins(one.then) or None,
        "most": one.most,
        "unverified_amount": one.unverified,
        "counter_amount": one.at_counter,
    }
    return {
        "id": item.id,
        "name": item.name,
        "name_en": item.name_en,
        "kind": item.kind,
        "quantity": msgspec.to_builtins(item.quantity),
        "amount": one.amount,
        "law": one.law,
        "verified": one.amount is not None,
        **{key: value for key, value in optional.items() if value is not None},
    }


def _deadline(plain: dict[str, Any] | None) -> dict[str, Any] | None:
    """Write the deadline: its plain keys always, what a phone knew later only where it is said."""
    if plain is None:
        return None
    later = ("cases", "verification", "committed_days", "counts_from")
    return {key: value for key, value in plain.items() if key not in later} | _said(plain, later)


def _said(plain: Mapping[str, Any], keys: Sequence[str]) -> dict[str, Any]:
    return {key: _slim(plain[key]) for key in keys if plain[key] not in (None, (), [])}


def _slim(value: Any) -> Any:
    """Leave out what is not said: keys without a value and empty lists."""
    if isinstance(value, dict):
        return {
            key: _slim(inner)
            for key, inner in value.items()
            if inner is not None and inner not in ([], ())
        }
    return [_slim(inner) for inner in value] if isinstance(value, (list, tuple)) else value


def stub(code: str, name: str, *, why: str) -> Definition:
    """Stand in for a procedure whose file is broken: listed, with the reason, not fileable."""
    return Definition(
        code=code,
        name=name,
        title=name[:300],
        summary=(why,),
        field=Named(id="khac", name="Khác"),
        law=(Law(id="—", title="—"),),
        who="—",
        not_fileable=why,
        result=Result(name="—"),
        record=Record(source=("—",), checked_on=date.min, confidence="low"),
    )
