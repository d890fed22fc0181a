"""The embedded engine's PDF: numbers and references are those of the pages as they are."""

from pathlib import Path

import pytest

from report_engine.render import embedded
from report_engine.render.project import FormatSettings

HEAD = '#set document(title: "Demo")\n#set text(lang: "en")\n'
NEVER = '#let n = state("n", 0)\n#context n.update(n.final() + 1)\n#context n.get()\n'
"""What moves whenever it is looked at."""


def problems(tmp_path: Path, markup: str) -> list[str]:
    made = tmp_path / "report.typ"
    made.write_text(HEAD + markup, "utf-8")
    found = embedded.compile_typst(
        tmp_path, made, tmp_path / "report.pdf", FormatSettings(toc=False, toc_depth=1), "report/en/index.qmd"
    )
    return [problem.message.key for problem in found]


@pytest.mark.parametrize(
    ("markup", "expected", "made"),
    [
        ("Text.", [], True),
        (f'#if "plain" in sys.inputs [Text.] else [\n{NEVER}]', [], True),
        (NEVER, ["chapters.unsettled"], False),
        ("#unknown", ["chapters.typst"], False),
    ],
)
def test_a_pdf_is_made_only_where_the_places_in_it_settle(tmp_path, markup, expected, made):
    assert problems(tmp_path, markup) == expected
    assert (tmp_path / "report.pdf").exists() == made
