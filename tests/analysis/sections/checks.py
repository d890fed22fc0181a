"""What holds of every section, whatever its subject."""

import re
from pathlib import Path

from report_engine.model.section import Section
from report_engine.results import outputs
from report_engine.words.editions import EDITIONS

ROOT = Path(__file__).resolve().parents[3]

PLACED = {
    "figure": r"\(/figures/{edition}/{section}/(\w+)\.svg\)",
    "table": r"include /data/results/{edition}/tables/{section}/(\w+)\.md",
    "claim": r"\.claim #claim-{dashed}-([a-z0-9-]+)",
    "fact": r"{{{{< fact {section}\.([\w.]+) >}}}}",
}


def words(section: Section, figures: set[str], tables: set[str], claims: set[str]) -> None:
    """The section has just these figures, tables and claims; ids are unique, words there in both editions."""
    assert {figure.name for figure in section.figures} == figures
    assert {table.name for table in section.tables} == tables
    assert {claim.id for claim in section.claims} == {f"{section.name}.{name}" for name in claims}
    outputs.describe(section)  # raises on an id that stands twice
    texts = [text for f in section.figures for text in (f.title, f.caption, f.alt, f.provenance.source)]
    texts += [text for t in section.tables for text in (t.caption, t.provenance.source)]
    texts += [text for c in section.claims for text in (c.statement, c.verdict.reason)]
    for text in texts:
        assert text["sv"].strip() and text["en"].strip()
        assert text["sv"] != text["en"], text
    for fact in section.facts:
        assert all(fact.text[edition].strip() for edition in EDITIONS), fact.id
        assert "nan" not in f" {fact.text['en']} ".split(), fact.id


def chapter(section: Section, edition: str) -> None:
    """The edition's chapter places every figure, table and claim once, and names only facts that there are."""
    text = (ROOT / "report" / edition / f"{section.name}.qmd").read_text("utf-8")
    placed = {
        kind: re.findall(
            pattern.format(edition=edition, section=section.name, dashed=section.name.replace("_", "-")), text
        )
        for kind, pattern in PLACED.items()
    }
    assert sorted(placed["figure"]) == sorted(figure.name for figure in section.figures)
    assert sorted(placed["table"]) == sorted([*(table.name for table in section.tables), "claims"])
    expected = sorted(claim.id.split(".")[1].replace("_", "-") for claim in section.claims)
    assert sorted(placed["claim"]) == expected
    known = {*outputs.describe(section)["facts"], f"{section.name}.claims.caption"}
    assert not {f"{section.name}.{name}" for name in placed["fact"]} - known
