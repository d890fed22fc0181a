"""A single municipality is not counted: what is said of it reads as if written so, in both editions."""

import dataclasses
import re

import pytest

from report_engine.contracts import study
from report_engine.model.section import Section
from report_engine.results.tables import source_line
from report_engine.words.editions import EDITIONS
from tests.analysis.sections.conftest import ROOT, Shipped, built_with
from tests.analysis.sections.test_origins import said

ODD = {
    "sv": re.compile(
        r"\b(1|en|ett|noll) (kommuner|grupper|intervjuer)\b|\b1 av 1\b|\b(en|ett|ingen|inget|noll) av (en|ett)\b"
        r"|\balla (en|ett|1)\b|\bnoll (av|värden)\b|\bnan\b|Norrköping.*Norrköping",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\b(1|one|zero) (municipalities|groups|interviews|counties)\b|\b1 of 1\b|\b(one|none|zero) of one\b"
        r"|\ball (one|1)\b|\bzero (of|values)\b|\bnan\b|Norrköping.*Norrköping",
        re.IGNORECASE,
    ),
}


@pytest.fixture(scope="module")
def one(shipped: Shipped) -> dict[str, Section]:
    return built_with(
        shipped,
        lambda given: dataclasses.replace(
            given,
            settings=given.settings.model_copy(
                update={
                    "municipalities": ("0581",),
                    "bootstrap": given.settings.bootstrap.model_copy(update={"resamples": 100}),
                }
            ),
        ),
    )


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", study.sections())
def test_results_of_one_municipality_read_well(one: dict[str, Section], name: str, edition: str) -> None:
    section = one[name]
    items = (*section.figures, *section.tables)
    texts = [source_line(item.provenance, edition) for item in items]
    texts += [text for item in items for text in said(item.caption[edition])]
    texts += [claim.verdict.reason[edition] for claim in section.claims]
    texts += [fact.text[edition] for fact in section.facts]
    assert [text for text in texts if ODD[edition].search(text)] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_chapters_and_slides_on_one_municipality_read_well(one: dict[str, Section], edition: str) -> None:
    facts = {fact.id: fact.text[edition] for section in one.values() for fact in section.facts}
    folder = ROOT / "report" / edition
    odd = []
    for path in sorted([*folder.glob("*.qmd"), *(folder / "slides").glob("*.md")]):
        for text in re.split(r"\n{2,}", path.read_text("utf-8")):
            filled = re.sub(r"{{< fact ([\w.]+) >}}", lambda found: facts.get(found[1], "…"), " ".join(text.split()))
            odd += [f"{path.name}: {found[0]}" for found in ODD[edition].finditer(filled)]
    assert odd == []
