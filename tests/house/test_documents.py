"""What the documents say is there is there."""

import re
from pathlib import Path

from tests.house import settings_table

ROOT = Path(__file__).parents[2]


def test_each_term_of_the_glossary_lives_where_it_says():
    rows = re.findall(
        r"^\| .+ \| .+ \| `(.+?)` \|$", (ROOT / "docs/glossary.md").read_text(), re.MULTILINE
    )

    missing = [place for place in rows if not (ROOT / place).exists()]

    assert len(rows) > 20
    assert not missing


def test_each_link_between_documents_leads_somewhere():
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")]

    broken = [
        f"{document.name}: {target}"
        for document in documents
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text())
        if not (document.parent / target).exists()
    ]

    assert not broken


def test_each_decision_names_what_enforces_it():
    silent = [
        page.name
        for page in (ROOT / "docs/decisions").glob("*.md")
        if "**Enforced by**" not in page.read_text()
    ]

    assert not silent


def test_lock_files_hold_no_download_addresses():
    locks = [*(ROOT / "requirements").glob("*.lock"), ROOT / "pwa/package-lock.json"]

    addresses = [
        lock.name
        for lock in locks
        if re.search(r'index-url|find-links|"resolved"|@ *https?:', lock.read_text())
    ]

    assert not addresses


def test_the_operators_page_names_every_setting_as_it_is():
    page = settings_table.PAGE.read_text()

    assert page == settings_table.written(page)
