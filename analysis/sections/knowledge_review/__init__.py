"""Knowledge review: what earlier research says of municipal labour-market policy, and why municipalities run their own.

The slides describe a policy on two tracks since the 1990s (the state for the insured, the municipalities for recipients of
social assistance), four reasons for municipal activation, a PES that chooses whom it serves, and research that is thin.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from analysis.actors import ACTORS
from analysis.population import studied
from analysis.sections.knowledge_review import claims, words
from analysis.sections.knowledge_review import figures as charts
from analysis.sections.knowledge_review.robustness import robustness
from analysis.sections.knowledge_review.tracks import LABELS, TRACKS
from analysis.shared import code_names
from report_engine.methods.disclosure import suppress, suppressed_cells
from report_engine.methods.stances import primary
from report_engine.model.section import Claim, Column, Figure, Provenance, Section, Stream, Table, Unavailable, Verdict
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts, borne, lack, verdict_of
from report_engine.words import texts
from report_engine.words.editions import Text

TABLES = ("studies", "segments", "interviews", "codebook")
SETTINGS = ("municipalities", "smallest_cell")
RESTS_ON = ()

Labels = Mapping[str, Mapping[object, Text]]
Judged = tuple[str, Verdict, str, tuple[str, ...]]

REASONS = ("reason_passive_pes", "reason_low_quality_pes", "reason_local_adaptation", "reason_weak_cooperation")
"""The four reasons in the order of the slides, (i) to (iv)."""

MUNICIPAL = ("social_services_manager", "labour_unit_manager", "social_worker", "labour_unit_staff")

TWO_TRACKS = ("panicanulmestig2017", "ulmestig2007", "ulmestigpanican2017rir", "ulmestigpanican2018")
SANCTIONS_CONTEXT = ("dahlbergjohanssonmork2008", "sbu2022")
"""Cited beside the studies that test sanctions: they test the demands that go with them."""


@dataclass(frozen=True)
class Frames:
    """The frames of this section, computed once."""

    studies: pd.DataFrame
    themes: pd.DataFrame
    timeline: pd.DataFrame
    reasons: pd.DataFrame
    voiced: pd.DataFrame
    said: pd.DataFrame  # the segments that put a reason forward, with their municipality
    names: pd.Series  # bib key -> how the study is named, per edition


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    inputs = studied(inputs)
    computed = compute(inputs)
    parts = Parts("knowledge_review", inputs, texts.load("knowledge_review"))
    parts.label("code", lambda: code_names(inputs.tables["codebook"]))
    parts.label("result", lambda: charts.RESULT_KINDS)
    for column, names in LABELS.items():
        parts.label(column, partial(dict, names))
    for name, make in _figures(inputs, computed).items():
        parts.figure(name, words.TITLES[name], make)
    parts.table("studies", lambda: _studies_table(inputs, computed))
    for group in words.facts(inputs, computed):
        parts.facts(group)
    parts.claims(_claims(inputs, computed))
    return parts.section()


def compute(inputs: Inputs) -> Frames:
    """Compute the section's frames; those not borne are ``Absent``."""
    tables = inputs.tables
    studies = borne(lambda: tables["studies"].sort_values(["year", "bib_key"], ignore_index=True))
    labels = inputs.labels["studies"]
    names = borne(
        lambda: pd.Series({row.bib_key: words.study_name(row.authors_short, row.year) for row in studies.itertuples()})
    )
    segments = borne(lambda: primary(tables["segments"], tables["interviews"]))
    voiced = borne(lambda: voiced_segments(segments, tables["interviews"], _coded(tables["codebook"])))
    return Frames(
        studies=studies,
        themes=borne(lambda: theme_rows(studies, labels)),
        timeline=borne(lambda: timeline_rows(studies, labels, names)),
        reasons=borne(lambda: reason_rows(segments, _voiced(voiced), tables["codebook"], inputs)),
        voiced=borne(lambda: reason_reach(voiced, list(inputs.settings.municipalities))),
        said=borne(lambda: voiced[["code", "speaker_actor", "municipality_code"]]),
        names=names,
    )


def _coded(codebook: pd.DataFrame) -> tuple[str, ...]:
    if not set(REASONS) <= set(codebook["code"]):
        lack("Kodboken saknar något av skälen.", "The codebook lacks one of the reasons.")
    return REASONS


def _voiced(voiced: pd.DataFrame) -> pd.DataFrame:
    if voiced.empty:
        lack("Inget segment för fram något av skälen.", "No segment puts any of the reasons forward.")
    return voiced


def theme_rows(studies: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    """Count studies in every combination of theme (largest first) and direction (as the contract lists them).

    Returns ``theme``, ``theme_sv``, ``theme_en``, ``direction``, ``direction_sv``, ``direction_en``, ``studies`` (int64).
    """
    sizes = studies["theme"].value_counts()
    order = sorted(sizes.index, key=lambda theme: (-sizes[theme], theme))
    grid = pd.MultiIndex.from_product([order, list(labels["direction"])], names=["theme", "direction"])
    frame = studies.groupby(["theme", "direction"]).size().reindex(grid, fill_value=0).rename("studies").reset_index()
    return _labelled(frame, {name: labels[name] for name in ("theme", "direction")})


def timeline_rows(studies: pd.DataFrame, labels: Labels, names: pd.Series) -> pd.DataFrame:
    """List the studies with theme (earliest first) and kind of result: tested, descriptive or not_read.

    Returns ``bib_key``, ``study_sv``, ``study_en``, ``year``, ``theme``, ``theme_sv``, ``theme_en``, ``result``.
    """
    first = studies.groupby("theme")["year"].min()
    order = {theme: place for place, theme in enumerate(sorted(first.index, key=lambda theme: (first[theme], theme)))}
    frame = studies[["bib_key", "year", "theme"]].copy()
    kinds = studies["direction"].where(studies["direction"].isin(["descriptive", "not_read"]), "tested")
    frame["result"] = kinds.astype("str")
    for edition in ("sv", "en"):
        frame[f"study_{edition}"] = [names[key][edition] for key in frame["bib_key"]]
    frame = _labelled(frame, {"theme": labels["theme"]})
    return frame.sort_values(
        ["theme", "year", "bib_key"], key=lambda c: c.map(order) if c.name == "theme" else c, ignore_index=True
    )


def _labelled(frame: pd.DataFrame, labels: Labels) -> pd.DataFrame:
    for column, named in labels.items():
        for edition in ("sv", "en"):
            frame[f"{column}_{edition}"] = [named[value][edition] for value in frame[column]]
    return frame


def voiced_segments(segments: pd.DataFrame, interviews: pd.DataFrame, codes: tuple[str, ...]) -> pd.DataFrame:
    """Keep the segments that put a reason forward: those with one of ``codes`` that do not speak against it (stance −1).

    ``segments`` is one coder's. Returns them with ``municipality_code``.
    """
    chosen = segments[segments["code"].isin(codes) & ~(segments["stance"] == -1).fillna(False)]
    places = interviews.set_index("interview_id")["municipality_code"]
    return chosen.assign(municipality_code=chosen["interview_id"].map(places))


def keys(studies: pd.DataFrame, bearing: "pd.Series | None" = None) -> tuple[str, ...]:
    """Return the bib keys, sorted, of the studies that bear a claim out; of all that it counts where none does."""
    chosen = studies if bearing is None or not bearing.any() else studies[bearing]
    return tuple(sorted(chosen["bib_key"]))


def reason_rows(segments: pd.DataFrame, voiced: pd.DataFrame, codebook: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Count how often each actor voices each reason, small cells suppressed.

    Returns, in the order of the slides and of the actors (those without any left out): ``code``, ``name_sv``,
    ``name_en``, ``actor``, ``actor_sv``, ``actor_en``, ``share`` (of the actor's segments, 0–1), ``n`` (segments),
    ``suppressed``.
    """
    present = [actor for actor in ACTORS if (voiced["speaker_actor"] == actor).any()]
    grid = pd.MultiIndex.from_product([REASONS, present], names=["code", "actor"])
    counts = voiced.groupby(["code", "speaker_actor"]).size()
    frame = counts.reindex(grid, fill_value=0).rename("n").reset_index()
    frame["share"] = frame["n"] / frame["actor"].map(segments["speaker_actor"].value_counts())
    names = codebook.set_index("code")
    for edition in ("sv", "en"):
        frame[f"name_{edition}"] = frame["code"].map(names[f"name_{edition}"])
        frame[f"actor_{edition}"] = [inputs.labels["segments"]["speaker_actor"][a][edition] for a in frame["actor"]]
    shown = suppress(frame, "n", ["share"], smallest=inputs.settings.smallest_cell)
    columns = ["code", "name_sv", "name_en", "actor", "actor_sv", "actor_en", "share", "n", "suppressed"]
    return shown[columns]


def reason_reach(voiced: pd.DataFrame, codes: list[str]) -> pd.DataFrame:
    """Count the municipalities in which a municipal actor voices each reason: ``code``, ``municipalities``, ``n`` (segments)."""
    own = voiced[voiced["speaker_actor"].isin(MUNICIPAL) & voiced["municipality_code"].isin(codes)]
    groups = own.groupby("code")
    frame = pd.DataFrame({"municipalities": groups["municipality_code"].nunique(), "n": groups.size()})
    return frame.reindex(list(REASONS), fill_value=0).rename_axis("code").reset_index()


LITERATURE: Text = {
    "sv": "Rapportens kodning av publicerad forskning",
    "en": "This report's coding of published research",
}
STUDIES: Text = {"sv": "studier", "en": "studies"}


def _figures(inputs: Inputs, computed: Frames) -> dict[str, Callable[[], Figure]]:
    described: Text = {
        "sv": "Egen framställning efter presentationen, Ulmestig (2007) samt Ulmestig och Panican (2018)",
        "en": "Own account after the presentation, Ulmestig (2007) and Ulmestig and Panican (2018)",
    }
    spoken, small = ("segments", "interviews", "codebook"), inputs.settings.smallest_cell

    def coded() -> Provenance:
        return Provenance(LITERATURE, inputs.origin("studies"), ("studies",), len(computed.studies), STUDIES)

    def heard() -> Provenance:
        source: Text = {"sv": "Gruppintervjuer", "en": "Group interviews"}
        unit: Text = {"sv": "synliga segment", "en": "segments shown"}
        shown, hidden = int(computed.reasons["n"].sum()), suppressed_cells(computed.reasons)
        return Provenance(source, inputs.origin(*spoken), spoken, shown, unit, hidden)

    plan = (
        ("themes", lambda: computed.themes, charts.themes, lambda: words.themes(computed), coded),
        ("timeline", lambda: computed.timeline, charts.timeline, lambda: words.timeline(computed), coded),
        ("tracks", lambda: TRACKS, charts.tracks, words.tracks,
         lambda: Provenance(described, "literature", ("studies",))),
        ("reasons", lambda: computed.reasons, charts.reasons, lambda: words.reasons(computed, small), heard),
    )  # fmt: skip

    def made(name: str, data: Any, draw: Any, write: Any, provenance: Any) -> Figure:
        shown, (caption, alt) = data(), write()
        return Figure(name, words.TITLES[name], shown, draw, caption, alt, provenance())

    return {name: partial(made, name, *rest) for name, *rest in plan}


def _studies_table(inputs: Inputs, computed: Frames) -> Table:
    labels = inputs.labels["studies"]
    shown = computed.studies[computed.studies["direction"].isin(claims.RESULTS)].reset_index(drop=True)
    if shown.empty:
        lack("Ingen studie säger något om vad aktivering leder till.", "No study says what activation leads to.")
    columns = ["bib_key", "theme", "method", "direction", "sanctions", "coding_basis"]
    return Table(
        name="studies",
        data=shown[[*columns, "year", "title"]],
        columns=(
            Column("bib_key", {"sv": "Studie", "en": "Study"}, labels=computed.names.to_dict()),
            Column("method", {"sv": "Metod", "en": "Method"}, labels=labels["method"]),
            Column(
                "direction",
                {"sv": "Resultat för aktivering", "en": "Result for activation"},
                labels=labels["direction"],
            ),
            Column(
                "sanctions", {"sv": "Resultat för sanktioner", "en": "Result for sanctions"}, labels=labels["sanctions"]
            ),
            Column("coding_basis", {"sv": "Kodat efter", "en": "Coded from"}, labels=labels["coding_basis"]),
        ),
        caption=words.studies_words(shown, computed),
        provenance=Provenance(LITERATURE, inputs.origin("studies"), ("studies",), len(shown), STUDIES),
        note={
            "sv": "Streck: studien prövar inte sanktioner eller resultatet är inte läst.",
            "en": "Dash: the study does not test sanctions or the result was not read.",
        },
    )


def _literature(studies: pd.DataFrame, names: pd.Series) -> tuple[Judged, ...]:
    """List the claims on research: name, verdict, figure or table, and the studies cited for it."""
    read, tried = studies[studies["direction"] != "not_read"], studies[studies["sanctions"].notna()]
    result = studies[studies["direction"].isin(claims.RESULTS)]
    descriptive = keys(read, read["direction"] == "descriptive")
    return (
        ("two_tracks", claims.claim_two_tracks(studies, TWO_TRACKS), "tracks", TWO_TRACKS),
        ("research_descriptive", claims.claim_research_descriptive(studies), "themes", descriptive),
        ("few_test_effects", claims.claim_few_test_effects(studies), "studies",
         keys(studies, studies["method"] == "quasi_experiment")),
        ("effects_disagree", claims.claim_effects_disagree(studies), "studies", keys(result)),
        ("sanctions_mixed", claims.claim_sanctions_mixed(studies, names), "studies",
         tuple(sorted({*keys(tried), *SANCTIONS_CONTEXT}))),
    )  # fmt: skip


def _without_studies(reason: Text) -> tuple[Judged, ...]:
    shown = {name: "studies" for name in ("few_test_effects", "effects_disagree", "sanctions_mixed")}
    shown = {"two_tracks": "tracks", "research_descriptive": "themes", **shown}
    return tuple((name, Verdict("untestable", {}, reason), place, ()) for name, place in shown.items())


def _claims(inputs: Inputs, computed: Frames) -> tuple[Claim, ...]:
    try:
        literature = _literature(computed.studies, computed.names)
    except Unavailable as lacking:
        literature = _without_studies(lacking.reason)
    spoken = ("segments", "interviews")
    found = {name: verdict for name, verdict, *_ in literature}
    found["reasons_voiced"] = verdict_of(
        lambda: claims.claim_reasons_voiced(computed.voiced, len(inputs.settings.municipalities))
    )
    firm = robustness(inputs, computed, lambda codes: reason_reach(computed.said, list(codes)), TWO_TRACKS, found)
    plan: tuple[tuple[str, Stream, tuple[str, ...], str, tuple[str, ...]], ...] = (
        *((name, "literature", ("studies",), figure, cited) for name, _, figure, cited in literature),
        ("reasons_voiced", "interviews", spoken, "reasons", ()),
    )
    return tuple(
        Claim(
            f"knowledge_review.{name}",
            words.STATEMENTS[name],
            found[name],
            stream,
            tables,
            inputs.origin(*tables),
            figure=f"knowledge_review/{figure}",
            citations=cited,
            robustness=firm[name],
        )
        for name, stream, tables, figure, cited in plan
    )
