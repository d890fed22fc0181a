"""What should be done: the presentation's recommendations, the claims they rest on, and its last claim on sanctions.

The slides ask for less bureaucracy, links between levels, the users' perspective, clear roles, an equal responsibility and the
spread of good examples; and say that research shows job activation and sanctions to raise the risk of dependency.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from analysis.methods.estimate import Estimate
from analysis.model import EDITIONS, Claim, Column, Figure, Inputs, Provenance, Section, Table, Text, Verdict, combine
from analysis.numbers import listing
from analysis.sections import SECTION_TITLES, SECTIONS
from analysis.sections import recommendations_charts as charts
from analysis.sections import recommendations_claims as claims
from analysis.sections import recommendations_words as words
from analysis.sections.conclusions_evidence import combine as sum_up
from analysis.sections.conclusions_evidence import outcomes
from analysis.sections.recommendations_facts import facts
from analysis.sections.recommendations_robustness import robustness
from analysis.sections.shared import INTERVIEW_TABLES, coded_segments, voiced
from analysis.sections.studied import studied
from analysis.tables import VERDICT_WORDS, verdict_column

TABLES = ("labour_units", "exits", "studies", "interviews", "segments", "codebook", "actors", "municipalities")
SETTINGS = ("municipalities", "years", "bootstrap")
RESTS_ON = ("municipal_activation", "managers", "collaboration", "staff", "participants", "conclusions")

UNITS = ("labour_units",)
RESOURCE = ("measure_education", "measure_subsidised_employment")
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
    return Section(
        "recommendations",
        figures=_figures(inputs, found),
        tables=(_table(found),),
        facts=facts(inputs, found),
        claims=found.own,
    )


def compute(inputs: Inputs) -> Frames:
    """Compute the section's frames and its own claims."""
    settings, boot = inputs.settings, inputs.settings.bootstrap
    units = inputs.tables["labour_units"]
    units = units[units["municipality_code"].isin(settings.municipalities) & (units["year"] <= settings.years.last)]
    if units.empty:
        raise ValueError("recommendations: labour_units has no row for the municipalities and years in config.yaml")
    years = sorted(units["year"].unique())[-WINDOW:]
    exits = resource_and_exits(units[units["year"].isin(years)])
    official = inputs.tables["exits"][inputs.tables["exits"]["municipality_code"].isin(settings.municipalities)]
    names = inputs.tables["municipalities"].set_index("municipality_code")["municipality"]
    exits = exits.merge(official_medians(official), on="municipality_code", how="left")
    exits.insert(1, "municipality", exits["municipality_code"].map(names).fillna(exits["municipality_code"]))
    strange = anomalies(official)
    association = claims.correlation(exits, "resource_share", "exit_share", boot.resamples, boot.seed)
    checked = claims.correlation(exits, "resource_share", "official", boot.resamples, boot.seed)
    own = _own_claims(inputs, association, checked, len(strange))
    known = {**inputs.claims, **{claim.id: claim for claim in own}}
    return Frames(
        first=int(years[0]),
        last=int(years[-1]),
        exits=exits,
        anomalies=strange.assign(municipality=strange["municipality_code"].map(names)),
        association=association,
        official=checked,
        own=own,
        claims=known,
        matrix=matrix(known),
    )


def resource_and_exits(units: pd.DataFrame) -> pd.DataFrame:
    """Add up the years of each municipality: the share of resource activation and of exits to work or study.

    ``units`` is the tidy ``labour_units`` of the years wanted. Returns ``municipality_code``, ``resource_share``, ``exit_share``
    (0–1; NaN without measures or exits), ``measures``, ``exits`` (whole numbers), sorted by code.
    """
    measures = sorted(name for name in units.columns if name.startswith("measure_"))
    counts = [*measures, "exits_total", "exits_work", "exits_study"]
    sums = units.groupby("municipality_code", sort=True)[counts].sum().astype("float64")
    total, exits = sums[measures].sum(axis=1), sums["exits_total"]
    return pd.DataFrame(
        {
            "municipality_code": sums.index,
            "resource_share": (sums[list(RESOURCE)].sum(axis=1) / total.where(total > 0)).to_numpy(),
            "exit_share": ((sums["exits_work"] + sums["exits_study"]) / exits.where(exits > 0)).to_numpy(),
            "measures": total.astype("int64").to_numpy(),
            "exits": exits.astype("int64").to_numpy(),
        }
    )


def official_medians(official: pd.DataFrame) -> pd.DataFrame:
    """Return each municipality's median official exit share: ``municipality_code``, ``official`` (0–1), ``official_years``.

    The median keeps single implausible years from deciding.
    """
    known = official.dropna(subset=["exit_to_work_or_study_percent"])
    shares = known.groupby("municipality_code", sort=True)["exit_to_work_or_study_percent"]
    return pd.DataFrame({"official": shares.median() / 100, "official_years": shares.size()}).reset_index()


def anomalies(official: pd.DataFrame) -> pd.DataFrame:
    """List official exit shares far from the municipality's own median: ``year``, ``municipality_code``, the share and ``median``."""
    column = "exit_to_work_or_study_percent"
    median = official.groupby("municipality_code")[column].transform("median")
    far = (official[column] - median).abs() > claims.ANOMALY
    kept = official.assign(median=median)[far.fillna(False)]
    return kept[["year", "municipality_code", column, "median"]].sort_values(
        ["municipality_code", "year"], ignore_index=True
    )


def matrix(known: Mapping[str, Claim]) -> pd.DataFrame:
    """Give one row a recommendation and claim it rests on: ``claim``, ``recommendation``, ``verdict``."""
    rows = []
    for item in words.RECOMMENDATIONS:
        found = outcomes(item.evidence, known, f"the recommendation {item.name}")
        rows += [{"claim": id_, "recommendation": item.name, "verdict": verdict} for id_, verdict in found.items()]
    return pd.DataFrame(rows)


def _own_claims(inputs: Inputs, association: Estimate, official: Estimate, flagged: int) -> tuple[Claim, ...]:
    coded = coded_segments(inputs.tables["segments"], inputs.tables["interviews"])
    codebook, actors = inputs.tables["codebook"], inputs.tables["actors"]
    bound = voiced(coded, codebook, "person_bound", words.NO_CODE)
    items = [name for name in actors.columns if f"{name}_missing" in actors.columns]
    asked = ("actors", "codebook")
    plan: tuple[tuple[str, Verdict, Any, tuple[str, ...], str | None], ...] = (
        ("exits_go_with_resources", claims.claim_exits_go_with_resources(association), "survey", UNITS,
         "recommendations/exits_resource"),
        ("official_exits_agree", claims.claim_official_exits_agree(official, flagged), "survey", (*UNITS, "exits"), None),
        ("sanctions_raise_dependency", claims.claim_sanctions_raise_dependency(inputs.tables["studies"]), "literature",
         ("studies",), None),
        ("person_bound", bound, "interviews", INTERVIEW_TABLES, None),
        ("secrecy_in_the_way", claims.claim_secrecy_in_the_way(len(items), int(codebook["parent"].notna().sum())),
         "several", asked, None),
    )  # fmt: skip
    tested = inputs.tables["studies"][inputs.tables["studies"]["sanctions"].notna()]
    associations = {"exits_go_with_resources": association, "official_exits_agree": official}
    firm = robustness(inputs, coded, associations, {name: verdict for name, verdict, *_ in plan})
    return tuple(
        Claim(
            f"recommendations.{name}", words.STATEMENTS[name], verdict, stream, tables, inputs.origin(*tables), figure,
            citations=tuple(sorted({*tested["bib_key"], *CONTEXT})) if stream == "literature" else (),
            dissent=claims.dissenting(tested) if stream == "literature" else (),
            robustness=firm.get(name),
        )
        for name, verdict, stream, tables, figure in plan
    )  # fmt: skip


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


def _figures(inputs: Inputs, found: Frames) -> tuple[Figure, ...]:
    rows = {id_: found.claims[id_].statement for id_ in dict.fromkeys(found.matrix["claim"])}
    columns = {item.name: item.short for item in words.RECOMMENDATIONS}
    years = f"{found.first}–{found.last}" if found.first != found.last else str(found.last)
    source: Text = {"sv": f"Enhetsenkäten {years}", "en": f"Survey of labour-market units {years}"}
    shown = found.exits.dropna(subset=["resource_share", "exit_share"]).reset_index(drop=True)
    told, said = words.exits_resource(found), words.recommendations(found)
    return (
        Figure(
            "exits_resource",
            {"sv": "Resursaktivering och avslut", "en": "Resource activation and exits"},
            shown,
            charts.exits_resource,
            told[0],
            told[1],
            Provenance(
                source, inputs.origin("labour_units"), UNITS, len(shown), {"sv": "kommuner", "en": "municipalities"}
            ),
        ),
        Figure(
            "recommendations",
            {"sv": "Vad rekommendationerna vilar på", "en": "What the recommendations rest on"},
            found.matrix,
            partial(charts.recommendations, rows=rows, columns=columns),
            said[0],
            said[1],
            _evidence(found),
        ),
    )


def basis(known: Mapping[str, Claim]) -> pd.DataFrame:
    """Sum up what each recommendation rests on: ``recommendation``, ``verdict``, the number of claims by verdict, ``sections``."""
    rows = []
    for item in words.RECOMMENDATIONS:
        found = [known[x.claim].verdict.outcome for x in item.evidence]
        row: dict[str, object] = {"recommendation": item.name, "verdict": sum_up(found)}
        row |= {outcome: found.count(outcome) for outcome in VERDICT_WORDS}
        sections = {x.claim.split(".")[0] for x in item.evidence}
        rows.append({**row, "sections": " ".join(sorted(sections, key=SECTIONS.index))})
    return pd.DataFrame(rows)


def _table(found: Frames) -> Table:
    data = basis(found.claims)
    titles: dict[str, Text] = {**SECTION_TITLES, "recommendations": {"sv": "detta avsnitt", "en": "this section"}}
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


NOTE: Text = {
    "sv": "Utfallet gäller påståendena bakom, efter samma regel som för slutsatserna. En rekommendation kan varken hålla eller "
    "inte hålla.",
    "en": "The verdict is on the claims behind, by the same rule as for the conclusions. A recommendation itself can neither "
    "hold nor fail.",
}
