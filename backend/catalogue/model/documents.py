"""What is generated from the structs: the JSON schema for editors, the key table of the README."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from backend.catalogue.model import elsewhere
from backend.catalogue.model.choosers import Chooser
from backend.catalogue.model.definition import Definition
from backend.catalogue.model.elsewhere import SearchWords
from backend.catalogue.model.fees import TariffFile
from backend.catalogue.model.folder import Folder
from backend.catalogue.model.golden import Golden

USE = {
    "type": "object",
    "description": "takes the items of _shared/<name>.yaml",
    "properties": {"use": {"type": "string"}},
    "required": ["use"],
    "additionalProperties": False,
}
BEGIN = "<!-- keys: generated, see below -->"
END = "<!-- end of keys -->"
TITLES = {
    "Definition": "The procedure",
    "Named": "field",
    "Law": "law[]",
    "Paper": "papers[]",
    "Acceptable": "papers[].any_of[]",
    "Step": "steps[]",
    "Field": "steps[].fields[]",
    "Lead": "steps[].fields[].lead",
    "Derived": "steps[].derived[]",
    "Option": "options[]",
    "Condition": "when, submitter_when",
    "Stop": "stops[]",
    "Agreement": "agreements[]",
    "Holder": "holders[]",
    "Fee": "fee",
    "FeeItem": "fee.items[]",
    "Quantity": "fee.items[].quantity, fee.items[].per",
    "Amount": "fee.items[].amounts[]",
    "Tier": "amounts[].then[], prices[].then[]",
    "Exemption": "fee.exemptions[]",
    "Presence": "presence[]",
    "Deadline": "deadline",
    "DeadlineCase": "deadline.cases[]",
    "Verification": "deadline.verification",
    "NoDeadline": "no_deadline",
    "DraftConfirmation": "draft_confirmation",
    "PublicPosting": "public_posting",
    "Party": "parties[]",
    "Consent": "consents[]",
    "Result": "result",
    "OtherResult": "result.also[]",
    "Record": "record",
    "Fact": "record.facts[]",
    "TariffFile": "A tariff file",
    "TariffPrice": "prices[]",
    "Chooser": "A chooser",
    "Question": "questions[]",
    "Way": "questions[].options[]",
    "SearchWords": "Words for finding",
    "Elsewhere": "elsewhere[]",
    "Golden": "A golden dossier",
    "Expected": "expect",
    "ExpectedFee": "expect.fee",
}


def schema() -> str:
    """Write the JSON Schema (2020-12) of a procedure file; every list takes shared blocks."""
    whole = msgspec.json.schema(Definition)
    for part in whole["$defs"].values():
        for key in part.get("properties", {}).values():
            _let_use(key)
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Một Cửa QR: procedure file",
        **whole,
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def key_tables() -> str:
    """Write every key once, in the order of the structs, with its meaning."""
    _, parts = msgspec.json.schema_components(
        (Definition, TariffFile, Chooser, SearchWords, Golden)
    )
    tables = []
    for name, title in TITLES.items():
        rows = "\n".join(_rows(parts[name], parts))
        meaning = parts[name].get("description", "").splitlines()[0]
        tables.append(f"**{title}**: {meaning}\n\n| key | | |\n|---|---|---|\n{rows}\n")
    return f"{BEGIN}\n\n" + "\n".join(tables) + f"\n{END}"


def with_keys(readme: str) -> str:
    """Put the fresh key tables between their marks."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{key_tables()}{after}"


def search_list(found: Folder) -> str:
    """Write what a search looks through, as a phone gets it, for `vectors/search.json`."""
    definitions = [one.definition for one in found.good.values() if one.definition is not None]
    definitions.sort(key=lambda one: (one.not_fileable is not None, one.title))
    document = {
        "items": [
            {
                "code": one.code,
                "name": one.name,
                "title": one.title,
                "summary": one.summary,
                "keywords": one.keywords,
                "field": {"id": one.field.id, "name": one.field.name},
            }
            for one in definitions
        ],
        "words": msgspec.to_builtins(elsewhere.all_shown(found.search, "vi")),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _let_use(key: dict[str, Any]) -> None:
    items = key.get("items")
    if key.get("type") != "array" or not isinstance(items, dict):
        return
    parts = items.get("anyOf", [items])
    if any("$ref" in part for part in parts):
        key["items"] = {"anyOf": [*parts, USE]}


def _rows(part: dict[str, Any], parts: dict[str, Any]) -> Iterator[str]:
    required = part.get("required", [])
    for key, value in part["properties"].items():
        kind = _kind(value)
        need = "needed" if key in required else ""
        meaning = _described(value, parts)
        yield f"| `{key}` | {need} | {'; '.join(text for text in (meaning, kind) if text)} |"


def _described(value: dict[str, Any], parts: dict[str, Any]) -> str:
    """Find the meaning of a key: its own, or the first sentence about the part that it holds."""
    if "description" in value:
        return str(value["description"])
    if "$ref" in value:
        whole = str(parts[value["$ref"].rpartition("/")[2]]["description"])
        return whole.splitlines()[0].rstrip(".")
    inner = [value["items"]] if isinstance(value.get("items"), dict) else value.get("anyOf", ())
    return next((text for one in inner if (text := _described(one, parts))), "")


def _kind(value: dict[str, Any]) -> str:
    """Say what may stand there, where the meaning alone does not."""
    if "enum" in value:
        return ", ".join(f"`{one}`" for one in value["enum"])
    if "anyOf" in value:
        kinds = [one for one in value["anyOf"] if one.get("type") != "null"]
        return _kind(kinds[0]) if len(kinds) == 1 else ""
    if value.get("type") == "boolean":
        return "`true` or `false`"
    if value.get("type") == "integer":
        low, high = value.get("minimum"), value.get("maximum")
        return f"{low} to {high}" if low is not None and high is not None else "whole number"
    return "a date, `2026-11-24`" if value.get("format") == "date" else ""
