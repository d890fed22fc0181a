"""Claims where they stand, in every format: marks, notes, what fails, the ledger's rows and what facts say of themselves."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from report_engine.render import embedded
from report_engine.render.page import parse
from report_engine.render.project import Format
from tests.report_engine.render.conftest import write


def note(outcome: str, verdict: str, **more: Any) -> dict[str, Any]:
    decided = {"decided": "Kostnaden < 5 & steg.", "data": "Syntetiska data. Enkäten"}
    plain = {
        "outcome": outcome,
        "verdict": verdict,
        "finding": True,
        "lines": decided,
        "citations": [],
        "dissent": [],
        "figure": None,
    }
    return {**plain, **more}


NOTES = {
    "claims": {
        "claim-background-up": note(
            "fails",
            "✗ håller inte",
            statement="Kostnaden *steg*",
            row="ledger-background-up",
            figure="fig-background-cost",
        ),
        "claim-background-many": note(
            "holds",
            "✓ håller",
            statement="Många",
            row="ledger-background-many",
            citations=["berg2004"],
            dissent=["alm2013"],
        ),
    },
    "facts": {"background.growth": '34,25 %\nSyntetiska data.\nEnkäten ("a.csv")'},
    "banner": {"fails": "Ett av 2 påståenden håller inte.", "rest": "Osäkra: 0."},
}
LEDGER = """```{=html}
<table><thead><tr><th scope="col">Påstående</th><th scope="col">Utfall</th><th scope="col">Visas i</th></tr></thead>
<tbody><tr><th scope="rowgroup" colspan="3"><strong>Bakgrund</strong></th></tr>
<tr><th scope="row"><span id="ledger-background-many"><a href="#claim-background-many">Många</a></span></th><td>✓ håller</td><td>–</td></tr>
<tr><th scope="row"><span id="ledger-background-up"><a href="#claim-background-up">Kostnaden steg</a></span></th><td>✗ håller inte</td><td><a class="figure-link" href="#fig-background-cost">figur</a></td></tr>
<tr><th scope="row"><span id="ledger-background-gone"><a href="#claim-background-gone">Borta</a></span></th><td>✓ håller</td><td><a class="figure-link" href="#fig-background-gone">figur</a></td></tr>
</tbody></table>
```"""
STATEMENTS = """```{=html}
<table><thead><tr><th scope="col">Säger</th><th scope="col">Var</th></tr></thead><tbody>
<tr><th scope="row"><span id="statement-1-1">Dyrare.</span></th><td><a href="#claim-background-up">Kostnaden steg ✗</a>; <a href="#claim-background-gone">Borta ✓</a></td></tr>
<tr><th scope="row"><span id="statement-1-2">Varför?</span></th><td><a class="figure-link" href="#sec-background">avsnitt</a></td></tr>
</tbody></table>
```"""
BODY = f"""# Bakgrund {{#sec-background}}

Att [kostnaden *steg*]{{.claim #claim-background-up}}, med {{{{< fact background.growth >}}}}, är sagt.

- Att [de är många]{{.claim #claim-background-many}} är sagt.

![{{{{< fact background.cost.caption >}}}}](/figures/sv/background/cost.svg){{#fig-background-cost}}

# Bilaga B {{#sec-appendix-ledger .unnumbered .landscape}}

::: {{#tbl-report-ledger}}
{LEDGER}

Alla påståenden.
:::

# Bilaga D {{#sec-appendix-slides .unnumbered}}

::: {{#tbl-report-statements}}
{STATEMENTS}

Alla utsagor.
:::

# Referenser {{#sec-references .unnumbered}}
"""


@pytest.fixture
def made(project: Callable[..., Path]) -> Callable[[Format], Path]:
    def run(kind: Format) -> Path:
        root = project({"index.qmd": f"---\ntitle: Prov\n---\n\n{BODY}"})
        write(root, "data/results/sv/notes.json", json.dumps(NOTES))
        return embedded.render(root, "sv", [kind], root / "report/_staging/sv")[0]

    return run


def words(html: str) -> str:
    text = " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())
    return text.replace("( ", "(").replace(" )", ")")


def test_the_page_marks_sentences_and_opens_notes(made: Callable[[Format], Path]) -> None:
    html = made("html").read_text("utf-8")
    page = parse(html)
    assert page.errors == []
    assert page.count["button"] >= 4
    assert re.search(r'id="claim-background-up"\s+class="claim claim-fails"', html)
    marks = re.findall(
        r'<button type="button" class="mark verdict-(\w+)" popovertarget="([\w-]+)" aria-label="[^"]+">([^<]+)<', html
    )
    assert marks == [
        ("fails", "note-claim-background-up", "✗ håller inte"),
        ("holds", "note-claim-background-many", "✓ håller"),
    ]
    assert all(name in page.ids for _, name, _ in marks)
    notes = re.findall(r"<div popover id=.*?</button>\s*</div>", html, flags=re.DOTALL)
    assert "Vad som avgjorde Kostnaden &lt; 5 &amp; steg." in words(notes[0])
    assert "Visas i Figur 1" in words(notes[0]) and "Raden i bilaga B" in words(notes[0])
    assert "Kostnaden *steg*" in notes[0]  # words, never markup
    assert "Stöds av (Berg och Ek 2004)" in words(notes[1]) and "Talar emot (Alm 2013)" in words(notes[1])
    assert "Visas i" not in words(notes[1])


def test_what_fails_is_struck_through_beside_its_paragraph_and_counted(made: Callable[[Format], Path]) -> None:
    html = made("html").read_text("utf-8")
    fallen = re.findall(r'<div class="fallen" role="note">.*?</div>', html, flags=re.DOTALL)
    assert len(fallen) == 1
    assert "<del>Kostnaden *steg*</del>" in fallen[0]
    assert "✗ håller inte. Vad data säger nu: Kostnaden &lt; 5 &amp; steg." in words(fallen[0])
    banner = re.search(r'<p class="banner">(.*?)</p>', html, flags=re.DOTALL)
    assert banner and words(banner[1]).startswith("Ett av 2 påståenden håller inte. Se dem i bilaga B")
    assert 'href="#tbl-report-ledger"' in banner[1]


def test_where_nothing_fails_nothing_is_said_of_it(project: Callable[..., Path]) -> None:
    root = project({"index.qmd": f"---\ntitle: Prov\n---\n\n{BODY}"})
    holding = {"claim-background-many": NOTES["claims"]["claim-background-many"]}
    write(root, "data/results/sv/notes.json", json.dumps({**NOTES, "claims": holding, "banner": None}))
    html = embedded.render(root, "sv", ["html"], root / "report/_staging/sv")[0].read_text("utf-8")
    body = html.partition("<body>")[2].partition("<script>")[0]
    assert "fallen" not in body and "banner" not in body


def test_rows_come_in_the_order_of_the_sentences_and_link_only_to_what_is_there(made: Callable[[Format], Path]) -> None:
    html = made("html").read_text("utf-8")
    assert re.findall(r'id="ledger-background-(\w+)"', html) == ["up", "many", "gone"]
    table = html[html.index('id="tbl-report-ledger"') : html.index('id="tbl-report-statements"')]
    assert re.findall(r'href="#claim-background-(\w+)"', table) == ["up", "many"]
    assert "Figur 1" in words(table) and "#fig-background-gone" not in table


def test_statements_link_to_sentences_and_sections_that_are_there(made: Callable[[Format], Path]) -> None:
    html = made("html").read_text("utf-8")
    table = html[html.index('id="tbl-report-statements"') :].partition("</table>")[0]
    assert re.findall(r'href="#([\w-]+)"', table) == ["claim-background-up", "sec-background"]
    assert all(word in words(table) for word in ("Kostnaden steg ✗", "Borta ✓", "Avsnitt 1"))


def test_a_fact_says_where_it_comes_from_and_a_caption_does_not(made: Callable[[Format], Path]) -> None:
    html = made("html").read_text("utf-8")
    titles = re.findall(r'<span class="fact"\s+data-fact="([\w.]+)"(?:\s+title="([^"]*)")?', html)
    assert (
        "background.growth",
        "34,25 %\nSyntetiska data.\nEnkäten (&quot;a.csv&quot;)\nbin/report trace background.growth",
    ) in titles
    assert ("background.cost.caption", "") in titles


def test_the_pdf_marks_sentences_and_its_pages_stand(made: Callable[[Format], Path]) -> None:
    path = made("pdf")  # which Typst refuses to make unless it is PDF/UA
    assert path.read_bytes().startswith(b"%PDF")
    typ = path.with_suffix(".typ").read_text("utf-8")
    assert '#claim-mark("fails")[#link(<ledger-background-up>)' in typ
    assert '#claim-mark("holds")[#link(<ledger-background-many>)' in typ
    assert typ.count("#footnote[") == 1 and "✗ håller inte. Kostnaden" in typ
    assert "flipped" not in typ


def test_word_marks_sentences_with_links_to_the_ledger(made: Callable[[Format], Path]) -> None:
    with zipfile.ZipFile(made("docx")) as archive:
        body, footnotes = (archive.read(f"word/{name}.xml").decode() for name in ("document", "footnotes"))
    assert body.count('w:val="ClaimMark"') >= 2
    across = body.index('w:orient="landscape"')
    assert body.index("Bilaga B<") < across < body.index("Bilaga D<", body.index("Kostnaden steg"))
    for name in ("ledger-background-up", "ledger-background-many"):
        assert f'<w:hyperlink w:anchor="{name}"' in body and f'w:name="{name}"' in body
    assert "håller inte." in re.sub(r"<[^>]+>", "", footnotes)


def test_without_notes_a_document_is_as_it_was(render: Callable[..., str]) -> None:
    html = render("Att [den steg]{.claim #claim-background-up}.")
    assert re.search(r'<span id="claim-background-up"\s+class="claim">den steg</span>\.', html)
    assert 'class="mark' not in html
