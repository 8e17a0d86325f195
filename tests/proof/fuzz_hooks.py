"""What the fuzzer knows of the house: real ids, keys, codes and cookies, put into its cases.

Without them nearly every case would end at 401 or 404. schemathesis loads this module in its own
process (SCHEMATHESIS_HOOKS); FUZZ_WORLD names the file that `fuzz.World` wrote, FUZZ_CALLS the file
to which every call is written as one line.
"""

import json
import os
from pathlib import Path
from random import Random

import schemathesis

WORLD = json.loads(Path(os.environ["FUZZ_WORLD"]).read_text())
CALLS = Path(os.environ["FUZZ_CALLS"])
CHANCE = Random(int(os.environ.get("FUZZ_SEED", "1")))  # noqa: S311 - a case is not a secret
PLACES = {
    "adapter": ("bank_notice", "sandbox", "vietqr", "counter"),
    "indicator": ("filed_online", "paid_online", "on_time"),
    "unit": ("om", "om-long-hung", "om-thoi-an"),
    "period": ("2026", "2026-Q4", "2026-11"),
    "q": ("trich luc", "khai sinh", "Nguyễn"),
    "state": ("submitted", "accepted", "withdrawn"),
}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Give a case real ids four times in five, and a part of a real body every second time."""
    path = case.operation.path
    dossier = CHANCE.choice(WORLD["dossiers"])
    if CHANCE.random() < 0.8:
        _fill(case, path, dossier)
    headers = case.headers if case.headers is not None else {}
    if path.startswith("/api/v1/dossiers/") and CHANCE.random() < 0.9:
        headers["Authorization"] = f"Bearer {dossier['key']}"
    if CHANCE.random() < 0.9 and case.operation.method.lower() != "delete":
        role = "leader" if path.startswith("/api/v1/targets") else "officer"
        headers["Cookie"] = WORLD["cookies"][role]
    case.headers = headers
    if isinstance(case.body, dict) and CHANCE.random() < 0.5:
        _mix(case, path, dossier)


@schemathesis.hook
def after_call(context, case, response):
    """Write down what was called and what came back."""
    method = case.operation.method.upper()
    with CALLS.open("a") as calls:
        calls.write(f"{response.status_code} {method} {case.operation.path}\n")


def _fill(case, path, dossier):
    known = {
        "dossier_id": dossier["id"],
        "sha256": CHANCE.choice(dossier["files"]),
        "supplement_id": dossier["supplement"] or dossier["id"],
        "code": {
            "/api/v1/qr": WORLD["poster"],
            "/api/v1/procedures": "2.000635",
            "/api/v1/workbench/posters": WORLD["poster"],
        }.get(path.rpartition("/{code}")[0], dossier["code"]),
        "token": WORLD["token"],
    }
    for given in (case.path_parameters or {}, case.query or {}):
        for name in given:
            if name in known:
                given[name] = known[name]
            elif name in PLACES:
                given[name] = CHANCE.choice(PLACES[name])


def _mix(case, path, dossier):
    """Take a body that would be right, and put one generated part into it."""
    right = {
        "/api/v1/dossiers/{dossier_id}": dossier["manifest"],
        "/api/v1/track": {"code": dossier["code"], "phone_last4": dossier["digits"]},
        "/api/v1/keys": {"code": dossier["code"], "phone_last4": dossier["digits"]},
        "/api/v1/verify": {"token": dossier["signature"]},
        "/api/v1/session": WORLD["sign_in"],
        "/api/v1/workbench/posters": {"unit": "om-long-hung", "procedure": "2.000635"},
        "/api/v1/dossiers/{dossier_id}/payments": {"adapter": CHANCE.choice(PLACES["adapter"])},
        "/api/v1/dossiers/{dossier_id}/links": {"what": CHANCE.choice(dossier["files"])},
    }.get(path)
    if right is None and path.startswith("/api/v1/workbench/dossiers/"):
        right = {**case.body, "seen": CHANCE.choice((1, 2, 3, 4)), "reason": "Công dân đề nghị"}
    if right is None:
        return
    mixed = json.loads(json.dumps(right))
    for name in CHANCE.sample(sorted(case.body), min(1, len(case.body))):
        if CHANCE.random() < 0.7:
            mixed[name] = case.body[name]
    case.body = mixed
