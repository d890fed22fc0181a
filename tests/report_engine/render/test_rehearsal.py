"""The rehearsal of a build: each thing that a build refuses is found in chapters and slides beforehand, and named alike."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from report_engine import render
from report_engine.model.problems import RenderError
from report_engine.render import editions, rehearsal
from report_engine.render.rehearsal import rehearse
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import Message
from tests.report_engine.render.conftest import REPOSITORY, SVG, TABLE, make_project, png, write, write_results

INDEX = """---
title: Prov
---

{{< include background.qmd >}}

# Litteratur {#sec-references .unnumbered}

::: {#refs}
:::
"""
CHAPTER = """# Bakgrund {#sec-background}

Kostnaden var {{< fact background.net_cost >}} [@berg2004].

[Den ökade]{.claim #claim-background-costs-up}, som @fig-background-cost och [avsnittet](#sec-background) visar.

![{{< fact background.cost.caption >}}](/figures/<e>/background/cost.svg){#fig-background-cost}

![{{< fact background.people.caption >}}](/figures/<e>/background/people.svg){#fig-background-people}

::: {#tbl-background-national}
{{< include /data/results/<e>/tables/background/national.md >}}

{{< fact background.national.caption >}}
:::

## Slutet {#sec-background-end}

Se @sec-background och @tbl-background-national.
"""
SLIDES = """## Kostnaden {#slide-background-cost}

![](/figures/<e>/background/cost.svg)

Den var {{< fact background.net_cost >}}.
"""
CLAIMS = {"background.costs_up": {"citations": ["alm2013"], "dissent": []}}
IN_CHAPTER, IN_SLIDES = "report/sv/background.qmd", "report/sv/slides/background.md"


def small_report(root: Path) -> Path:
    """Make a report of one chapter and one slide in both editions, which a build accepts."""
    make_project(root, {})
    write(root, "report/en/_metadata.yml", (REPOSITORY / "report/en/_metadata.yml").read_bytes())
    write_results(root, "claims.json", CLAIMS)
    facts = json.loads((root / "data/results/facts.json").read_text("utf-8"))
    about = {"tables": ["accounts"], "origin": "official"}
    write_results(root, "facts.json", {key: {**about, **fact} for key, fact in facts.items()})
    for edition in EDITIONS:
        write(root, f"report/{edition}/index.qmd", INDEX)
        write(root, f"report/{edition}/background.qmd", CHAPTER.replace("<e>", edition))
        write(root, f"report/{edition}/slides/background.md", SLIDES.replace("<e>", edition))
        write(root, f"data/results/{edition}/tables/background/national.md", TABLE)
        for name in ("cost", "people"):
            stem = f"figures/{edition}/background/{name}"
            write(root, f"{stem}.svg", SVG)
            write(root, f"{stem}.png", png())
            sidecar = {"alt": "En linje.", "source_line": "Källa: SCB.", "origin": "official"}
            write(root, f"{stem}.json", json.dumps(sidecar))
    return root


@dataclass(frozen=True)
class Plant:
    """A fault: what to replace in a file by what, and the problem as it is named; ``formats`` are those that show it."""

    old: str
    new: str
    expected: str
    file: str = IN_CHAPTER
    formats: tuple[render.Output, ...] = ("html",)


PLANTS = {
    "unknown fact": Plant("background.net_cost", "background.net_cots", f"{IN_CHAPTER}, line 3: unknown fact 'background.net_cots'. Did you mean 'background.net_cost'?"),
    "unknown work": Plant("@berg2004", "@berg2040", f"{IN_CHAPTER}, line 3: @berg2040 is not in the bibliography. Did you mean 'berg2004'?"),
    "unknown reference": Plant("som @fig-background-cost", "som @fig-background-cots", f"{IN_CHAPTER}, line 5: @fig-background-cots refers to nothing. Did you mean 'fig-background-cost'?"),
    "reference to a chapter without number": Plant("Se @sec-background ", "Se @sec-references ", f"{IN_CHAPTER}, line 19: @sec-references refers to a section without a number: write [its title](#sec-references)"),
    "unknown link": Plant("](#sec-background)", "](#sec-bakgrund)", f"{IN_CHAPTER}, line 5: the link #sec-bakgrund leads nowhere. Did you mean '#sec-background'?"),
    "unknown claim": Plant("#claim-background-costs-up", "#claim-background-cost-up", f"{IN_CHAPTER}, line 5: no claim of the analysis tests the sentence #claim-background-cost-up. Did you mean 'claim-background-costs-up'?"),
    "claim without a sentence": Plant("[Den ökade]{.claim #claim-background-costs-up}", "Den ökade", f"{IN_CHAPTER}: the claim background.costs_up marks no sentence: write [...]{{.claim #claim-background-costs-up}} around it"),
    "claim twice": Plant("Se @sec", "[Den ökade]{.claim #claim-background-costs-up}. Se @sec", f"{IN_CHAPTER}, line 19: the id #claim-background-costs-up stands there twice"),
    "claim without an id": Plant(" #claim-background-costs-up}", "}", f"{IN_CHAPTER}, line 5: a claim's sentence needs the claim's id: [...]{{.claim #claim-section-name}}"),
    "figure twice": Plant("Se @sec", "![Igen](/figures/sv/background/cost.svg){#fig-background-again}\n\nSe @sec", f"{IN_CHAPTER}, line 19: the figure background/cost is placed a second time"),
    "figure nowhere": Plant("![{{< fact background.people.caption >}}](/figures/sv/background/people.svg){#fig-background-people}", "", "report/sv/index.qmd: the figure background/people is placed in no chapter"),
    "table nowhere": Plant("{{< include /data/results/sv/tables/background/national.md >}}", "| a |\n|---|\n| b |", "report/sv/index.qmd: the table background/national is placed in no chapter"),
    "figure with another id": Plant("{#fig-background-people}", "{#fig-people}", f"{IN_CHAPTER}, line 9: the figure background/people must have the id #fig-background-people"),
    "unknown figure": Plant("background/people.svg", "background/peopel.svg", f"{IN_CHAPTER}, line 9: figure sv/background/peopel has no figures/sv/background/peopel.json: is the name right, and has `bin/report build` drawn it? Did you mean 'sv/background/people'?"),
    "no such picture": Plant("Se @sec", '![Karta](karta.png){#fig-karta fig-alt="En karta."}\n\nSe @sec', f"{IN_CHAPTER}, line 19: the file report/sv/karta.png does not exist"),
    "figure of another edition": Plant("/figures/sv/background/people.svg", "/figures/en/background/people.svg", f"{IN_CHAPTER}, line 9: /figures/en/background/people.svg belongs to another edition"),
    "unknown include": Plant("background.qmd", "bakgrund.qmd", "report/sv/index.qmd, line 5: the file report/sv/bakgrund.qmd does not exist", "report/sv/index.qmd"),
    "unknown shortcode": Plant("Se @sec", "{{< fakt a >}} Se @sec", f"{IN_CHAPTER}, line 19: unknown shortcode 'fakt' (known: fact, include, meta). Did you mean 'fact'?"),
    "id twice": Plant("{#sec-background-end}", "{#sec-background}", f"{IN_CHAPTER}, line 17: the id #sec-background stands there twice"),
    "class that no format shows": Plant("Se @sec", "[rött]{.red} Se @sec", f"{IN_CHAPTER}, line 19: the class .red on a span is not supported"),
    "formula": Plant("Se @sec", "$x^2$ Se @sec", f"{IN_CHAPTER}, line 19: formulas are not supported: x^2"),
    "code cell": Plant("Se @sec", "```{python}\n1\n```\n\nSe @sec", f"{IN_CHAPTER}, line 19: code cells are not supported ({{python}})"),
    "not UTF-8": Plant("Den ökade", "Den \udce4", f"{IN_CHAPTER}, line 5: not UTF-8: save the file as UTF-8"),
    "heading in one edition": Plant("## Slutet {#sec-background-end}\n", "## Slutet {#sec-background-end}\n\n## Mer {#sec-background-more}\n", f"{IN_CHAPTER}, line 19: the heading sec-background-more is missing in report/en/background.qmd"),
    "heading of another level": Plant("## Slutet", "### Slutet", "report/en/background.qmd, line 17: the heading sec-background-end has level 2, in report/sv/background.qmd level 3"),
    "fact in one edition": Plant("Se @sec", "{{< fact background.growth >}} Se @sec", f"{IN_CHAPTER}, line 19: the fact background.growth is missing in report/en/background.qmd"),
    "setting in one edition": Plant("title: Prov", "title: Prov\nsubtitle: Ett", "report/sv/index.qmd, line 3: the setting subtitle is missing in report/en/index.qmd", "report/sv/index.qmd"),
    "language": Plant("lang: sv-SE", "lang: de", "report/sv/_metadata.yml: lang must be a tag of 'sv', such as sv-SE", "report/sv/_metadata.yml"),
    "setting of the project": Plant("number-sections: true", "numbered-sections: true", "_quarto.yml, line 11: numbered-sections: unknown key", "_quarto.yml"),
    "file of the project": Plant("report/theme/report.css", "report/theme/reprot.css", "_quarto.yml: report/theme/reprot.css does not exist", "_quarto.yml"),
    "fact on a slide": Plant("background.net_cost", "background.netcost", f"{IN_SLIDES}, line 5: unknown fact 'background.netcost'. Did you mean 'background.net_cost'?", IN_SLIDES, ("slides",)),
    "slide without an id": Plant(" {#slide-background-cost}", "", f"{IN_SLIDES}, line 1: a slide needs an id of its own after its title: {{#slide-background-…}}", IN_SLIDES, ("slides",)),
    "slide with two figures": Plant("Den var", "![](/figures/sv/background/people.svg)\n\nDen var", f"{IN_SLIDES}, line 1: a slide has one figure, not two", IN_SLIDES, ("slides",)),
    "slide in one edition": Plant("Den var {{< fact background.net_cost >}}.", "Mer.\n\n## Till {#slide-background-more}\n\n![](/figures/sv/background/cost.svg)\n\nDen var {{< fact background.net_cost >}}.", f"{IN_SLIDES}, line 7: the heading slide-background-more is missing in report/en/slides/background.md", IN_SLIDES, ("slides",)),
}  # fmt: skip


def planted(root: Path, plant: Plant) -> Path:
    path = small_report(root) / plant.file
    text = path.read_text("utf-8")
    assert plant.old in text
    path.write_text(text.replace(plant.old, plant.new, 1), "utf-8", "surrogateescape", newline="\n")
    return root


def found(root: Path, formats: tuple[render.Output, ...] = ("html", "slides")) -> list[str]:
    return [str(problem) for problem in rehearse(root, EDITIONS, formats, "embedded").problems]


def bare(message: str) -> str:
    """Return what is wrong, without its place (the page has no lines) and the hint."""
    return re.split(r"[.?]? Did you mean ", re.sub(r"^[^:]*: ", "", message))[0]


def test_a_report_that_a_build_accepts_has_no_problems(tmp_path: Path) -> None:
    root = small_report(tmp_path / "report")
    assert found(root) == []
    for edition in EDITIONS:
        assert len(render.stage(root, edition, ("html", "slides"), "embedded")) == 3


@pytest.mark.parametrize("name", PLANTS)
def test_each_fault_is_named(tmp_path: Path, name: str) -> None:
    got = found(planted(tmp_path / "report", PLANTS[name]))
    assert any(message.startswith(PLANTS[name].expected) for message in got), got


@pytest.mark.parametrize("name", PLANTS)
def test_the_build_refuses_the_same(tmp_path: Path, name: str) -> None:
    root, plant = planted(tmp_path / "report", PLANTS[name]), PLANTS[name]
    problems = editions.check(root)  # a build compares the editions before it renders any
    try:
        render.stage(root, "sv", plant.formats, "embedded")
    except RenderError as error:
        problems += error.problems
    got = [bare(str(problem)) for problem in problems]
    assert any(message.startswith(bare(plant.expected)) for message in got), got


@pytest.mark.parametrize(
    ("name", "expected"), [("formula", False), ("unknown reference", True), ("figure twice", True)]
)
def test_quarto_is_not_refused_what_it_renders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, expected: bool
) -> None:
    monkeypatch.setattr(
        rehearsal, "choose", lambda setting: render.Choice("quarto", Message("build.asked_for"), "quarto")
    )
    got = found(planted(tmp_path / "report", PLANTS[name]))
    assert any(message.startswith(PLANTS[name].expected) for message in got) == expected, got


def test_an_engine_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUARTO_PATH", str(tmp_path / "nowhere"))
    got = rehearse(small_report(tmp_path / "report"), EDITIONS, ("html",), "quarto").problems
    assert [str(problem) for problem in got] == [
        "config.yaml: engine: quarto, but QUARTO_PATH names no program. Install Quarto 1.9 or newer, or set engine: auto"
    ]


def test_a_work_that_a_claim_cites_is_looked_up(tmp_path: Path) -> None:
    root = small_report(tmp_path / "report")
    write(
        root, "data/results/claims.json", json.dumps({"background.costs_up": {"citations": ["alm2014"], "dissent": []}})
    )
    expected = f"{IN_CHAPTER}, line 5: @alm2014 is not in the bibliography. Did you mean 'alm2013'?"
    assert expected in found(root)


def test_formats_that_are_not_wanted_are_left_alone(tmp_path: Path) -> None:
    root = planted(tmp_path / "report", PLANTS["fact on a slide"])
    assert [message for message in found(root, ("html",)) if "unknown fact" in message] == []
