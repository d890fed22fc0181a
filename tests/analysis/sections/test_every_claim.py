"""What every claim of every section must stand: a world that bears it out and one that doesn't, and changes that are none."""

import dataclasses
import importlib
import re

import pandas as pd
import pytest

from analysis.sections.conclusions.claims import RESTS
from report_engine.contracts import study
from report_engine.model.section import Claim, Outcome, Section, Verdict
from report_engine.results import outputs
from report_engine.results.inputs import Inputs
from report_engine.words import texts
from tests.analysis.sections import worlds
from tests.analysis.sections.bending import Tables
from tests.analysis.sections.checks import ROOT


def built(inputs: Inputs, name: str) -> Section:
    return importlib.import_module(f"analysis.sections.{name}").build(inputs)


def with_settings(inputs: Inputs, **changed: object) -> Inputs:
    """Change settings, and draw few resamples: what is tested here does not hang on their number."""
    few = inputs.settings.bootstrap.model_copy(update={"resamples": 100})
    return dataclasses.replace(inputs, settings=inputs.settings.model_copy(update={"bootstrap": few, **changed}))


def bent(inputs: Inputs, world: worlds.World) -> Inputs:
    tables = {name: frame.copy() for name, frame in inputs.tables.items()}
    world(tables)
    return dataclasses.replace(inputs, tables=tables)


def speaking(inputs: Inputs, *, good: bool) -> Inputs:
    """Let all earlier claims speak for the conclusions, or all against them; one that does both is left undecided."""
    evidence = [x for rests in RESTS.values() for x in rests.evidence]
    against = {x.claim for x in evidence if x.against}
    torn = against & {x.claim for x in evidence if not x.against}

    def turned(claim: Claim) -> Claim:
        outcome: Outcome = "borderline" if claim.id in torn else "holds" if (claim.id in against) != good else "fails"
        return dataclasses.replace(claim, verdict=Verdict(outcome, {}, claim.verdict.reason))

    return dataclasses.replace(inputs, claims={id_: turned(claim) for id_, claim in inputs.claims.items()})


def outcomes(section: Section) -> dict[str, Outcome]:
    return {claim.id: claim.verdict.outcome for claim in section.claims}


@pytest.mark.parametrize("name", study.sections())
def test_each_claim_holds_in_one_world_and_not_in_another(shipped, name):
    good, bad = worlds.WORLDS[name]
    given = with_settings(shipped.inputs(name))
    for_it, against = (
        (speaking(given, good=True), speaking(given, good=False)) if name == "conclusions" else (given,) * 2
    )

    borne_out, contradicted = outcomes(built(bent(for_it, good), name)), outcomes(built(bent(against, bad), name))
    tested = [id_ for id_ in borne_out if id_ not in worlds.NEVER]

    assert set(borne_out) == set(contradicted)
    assert [id_ for id_ in tested if borne_out[id_] != "holds"] == []
    assert [id_ for id_ in tested if contradicted[id_] in ("holds", "untestable")] == []


@pytest.mark.parametrize("name", study.sections())
def test_every_claim_that_has_words_is_declared(shipped, name):
    got = {claim.id.removeprefix(f"{name}.") for claim in shipped.section(name).claims}

    assert got and set(texts.load(name).keys("claims")) == got


def test_only_what_nobody_could_test_is_left_out():
    assert all(id_.split(".")[0] in study.sections() for id_ in worlds.NEVER)
    assert set(worlds.WORLDS) == set(study.sections())


@pytest.mark.parametrize("name", study.sections())
def test_claims_have_size_and_firmness_unless_they_cannot_be_tested(shipped, name):
    for claim in shipped.section(name).claims:
        size, firm = claim.verdict.effect, claim.robustness
        if claim.verdict.outcome == "untestable":
            assert firm is None, claim.id
            continue
        assert size is not None and firm is not None, claim.id
        assert 0 <= firm.same <= firm.draws and firm.draws > 1, claim.id
        assert size.low is None or size.low <= size.value <= size.high, claim.id
        for text in (size.what, firm.over):
            assert text["sv"] and text["en"] and text["sv"] != text["en"], claim.id


def test_literature_claims_cite_studies_of_the_bibliography(shipped):
    known = set(re.findall(r"^@\w+\{([^,]+),", (ROOT / "report" / "references.bib").read_text("utf-8"), re.MULTILINE))
    cited = [c for name in study.sections() for c in shipped.section(name).claims if c.stream == "literature"]

    assert cited
    for claim in cited:
        assert claim.citations and {*claim.citations, *claim.dissent} <= known, claim.id
        assert set(claim.dissent) <= set(claim.citations), claim.id


def test_a_study_that_points_the_other_way_is_named(shipped):
    claims = {claim.id: claim for name in study.sections() for claim in shipped.section(name).claims}

    assert claims["recommendations.sanctions_raise_dependency"].dissent == ("bergmarkbackmanminas2017",)


def test_a_literature_claim_without_citation_is_refused(shipped):
    section = shipped.section("knowledge_review")
    bare = tuple(dataclasses.replace(claim, citations=()) for claim in section.claims)

    with pytest.raises(ValueError, match=r"knowledge_review\.two_tracks is about the literature but cites no study"):
        outputs.describe(dataclasses.replace(section, claims=bare))


def test_each_conclusion_rests_on_claims(shipped):
    concluded = [c for c in shipped.section("conclusions").claims if c.id.split(".")[1] in RESTS]

    assert concluded and all(claim.rests_on for claim in concluded)


@pytest.mark.parametrize("smallest", [1, 40, 95, 1000])
def test_any_smallest_cell_gives_a_section(shipped, smallest):
    for name in study.sections():
        given = shipped.inputs(name)
        section = built(with_settings(given, smallest_cell=smallest), name)
        for item in (*section.figures, *section.tables):
            outputs.refuse_small_cells(f"{name}/{item.name}", item.data, item.provenance, smallest)
        hidden = [c for c in section.claims if set(c.tables) == {"actors"} and c.id != "study.answers_from_all"]
        if smallest == 1000:
            assert all(claim.verdict.outcome == "untestable" for claim in hidden)


def permuted(tables: Tables) -> None:
    for place, name in enumerate(sorted(tables)):
        tables[name] = tables[name].sample(frac=1, random_state=place).reset_index(drop=True)


def reweighted(tables: Tables) -> None:
    if "actors" in tables:
        tables["actors"]["weight"] = tables["actors"]["weight"] * 3.7


def with_another_municipality(tables: Tables) -> None:
    """Add a municipality outside the settings, a copy of a studied one with the opposite answers, in strata of its own."""
    for name in (
        "actors",
        "interviews",
        "labour_units",
        "municipal_accounts",
        "population",
        "exits",
        "segments",
        "survey_frame",
    ):
        if name not in tables:
            continue
        frame = tables[name]
        if name == "survey_frame":
            more = frame.assign(stratum=frame["stratum"] + "-other")
        elif name == "segments":
            more = frame[frame["interview_id"].str.startswith(frame["interview_id"].iloc[0][:4])]
            more = more.assign(interview_id="x" + more["interview_id"], segment_id="x" + more["segment_id"], stance=1)
        else:
            more = frame[frame["municipality_code"] == "0581"].assign(municipality_code="0114")
        if name == "interviews":
            ids = tables["segments"]["interview_id"] if "segments" in tables else frame["interview_id"]
            own = frame[frame["interview_id"].str.startswith(ids.iloc[0][:4])]
            more = own.assign(municipality_code="0114", interview_id="x" + own["interview_id"])
        if name == "actors":
            items = [column for column in frame.columns if f"{column}_missing" in frame.columns]
            more = more.assign(respondent_id="x" + more["respondent_id"], stratum=more["stratum"] + "-other")
            more[items] = 6 - more[items]
        tables[name] = pd.concat([frame, more], ignore_index=True)


@pytest.mark.parametrize("change", [permuted, reweighted, with_another_municipality])
def test_what_does_not_matter_changes_no_verdict(shipped, change):
    for name in study.sections():
        section = shipped.section(name)
        got = built(bent(shipped.inputs(name), change), name)

        assert outcomes(got) == outcomes(section)
        same = {claim.id: claim.robustness for claim in section.claims}
        assert {claim.id: claim.robustness for claim in got.claims} == same
