"""Whatever the embedded engine does not render as Quarto does is a problem with file and line, and all come at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from report_engine.render import RenderError, embedded

Project = Callable[..., Path]


def problems(root: Path) -> list[str]:
    with pytest.raises(RenderError) as error:
        embedded.render(root, "sv", ["html"], root / "report/_staging/sv")
    return [str(problem) for problem in error.value.problems]


# One line each of a chapter, and how its problem begins.
UNSUPPORTED = [
    ("Se @fig-kost.", "@fig-kost refers to nothing"),
    ("Se @fig-background.", "@fig-background refers to nothing. Did you mean @fig-background-cost?"),
    ("Enligt @berg1999 och @berg2004.", "@berg1999 is not in the bibliography"),
    ("[se @fig-background-cost, @tbl-x]", "text after @fig-background-cost inside the brackets would be lost"),
    ("Se @sec-plain.", "@sec-plain refers to a section without a number: write [its title](#sec-plain)"),
    ("Se @eq-kostnad.", "references to 'eq-' are not supported"),
    ("En <b>fet</b> text.", "raw html is not supported: <b>"),
    ("Formeln $x^2$.", "formulas are not supported: x^2"),
    ("::: {.callout-x}\nText\n:::", "the class .callout-x on a div is not supported"),
    ("::: {.data-nte}\nText\n:::", "the class .data-nte on a div is not supported"),
    ("::: {.column-margin}\nText\n:::", "the class .column-margin on a div is not supported"),
    ("[x]{.small}", "the class .small on a span is not supported"),
    ('::: {layout="[[1,1]]"}\nText\n:::', "the attribute layout on a div is not supported"),
    ('::: {.content-visible when-format="pdf"}\nText\n:::', "when-format must be html, typst or docx, not 'pdf'"),
    ('::: {.content-visible when-profile="x"}\nText\n:::', "the attribute when-profile on a div is not supported"),
    ("## Rubrik {.center}", "the class .center on a heading is not supported"),
    ("![A](/figures/sv/background/cost.svg){#fig-b .lightbox}", "the class .lightbox on a image is not supported"),
    ("![A](/figures/sv/background/cost.svg)", "a figure needs an id, {#fig-…}: A"),
    (
        "![A](/figures/sv/background/cost.svg){#bild-b}",
        "the id of a figure or table starts with fig- or tbl-, not 'bild-b'",
    ),
    (
        "Text ![A](/figures/sv/background/cost.svg) text.",
        "the picture figures/sv/background/cost.svg stands in running text",
    ),
    ("![A](/report/theme/other.svg){#fig-b}", "the picture report/theme/other.svg has no alt text"),
    (
        "![A](/figures/sv/background/csot.svg){#fig-b}",
        "figure sv/background/csot has no figures/sv/background/csot.json",
    ),
    (
        "![A](https://example.org/a.svg){#fig-b fig-alt=x}",
        "pictures come from the project, not from https://example.org/a.svg",
    ),
    ("![A](../../../a.svg){#fig-b fig-alt=x}", "the picture ../../../a.svg lies outside the project"),
    (
        "::: {#fig-background-cost}\n![](/figures/sv/background/people.svg)\n\nText\n:::",
        "the id #fig-background-cost stands there twice",
    ),
    ("::: {#tbl-b}\n\n| a |\n|---|\n| 1 |\n\n:::", "#tbl-b has no caption"),
    ("::: {#tbl-b}\nBara text\n:::", "#tbl-b has no figure or table"),
    ("| a |\n|---|\n| 1 |\n\n: Utan id", "a table needs an id, {#tbl-…}: Utan id"),
    ("[]{#thm-x}", "cross-references to 'thm-' are not supported"),
]
CHAPTER = """# Bakgrund {#sec-background}

![Kostnad](/figures/sv/background/cost.svg){#fig-background-cost}

## Utan nummer {#sec-plain .unnumbered}

"""


@pytest.mark.parametrize(("line", "message"), UNSUPPORTED)
def test_unsupported_syntax_is_a_problem_with_its_line(project: Project, line: str, message: str) -> None:
    root = project({"index.qmd": "{{< include chapter.qmd >}}\n", "chapter.qmd": f"{CHAPTER}{line}\n"})
    found = problems(root)
    first = CHAPTER.count("\n") + 1
    lines = range(first, first + line.count("\n") + 1)
    assert any(problem.startswith(f"report/sv/chapter.qmd, line {n}: {message}") for problem in found for n in lines), (
        found
    )


def test_all_problems_come_at_once_in_the_order_of_the_chapters(project: Project) -> None:
    chapters = {
        "index.qmd": "{{< include b.qmd >}}\n\n{{< include a.qmd >}}\n",
        "a.qmd": "Se @fig-x.\n\n{{< fact background.nope >}} och @fig-x igen\n",
        "b.qmd": "{{< var y >}}\n\n::: {.callout-x}\n<b>fet</b>\n:::\n",
    }
    got = [problem.partition(": ")[0] for problem in problems(project(chapters))]
    expected = [f"report/sv/b.qmd, line {n}" for n in (1, 3, 4)] + [f"report/sv/a.qmd, line {n}" for n in (1, 3, 3)]
    assert got == expected


def test_every_problem_is_one_line(project: Project) -> None:
    root = project({"index.qmd": "\n\n".join(line for line, _ in UNSUPPORTED) + "\n"})
    found = problems(root)
    assert len(found) > len(UNSUPPORTED) // 2
    assert all("\n" not in problem for problem in found)


def test_raw_html_that_is_more_than_one_table_is_refused(project: Project) -> None:
    html = "```{=html}\n<table><tr><td>1</td></tr></table><script>x</script>\n```\n"
    found = problems(project({"index.qmd": html}))
    assert found[0] == "report/sv/index.qmd, line 3: a raw html block may hold one table, nothing else"


def test_a_failed_render_publishes_nothing_and_says_so_in_every_format(project: Project) -> None:
    root = project({"index.qmd": "---\ntitle: T\n---\n\nSe @fig-x.\n"})
    with pytest.raises(RenderError) as error:
        embedded.render(root, "sv", ["html", "pdf", "docx"], root / "report/_staging/sv")
    assert [str(p) for p in error.value.problems] == ["report/sv/index.qmd, line 5: @fig-x refers to nothing"]
    assert not (root / "report/_staging/sv/report.pdf").exists()


def test_what_typst_refuses_is_a_problem(project: Project) -> None:
    root = project({"index.qmd": "# A {#sec-a}\n\nText.\n"})  # PDF/UA wants a title
    with pytest.raises(RenderError, match="Typst: PDF/UA-1 error: missing document title"):
        embedded.render(root, "sv", ["pdf"], root / "report/_staging/sv")
