"""The chapters as an editor reads them: claims are said, not labelled, and every word that is explained is used."""

import re
from pathlib import Path

import pytest

from report_engine.provenance.place import ROOT
from report_engine.render.editions import visible
from report_engine.words.editions import EDITIONS, Edition

LABELLED = {
    "sv": r"får utfallet|utfallet:|utfall: \*|\bAtt \[",
    "en": r"gets? the verdict|verdict:|\bThat \[",
}
"""How a sentence labels its claim where it should say it: the mark behind it is the verdict."""
MOST = 2

NOT_ENGLISH = re.compile(
    r"between chairs|quid pro quo|finds? so\b|without need|task work|competence-building|Försäkringskassan(?!, FK)",
    re.I,
)
TRANSLATED = "the Swedish image is to fall between chairs"


def chapters(edition: Edition) -> dict[Path, str]:
    folder = ROOT / "report" / edition
    return {
        path: visible(path.read_text("utf-8")) for path in sorted([*folder.glob("*.qmd"), *folder.glob("slides/*.md")])
    }


@pytest.mark.parametrize("edition", EDITIONS)
def test_sentences_say_their_claims(edition: Edition) -> None:
    found = [
        (path.name, hit[0]) for path, text in chapters(edition).items() for hit in re.finditer(LABELLED[edition], text)
    ]
    assert len(found) <= MOST, found


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_claim_is_followed_by_its_verdict_in_words(edition: Edition) -> None:
    beside = re.compile(r"\.claim #claim-[\w-]+\}\W*\{\{< fact [\w.]+\.verdict >")
    assert [(path.name, hit[0]) for path, text in chapters(edition).items() for hit in beside.finditer(text)] == []


def test_the_english_edition_is_english() -> None:
    texts = {path.name: text.replace(TRANSLATED, "") for path, text in chapters("en").items()}
    assert [(name, hit[0]) for name, text in texts.items() for hit in NOT_ENGLISH.finditer(text)] == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_word_that_is_explained_is_used(edition: Edition) -> None:
    texts = chapters(edition)
    glossary = texts[ROOT / "report" / edition / "appendix_method.qmd"].partition("{#sec-appendix-method-words")[2]
    terms = [re.sub(r" \(.*", "", term) for term in re.findall(r"\*\*(.+?)\*\*", glossary)]
    elsewhere = re.sub(r"\s+", " ", " ".join(texts.values()).replace(glossary, ""))
    unused = [term for term in terms if not re.search(re.escape(term[:-1]), elsewhere, re.I)]
    assert len(terms) >= 10 and unused == []
