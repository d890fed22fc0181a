"""The embedded engine gives readers what Quarto gives them: the same numbers, words, ids and links."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from report_engine.render import embedded
from report_engine.words.editions import Edition

Render = Callable[..., str]

REFERENCES = """
# Bakgrund {#sec-bak}

Se @fig-cost, @tbl-a, @sec-met och [kapitlet om metod](#sec-met). I rad: @fig-cost; [-@fig-cost]; [se @fig-people]; [@fig-cost; @tbl-a].

![Kostnad *per* år](/figures/sv/background/cost.svg){#fig-cost}

![Andra `figuren`](/figures/sv/background/people.svg){#fig-people width=80%}

| a | b |
|---|--:|
| 1 | 2 |

: Tabell ett {#tbl-a}

## Metod {#sec-met}

Text. @Fig-cost börjar meningen.

### Utan nummer {.unnumbered}

Slut [@berg2004, s. 4], @alm2013 [s. 50] och @tbl-a [@berg2004].^[En not med **fetstil**.]

# Referenser {#sec-refs .unnumbered}

::: {#refs}
:::
"""


def body(html: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", html.partition("<body>")[2])


def text(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", body(html)))


def test_references_are_numbered_links_in_the_documents_language(render: Render) -> None:
    html = body(render(REFERENCES))
    expected = (
        '<p>Se <a href="#fig-cost" class="quarto-xref">Figur&nbsp;1</a>, <a href="#tbl-a" class="quarto-xref">Tabell&nbsp;1</a>, '
        '<a href="#sec-met" class="quarto-xref">avsnitt&nbsp;1.1</a> och <a href="#sec-met">kapitlet om metod</a>. I rad: '
        '<a href="#fig-cost" class="quarto-xref">Figur&nbsp;1</a>; <a href="#fig-cost" class="quarto-xref">1</a>; '
        '<a href="#fig-people" class="quarto-xref">se&nbsp;2</a>; <a href="#fig-cost" class="quarto-xref">Figur&nbsp;1</a>, '
        '<a href="#tbl-a" class="quarto-xref">Tabell&nbsp;1</a>.</p>'
    )
    assert expected in html.replace("\u00a0", "&nbsp;")
    assert '<a href="#fig-cost" class="quarto-xref">Figur&nbsp;1</a> börjar meningen' in html.replace(
        "\u00a0", "&nbsp;"
    )


def test_captions_stand_above_tables_and_below_figures(render: Render) -> None:
    html = body(render(REFERENCES)).replace("\u00a0", " ")
    figure = html[html.index('id="fig-cost"') : html.index('id="fig-people"')]
    assert figure.index("<img") < figure.index("<figcaption")
    assert "Figur 1:</span> Kostnad <em>per</em> år" in figure
    assert "Figur 2:</span> Andra <code>figuren</code>" in html
    table = html[html.index('id="tbl-a"') : html.index('id="sec-met"')]
    assert table.index("<figcaption") < table.index("<table")
    assert "Tabell 1:</span> Tabell ett" in table


def test_headings_are_one_level_down_with_quartos_numbers(render: Render) -> None:
    html = body(render(REFERENCES))
    assert re.search(
        r'<h2 data-number="1" id="sec-bak"><span class="header-section-number">1</span> Bakgrund</h2>', html
    )
    assert re.search(
        r'<h3 data-number="1.1" id="sec-met"><span class="header-section-number">1.1</span> Metod</h3>', html
    )
    assert re.search(r'<h4 class="unnumbered" id="utan-nummer">Utan nummer</h4>', html)
    contents = html[html.index('<nav id="TOC"') : html.index("</nav>")]
    assert '<h2 id="toc-title">Innehåll</h2>' in contents
    assert re.search(
        r'<a href="#sec-met" id="toc-sec-met"><span class="toc-section-number">1.1</span> Metod</a>', contents
    )


def test_citations_are_written_as_in_swedish(render: Render) -> None:
    words = text(render(REFERENCES))
    assert "Slut (Berg och Ek 2004, 4), Alm (2013, 50) och Tabell 1 (Berg och Ek 2004).1" in words.replace(
        "\u00a0", " "
    )
    assert "Alm, Eva. 2013. ”Activation and control”. Social Work 16: 45–65." in words
    assert "Berg, Anna, och Bo Ek. 2004. Nedersta trappan. Förlaget." in words
    assert "En not med fetstil." in words


def test_a_group_of_figures_has_parts(render: Render) -> None:
    html = render("""
::: {#fig-panel layout-ncol=2}

![Kostnad](/figures/sv/background/cost.svg){#fig-p1}

![Deltagare](/figures/sv/background/people.svg){#fig-p2}

Två mått
:::

Se @fig-panel, särskilt @fig-p2.
""")
    words = text(html).replace("\u00a0", " ")
    assert "(a) Kostnad" in words
    assert "(b) Deltagare" in words
    assert "Figur 1: Två mått" in words
    assert "Se Figur 1, särskilt Figur 1 (b)." in words
    assert {"fig-panel", "fig-p1", "fig-p2"} <= set(re.findall(r'id="([^"]+)"', html))


def test_tables_and_figures_in_divs_take_their_last_paragraph_as_caption(render: Render) -> None:
    html = render("""
::: {#tbl-wide}
{{< include /data/results/sv/tables/background/national.md >}}

Bred tabell med *not*
:::

::: {#fig-div}
![](/figures/sv/background/cost.svg)

Figurtext med [länk](https://example.org)
:::

Se @tbl-wide och @fig-div.
""")
    got = body(html).replace("\u00a0", " ")
    assert "Tabell 1:</span> Bred tabell med <em>not</em>" in got
    assert 'Figur 1:</span> Figurtext med <a href="https://example.org">länk</a>' in got
    assert '<th style="text-align: left;" scope="row">Falun</th>' in got
    assert '<th style="text-align: right;" scope="col">Kostnad</th>' in got
    assert "<tfoot>" in got
    assert '<span class="verdict verdict-fails">✗ håller inte</span>' in got
    assert (
        'Se <a href="#tbl-wide" class="quarto-xref">Tabell 1</a> och <a href="#fig-div" class="quarto-xref">Figur 1</a>.'
        in got
    )


@pytest.mark.parametrize(
    ("lang", "words"), [("sv-SE", ("Figur", "Tabell", "Avsnitt")), ("en-GB", ("Figure", "Table", "Section"))]
)
def test_words_follow_the_language(project: Callable[..., Path], lang: str, words: tuple[str, ...]) -> None:
    root = project({"index.qmd": ""})
    edition: Edition = "sv" if lang.startswith("sv") else "en"
    folder = root / f"report/{edition}"
    folder.mkdir(exist_ok=True)
    (folder / "_metadata.yml").write_text(f"lang: {lang}\ntoc-title: X\n", "utf-8")
    chapter = "---\ntitle: T\n---\n# A {#sec-a}\n\n@fig-a @tbl-b @sec-a {{< fact background.growth >}}\n\n"
    chapter += "![C](/figures/sv/background/cost.svg){#fig-a}\n\n| a |\n|---|\n| 1 |\n\n: D {#tbl-b}\n"
    (folder / "index.qmd").write_text(chapter, "utf-8")
    files = embedded.render(root, edition, ["html"], root / "report/_staging/x")
    html = files[0].read_text("utf-8")
    fact = "34\u00a0procent" if edition == "sv" else "en 34\u00a0procent"
    assert " ".join(f"{word}\u00a01" for word in words) + f" {fact}" in text(html)
    assert f'<html lang="{lang}">' in html


def test_a_section_is_called_as_the_metadata_say_with_a_capital_where_a_sentence_begins(
    project: Callable[..., Path],
) -> None:
    root = project({"index.qmd": "---\ntitle: T\n---\n# A {#sec-a}\n\n@Sec-a visar det (@sec-a).\n"})
    html = embedded.render(root, "sv", ["html"], root / "report/_staging/x")[0].read_text("utf-8")
    assert "Avsnitt\u00a01 visar det (avsnitt\u00a01)." in text(html)


def test_facts_are_plain_text_everywhere(render: Render) -> None:
    html = body(
        render("""
Med {{< fact background.markup >}}, och `{{< fact x >}}` som kod.

![{{< fact background.cost.caption >}}](/figures/sv/background/cost.svg){#fig-background-cost}
""")
    )
    assert '<span class="fact" data-fact="background.markup">5 &lt; 6 &amp; *inte* kursiv</span>' in html
    assert "<code>{{&lt; fact x &gt;}}</code>" in html
    assert '<span class="fact" data-fact="background.cost.caption">Kostnaden ökade med 34\u00a0procent.</span>' in html


def test_blocks_spans_callouts_and_conditions(render: Render) -> None:
    html = body(
        render("""
[Kostnaderna har ökat]{#claim-costs-up .claim}.

::: {.data-note}
**Exempeldata.** Siffrorna är "syntetiska".
:::

> Citat.

::: {.callout-note}
## Rubrik
Text i ruta.
:::

::: {.callout-warning}
Utan rubrik.
:::

::: {.content-visible when-format="html"}
Bara i HTML.
:::

::: {.content-visible when-format="typst"}
Bara i PDF.
:::

::: {.content-hidden when-format="html"}
Inte i HTML.
:::

Ord [för webben]{.content-visible when-format="html"}[för papper]{.content-visible unless-format="html"}.
""")
    )
    assert '<span id="claim-costs-up" class="claim">Kostnaderna har ökat</span>.' in html
    assert '<div class="data-note"> <p><strong>Exempeldata.</strong> Siffrorna är ”syntetiska”.</p> </div>' in html
    assert "<blockquote> <p>Citat.</p> </blockquote>" in html
    assert "<blockquote> <p><strong>Rubrik</strong></p> <p>Text i ruta.</p> </blockquote>" in html
    assert "<p><strong>Varning</strong></p> <p>Utan rubrik.</p>" in html
    assert "Bara i HTML." in html
    assert "Bara i PDF." not in html
    assert "Inte i HTML." not in html
    assert "Ord för webben." in html


def test_text_is_read_as_pandoc_reads_it(render: Render) -> None:
    html = body(
        render("""
Apostrof 'enkel' -- tankstreck --- långt... 5\u00a0%\\
ny rad.

- punkt
  - under

1. ett
2. två

Term
:   Definition

~~struket~~ H~2~O x^2^ <https://example.org>
""")
    )
    assert "Apostrof ’enkel’ – tankstreck — långt… 5\u00a0%<br /> ny rad." in html
    assert "<li>punkt <ul> <li>under</li> </ul></li>" in html
    assert '<ol type="1"> <li>ett</li> <li>två</li> </ol>' in html
    assert "<dt>Term</dt> <dd> Definition </dd>" in html
    assert '<del>struket</del> H<sub>2</sub>O x<sup>2</sup> <a href="https://example.org" class="uri">' in html
