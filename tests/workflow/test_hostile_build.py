"""A real build whose every cell of text that can reach the report is hostile: plain text comes out, and nothing else."""

import re
import zipfile
from html.parser import HTMLParser

import pytest

from tests import other_data
from tests.workflow.conftest import Project, copy_project

pytestmark = pytest.mark.long  # `make test-long`

ATTACK = '<script>alert(1)</script><img src=x onerror=alert(2)> **b** [x](javascript:alert(3)) {{< include /etc/passwd >}} `y`{=html} #eval("1") $x$ @ref'
FORMULA = "=cmd|' /C calc'!A0"
CELLS = {
    "reference/municipalities.csv": ("municipality", "2080"),
    "raw/interviews/codebook.csv": ("name_sv", "sanctions"),
    "raw/literature/studies.csv": ("title", ""),
    "reference/labour_units_national.csv": ("note", ""),
    "raw/spending/municipal_accounts.csv": ("source", ""),
    "reference/exits.csv": ("source", ""),
}


class Page(HTMLParser):
    """Collects what runs or fetches something, and all text outside scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.active: list[str] = []
        self.text: list[str] = []
        self._script = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self._script = tag in ("script", "style")
        wrong = [name for name in given if name.startswith("on")] + [
            name for name in ("href", "src") if re.match(r"\s*javascript:|x$", given.get(name, ""))
        ]
        self.active += [f"{tag} {name}={given[name]}" for name in wrong]

    def handle_endtag(self, tag: str) -> None:
        self._script = self._script and tag not in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self._script:
            self.text.append(data)
        elif "alert(" in data and not data.lstrip().startswith(("{", "[")):
            self.active.append("script")


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(copy_project(tmp_path_factory.mktemp("hostile") / "project"))
    for name, (column, key) in CELLS.items():

        def change(rows: list[dict[str, str]], column: str = column, key: str = key) -> list[dict[str, str]]:
            for at, row in enumerate(rows):
                if not key or key in row.values():
                    row[column] = f"{FORMULA} {ATTACK}" if at % 2 else ATTACK
            return rows

        other_data.rewrite(project.path("data"), name, change)
    other_data.settings(project.root, editions="[sv]", formats="[html, pdf, docx, slides]")
    outcome = project.build()
    assert outcome.status == 0, outcome.output
    return project


def test_nothing_in_the_page_runs_and_the_text_stands_as_it_was_typed(attacked: Project) -> None:
    page = Page()
    page.feed(attacked.path("report/_output/sv/report.html").read_text("utf-8"))
    assert page.active == []
    text = "".join(page.text)
    assert "<script>alert(1)</script>" in text
    assert "{{< include /etc/passwd >}}" in text
    assert "root:" not in text


def test_pdf_word_and_slides_hold_plain_text(attacked: Project) -> None:
    for name in ("report.docx", "slides.pptx"):
        with zipfile.ZipFile(attacked.path(f"report/_output/sv/{name}")) as archive:
            parts = {part: archive.read(part).decode("utf-8", "replace") for part in archive.namelist()}
        whole = "".join(parts.values())
        assert "<script" not in whole and "root:x:" not in whole
        assert not re.search(r'Target="(?:javascript|x")', whole)
        assert not any(part.endswith((".bin", ".vbs")) for part in parts)
    assert attacked.path("report/_output/sv/report.pdf").read_bytes().startswith(b"%PDF")


def test_figures_hold_no_script_and_published_tables_no_formula(attacked: Project) -> None:
    for name, content in attacked.bytes("figures", "data/results").items():
        text = content.decode("utf-8", "replace")
        if name.endswith(".svg"):
            assert "<script" not in text and "onerror=alert(2)>" not in text, name
        if name.endswith(".csv"):
            assert not re.search(r'(?:^|,)"?=cmd', text, re.MULTILINE), name
