"""What the repository itself ships: settings that Quarto and the embedded engine both understand, and no loose ends."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from report_engine.render import RenderError
from report_engine.render.embedded import pandoc
from report_engine.render.office import reference
from report_engine.render.project import load, metadata
from tests.report_engine.render.conftest import REPOSITORY

# Keys that Quarto 1.9 knows where we use them (quarto.org/docs/reference).
KNOWN = {
    "": {
        "project",
        "number-sections",
        "toc",
        "toc-depth",
        "bibliography",
        "link-citations",
        "citeproc",
        "shortcodes",
        "filters",
        "format",
    },
    "project": {"type", "render", "output-dir", "pre-render"},
    "html": {"theme", "minimal", "embed-resources", "toc-depth", "css", "include-after-body", "template-partials"},
    "typst": {"citeproc", "pdf-standard", "papersize", "font-paths", "section-numbering", "template-partials"},
    "docx": {"toc", "reference-doc"},
}


def settings() -> dict[str, Any]:
    return yaml.safe_load((REPOSITORY / "_quarto.yml").read_text("utf-8"))


def test_every_key_is_one_that_quarto_knows() -> None:
    content = settings()
    assert set(content) <= KNOWN[""]
    assert set(content["project"]) <= KNOWN["project"]
    assert set(content["format"]) == {"html", "typst", "docx"}
    for name, options in content["format"].items():
        assert set(options) <= KNOWN[name], name


def test_everything_that_is_named_exists() -> None:
    found = load(REPOSITORY)
    assert "report/filters/fact.lua" in found.shortcodes
    assert [path for path in found.files() if not (REPOSITORY / path).exists()] == []


def test_quarto_is_told_of_every_edition() -> None:
    """It gives a document that is not listed neither filters nor addresses below the project's root."""
    roots = sorted(path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / "report").glob("*/index.qmd"))
    assert sorted(settings()["project"]["render"]) == roots


def test_a_render_of_quarto_leaves_gitignore_as_it_is() -> None:
    ignored = (REPOSITORY / ".gitignore").read_text("utf-8").splitlines()
    assert {"/.quarto/", "**/*.quarto_ipynb"} <= set(ignored)  # Quarto adds what is missing


def test_before_a_build_quarto_says_what_to_do(tmp_path: Path) -> None:
    command = [
        pandoc(),
        "--from=markdown",
        "--to=plain",
        f"--lua-filter={REPOSITORY / settings()['project']['pre-render']}",
    ]
    run = subprocess.run(command, cwd=tmp_path, input=b"", capture_output=True, check=False)
    assert run.returncode != 0
    assert "Run `make report`" in run.stderr.decode()
    (tmp_path / "data/results").mkdir(parents=True)
    (tmp_path / "data/results/facts.json").write_text("{}", "utf-8")
    assert subprocess.run(command, cwd=tmp_path, input=b"", capture_output=True, check=False).returncode == 0


def test_partials_have_the_names_that_quarto_looks_for() -> None:
    formats = load(REPOSITORY).formats
    assert {Path(path).name for path in formats["html"].partials} == {"styles.html", "title-block.html", "toc.html"}
    assert {Path(path).name for path in formats["pdf"].partials} == {"typst-template.typ", "typst-show.typ"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"crossref": {"chapters": True}}, "crossref: unknown key; allowed: project, "),
        ({"number-sections": False}, "number-sections: false is not one of true"),
        ({"bibliography": "report/refs.bib"}, "report/refs.bib does not exist"),
        (
            {"filters": [{"path": "report/filters/page.lua", "at": "pre-ast"}]},
            'filters.1.at: "pre-ast" is not one of post-render',
        ),
    ],
)
def test_what_the_embedded_engine_does_not_obey_is_an_error(
    project: Callable[..., Path], change: dict[str, object], message: str
) -> None:

    root = project({"index.qmd": ""})
    (root / "_quarto.yml").write_text(yaml.safe_dump({**settings(), **change}), "utf-8")
    with pytest.raises(RenderError) as error:
        load(root)
    assert re.sub(r"^_quarto\.yml(, line \d+)?: ", "", str(error.value)).startswith(message)


def test_an_edition_says_its_language(project: Callable[..., Path]) -> None:

    root = project({"index.qmd": ""})
    (root / "report/sv/_metadata.yml").write_text("lang: en-GB\n", "utf-8")
    with pytest.raises(RenderError, match=r"report/sv/_metadata.yml: lang must be a tag of 'sv', such as sv-SE"):
        metadata(root, "sv")


def test_the_reference_document_is_what_its_module_makes() -> None:
    assert (REPOSITORY / reference.PATH).read_bytes() == reference.build(), (
        "run python -m report_engine.render.office.reference"
    )


def test_the_bibliography_holds_what_was_read_and_each_key_once() -> None:
    text = (REPOSITORY / "report/references.bib").read_text("utf-8")
    keys = re.findall(r"^@\w+\{(\w+),", text, flags=re.MULTILINE)
    assert len(keys) == len(set(keys)) == 38
    assert keys == sorted(keys)
    assert not {"bonoli2010", "holmqvist2009", "hollertz2016", "panicanulmestig2019", "salonenulmestig2004"} & set(keys)
    assert not re.search(r"remembered|seen|CHECK|confidence", text.partition("\n\n")[2])


def test_the_edition_includes_its_chapters_in_order() -> None:
    text = (REPOSITORY / "report/sv/index.qmd").read_text("utf-8")
    chapters = re.findall(r"\{\{< include (\w+)\.qmd >\}\}", text)
    expected = (
        "summary background study knowledge_review municipal_activation managers collaboration staff participants "
        "conclusions recommendations appendix_method appendix_ledger appendix_quality appendix_slides"
    )
    assert chapters == expected.split()
    assert text.rstrip().endswith("::: {#refs}\n:::")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_text_has_contrast_in_light_and_dark() -> None:
    css = (REPOSITORY / "report/theme/report.css").read_text("utf-8")
    for block in (css[: css.index("@media")], css[css.index("prefers-color-scheme: dark") :]):
        root = block[block.index(":root") : block.index("}", block.index(":root"))]
        colours = dict(re.findall(r"--(\w+): (#\w{3,6});", root))
        full = {name: "#" + "".join(c * 2 for c in v[1:]) if len(v) == 4 else v for name, v in colours.items()}
        for text in ("ink", "muted", "accent", "holds", "borderline", "fails"):
            for ground in ("paper", "card", "band"):
                assert contrast(full[text], full[ground]) >= 4.5, (text, ground, full)
