"""Write down what the server says of itself.

The copies are docs/openapi.json, docs/money-states.md and pwa/src/api/schema.ts; they are
committed, so that a change of the wire is seen in review; a test of the house finds a copy that
is out of date. Run `python requirements/describe.py` after changing a shape.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from backend.app import routed
from backend.payments.model.machines import ATTEMPT_MONEY, OBLIGATION_MOVES
from backend.payments.model.refunds import REFUND_MOVES
from backend.payments.model.states import ATTEMPT_MOVES
from backend.platform.http import Assets

ROOT = Path(__file__).resolve().parent.parent
OPENAPI = ROOT / "docs/openapi.json"
SCHEMA = ROOT / "pwa/src/api/schema.ts"
STATES = ROOT / "docs/money-states.md"

NAMES = {
    "State": "DossierState",
    "Obligation": "Obligation",
    "payments_model_words_Line": "FeeLine",
    "Attempt": "Attempt",
    "NextAction": "NextAction",
    "Transfer": "Transfer",
    "Way": "Way",
    "Step": "Happened",
    "FileShown": "FileCheck",
    "Item": "SupplementItem",
    "FileWanted": "FileNamed",
    "PaperFiles": "PaperFiles",
    "SupplementShown": "Supplement",
    "Visit": "Visit",
    "Shown": "Status",
    "ReceiptFile": "ReceiptFile",
    "Receipt": "Receipt",
    "Submitted": "SubmitAnswer",
    "Place": "Place",
    "Opened": "PosterProcedure",
    "Found": "Poster",
    "Area": "Area",
    "Listed": "Listed",
    "WayShown": "ChooserWay",
    "QuestionShown": "ChooserQuestion",
    "ChooserShown": "Chooser",
    "SearchWordsShown": "SearchWords",
    "ElsewhereShown": "Elsewhere",
    "Owed": "Owed",
    "Tracked": "Tracked",
    "Verified": "Verified",
    "FeeReceipt": "FeeReceipt",
    "FeePaper": "FeePaper",
    "FeePapers": "FeePapers",
    "Try": "LentTry",
    "Lent": "Lent",
}
"""The shapes that citizens' pages read, by their names here and there, parts before wholes."""

ALIASES = {"ObligationState": "Obligation['state']", "AttemptState": "Attempt['state']"}
REF = "#/components/schemas/"
LINE = 100
HEAD = """/**
 * Shapes of the server's answers to citizens.
 *
 * Generated from the server's own description (docs/openapi.json) by requirements/describe.py.
 */
"""


Json = dict[str, Any]


def openapi() -> Json:
    """Give the description that the server answers at /api/openapi.json."""
    described: Json = routed({}, Assets(ROOT / "no-pages")).openapi_schema.to_schema()
    return described


def schema(described: Json) -> str:
    """Write the shapes as TypeScript."""
    parts = described["components"]["schemas"]
    answers = dict(_answers(described))
    blocks = [
        _comment(answers.get(part)) + _declared(name, parts[part]) for part, name in NAMES.items()
    ]
    blocks += [f"export type {name} = {meaning}\n" for name, meaning in ALIASES.items()]
    return "\n".join([HEAD, *blocks])


STATES_HEAD = """# The states of money

Generated from the tables in `backend/payments/model/` by requirements/describe.py; a test walks
every arrow through the fold that decides. Money decides over everything else: a proven success wins
over an earlier failure, and the order in which notices arrive does not matter.
"""


def states() -> str:
    """Write the state machines of money as diagrams."""
    tries = {state: {**ATTEMPT_MOVES[state], **ATTEMPT_MONEY[state]} for state in ATTEMPT_MOVES}
    parts = (
        (
            "What is owed (nghĩa vụ tài chính)",
            ("unquoted", "open", "nothing_due"),
            OBLIGATION_MOVES,
        ),
        ("A try to pay (lần trả tiền)", ("created",), tries),
        ("Giving back (khoản hoàn)", ("requested",), REFUND_MOVES),
    )
    return STATES_HEAD + "".join(
        f"\n## {title}\n\n{_diagram(begins, moves)}" for title, begins, moves in parts
    )


def _diagram(begins: tuple[str, ...], moves: Mapping[str, Mapping[str, str]]) -> str:
    """Write one machine as a Mermaid diagram; arrows between the same two states are one."""
    arrows: dict[tuple[str, str], list[str]] = {}
    for before, verbs in moves.items():
        for verb, after in verbs.items():
            arrows.setdefault((before, after), []).append(verb.replace("_", " "))
    lines = [f"    [*] --> {state}" for state in begins] + [
        f"    {before} --> {after}: {', '.join(verbs)}" for (before, after), verbs in arrows.items()
    ]
    return "```mermaid\nstateDiagram-v2\n" + "\n".join(lines) + "\n```\n"


def _answers(described: Json) -> Iterator[tuple[str, str]]:
    """Tell which call answers with which shape; of several the shortest, reading before writing."""
    calls = [
        (path, method.upper(), operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
        if isinstance(operation, dict)
    ]
    best_last = sorted(calls, key=lambda call: (-len(call[0]), call[1] == "GET"))
    for path, method, operation in best_last:
        content = operation["responses"].get("200", {}).get("content", {})
        for given in content.values():
            if ref := given["schema"].get("$ref"):
                yield ref.removeprefix(REF), f"`{method} {path}`"


def _comment(call: str | None) -> str:
    return f"/** {call} */\n" if call else ""


def _declared(name: str, part: Json) -> str:
    if "properties" not in part:
        return f"export type {name} ={_union(_kinds(part), indent='')}\n"
    required = set(part.get("required", ()))
    fields = [
        f"  {key}{'' if key in required else '?'}:{_union(_kinds(value), indent='  ')}\n"
        for key, value in part["properties"].items()
    ]
    return f"export interface {name} {{\n{''.join(fields)}}}\n"


def _union(kinds: list[str], *, indent: str) -> str:
    """Write alternatives on one line where they fit, else one a line."""
    line = " " + " | ".join(kinds)
    if len(line) + len(indent) < LINE:
        return line
    return "".join(f"\n{indent}  | {kind}" for kind in kinds)


def _kinds(value: Json) -> list[str]:
    """List the alternatives of a value; a shape without a name here is a mistake of ours."""
    if "$ref" in value:
        return [NAMES[value["$ref"].removeprefix(REF)]]
    if "oneOf" in value:
        return [kind for one in value["oneOf"] for kind in _kinds(one)]
    if "enum" in value:
        return [f"'{one}'" for one in value["enum"]]
    if value["type"] == "array":
        inner = _kinds(value["items"])
        return [f"{inner[0]}[]" if len(inner) == 1 else f"({' | '.join(inner)})[]"]
    plain = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean"}
    return [{**plain, "null": "null"}[value["type"]]]


def main() -> int:
    """Write the files, or with --check tell which one is out of date."""
    described = openapi()
    wanted = {
        OPENAPI: json.dumps(described, ensure_ascii=False, indent=1) + "\n",
        SCHEMA: schema(described),
        STATES: states(),
    }
    stale = [file for file, text in wanted.items() if not file.exists() or file.read_text() != text]
    for file in stale:
        if "--check" in sys.argv:
            print(f"{file.relative_to(ROOT)} is out of date: python requirements/describe.py")
        else:
            file.write_text(wanted[file])
            print(f"wrote {file.relative_to(ROOT)}")
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
