"""Checks before publishing: each thing that must hold, broken one at a time."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from report_engine import render
from report_engine.render import checks, slides, source
from report_engine.render.checks import check_page, check_placements
from report_engine.render.office.word import check_word
from report_engine.render.page import parse
from report_engine.render.pdf import check_pdf
from report_engine.words.messages import Message
from tests.report_engine.render.conftest import make_project
from tests.report_engine.render.test_formats import REPORT

PAGE = """<!DOCTYPE html>
<html lang="sv-SE"><head><meta charset="utf-8"><title>T</title><style>a { color: red }</style></head>
<body><a href="#content">x</a><h1>T</h1><main id="content"><p>Text<br>mer &amp; annat.</p>
<img src="data:image/png;base64,x" alt="Alt"><a href="https://example.org">utåt</a></main></body></html>"""


def page_problems(html: str) -> list[str]:
    return [*map(str, check_page(parse(html), "sv-SE"))]


def test_a_sound_page_has_no_problems() -> None:
    assert page_problems(PAGE) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('lang="sv-SE"', 'lang="sv"', "the language is 'sv', not 'sv-SE'"),
        ("<title>T</title>", "<title></title>", "the page has no title"),
        ("<h1>T</h1>", "<h1>T</h1><h1>U</h1>", "2 <h1> elements, not one"),
        ('alt="Alt"', 'alt=""', "a picture has no alt text (data:image/png;base64,x)"),
        (' alt="Alt"', "", "a picture has no alt text (data:image/png;base64,x)"),
        ('href="#content"', 'href="#nowhere"', "the link #nowhere leads nowhere"),
        ("<p>", '<p id="content">', "the id content stands there 2 times"),
        (
            "data:image/png;base64,x",
            "https://example.org/x.png",
            "the page loads https://example.org/x.png from elsewhere",
        ),
        ("data:image/png;base64,x", "figures/x.png", "the page loads figures/x.png from elsewhere"),
        ("color: red", "background: url(//example.org/x)", "the page loads //example.org/x from elsewhere"),
        ("color: red", '} @import "x.css"; b {', "the page loads x.css from elsewhere"),
        ("</p>", "</p></div>", "</div> without a beginning (line 3)"),
        ("</p>", "", "<p> of line 3 is still open where </main> comes (line 4)"),
        ("Text", "Se ?@fig-x", "left over: ?@fig-x"),
        ("Text", "Var ?var:cost.net", "left over: ?var:cost.net"),
        ("Text", "{{&lt; fact x &gt;}}", "left over: {{< fact x >}}"),
    ],
)
def test_a_page_with_a_fault_says_which(old: str, new: str, expected: str) -> None:
    html = PAGE.replace(old, new)
    assert html != PAGE
    assert expected in page_problems(html)


def test_code_may_hold_what_looks_left_over() -> None:
    assert page_problems(PAGE.replace("Text", "<code>{{&lt; fact x &gt;}} ?@fig</code>")) == []


def test_a_page_that_ends_too_early_is_found() -> None:
    assert "<main> of line 3 is never closed" in page_problems(PAGE[: PAGE.index("</main>")])


def test_a_statement_of_the_source_leads_to_a_heading_that_is_there(tmp_path: Path) -> None:
    root = make_project(tmp_path / "project", {"index.qmd": "---\ntitle: Prov\n---\n\n# Ett {#sec-one .unnumbered}\n"})
    says = "{sv: Ja., en: Yes.}"
    statement = f"{{says: {says}, section: sec-on, untested: {says}}}"
    text = f"slides:\n  - {{title: {says}, statements: [{statement}]}}\n"
    (root / "report/presentation.yaml").write_text(text, "utf-8")
    document = source.read(root, "report/sv/index.qmd", {}, {})
    assert "statements" not in str(checks.check_chapters(root, "sv", document))  # no results yet
    (root / "data/results/sv/claims.json").write_text("{}", "utf-8")
    said = [str(problem) for problem in checks.check_chapters(root, "sv", document) if problem.file.endswith(".yaml")]
    assert said == [
        'report/presentation.yaml, line 2: slides.1.statements.1.section: the chapters have no heading with the id "sec-on".'
        ' Did you mean "sec-one"?'
    ]


def placement_problems(tmp_path: Path, text: str) -> list[str]:
    root = make_project(tmp_path / "project", {"index.qmd": text})
    document = source.read(root, "report/sv/index.qmd", {}, source.load_facts(root, "sv"))
    placements = {"figures": ["background/cost"], "tables": ["background/national"]}
    return [str(problem) for problem in check_placements(document, "sv", placements)]


FIGURE = "![A](/figures/sv/background/cost.svg){#fig-background-cost}\n"
TABLE = "::: {#tbl-background-national}\n{{< include /data/results/sv/tables/background/national.md >}}\n\nB\n:::\n"


def test_every_figure_and_table_is_placed_once(tmp_path: Path) -> None:
    assert placement_problems(tmp_path, f"{FIGURE}\n{TABLE}") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TABLE, "report/sv/index.qmd: the figure background/cost is placed in no chapter"),
        (FIGURE, "report/sv/index.qmd: the table background/national is placed in no chapter"),
        (
            f"{FIGURE}\n{FIGURE}\n{TABLE}",
            "report/sv/index.qmd, line 3: the figure background/cost is placed a second time",
        ),
        (
            f"{FIGURE.replace('#fig-background-cost', '#fig-kostnad')}\n{TABLE}",
            "report/sv/index.qmd, line 1: the figure background/cost must have the id #fig-background-cost",
        ),
    ],
)
def test_a_misplaced_figure_or_table_is_named(tmp_path: Path, text: str, expected: str) -> None:
    assert placement_problems(tmp_path, text) == [expected]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_project(tmp_path_factory.mktemp("checked") / "project", {"index.qmd": REPORT})
    render.render(root, "sv", ("html", "pdf", "docx"), "embedded")
    return root


def test_a_pdf_that_lacks_something_says_what(made: Path, tmp_path: Path) -> None:
    import pikepdf

    path = render.staging(made, "sv") / "report.pdf"
    title = "Kommunal arbetsmarknadspolitik"
    assert [*map(str, check_pdf(path, "sv-SE", title))] == []
    assert [*map(str, check_pdf(path, "en-GB", "Other"))] == [
        "the language is 'sv-SE', not 'en-GB'",
        "the title is 'Kommunal arbetsmarknadspolitik', not 'Other'",
    ]
    with pikepdf.open(path) as document:
        del document.Root["/Lang"], document.Root["/StructTreeRoot"], document.Root["/ViewerPreferences"]
        with document.open_metadata() as meta:
            del meta["dc:title"], meta["{http://www.aiim.org/pdfua/ns/id/}part"]
        document.save(tmp_path / "bare.pdf")
    assert [*map(str, check_pdf(tmp_path / "bare.pdf", "sv-SE", title))] == [
        "the language is '', not 'sv-SE'",
        "the PDF has no title",
        "the viewer is not told to show the title",
        "the PDF does not say that it is PDF/UA-1",
        "the PDF is not tagged",
    ]
    with pikepdf.open(path) as document:
        pictures = [
            one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
        ]
        for picture in pictures:
            del picture["/Alt"]
        document.save(tmp_path / "undescribed.pdf")
    assert [*map(str, check_pdf(tmp_path / "undescribed.pdf", "sv-SE", title))] == [
        f"{len(pictures)} pictures have no alt text"
    ]
    (tmp_path / "broken.pdf").write_bytes(path.read_bytes()[:200])
    assert str(next(check_pdf(tmp_path / "broken.pdf", "sv-SE", title))).startswith("the PDF does not open")


def test_a_page_that_quotes_an_unknown_fact_says_which(made: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    text = (render.staging(made, "sv") / "report.html").read_text("utf-8")
    page.write_text(text.replace("</main>", '<p><span data-fact="cost.nowhere">1</span></p></main>'), "utf-8")
    assert "report.html: unknown fact 'cost.nowhere'" in [str(problem) for problem in checks.check(made, "sv", [page])]


def rewrite(path: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return target


def test_a_word_file_that_lacks_something_says_what(made: Path, tmp_path: Path) -> None:
    path = render.staging(made, "sv") / "report.docx"
    assert [*map(str, check_word(path, "sv-SE"))] == []
    assert [*map(str, check_word(path, "en-GB"))] == ["the language is sv-SE, not en-GB"]

    def spoil(name: str, content: bytes) -> bytes:
        if name != "word/document.xml":
            return content
        return content.replace(b"Linje f\xc3\xb6r &quot;cost&quot; \xc3\xb6ver tid.", b"").replace(
            b"Ett citat", b"?@fig-x"
        )

    spoiled = rewrite(path, tmp_path / "spoiled.docx", spoil)
    assert [*map(str, check_word(spoiled, "sv-SE"))] == ["1 pictures have no alt text", "left over: ?@fig-x."]
    malformed = rewrite(path, tmp_path / "malformed.docx", lambda n, c: c[:-20] if n == "word/document.xml" else c)
    found = [*map(str, check_word(malformed, "sv-SE"))]
    assert found[0].startswith("word/document.xml is not well-formed")
    (tmp_path / "none.docx").write_bytes(b"PK")
    assert [*map(str, check_word(tmp_path / "none.docx", "sv-SE"))] == ["the Word file does not open"]
    with zipfile.ZipFile(tmp_path / "empty.docx", "w") as archive:
        archive.writestr("word/styles.xml", "<a/>")
    assert [*map(str, check_word(tmp_path / "empty.docx", "sv-SE"))] == ["the Word file has no document"]


def test_problems_name_the_staged_file(made: Path, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(made, root)
    page = render.staging(root, "sv") / "report.html"
    page.write_text(page.read_text("utf-8").replace('id="fig-background-cost"', 'id="other"'), "utf-8")
    missing = render.staging(root, "sv") / "report.docx"
    missing.unlink()
    found = [str(problem) for problem in render.check(root, "sv", [page, missing])]
    assert found == [
        "report/_staging/sv/report.html: the link #fig-background-cost leads nowhere",
        "report/_staging/sv/report.html: figure background/cost stands there 0 times, not once",
        "report/_staging/sv/report.docx: the file was not made",
    ]


def test_a_report_that_must_not_be_published_is_not_staged_as_good(project: Callable[..., Path]) -> None:
    root = project({"index.qmd": "---\ntitle: T\n---\n\n# A {#sec-a}\n\nInga figurer.\n"})
    with pytest.raises(render.RenderError, match="the figure background/cost is placed in no chapter"):
        render.stage(root, "sv", ("html",), "embedded")


@pytest.mark.parametrize(("cell", "expected"), [("x {{< y", []), ("x", ["slides.pptx: slide 6: left over: {{<"])])
def test_what_somebody_wrote_in_a_cell_is_not_left_over_on_a_slide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cell: str, expected: list[str]
) -> None:
    root = make_project(tmp_path, {"index.qmd": REPORT})
    left = Message("made.slide", {"n": 6, "problem": Message("made.left_over", {"words": "{{<"})})
    monkeypatch.setattr(slides, "check", lambda *_: [left])
    (root / "slides.pptx").touch()
    table = root / "data/results/sv/tables/background/costs.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    table.write_text(f"place\n{cell}\n", "utf-8")
    assert [*map(str, checks.check(root, "sv", [root / "slides.pptx"]))] == expected
