"""The filters as Quarto calls them: the shortcode, and what comes late on the shape that Quarto gives a document by then."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest

from report_engine.render.embedded import pandoc
from tests.report_engine.render.conftest import write_results

Project = Callable[..., Path]

SHORTCODE = """
quarto = { project = { directory = "." } }
local shortcodes = dofile("report/filters/fact.lua")
local result = shortcodes.fact({ arg[1] }, {}, { lang = arg[2] })
print(pandoc.write(pandoc.Pandoc({ pandoc.Plain({ result }) }), "native"))
"""


def shortcode(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = root / "call.lua"
    script.write_text(SHORTCODE, "utf-8")
    return subprocess.run(
        [pandoc(), "lua", "call.lua", *arguments], cwd=root, capture_output=True, text=True, check=False
    )


def convert(root: Path, text: str, to: str, *filters: str, reader: str = "markdown") -> str:
    command = [pandoc(), f"--from={reader}", f"--to={to}", *(f"--lua-filter=report/filters/{name}" for name in filters)]
    run = subprocess.run(command, input=text.encode(), cwd=root, capture_output=True, check=True)
    return run.stdout.decode("utf-8")


def test_the_shortcode_gives_a_span_of_plain_text(project: Project) -> None:
    got = shortcode(project({"index.qmd": ""}), "background.markup", "sv-SE").stdout
    words = (
        'Str "5" , Space , Str "<" , Space , Str "6" , Space , Str "&" , Space , Str "*inte*" , Space , Str "kursiv"'
    )
    attributes = '( "" , [ "fact" ] , [ ( "data-fact" , "background.markup" ) ] )'
    assert " ".join(got.split()) == f"[ Plain [ Span {attributes} [ {words} ] ] ]"


def test_the_shortcode_takes_the_editions_wording(project: Project) -> None:
    root = project({"index.qmd": ""})
    assert 'Str "en"' in shortcode(root, "background.growth", "en-GB").stdout
    assert 'Str "34\\160procent"' in shortcode(root, "background.growth", "sv").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("background.growht", "sv"), "unknown fact 'background.growht'. Did you mean 'background.growth'?"),
        (("background.growth", "de"), "data/results/de/facts.json is missing"),
    ],
)
def test_the_shortcode_ends_the_render_with_a_reason(
    project: Project, arguments: tuple[str, str], message: str
) -> None:
    run = shortcode(project({"index.qmd": ""}), *arguments)
    assert run.returncode != 0
    assert message in run.stderr


def test_the_shortcode_says_what_to_do_without_facts(project: Project) -> None:
    root = project({"index.qmd": ""})
    (root / "data/results/sv/facts.json").unlink()
    assert "run `bin/report build` first" in shortcode(root, "background.growth", "sv").stderr


@pytest.mark.parametrize("address", ["/figures/sv/background/cost.svg", "../../figures/sv/background/cost.svg"])
def test_alt_text_comes_from_beside_the_figure(project: Project, address: str) -> None:
    root = project({"index.qmd": ""})
    got = convert(root, f"![Text]({address}){{#fig-a}}", "json", "figure.lua")
    assert ["fig-alt", 'Linje för "cost" över tid.'] in json.loads(got)["blocks"][0]["c"][2][0]["c"][0]["c"][0][2]


def test_word_gets_pictures_it_can_show(project: Project) -> None:
    root = project({"index.qmd": ""})
    lua = "FORMAT = 'docx'\n" + (root / "report/filters/figure.lua").read_text("utf-8")
    (root / "report/filters/figure_docx.lua").write_text(lua, "utf-8")
    got = convert(root, "![Text](/figures/sv/background/cost.svg){#fig-a}", "native", "figure_docx.lua")
    assert "/figures/sv/background/cost.png" in got


QUARTO_FIGURE = """
# Bakgrund {#sec-a}

```{=html}
<div id="fig-a" class="quarto-float"><figure class="quarto-float quarto-float-fig"><div aria-describedby="fig-a-caption">
```

![](x.svg){fig-alt="Alt"}

```{=html}
</div><figcaption class="quarto-float-caption quarto-float-fig" id="fig-a-caption">
```

Figur\u00a01: Kostnad: per år

```{=html}
</figcaption></figure></div>
```

## Under

| a | b |
|---|---|
| 1 | ◆ osäkert |
| 2 | ✓ Fler har examen; ✗ Lokalerna är bättre |

::: {.data-state}
**Läge.**
:::
"""


def test_late_filters_finish_what_quarto_has_rendered(project: Project) -> None:
    root = project({"index.qmd": ""})
    html = convert(root, f"---\nlang: sv-SE\n---\n{QUARTO_FIGURE}", "html5", "tables.lua", "page.lua")
    assert '<span class="float-label">Figur\u00a01:</span> Kostnad: per år' in html.replace("&nbsp;", "\u00a0").replace(
        "\n", " "
    )
    assert '<h2 data-number="1" id="sec-a">Bakgrund</h2>' in html
    assert '<h3 data-number="1.1" id="under">Under</h3>' in html
    assert '<span class="verdict verdict-borderline">◆ osäkert</span>' in html.replace("\n", " ")
    assert html.count('class="verdict') == 1  # a list of claims is no verdict
    assert "Tabell, kan rullas i sidled" in html
    assert "Läge" not in html  # moved to the title block


def test_references_and_literature_are_told_apart(project: Project) -> None:
    root = project({"index.qmd": ""})
    got = convert(root, "Se @tbl-x [@berg2004, s. 4].", "markdown", "refs.lua")
    assert got.strip() == "Se @tbl-x [@berg2004, s. 4]."
    native = convert(root, "Se @tbl-x [@berg2004, s. 4].", "native", "refs.lua")
    assert native.count(", Cite") == 2


def test_quotation_marks_follow_the_language(project: Project) -> None:
    root = project({"index.qmd": ""})
    text = "---\nlang: %s\n---\n\"Hej 'du'\""
    assert convert(root, text % "sv-SE", "html", "blocks.lua").strip() == "<p>”Hej ’du’”</p>"
    assert convert(root, text % "en-GB", "html", "blocks.lua").strip() == "<p>“Hej ‘du’”</p>"


CSV = 'area,year,share\n"Sund, ""norra"" <delen>",2020,0.25\n0581,2021,\n'


def with_data(root: Path, csv: str = CSV) -> str:
    (root / "figures/sv/background/cost.csv").write_text(csv, "utf-8", newline="\n")
    figure = QUARTO_FIGURE.replace("(x.svg)", "(../../figures/sv/background/cost.svg)")
    return convert(root, f"---\nlang: sv-SE\n---\n{figure}", "html5", "page.lua", "data.lua")


def test_a_figure_is_followed_by_its_data(project: Project) -> None:
    html = with_data(project({"index.qmd": ""}))
    assert re.search(r'</figure>\s*<div class="figure-data">.*</details>\s*</div>\s*</div>\s*<h3', html, re.DOTALL)
    link = re.search(r'href="data:text/csv;charset=utf-8,([^"]*)" download="background-cost.csv"', html)
    assert link
    assert unquote(link[1]) == CSV
    assert "<summary>Figur\u00a01 som tabell</summary>" in html
    rows = re.findall(r"<tr>(.*?)</tr>", html[html.index("<details>") : html.index("</details>")], re.DOTALL)
    assert rows == [
        '<th scope="col">area</th><th scope="col" class="number">year</th><th scope="col" class="number">share</th>',
        '<th scope="row">Sund, &quot;norra&quot; &lt;delen&gt;</th><td class="number">2020</td><td class="number">0,250</td>',
        '<th scope="row">0581</th><td class="number">2021</td><td class="number"></td>',
    ]


def test_a_table_of_data_says_shares_as_people_do(project: Project) -> None:
    root = project({"index.qmd": ""})
    sidecar = {
        "headings": [["area", "Ort"], ["studied", "Ingår"], ["share", "Andel"], ["rough", "Del"], ["low", "Undre gräns"]],
        "labels": {"studied": {"False": "nej"}}, "percent": ["share", "rough"], "points": ["low"], "alt": "Linje.",
    }  # fmt: skip
    (root / "figures/sv/background/cost.json").write_text(json.dumps(sidecar), "utf-8")
    html = with_data(root, "area,studied,share,rough,low\nSund,False,0.042,0.5,-0.24\nFalun,False,,0.07,0.05\n")
    cells = re.findall(r"<t[dh][^>]*>([^<]*)</t", html[html.index("<details>") :])
    assert cells[5:10] == ["Sund", "nej", "4,2\u00a0%", "50\u00a0%", "−24"]
    assert cells[10:15] == ["Falun", "nej", "", "7\u00a0%", "+5"]
    assert html.count('class="number"') == 9  # of these three columns, the heading's too


def test_a_long_table_ends_with_a_note(project: Project) -> None:
    rows = "".join(f"{i},{i}\n" for i in range(200))
    html = with_data(project({"index.qmd": ""}), f"a,b\n{rows}")
    assert html.count('scope="row"') == 60
    assert "De första 60 av 200 rader" in html


def test_a_picture_without_data_offers_none(project: Project) -> None:
    assert "figure-data" not in with_data(project({"index.qmd": ""}), "")


TEMPLATE = "$page-tools$|$edition-link$|$page-script$"


@pytest.mark.parametrize(
    ("config", "links"),
    [
        ("editions: [sv, en]\nformats: [html, docx]\n", ["../en/report.html", "report.docx"]),
        ("# nothing chosen\nprice_base: 2023\n", ["report.pdf", "report.docx"]),
        (None, []),
    ],
)
def test_the_page_links_to_what_is_published(project: Project, config: str | None, links: list[str]) -> None:
    root = project({"index.qmd": ""})
    if config is not None:
        (root / "config.yaml").write_text(config, "utf-8")
    (root / "template.html").write_text(TEMPLATE, "utf-8")
    command = [pandoc(), "--to=html5", "--template=template.html", "--lua-filter=report/filters/web.lua"]
    run = subprocess.run(command, input=b"---\nlang: sv-SE\n---\n", cwd=root, capture_output=True, check=True)
    tools, edition, script = run.stdout.decode("utf-8").split("|", 2)
    assert re.findall(r'href="([^"]*)"', tools) == links
    assert ("<nav" in tools) == bool(links)
    assert ('lang="en"' in edition) == ("../en/report.html" in links)
    assert "Mörkt läge" in tools
    assert '"use strict"' in script


@pytest.mark.parametrize(
    ("origins", "expected"),
    [
        ({"actors": "synthetic"}, ["The survey is.", "Inner.", "Note."]),
        ({"actors": "mixed", "units": "official"}, ["The survey is.", "Inner.", "Note."]),
        ({"actors": "official", "units": "synthetic"}, ["Note."]),
        ({"actors": "official", "units": "literature"}, []),
        ({}, []),
    ],
)
def test_what_is_said_of_synthetic_data_goes_with_them(
    project: Project, origins: dict[str, str], expected: list[str]
) -> None:
    root = project({"index.qmd": ""})
    results = {f"report.origin_{name}": {"origin": origin} for name, origin in origins.items()}
    results["a.b"] = {"origin": "mixed", "tables": ["actors", "units"]}  # of one of them, one can't tell of which
    write_results(root, "facts.json", results)
    text = 'Always. [The survey is.]{.synthetic of="actors"}\n\n::: {.data-note .synthetic of="actors units"}\n[Inner.]{.synthetic of="actors"} Note.\n:::\n'
    html = convert(root, text, "html", "synthetic.lua")
    assert [phrase for phrase in ("The survey is.", "Inner.", "Note.") if phrase in html] == expected
    assert "Always." in html
    assert "synthetic" not in html
    assert ('<div class="data-note">' in html) == ("Note." in expected)


def test_word_gets_lists_with_air_and_other_formats_as_they_are(project: Project) -> None:
    root = project({"index.qmd": ""})
    command = [
        pandoc(),
        "--from=markdown",
        "--to=docx",
        "--lua-filter=report/filters/blocks.lua",
        f"--output={root / 'a.docx'}",
    ]
    subprocess.run(command, input=b"- one\n- two\n", cwd=root, check=True)
    back = subprocess.run(
        [pandoc(), "--to=native", str(root / "a.docx")], capture_output=True, check=True
    ).stdout.decode()
    assert back.count("Para") == 2
    assert "<p>" not in convert(root, "- one\n- two\n", "html", "blocks.lua")
