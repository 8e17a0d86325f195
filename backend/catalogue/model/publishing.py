"""The definition as the PWA draws it, and its line in the list of procedures."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from backend.catalogue.model.definition import Definition, FeeItem, Law, Named, Record, Result
from backend.catalogue.model.fees import Price
from backend.platform.kit.money import dong

FREE = "Không thu phí"
UNKNOWN_FEE = "Chưa xác định mức phí"
VARIES = "Tùy trường hợp"


def published(
    definition: Definition,
    *,
    version: str,
    unit: Mapping[str, Any] | None,
    prices: Mapping[str, Price],
) -> dict[str, Any]:
    """Write the definition in force at a unit; keys that say nothing are left out below."""
    plain = msgspec.to_builtins(definition)
    return {
        "code": definition.code,
        "version": version,
        "name": definition.name,
        "title": definition.title,
        "summary": plain["summary"],
        "fileable": definition.not_fileable is None,
        "why_not": definition.not_fileable,
        "field": plain["field"],
        "unit": unit,
        "law": plain["law"],
        "who": definition.who,
        "minutes": definition.minutes,
        "submitter_when": _slim(plain["submitter_when"]),
        "steps": _slim(plain["steps"]),
        "papers": _slim(plain["papers"]),
        "fee": _fee(definition, prices),
        "deadline": plain["deadline"],
        "consents": plain["consents"],
        "result": _slim(plain["result"]),
        "unverified": plain["record"]["unverified"],
        "checked_on": plain["record"]["checked_on"],
    }


def fee_note(definition: Definition, prices: Mapping[str, Price]) -> str:
    """Say the price in a few words (mức phí): for lists and the start page."""
    items = definition.fee.items if definition.fee else ()
    notes = [VARIES] if any(item.when for item in items) else []
    for item in items:
        amount = prices.get(item.id, Price()).amount
        if item.when is not None or amount == 0:
            continue
        if amount is None:
            return UNKNOWN_FEE
        notes.append(f"{dong(amount)} mỗi bản" if item.quantity else dong(amount))
    return "; ".join(notes) or FREE


def _fee(definition: Definition, prices: Mapping[str, Price]) -> dict[str, Any] | None:
    fee = definition.fee
    if fee is None:
        return None
    return {
        "items": [_fee_item(item, prices.get(item.id, Price())) for item in fee.items],
        "exemptions": list(fee.exemptions),
        "note": fee.note,
    }


def _fee_item(item: FeeItem, one: Price) -> dict[str, Any]:
    optional = {"when": _slim(msgspec.to_builtins(item.when)), "note": item.note}
    return {
        "id": item.id,
        "name": item.name,
        "kind": item.kind,
        "quantity": msgspec.to_builtins(item.quantity),
        "amount": one.amount,
        "law": one.law,
        "verified": one.amount is not None,
        **{key: value for key, value in optional.items() if value is not None},
    }


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
