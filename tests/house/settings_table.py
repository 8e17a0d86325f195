"""Write the table of settings into docs/operate.md from the settings themselves."""

from pathlib import Path

from backend.platform import settings

PAGE = Path(__file__).parents[2] / "docs" / "operate.md"
BEGIN = "<!-- settings:begin (written by `python -m tests.house.settings_table`) -->\n"
END = "<!-- settings:end -->"


def table() -> str:
    """Give the table as Markdown."""
    lines = ["| key | environment | default | meaning |", "|---|---|---|---|"]
    lines += [
        f"| `{row.key}` | {f'`{row.environment}`' if row.environment else ''} "
        f"| {f'`{row.default}`' if row.default else ''} | {row.meaning} |"
        for row in settings.described()
    ]
    return "\n".join(lines) + "\n"


def written(page: str) -> str:
    """Give the page with the table of today in it."""
    before, _, rest = page.partition(BEGIN)
    _old, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text()))
