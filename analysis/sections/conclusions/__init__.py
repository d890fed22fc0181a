"""Main conclusions: each is a claim over the claims of earlier sections, by one rule.

The slides conclude that the two-track policy remains, that activation is heterogeneous without known effects, that job
activation is prominent and quid pro quo the cornerstone; and, as new, that activation is becoming institutionalised,
that collaboration has improved, that the PES helps to finance measures and that subsidised employment is used more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd

from analysis.evidence import STREAMS, by_stream, claim_conclusion, outcomes, streams
from analysis.labour_units import MEASURES as REPORTED
from analysis.population import studied
from analysis.sections.conclusions import figures as charts
from analysis.sections.conclusions import new_words, words
from analysis.sections.conclusions.facts import facts
from analysis.sections.conclusions.matrix import matrix_table
from analysis.sections.conclusions.own import UNITS, own_claims
from analysis.sections.conclusions.robustness import of_conclusion
from analysis.shared import statements
from analysis.survey_items import unanswered
from report_engine.model.section import Claim, Column, Figure, Outcome, Provenance, Section, Table, Verdict, combine
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts, borne, lack
from report_engine.results.tables import verdict_column
from report_engine.words import texts
from report_engine.words.editions import EDITIONS, Text

TABLES = ("labour_units", "interviews", "segments", "codebook")
SETTINGS = ("municipalities", "years", "smallest_cell", "bootstrap")
RESTS_ON = (
    "background",
    "knowledge_review",
    "municipal_activation",
    "managers",
    "collaboration",
    "staff",
    "participants",
)

MEASURES = tuple(f"measure_{name}" for name in REPORTED)
SOURCE: Text = {"sv": "Enhetsenkäten", "en": "Survey of labour-market units"}


@dataclass(frozen=True)
class Frames:
    """What the section computes once."""

    units: pd.DataFrame
    values: Mapping[str, pd.DataFrame]
    """One frame an indicator of what is new: municipality_code, year, value (share 0–1)."""
    new: pd.DataFrame
    own: tuple[Claim, ...]
    claims: Mapping[str, Claim]
    """All claims a conclusion can rest on, by id: those of earlier sections and this section's own tests."""
    found: Mapping[str, Mapping[str, Outcome]]
    """For each conclusion what each of its claims says for it."""
    verdicts: Mapping[str, Verdict]
    overall: Mapping[str, Outcome]
    matrix: pd.DataFrame


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables and the earlier sections' claims."""
    inputs = studied(inputs)
    found = compute(inputs)
    parts = Parts("conclusions", inputs, texts.load("conclusions"))
    parts.label("conclusion", lambda: {conclusion.name: conclusion.short for conclusion in words.CONCLUSIONS})
    parts.label("stream", lambda: words.STREAM_WORDS)
    parts.label("indicator", lambda: words.INDICATORS)
    parts.label("claims", lambda: statements(found.matrix["claims"], found.claims))
    _figures(parts, inputs, found)
    parts.table("conclusions", lambda: _table(found))
    parts.table("matrix", lambda: matrix_table(found.matrix, _evidence(found)))
    facts(parts, inputs, found)
    parts.claims((*found.own, *_conclusions(found)))
    return parts.section()


def compute(inputs: Inputs) -> Frames:
    """Compute the section's frames and verdicts; ``parts.Absent`` where the data do not bear them."""
    units = borne(lambda: _units(inputs))
    values = {name: borne(partial(indicator, units, name)) for name in words.INDICATORS}
    own = own_claims(inputs, units, values)
    known = {**inputs.claims, **{claim.id: claim for claim in own}}
    found = {
        conclusion.name: outcomes(conclusion.evidence, known, f"conclusions.{conclusion.name}")
        for conclusion in words.CONCLUSIONS
    }
    verdicts = {name: claim_conclusion(said) for name, said in found.items()}
    return Frames(
        units=units,
        values=values,
        new=borne(lambda: _new(values)),
        own=own,
        claims=known,
        found=found,
        verdicts=verdicts,
        overall={name: verdict.outcome for name, verdict in verdicts.items()},
        matrix=matrix(found, known, verdicts),
    )


def _units(inputs: Inputs) -> pd.DataFrame:
    """Keep the units of the settings' municipalities and years; raises Unavailable where none is left."""
    settings, units = inputs.settings, inputs.tables["labour_units"]
    units = units[
        units["municipality_code"].isin(settings.municipalities)
        & units["year"].between(settings.years.first, settings.years.last)
    ]
    if units.empty:
        lack(
            "Enhetsenkäten har inga uppgifter för studiens kommuner och år.",
            "The survey of labour-market units has no data on the municipalities and years studied.",
        )
    return units


def _new(values: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Put the yearly sums of the indicators below each other; those without a value are left out."""
    frames = [over_years(name, frame) for name, frame in values.items()]
    known = [frame for frame in frames if not frame.empty]
    if not known:
        unanswered()
    return pd.concat(known, ignore_index=True)


def indicator(units: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return an indicator of what is new as ``municipality_code``, ``year``, ``value`` (share 0–1; yes/no as 1/0)."""
    measures = units[list(MEASURES)]
    column = {
        "degrees": lambda: units["staff_with_relevant_degree_share"],
        "premises": lambda: units["purpose_built_premises"].astype("Float64"),
        "plans": lambda: units["individual_plan_share"],
        "cofinancing": lambda: units["pes_cofinanced_share"],
        "subsidised": lambda: units["measure_subsidised_employment"] / measures.sum(axis=1).replace(0, pd.NA),
    }[name]()
    return units[["municipality_code", "year"]].assign(value=column.astype("Float64").astype("float64"))


def over_years(name: str, values: pd.DataFrame) -> pd.DataFrame:
    """Sum up an indicator by year: ``indicator``, ``year``, ``mean``, ``low``, ``high``, ``municipalities``.

    The range is missing for an indicator that is only 0 or 1 in each municipality.
    """
    known = values.dropna(subset=["value"])
    yearly = known.groupby("year")["value"].agg(mean="mean", low="min", high="max", municipalities="size").reset_index()
    if known["value"].isin([0.0, 1.0]).all():
        yearly[["low", "high"]] = float("nan")
    return yearly.assign(indicator=name)[["indicator", "year", "mean", "low", "high", "municipalities"]]


def matrix(
    found: Mapping[str, Mapping[str, Outcome]], known: Mapping[str, Claim], verdicts: Mapping[str, Verdict]
) -> pd.DataFrame:
    """Give one row a conclusion and stream of evidence that bears on it, and one for ``overall``: the verdict and the claims behind."""
    rows = []
    for name, said in found.items():
        for stream, verdict in by_stream(said, known).items():
            behind = [id_ for id_ in said if stream in streams(known[id_])]
            rows.append({"conclusion": name, "stream": stream, "verdict": verdict, "claims": " ".join(behind)})
        overall = verdicts[name].outcome
        rows.append({"conclusion": name, "stream": "overall", "verdict": overall, "claims": " ".join(said)})
    return pd.DataFrame(rows)


def _conclusions(found: Frames) -> tuple[Claim, ...]:
    made = []
    for conclusion in words.CONCLUSIONS:
        behind = [found.claims[id_] for id_ in found.found[conclusion.name]]
        made.append(
            Claim(
                id=f"conclusions.{conclusion.name}",
                statement=conclusion.statement,
                verdict=found.verdicts[conclusion.name],
                stream="several",
                tables=tuple(sorted({table for claim in behind for table in claim.tables})),
                origin=combine({claim.origin for claim in behind}),
                figure="conclusions/triangulation",
                rests_on=tuple(claim.id for claim in behind),
                citations=tuple(sorted({key for claim in behind for key in claim.citations})),
                dissent=tuple(sorted({key for claim in behind for key in claim.dissent})),
                robustness=of_conclusion(found.verdicts[conclusion.name], found.found[conclusion.name]),
            )
        )
    return tuple(made)


def _evidence(found: Frames) -> Provenance:
    """What stands under matrix and table: they rest on claims, and through these on all the report's data."""
    behind = {id_: found.claims[id_] for said in found.found.values() for id_ in said}
    return Provenance(
        source={"sv": "Påståendena i rapportens avsnitt", "en": "The claims of the report's sections"},
        origin=combine({claim.origin for claim in behind.values()}),
        tables=tuple(sorted({table for claim in behind.values() for table in claim.tables})),
        n=len(behind),
        n_unit={"sv": "påståenden", "en": "claims"},
    )


def _figures(parts: Parts, inputs: Inputs, found: Frames) -> None:
    titles = words.FIGURES
    parts.figure("triangulation", titles["triangulation"], lambda: _triangulation(found))
    parts.figure("new", titles["new"], lambda: _what_is_new(inputs, found))


def _triangulation(found: Frames) -> Figure:
    rows = {conclusion.name: conclusion.short for conclusion in words.CONCLUSIONS}
    columns = {stream: words.STREAM_WORDS[stream] for stream in (*STREAMS, "overall")}
    drawn = partial(charts.triangulation, rows=rows, columns=columns)
    caption, alt = words.triangulation(found)
    title = words.FIGURES["triangulation"]
    return Figure("triangulation", title, found.matrix, drawn, caption, alt, _evidence(found))


def _what_is_new(inputs: Inputs, found: Frames) -> Figure:
    years = f"{int(found.units['year'].min())}–{int(found.units['year'].max())}"
    caption, alt = new_words.new(found)
    provenance = Provenance(
        {e: f"{SOURCE[e]} {years}" for e in EDITIONS},
        inputs.origin("labour_units"),
        UNITS,
        found.units["municipality_code"].nunique(),
        {"sv": "kommuner", "en": "municipalities"},
    )
    drawn = partial(charts.new, titles=words.INDICATORS)
    return Figure("new", words.FIGURES["new"], found.new, drawn, caption, alt, provenance)


def basis(found: Frames) -> pd.DataFrame:
    """List each conclusion and, below it, the claims it rests on: ``conclusion``, ``claim``, ``verdict``, ``speaks``.

    ``speaks`` is what the claim does to the conclusion: ``for``, ``against``, ``unsure`` or ``nothing``; ``overall`` for the conclusion.
    """
    rows = []
    for name, said in found.found.items():
        rows.append((name, f"conclusions.{name}", found.overall[name], "overall"))
        rows += [(name, id_, found.claims[id_].verdict.outcome, words.SPEAKS[outcome]) for id_, outcome in said.items()]
    return pd.DataFrame(rows, columns=["conclusion", "claim", "verdict", "speaks"])


def _table(found: Frames) -> Table:
    statements: dict[object, Text] = {f"conclusions.{c.name}": c.statement for c in words.CONCLUSIONS}
    statements |= {id_: claim.statement for id_, claim in found.claims.items()}
    return Table(
        name="conclusions",
        data=basis(found),
        columns=(
            Column(
                "conclusion",
                {"sv": "Slutsats", "en": "Conclusion"},
                labels={c.name: c.short for c in words.CONCLUSIONS},
            ),
            Column("claim", {"sv": "Påstående", "en": "Claim"}, labels=statements),
            verdict_column(),
            Column("speaks", {"sv": "Talar", "en": "Speaks"}, labels=words.SPEAKS_WORDS),
        ),
        caption={
            "sv": "Presentationens slutsatser och, under var och en, de påståenden den vilar på med deras utfall och vad de betyder för slutsatsen.",
            "en": "The presentation’s conclusions and, below each, the claims it rests on with their verdicts and what they mean for the conclusion.",
        },
        provenance=_evidence(found),
        note=words.RULE,
    )
