"""Sentences without a claim and claims without a sentence: each kind, one at a time, and the shipped chapters."""

import json
from pathlib import Path

import pytest

from report_engine.render import check, claims
from report_engine.render.claims import problems, span_id
from tests.report_engine.render.conftest import make_project, write

CHAPTER = """# Bakgrund {#sec-background}

Att [kostnaden
växte]{.claim #claim-background-costs-up} prövas, liksom att [deltagarna blev färre]{#claim-background-fewer-people .claim}.
"""
CLAIMS = ("background.costs_up", "background.fewer_people")


def found(text: str, known: tuple[str, ...] = CLAIMS) -> list[str]:
    return [str(problem) for problem in problems("sv", {"background.qmd": text}, known)]


def test_the_id_of_a_sentence_is_the_claims() -> None:
    assert span_id("municipal_activation.goals_lacking") == "claim-municipal-activation-goals-lacking"


def test_chapters_that_mark_every_claim_once_pass() -> None:
    assert found(CHAPTER) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "#claim-background-costs-up",
            "#claim-background-cost-up",
            [
                "report/sv/background.qmd, line 4: no claim of the analysis tests the sentence #claim-background-cost-up"
                ". Did you mean 'claim-background-costs-up'?",
                "report/sv/background.qmd: the claim background.costs_up marks no sentence: write "
                "[...]{.claim #claim-background-costs-up} around it. Did you mean 'claim-background-cost-up'?",
            ],
        ),
        (
            " #claim-background-costs-up",
            "",
            [
                "report/sv/background.qmd, line 4: a claim's sentence needs the claim's id: [...]{.claim #claim-section-name}",
                "report/sv/background.qmd: the claim background.costs_up marks no sentence: write "
                "[...]{.claim #claim-background-costs-up} around it",
            ],
        ),
        (
            "#claim-background-costs-up",
            "#claim-background-fewer-people",
            [
                "report/sv/background.qmd, line 4: #claim-background-fewer-people marks a second sentence "
                "(the first: report/sv/background.qmd, line 4)",
                "report/sv/background.qmd: the claim background.costs_up marks no sentence: write "
                "[...]{.claim #claim-background-costs-up} around it",
            ],
        ),
        ("Att [", "<!-- [x]{.claim #claim-nobodys} -->Att [", []),
    ],
)
def test_what_is_wrong_is_one_line(old: str, new: str, expected: list[str]) -> None:
    assert old in CHAPTER
    assert found(CHAPTER.replace(old, new, 1)) == expected


def test_the_check_of_an_edition_reads_its_chapters(tmp_path: Path) -> None:
    root = make_project(tmp_path, {"index.qmd": "{{< include background.qmd >}}\n", "background.qmd": CHAPTER})
    assert claims.check(root, "sv") == []  # nothing computed yet
    write(root, "data/results/sv/claims.json", json.dumps(dict.fromkeys((*CLAIMS, "staff.tired"))))
    expected = (
        "report/sv/staff.qmd: the claim staff.tired marks no sentence: write [...]{.claim #claim-staff-tired} around it"
    )
    assert [str(problem) for problem in claims.check(root, "sv")] == [expected]
    staged = root / "report/_staging/sv/report.html"
    assert expected in [str(problem) for problem in check(root, "sv", [staged])]
