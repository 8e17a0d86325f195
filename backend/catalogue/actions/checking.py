"""The linter of a folder of procedures (kiểm tra tệp thủ tục), and what is generated beside it."""

import sys
from pathlib import Path

from backend import places
from backend.catalogue.model import documents
from backend.catalogue.model import folder as folders
from backend.platform.yamlfiles import Finding


def check(folder: Path) -> list[Finding]:
    """Find every fault of a folder of procedures (motcua check-procedures), golden dossiers too."""
    known, findings = places.read(places.DATA, demo=True)
    found = folders.collect(texts(folder), name=folder.name)
    found_more = folders.judge(found, known)
    return sorted({*findings, *found.findings, *found_more})


def untranslated(folder: Path) -> list[Finding]:
    """Find every text that has no English beside it: a warning, the file may be published."""
    found = folders.collect(texts(folder), name=folder.name)
    return sorted(warning for one in found.good.values() for warning in one.warnings)


def print_findings(folder: Path) -> int:
    """Print what check() finds, then the warnings; the exit code is 1 when there is a fault."""
    findings, warnings, guesses = check(folder), untranslated(folder), places.warnings()
    bold, plain = ("\x1b[1m", "\x1b[0m") if sys.stdout.isatty() else ("", "")
    for finding in [*findings, *warnings, *guesses]:
        where, _, message = str(finding).partition("  ")
        sys.stdout.write(f"{bold}{where}{plain}  {message}\n")
    count = len(list(folder.glob("*/*.yaml")))
    if warnings:
        texts = "1 text" if len(warnings) == 1 else f"{len(warnings)} texts"
        sys.stdout.write(f"\n{texts} without English; the Vietnamese is shown.\n")
    if findings:
        files = len({finding.file for finding in findings})
        faults = "1 fault" if len(findings) == 1 else f"{len(findings)} faults"
        sys.stdout.write(f"\n{faults} in {files} of {count} files.\n")
        return 1
    sys.stdout.write(f"{count} files are in order.\n")
    return 0


def write_generated(folder: Path) -> None:
    """Write what is generated into a folder: schema, key tables, what the vectors search in."""
    (folder / "procedure.schema.json").write_text(documents.schema(), encoding="utf-8")
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8")
    readme.write_text(documents.with_keys(text), encoding="utf-8")
    found = folders.collect(texts(folder), name=folder.name)
    vectors = folder / "vectors"
    vectors.mkdir(exist_ok=True)
    (vectors / "listing.json").write_text(documents.search_list(found), encoding="utf-8")


def texts(folder: Path) -> dict[str, str | None]:
    """Read all YAML files below a folder, by relative path; None where one is not UTF-8."""
    texts: dict[str, str | None] = {}
    for path in sorted(folder.glob("*/*.yaml")):
        try:
            text: str | None = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            text = None
        texts[path.relative_to(folder).as_posix()] = text
    return texts
