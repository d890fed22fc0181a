"""What there are no data for goes, with what only it bore, and a line says why; what is left reads as if written so."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from report_engine.render.embedded import pandoc
from tests.report_engine.render.conftest import write_results

Project = Callable[..., Path]

NO_SURVEY = {"sv": "Uppgifter saknas: Enkäten.", "en": "There are no data: the survey."}
NO_TALKS = {"sv": "Uppgifter saknas: Intervjuer.", "en": "There are no data: interviews."}
FACTS = {
    "a.cost": {"text": {"sv": "4 kronor", "en": "SEK 4"}},
    "a.up.verdict": {"text": {"sv": "kan inte prövas", "en": "cannot be tested"}, "value": "untestable"},
    "a.cost.caption": {"text": {"sv": "Kostnaden.", "en": "The cost."}},
    "a.answers.caption": {"text": {"sv": "Visas inte.", "en": "Not shown."}, "reasons": [NO_SURVEY]},
    "a.few": {
        "text": {"sv": "..", "en": ".."},
        "reasons": [{"sv": "Tal om få visas inte.", "en": "Few are not shown."}],
    },
    "a.missing": {"text": NO_SURVEY, "reasons": [NO_SURVEY]},  # ends with a full stop
    "a.nobody": {"text": {"sv": "inga", "en": "none"}, "reasons": []},  # that there are none is no lack
    "a.most.verdict": {"text": {"sv": "håller", "en": "holds"}, "value": "holds"},
    "a.*": {"text": NO_SURVEY, "reasons": [NO_SURVEY, NO_TALKS]},
}
COST, GONE, VERDICT, LOST = (
    f'[]{{.fact data-fact="{key}"}}' for key in ("a.cost", "a.gone", "a.up.verdict", "a.answers.caption")
)
LINE = "Left out here. There are no data: the survey; interviews."
FEW = '[]{.fact data-fact="a.few"}'
MISSING, NOBODY = (f'[]{{.fact data-fact="{key}"}}' for key in ("a.missing", "a.nobody"))
EXACT = "Left out here. There are no data: the survey."


def left(
    root: Path, text: str, *, to: str = "plain", meta: str = "lang: en-GB", before: str = "embedded/read.lua"
) -> str:
    """Return what the filters leave of a text."""
    write_results(root, "facts.json", FACTS)
    filters = [f"--lua-filter=report/filters/{name}" for name in (before, "missing.lua", "synthetic.lua")]
    command = [pandoc(), "--from=markdown", f"--to={to}", "--wrap=none", *filters]
    run = subprocess.run(
        command, input=f"---\n{meta}\n---\n\n{text}".encode(), cwd=root, capture_output=True, check=True
    )
    return run.stdout.decode("utf-8").strip()


@pytest.fixture
def root(project: Project) -> Path:
    return project({"index.qmd": ""})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"It is {COST}. Of them {GONE} agree. So it is.", f"It is SEK 4.\n\n{LINE}"),
        (f"An average hides much. It is {GONE}. It cost {COST}. So it is.", f"It cost SEK 4. So it is.\n\n{LINE}"),
        (f"It cost {COST}[, and {GONE} agree]{{needs='a.gone'}}. So.", "It cost SEK 4. So."),
        (f"It cost {COST}. [Interviews tell.]{{needs='a.gone'}} So.", "It cost SEK 4. So."),
        (f"It cost {COST}. [Costs tell.]{{needs='a.cost'}}", "It cost SEK 4. Costs tell."),
        (f"It cost {COST}. Verdict: *{VERDICT}*. See i.e. {GONE}.", f"It cost SEK 4. Verdict: cannot be tested.\n\n{LINE}"),
        (f"It is {GONE}. Verdict: *{VERDICT}*.\n\nIt cost {COST}.", f"It cost SEK 4.\n\n{LINE}"),
        (f"Det kostar {COST} mellan {MISSING} år 2023. Än så länge {COST}.", f"Än så länge SEK 4.\n\n{EXACT}"),
        (f"[None: {NOBODY}.]{{needs='a.nobody'}}\n\nIt cost {COST}.", "It cost SEK 4."),
        (f"It cost {COST}. Of few, {FEW} agree.", "It cost SEK 4.\n\nLeft out here. Few are not shown."),
        (f"That [most agree]{{.claim #claim-a-most}} is so: {FEW}.", "That most agree is so: ...\n\nLeft out here. Few are not shown."),
        (f"It is {GONE}. [Costs rose]{{.claim #claim-a-most}}, too.", f"Costs rose, too.\n\n{LINE}"),
        (f"It cost {COST}. It is {GONE}. They say [costs rose]{{.claim #claim-a-up}}.", f"It cost SEK 4. They say costs rose.\n\n{LINE}"),
        (f"It is {GONE}. They say [costs rose]{{.claim #claim-a-up}}.\n\nIt cost {COST}.", f"It cost SEK 4.\n\n{LINE}"),
        (f"It cost {COST} (@fig-a-answers). As @fig-a-answers shows.", "It cost SEK 4."),
        (f"It cost {COST} [@fig-a-cost; @fig-a-answers].", "It cost SEK 4 [@fig-a-cost]."),
    ],
)  # fmt: skip
def test_a_sentence_goes_with_what_it_quotes(root: Path, text: str, expected: str) -> None:
    assert left(root, text).replace("[@fig-a-cost; @fig-a-answers]", "[@fig-a-cost]") == expected


def test_items_rows_tiles_and_figures_go(root: Path) -> None:
    text = f"""It cost {COST}.

Verdicts are:

- {GONE}

Two are:

- {COST}
- {GONE}

| A | B |
|---|---|
| x | {COST} |
| y | {GONE} |

::: {{.key-figures}}
::: {{.key-figure}}
[{GONE}]{{.value}} [of them]{{.label}}
:::
:::

![{LOST}](figures/en/a/answers.svg){{#fig-a-answers}}
"""
    got = left(root, text, to="html")
    assert all(word not in got for word in ("Verdicts are", "figure", ">y<", "key-figure"))
    assert "Two are" in got and got.count("<li>") == 1 and ">x<" in got
    assert got.endswith("<strong>Left out here.</strong> There are no data: the survey.</p>\n</div>")


def test_a_section_that_lost_all_goes_with_its_heading_and_links_to_it(root: Path) -> None:
    text = f"# One {{#sec-one}}\n\nIt cost {COST}. See [there](#sec-talks).\n\n## Talks {{#sec-talks}}\n\nA word.\n\nOf {GONE}.\n\n## Two\n\nBee."
    assert left(root, text) == (
        "One\n\nIt cost SEK 4. See there.\n\nLeft out: Talks. There are no data: the survey; interviews.\n\nTwo\n\nBee."
    )
    assert 'href="#sec-talks"' not in left(root, text, to="html")


def test_a_section_of_which_no_sentence_is_left_goes_too(root: Path) -> None:
    text = f"# One\n\n{COST}.\n\n## Waves\n\nFrom {GONE} to {COST}. So it is.\n\n### Rest\n\nOf {GONE}."
    assert left(root, text) == "One\n\nSEK 4.\n\nLeft out: Waves. There are no data: the survey; interviews."


def test_chapters_that_go_are_named_where_the_state_of_the_data_is_told(root: Path) -> None:
    text = f"::: {{.data-state}}\nState.\n:::\n\n# One\n\n{COST}.\n\n# Talks\n\nOf {GONE}.\n\n# More {{needs='a.gone'}}\n\nX."
    got = left(root, text, meta="lang: sv-SE")
    assert got == "State.\n\nUtelämnat: Talks; More. Uppgifter saknas: Enkäten; Intervjuer.\n\nOne\n\n4 kronor."


def test_a_slide_goes_with_its_figure_or_title_and_no_line_stands_on_slides(root: Path) -> None:
    slides = f"## A {{#a}}\n\n![](figures/en/a/answers.svg)\n\n{COST}.\n\n## Of {GONE} {{#b}}\n\nX {COST}.\n\n## C {{#c}}\n\n{COST}\n\n- {GONE}"
    assert left(root, slides, meta="lang: en-GB\nslides: true") == "C\n\nSEK 4"


def test_what_has_all_its_data_stays_as_it_is(root: Path) -> None:
    text = f"It cost {COST} ([x](#y)).\n\n## Empty\n\nA sentence: *{VERDICT}*."
    assert left(root, text) == "It cost SEK 4 (x).\n\nEmpty\n\nA sentence: cannot be tested."


QUARTO = """
quarto = { project = { directory = "." } }
_quarto = { ast = { walk = function(doc, filter)
  return doc:walk({ Span = function(span)
    local id = span.attributes["data-fact"]
    return id and filter.Shortcode({ name = "fact", params = { { type = "param", value = id } } }) or nil
  end })
end } }
local missing = dofile("report/filters/missing.lua")
return { missing[1] }
"""


def test_under_quarto_shortcodes_are_read_before_they_are_resolved(root: Path) -> None:
    (root / "report/filters/quarto.lua").write_text(QUARTO, "utf-8")
    got = left(root, f"It is {COST}. Of them {GONE} agree.", before="quarto.lua")
    assert got == f"It is SEK 4.\n\n{LINE}"


@pytest.mark.parametrize(
    "text", [f"It cost {COST}. Of them {GONE} agree.", f"It cost {COST}[, and {GONE} agree]{{needs='a.gone'}}."]
)
@pytest.mark.parametrize("mark", ["|\n  ", ""])
def test_an_abstract_loses_what_has_no_data(root: Path, text: str, mark: str) -> None:
    quoted = mark + (text if mark else json.dumps(text))
    template = root / "abstract.txt"
    template.write_text("$abstract$", "utf-8")
    write_results(root, "facts.json", FACTS)
    filters = [f"--lua-filter=report/filters/{name}" for name in ("embedded/read.lua", "missing.lua", "synthetic.lua")]
    command = [pandoc(), "--from=markdown", "--to=plain", "--wrap=none", f"--template={template}", *filters]
    document = f"---\nlang: en-GB\nabstract: {quoted}\n---\n\nText."
    run = subprocess.run(command, input=document.encode(), cwd=root, capture_output=True, check=True)
    assert run.stdout.decode("utf-8").strip() == "It cost SEK 4."
