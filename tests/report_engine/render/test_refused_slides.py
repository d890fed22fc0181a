"""What keeps slides from being made."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from report_engine import render
from report_engine.model.problems import RenderError
from report_engine.render import editions, slides
from tests.report_engine.render.test_slides import COST, FILES, INDEX, make

LINE = "report/sv/slides/background.md, line"


@pytest.fixture
def problems(tmp_path: Path) -> Callable[..., list[str]]:
    """Try to make slides of changed files and say what is wrong with them."""

    def run(files: Mapping[str, str]) -> list[str]:
        root = make(tmp_path / "project", files)
        with pytest.raises(RenderError) as caught:
            slides.render(root, "sv", render.staging(root, "sv"))
        return [str(problem) for problem in caught.value.problems]

    return run


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (COST.replace("background.growth", "background.grwth"), f"{LINE} 1: unknown fact 'background.grwth'. Did you mean 'background.growth'?"),
        (COST.replace("cost.svg", "csot.svg"), f"{LINE} 3: figure sv/background/csot has no figures/sv/background/csot.json: is the name right, and has `bin/report build` drawn it? Did you mean 'sv/background/cost'?"),
        (COST.replace(" {#slide-background-cost}", ""), f"{LINE} 1: a slide needs an id of its own after its title: {{#slide-background-…}}"),
        (COST + COST, f"{LINE} 1: the id #slide-background-cost stands there twice"),
        (COST + "\n![](/figures/sv/background/people.svg)\n", f"{LINE} 1: a slide has one figure, not two"),
        (COST.replace("![]", "![En text]"), f"{LINE} 1: a figure on a slide has no caption: the title says what it shows"),
        (COST.replace("Att \"den\" ökade: {{< fact background.up.verdict >}}", ""), f"{LINE} 1: a slide needs a line of text besides its title"),
        (COST.replace("![](/figures/sv/background/cost.svg)", ""), f"{LINE} 1: a slide without a figure names its source: ::: source"),
        (COST + "\n| a |\n|---|\n| b |\n", f"{LINE} 1: a slide holds a figure, text, lists, quotations, ::: notes and ::: source, not Table"),
        (COST + "\nSe @fig-background-cost.\n", f"{LINE} 11: references are not supported on slides: @fig-background-cost"),
        (COST.replace("Att \"den\"", "Ord " * 400), f"{LINE} 1: too much text on the slide"),
        ("Text.\n\n" + COST, f"{LINE} 1: text before the first slide: a slide begins with ## and its title"),
    ],
)  # fmt: skip
def test_a_slide_that_can_not_be_made_says_why(problems: Callable[..., list[str]], text: str, expected: str) -> None:
    files = {"slides/background.md": text} | ({"slides/title.md": ""} if text.startswith("Text.") else {})
    assert expected in problems(files)


def test_slides_of_no_section_say_so(problems: Callable[..., list[str]]) -> None:
    got = problems({"slides/backgruond.md": COST})
    assert got == ["report/sv/slides/backgruond.md: no section is called backgruond. Did you mean 'background'?"]


def test_slides_without_their_chapter_say_so(problems: Callable[..., list[str]]) -> None:
    got = problems({"slides/staff.md": COST.replace("background-cost}", "staff-cost}")})
    assert got == ["report/sv/staff.qmd: the file does not exist, and its slides do"]


def test_no_slides_at_all_is_a_problem(problems: Callable[..., list[str]]) -> None:
    assert problems({"slides/title.md": "", "slides/background.md": ""}) == ["report/sv/slides: there are no slides"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("people.svg", "cost.svg", "the picture background/people"),
        ("{#slide-background-people}", "{#slide-background-persons}", "the heading slide-background-people"),
        ("{{< fact background.official >}}", "one", "the fact background.official"),
    ],
)
def test_slides_that_differ_between_editions_are_found(old: str, new: str, expected: str) -> None:
    index = {"index.qmd": INDEX, "background.qmd": FILES["background.qmd"]}
    theirs = FILES["slides/background.md"].replace("/sv/", "/en/")
    same = {
        "sv": {**index, "slides/background.md": FILES["slides/background.md"]},
        "en": {**index, "slides/background.md": theirs},
    }
    assert editions.compare(same) == []
    got = editions.compare({**same, "en": {**index, "slides/background.md": theirs.replace(old, new)}})
    assert any(expected in str(problem) for problem in got)


def test_slides_under_a_chapter_that_is_no_text_say_so(tmp_path: Path) -> None:
    root = make(tmp_path / "project", FILES)
    path = root / "report/sv/background.qmd"
    path.write_bytes(path.read_text("utf-8").encode() + "\nKöp".encode("latin-1"))
    got = slides.read(root, "sv").problems
    line = path.read_bytes().count(b"\n") + 1
    assert [str(problem) for problem in got] == [
        f"report/sv/background.qmd, line {line}: not UTF-8: save the file as UTF-8"
    ]
    assert slides.titles(root, "sv") == {}


def test_slides_show_no_more_of_a_chapter_than_its_title(problems: Callable[..., list[str]]) -> None:
    got = problems({"slides/background.md": f"{COST}\n{{{{< include ../background.qmd >}}}}\n"})
    assert any("slides show no more of a chapter than its title" in problem for problem in got), got
