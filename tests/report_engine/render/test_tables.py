"""Tables in Typst: how wide, how large, and those of sentences in two columns."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.report_engine.render.test_filters import convert

Project = Callable[[dict[str, str]], Path]


def html_table(*rows: list[str]) -> str:
    return (
        "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows) + "</table>"
    )


def test_columns_are_as_wide_as_their_text_needs(project: Project) -> None:
    table = html_table(["Falun", "En lång förklaring " * 8, "12"], ["Luleå", "Kort", "345"])
    typst = convert(project({"index.qmd": ""}), table, "typst", "tables.lua", reader="html")
    shares = [float(share) for share in re.findall(r"([\d.]+)%", typst)]
    assert len(shares) == 3
    assert sum(shares) == pytest.approx(100, abs=0.1)
    assert shares[2] < shares[0] < 20 < shares[1]
    assert "set text(size: 8.5pt , hyphenate: false)" in typst


def test_a_table_too_wide_for_the_page_is_set_smaller(project: Project) -> None:
    table = html_table(["Kommunkod"] * 16, ["12 345"] * 16)
    typst = convert(project({"index.qmd": ""}), table, "typst", "tables.lua", reader="html")
    size = re.search(r"set text\(size: ([\d.]+)pt", typst)
    assert size
    assert 6.0 <= float(size[1]) < 8.5


def test_long_words_are_broken_before_the_type_is_made_smaller(project: Project) -> None:
    table = html_table(["Arbetsmarknadsenheternas", "12"] * 4, ["x", "345"] * 4)
    typst = convert(project({"index.qmd": ""}), table, "typst", "tables.lua", reader="html")
    assert "set text(size: 8.5pt , hyphenate: true)" in typst


def test_a_short_verdict_takes_one_line_and_a_long_one_two(project: Project) -> None:
    root = project({"index.qmd": ""})

    def shares(verdict: str) -> list[float]:
        table = html_table(["Ett påstående om något " * 3, verdict, "Det som avgjorde saken " * 6])
        typst = convert(root, table, "typst", "tables.lua", reader="html")
        return [float(share) for share in re.findall(r"([\d.]+)%", typst)]

    assert shares("◆ osäkert i syntetiska data, snarast för")[1] < 26
    assert shares("✓ håller")[1] < 12


ROW = (
    '<tr><th scope="row"><span id="{id}">Kostnaden ökar</span></th><td>✓ håller</td><td>Den steg</td>'
    "<td>16 %</td><td>–</td><td>figur</td></tr>"
)
HEADS = "".join(
    f"<th>{name}</th>" for name in ("Påstående", "Utfall", "Vad som avgjorde", "Storlek", "Säkert", "Visas i")
)


def test_the_claims_stand_in_two_columns_of_a_page_that_stands(project: Project) -> None:
    root = project({"index.qmd": ""})

    def typst(id: str) -> str:
        rows = f'<tr><th colspan="6">Bakgrund</th></tr>{ROW.format(id=id)}'
        table = f"<table><thead><tr>{HEADS}</tr></thead><tbody>{rows}</tbody></table>"
        return convert(root, table, "typst", "tables.lua", reader="html")

    got = typst("ledger-a")
    assert "[Påstående · Utfall]" in got and "[Storlek]" not in got
    assert re.search(r'Kostnaden ökar.*\\\s*#verdict\("holds"\)\[✓ håller\]', got, re.DOTALL)
    assert re.search(r"Den steg\. #emph\[Storlek:\] 16.%\. #emph\[Visas i:\] figur\.", got)
    assert "table.header(level: 2, repeat: false, table.cell(" in got
    assert "[Storlek]" in typst("other-a")


def test_a_statement_leads_to_its_claim_and_says_the_verdict_once(project: Project) -> None:
    row = '<th><span id="statement-1-1">Den ökar.</span></th><td><a href="#c">Kostnaden ökar&nbsp;✓</a></td><td>✓ håller</td>'
    table = f"<table><thead><tr><th>A</th><th>B</th><th>C</th></tr></thead><tbody><tr>{row}</tr></tbody></table>"
    typst = convert(project({"index.qmd": ""}), table, "typst", "tables.lua", reader="html")
    assert "[A]" in typst and "[B · C]" in typst
    assert typst.count("✓") == 1
