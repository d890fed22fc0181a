"""What the coded studies say, and how often the reasons for municipal activation are put forward in the interviews."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NoReturn

import pandas as pd

from analysis.actors import ACTORS
from report_engine.methods.disclosure import suppress
from report_engine.methods.perturbation import cases, count, share_of_cases
from report_engine.methods.stances import primary
from report_engine.model.section import Unavailable
from report_engine.results.inputs import Inputs
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.texts import Texts

Names = Mapping[object, Text]

RESULTS = ("helps", "no_effect", "harms", "mixed")
"""Directions of studies that test what activation leads to; the others describe, or were not read."""

SIDES = ("helps", "harms", "mixed")
"""What a study can find of sanctions."""

REASONS = ("reason_passive_pes", "reason_low_quality_pes", "reason_local_adaptation", "reason_weak_cooperation")
"""The four reasons in the order of the slides, (i) to (iv)."""

MUNICIPAL = ("social_services_manager", "labour_unit_manager", "social_worker", "labour_unit_staff")


class Frames:
    """What the section computes once, when it is asked for; each raises ``Unavailable`` where the data do not bear it."""

    def __init__(self, inputs: Inputs, say: Texts) -> None:
        self.inputs, self.say = inputs, say

    def lacks(self, what: str) -> NoReturn:
        """Raise ``Unavailable`` for the reason of this name."""
        raise Unavailable(self.say(f"unavailable.{what}"))

    @cached_property
    def studies(self) -> pd.DataFrame:
        """The coded studies, the oldest first."""
        return self.inputs.tables["studies"].sort_values(["year", "bib_key"], ignore_index=True)

    @cached_property
    def names(self) -> dict[object, Text]:
        """How a sentence names each study, by its bib key."""
        rows = self.studies.itertuples()
        return {row.bib_key: study_name(str(row.authors_short), int(row.year), self.say) for row in rows}

    @cached_property
    def with_results(self) -> pd.DataFrame:
        """The studies that test what activation leads to."""
        shown = tested(self.studies).reset_index(drop=True)
        if shown.empty:
            self.lacks("results")
        return shown

    @cached_property
    def themes(self) -> pd.DataFrame:
        """Studies by theme and direction: ``theme_rows``."""
        return theme_rows(self.studies, self.inputs.labels["studies"])

    @cached_property
    def timeline(self) -> pd.DataFrame:
        """The studies with theme and kind of result: ``timeline_rows``."""
        return timeline_rows(self.studies, self.inputs.labels["studies"]["theme"], self.names)

    @cached_property
    def voiced(self) -> pd.DataFrame:
        """The segments that put a reason forward: ``voiced_segments``."""
        if not set(REASONS) <= set(self.inputs.tables["codebook"]["code"]):
            self.lacks("reasons")
        return voiced_segments(self._segments, self.inputs.tables["interviews"], REASONS)

    @cached_property
    def reasons(self) -> pd.DataFrame:
        """How often each actor voices each reason: ``reason_rows``."""
        if self.voiced.empty:
            self.lacks("voiced")
        rows = reason_rows(self._segments, self.voiced, self.inputs.tables["codebook"])
        named = in_editions(rows, {"actor": self.inputs.labels["segments"]["speaker_actor"]})
        shown = suppress(named, "n", ["share"], smallest=self.inputs.settings.smallest_cell)
        columns = ["code", "name_sv", "name_en", "actor", "actor_sv", "actor_en", "share", "n", "suppressed"]
        return shown[columns]

    @cached_property
    def reach(self) -> pd.DataFrame:
        """In how many of the municipalities studied a municipal actor voices each reason: ``reason_reach``."""
        return reason_reach(self.voiced, self.inputs.settings.municipalities)

    @property
    def commonest(self) -> pd.DataFrame:
        """The reasons by how often municipal actors voice them, the most frequent first."""
        return self.reach.sort_values(["n", "code"], ascending=[False, True])

    def reason(self, code: str) -> Text:
        """Name a reason as the codebook does."""
        row = self.reasons[self.reasons["code"] == code].iloc[0]
        return {edition: str(row[f"name_{edition}"]) for edition in EDITIONS}

    @cached_property
    def _segments(self) -> pd.DataFrame:
        return primary(self.inputs.tables["segments"], self.inputs.tables["interviews"])


def tested(studies: pd.DataFrame) -> pd.DataFrame:
    """Keep the studies that test what activation leads to."""
    return studies[studies["direction"].isin(RESULTS)]


def one_a_study(studies: pd.DataFrame) -> pd.DataFrame:
    """Keep one text a study, the last: texts of the same authors who test sanctions with the same result are of one study."""
    same = studies.duplicated(["authors_short", "sanctions", "direction"], keep="last")
    return studies[~same | studies["sanctions"].isna()]


def study_name(authors: str, year: int, say: Texts) -> Text:
    """Name a study as a sentence does: ``Dahlberg m.fl. (2008)`` / ``Dahlberg et al. (2008)``."""
    listed = authors.removesuffix(" et al.")
    return say("studies.name" if listed == authors else "studies.and_others", authors=listed.split(" and "), year=year)


def in_editions(frame: pd.DataFrame, names: Mapping[str, Names]) -> pd.DataFrame:
    """Add ``<column>_sv`` and ``<column>_en``: what the codes in a column are called."""
    called = {
        f"{column}_{edition}": [named[value][edition] for value in frame[column]]
        for column, named in names.items()
        for edition in EDITIONS
    }
    return frame.assign(**called)


def theme_rows(studies: pd.DataFrame, labels: Mapping[str, Names]) -> pd.DataFrame:
    """Count studies in every combination of theme (largest first) and direction (as the contract lists them).

    Returns ``theme``, ``direction``, ``studies`` (int64), ``theme_sv``, ``theme_en``, ``direction_sv``, ``direction_en``.
    """
    sizes = studies["theme"].value_counts()
    order = sorted(sizes.index, key=lambda theme: (-sizes[theme], theme))
    grid = pd.MultiIndex.from_product([order, list(labels["direction"])], names=["theme", "direction"])
    frame = studies.groupby(["theme", "direction"]).size().reindex(grid, fill_value=0).rename("studies").reset_index()
    return in_editions(frame, {name: labels[name] for name in ("theme", "direction")})


def timeline_rows(studies: pd.DataFrame, themes: Names, names: Names) -> pd.DataFrame:
    """List the studies with theme (earliest first) and kind of result: tested, descriptive or not_read.

    Returns ``bib_key``, ``year``, ``theme``, ``result``, ``study_sv``, ``study_en``, ``theme_sv``, ``theme_en``.
    """
    first = studies.groupby("theme")["year"].min()
    order = {theme: place for place, theme in enumerate(sorted(first.index, key=lambda theme: (first[theme], theme)))}
    kinds = studies["direction"].where(studies["direction"].isin(["descriptive", "not_read"]), "tested")
    frame = studies[["bib_key", "year", "theme"]].assign(result=kinds.astype("str"), study=studies["bib_key"])
    frame = in_editions(frame, {"study": names, "theme": themes}).drop(columns="study")
    return frame.sort_values(
        ["theme", "year", "bib_key"], key=lambda c: c.map(order) if c.name == "theme" else c, ignore_index=True
    )


def voiced_segments(segments: pd.DataFrame, interviews: pd.DataFrame, codes: tuple[str, ...]) -> pd.DataFrame:
    """Keep the segments that put a reason forward: those with one of ``codes`` that do not speak against it (stance −1).

    ``segments`` is one coder's. Returns them with ``municipality_code``.
    """
    chosen = segments[segments["code"].isin(codes) & ~(segments["stance"] == -1).fillna(False)]
    places = interviews.set_index("interview_id")["municipality_code"]
    return chosen.assign(municipality_code=chosen["interview_id"].map(places))


def reason_rows(segments: pd.DataFrame, voiced: pd.DataFrame, codebook: pd.DataFrame) -> pd.DataFrame:
    """Count how often each actor voices each reason.

    Returns, in the order of the slides and of the actors (those without any left out): ``code``, ``actor``, ``n``
    (segments), ``share`` (of the actor's segments, 0–1), ``name_sv``, ``name_en``.
    """
    present = [actor for actor in ACTORS if (voiced["speaker_actor"] == actor).any()]
    grid = pd.MultiIndex.from_product([REASONS, present], names=["code", "actor"])
    said = {actor: segments[segments["speaker_actor"] == actor] for actor in present}
    counts = [
        count(own, own["code"].eq(code) & own.index.isin(voiced.index)) for code, own in ((c, said[a]) for c, a in grid)
    ]
    frame = grid.to_frame(index=False).assign(n=pd.array(counts, dtype="Int64"))
    spoken = frame["actor"].map({actor: cases(own) for actor, own in said.items()}).astype("Int64")
    frame["share"] = share_of_cases(frame["n"], spoken, segments)
    names = codebook.set_index("code")[["name_sv", "name_en"]]
    return frame.join(names, on="code")


def reason_reach(voiced: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Count the municipalities in which a municipal actor voices each reason: ``code``, ``municipalities``, ``n`` (segments; missing where hidden)."""
    own = voiced[voiced["speaker_actor"].isin(MUNICIPAL) & voiced["municipality_code"].isin(list(codes))]
    groups = own.groupby("code")
    places = groups["municipality_code"].nunique().reindex(list(REASONS), fill_value=0)
    n = pd.array([count(own, own["code"] == code) for code in REASONS], dtype="Int64")
    return pd.DataFrame({"municipalities": places, "n": n}).rename_axis("code").reset_index()
