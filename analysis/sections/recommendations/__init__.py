"""What should be done: the presentation's recommendations, the claims they rest on, and its last claim on sanctions.

The slides ask for less bureaucracy, links between levels, the users' perspective, clear roles, an equal responsibility and the
spread of good examples; and say that research shows job activation and sanctions to raise the risk of dependency.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from analysis.evidence import combine as sum_up
from analysis.evidence import outcomes
from analysis.population import studied
from analysis.sections.recommendations import claims, words
from analysis.sections.recommendations import figures as charts
from analysis.sections.recommendations.facts import facts
from analysis.sections.recommendations.frames import (
    anomalies,
    chosen_units,
    named,
    official_exits,
    resource_and_exits,
    with_official,
)
from analysis.sections.recommendations.robustness import robustness
from analysis.shared import INTERVIEW_TABLES, coded_segments, statements, voiced
from report_engine.contracts import study as declared
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Claim, Column, Figure, Provenance, Section, Table, Verdict, combine
from report_engine.model.verdicts import VERDICT_WORDS
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts, borne, lack, verdict_of
from report_engine.results.tables import verdict_column
from report_engine.words import texts
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.numbers import listing

TABLES = ("labour_units", "exits", "studies", "interviews", "segments", "codebook", "actors", "municipalities")
SETTINGS = ("municipalities", "years", "bootstrap")
RESTS_ON = ("municipal_activation", "managers", "collaboration", "staff", "participants", "conclusions")

UNITS = ("labour_units",)
WINDOW = 3
"""Years that are added up, so that a single year's exits do not decide."""
CONTEXT = ("dahlbergjohanssonmork2008", "sbu2022")
"""Cited beside the studies that test sanctions: they test the demands that go with them."""


@dataclass(frozen=True)
class Frames:
    """What the section computes once."""

    first: int
    last: int
    exits: pd.DataFrame
    """By municipality: code, name, resource_share, exit_share, measures, exits, official (median share 0–1), years."""
    anomalies: pd.DataFrame
    association: Estimate
    official: Estimate
    own: tuple[Claim, ...]
    claims: Mapping[str, Claim]
    matrix: pd.DataFrame


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables and the earlier sections' claims."""
    inputs = studied(inputs)
    found = compute(inputs)
    parts = Parts("recommendations", inputs, texts.load("recommendations"))
    parts.label("recommendation", lambda: {item.name: item.short for item in words.RECOMMENDATIONS})
    parts.label("claim", lambda: statements(found.matrix["claim"], found.claims))
    parts.figure("exits_resource", TITLES["exits_resource"], lambda: _scatter(inputs, found))
    parts.figure("recommendations", TITLES["recommendations"], lambda: _matrix(found))
    parts.table("basis", lambda: _table(found))
    for group in facts(inputs, found):
        parts.facts(group)
    parts.claims(found.own)
    return parts.section()


def compute(inputs: Inputs) -> Frames:
    """Compute the section's frames and its own claims; those not borne are ``Absent``."""
    boot = inputs.settings.bootstrap
    units = borne(lambda: chosen_units(inputs))
    years = borne(lambda: sorted(units["year"].unique())[-WINDOW:])
    official = borne(lambda: official_exits(inputs))
    names = borne(lambda: inputs.tables["municipalities"].set_index("municipality_code")["municipality"])
    exits = borne(lambda: named(resource_and_exits(units[units["year"].isin(years)]), inputs, names))
    strange = borne(lambda: anomalies(official))
    association = borne(lambda: claims.correlation(exits, "resource_share", "exit_share", boot.resamples, boot.seed))
    checked = borne(
        lambda: claims.correlation(
            with_official(exits, official), "resource_share", "official", boot.resamples, boot.seed
        )
    )
    own = _own_claims(inputs, association, checked, strange)
    known = {**inputs.claims, **{claim.id: claim for claim in own}}
    return Frames(
        first=borne(lambda: int(years[0])),
        last=borne(lambda: int(years[-1])),
        exits=exits,
        anomalies=borne(lambda: strange.assign(municipality=strange["municipality_code"].map(names))),
        association=association,
        official=checked,
        own=own,
        claims=known,
        matrix=matrix(known),
    )


def matrix(known: Mapping[str, Claim]) -> pd.DataFrame:
    """Give one row a recommendation and claim it rests on: ``claim``, ``recommendation``, ``verdict``."""
    rows = []
    for item in words.RECOMMENDATIONS:
        found = outcomes(item.evidence, known, f"the recommendation {item.name}")
        rows += [{"claim": id_, "recommendation": item.name, "verdict": verdict} for id_, verdict in found.items()]
    return pd.DataFrame(rows)


def _own_claims(inputs: Inputs, association: Estimate, official: Estimate, strange: pd.DataFrame) -> tuple[Claim, ...]:
    tables = inputs.tables
    coded = borne(lambda: coded_segments(tables["segments"], tables["interviews"]))

    def secrecy() -> Verdict:
        actors, codebook = tables["actors"], tables["codebook"]
        items = [name for name in actors.columns if f"{name}_missing" in actors.columns]
        return claims.claim_secrecy_in_the_way(len(items), int(codebook["parent"].notna().sum()))

    plan: tuple[tuple[str, Callable[[], Verdict], Any, tuple[str, ...], str | None], ...] = (
        ("exits_go_with_resources", lambda: claims.claim_exits_go_with_resources(association), "survey", UNITS,
         "recommendations/exits_resource"),
        ("official_exits_agree", lambda: claims.claim_official_exits_agree(official, len(strange)), "survey",
         (*UNITS, "exits"), None),
        ("sanctions_raise_dependency", lambda: claims.claim_sanctions_raise_dependency(tables["studies"]), "literature",
         ("studies",), None),
        ("person_bound", lambda: voiced(coded, tables["codebook"], "person_bound", words.NO_CODE), "interviews",
         INTERVIEW_TABLES, None),
        ("secrecy_in_the_way", secrecy, "several", ("actors", "codebook"), None),
    )  # fmt: skip
    found = {name: verdict_of(judge) for name, judge, *_ in plan}
    firm = robustness(inputs, coded, {"exits_go_with_resources": association, "official_exits_agree": official}, found)
    cited, dissent = _cited(inputs)
    return tuple(
        Claim(
            f"recommendations.{name}", words.STATEMENTS[name], found[name], stream, used, inputs.origin(*used), figure,
            citations=cited if stream == "literature" else (),
            dissent=dissent if stream == "literature" else (),
            robustness=firm.get(name),
        )
        for name, _, stream, used, figure in plan
    )  # fmt: skip


def _cited(inputs: Inputs) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the studies that test sanctions, with those cited beside them, and those that find no harm."""
    if "studies" in inputs.empty:
        return (), ()
    tried = inputs.tables["studies"][inputs.tables["studies"]["sanctions"].notna()]
    return tuple(sorted({*tried["bib_key"], *CONTEXT})), claims.dissenting(tried)


def _evidence(found: Frames) -> Provenance:
    """What stands under matrix and table: they rest on claims, and through these on all the report's data."""
    behind = [found.claims[id_] for id_ in dict.fromkeys(found.matrix["claim"])]
    return Provenance(
        source={"sv": "Påståendena i rapportens avsnitt", "en": "The claims of the report’s sections"},
        origin=combine({claim.origin for claim in behind}),
        tables=tuple(sorted({table for claim in behind for table in claim.tables})),
        n=len(behind),
        n_unit={"sv": "påståenden", "en": "claims"},
    )


def _scatter(inputs: Inputs, found: Frames) -> Figure:
    years = f"{found.first}–{found.last}" if found.first != found.last else str(found.last)
    source: Text = {"sv": f"Enhetsenkäten {years}", "en": f"Survey of labour-market units {years}"}
    shown = found.exits.dropna(subset=["resource_share", "exit_share"]).reset_index(drop=True)
    if len(shown) < 2:
        lack("För få kommuner för ett samband.", "Too few municipalities for an association.")
    unit: Text = {"sv": "kommuner", "en": "municipalities"}
    provenance = Provenance(source, inputs.origin("labour_units"), UNITS, len(shown), unit)
    told = words.exits_resource(found)
    return Figure("exits_resource", TITLES["exits_resource"], shown, charts.exits_resource, *told, provenance)


def _matrix(found: Frames) -> Figure:
    rows = {id_: found.claims[id_].statement for id_ in dict.fromkeys(found.matrix["claim"])}
    draw = partial(charts.recommendations, rows=rows, columns={item.name: item.short for item in words.RECOMMENDATIONS})
    told = words.recommendations(found)
    return Figure("recommendations", TITLES["recommendations"], found.matrix, draw, *told, _evidence(found))


def basis(known: Mapping[str, Claim]) -> pd.DataFrame:
    """Sum up what each recommendation rests on: ``recommendation``, ``verdict``, the number of claims by verdict, ``sections``."""
    rows = []
    for item in words.RECOMMENDATIONS:
        found = [known[x.claim].verdict.outcome for x in item.evidence]
        row: dict[str, object] = {"recommendation": item.name, "verdict": sum_up(found)}
        row |= {outcome: found.count(outcome) for outcome in VERDICT_WORDS}
        sections = {x.claim.split(".")[0] for x in item.evidence}
        rows.append({**row, "sections": " ".join(sorted(sections, key=declared.sections().index))})
    return pd.DataFrame(rows)


def _table(found: Frames) -> Table:
    data = basis(found.claims)
    titles: dict[str, Text] = {
        **declared.load().sections,
        "recommendations": {"sv": "detta avsnitt", "en": "this section"},
    }
    sections: dict[object, Text] = {
        names: {e: listing([titles[name][e] for name in names.split(" ")], e) for e in EDITIONS}
        for names in data["sections"]
    }
    counts = tuple(
        Column(outcome, {"sv": word["sv"].capitalize(), "en": word["en"].capitalize()}, "integer")
        for outcome, word in VERDICT_WORDS.items()
        if data[outcome].any()
    )
    return Table(
        name="basis",
        data=data,
        columns=(
            Column(
                "recommendation",
                {"sv": "Rekommendation", "en": "Recommendation"},
                labels={item.name: item.statement for item in words.RECOMMENDATIONS},
            ),
            Column("verdict", {"sv": "Underlaget", "en": "The basis"}, labels=verdict_column().labels),
            *counts,
            Column("sections", {"sv": "Avsnitt", "en": "Sections"}, labels=sections),
        ),
        caption={
            "sv": "Presentationens rekommendationer: vad underlaget sammantaget säger, antal påståenden efter utfall och de avsnitt de kommer ur.",
            "en": "The presentation’s recommendations: what the basis says as a whole, number of claims by verdict and the sections they come from.",
        },
        provenance=_evidence(found),
        note=NOTE,
    )


TITLES: Mapping[str, Text] = {
    "exits_resource": {"sv": "Resursaktivering och avslut", "en": "Resource activation and exits"},
    "recommendations": {"sv": "Vad rekommendationerna vilar på", "en": "What the recommendations rest on"},
}
NOTE: Text = {
    "sv": "Utfallet gäller påståendena bakom, efter samma regel som för slutsatserna. En rekommendation kan varken hålla eller "
    "inte hålla.",
    "en": "The verdict is on the claims behind, by the same rule as for the conclusions. A recommendation itself can neither "
    "hold nor fail.",
}
