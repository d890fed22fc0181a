"""What the slides say of research and of the reasons for municipal activation, judged by the coded studies and the interviews."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from analysis.coding import Coded
from analysis.effect_sizes import size
from analysis.interviews import INTERVIEW_TABLES
from analysis.sections.knowledge_review.frames import REASONS, RESULTS, SIDES, Frames, one_a_study, reason_reach, tested
from analysis.shared_texts import places as in_words
from analysis.shared_texts import some_places
from analysis.survey_claims import HALF, SIGN, Side
from report_engine.model.section import Outcome, Robustness, Stream, Verdict
from report_engine.results import robustness as firm
from report_engine.results.claims import Declared, Function, Say
from report_engine.results.robustness import judge
from report_engine.words.forms import Value

STUDIES = ("studies",)

FEW = 0.25
"""Fewer than a quarter of the studies counts as few."""

AGREED = 2 / 3
"""Studies agree when more than two thirds of them find the same."""

TWO_TRACKS = ("panicanulmestig2017", "ulmestig2007", "ulmestigpanican2017rir", "ulmestigpanican2018")
SANCTIONS_CONTEXT = ("dahlbergjohanssonmork2008", "sbu2022")
"""Cited beside the studies that test sanctions: they test the demands that go with them."""


@dataclass(frozen=True)
class StudyShare:
    """The share of the studies that are of a kind, of those whose kind was read, against a limit (0–1).

    ``column`` holds the kind, ``value`` is the one, which the verdict's numbers call ``called``. Borderline where the
    studies whose kind was not read could turn it.
    """

    column: str
    value: str
    called: str
    side: Side
    limit: float = HALF
    stream: Stream = "literature"
    tables: tuple[str, ...] = STUDIES

    def counts(self, studies: pd.DataFrame) -> tuple[int, int]:
        """Count the studies of the kind, and those whose kind was read."""
        return int((studies[self.column] == self.value).sum()), int((studies[self.column] != "not_read").sum())

    def outcome(self, studies: pd.DataFrame) -> Outcome:
        """Judge the share; ``untestable`` where no kind was read."""
        count, read = self.counts(studies)
        if not read:
            return "untestable"
        least, most = count / len(studies), (count + len(studies) - read) / len(studies)
        return judge(least, most, self.limit, sign=SIGN[self.side])

    def verdict(self, data: Frames, say: Say) -> Verdict:
        """Judge the share; the claim's text ``unread`` is the reason where no kind was read."""
        count, read = self.counts(data.studies)
        if not read:
            return Verdict("untestable", {}, say("unread"))
        total, share = len(data.studies), count / read
        return Verdict(
            self.outcome(data.studies),
            {self.called: count, "read": read, "studies": total},
            say("reason", count=count, read=read, share=share, unread=total - read, **self._limit),
            size(share, "share", say("effect"), n=read),
            firm.leaning(share, self.limit, sign=SIGN[self.side]),
        )

    def robustness(self, data: Frames, verdict: Verdict) -> Robustness | None:
        """Judge the share again without one study at a time."""
        return without_each(verdict, data.studies, self.outcome)

    @property
    def _limit(self) -> dict[str, Value]:
        return {} if self.limit == HALF else {"limit": self.limit}


def without_each(
    verdict: Verdict, counted: pd.DataFrame, outcome: Callable[[pd.DataFrame], Outcome]
) -> Robustness | None:
    """Judge again without one of the studies that a claim counts at a time."""
    return firm.rerun(verdict, map(outcome, firm.leaving_out(counted, "bib_key")), firm.ONE_STUDY)


def disagreement(studies: pd.DataFrame) -> Outcome:
    """Judge that studies of what activation leads to disagree: no direction is shared by more than ``AGREED`` of them."""
    found = one_a_study(tested(studies))["direction"]
    if len(found) < 2:
        return "untestable"
    return "holds" if found.value_counts().max() / len(found) <= AGREED else "fails"


def effects_disagree(found: Frames, say: Say) -> Verdict:
    """Judge how far the studies of what activation leads to agree."""
    directions = one_a_study(tested(found.studies))["direction"]
    if disagreement(found.studies) == "untestable":
        return Verdict("untestable", {}, say("too_few"))
    counts = {name: int((directions == name).sum()) for name in RESULTS}
    total = len(directions)
    return Verdict(
        disagreement(found.studies),
        {**counts, "studies": total},
        say("reason", studies=total, **counts),
        size(max(counts.values()) / total, "share", say("effect"), n=total),
    )


def tried(studies: pd.DataFrame) -> pd.DataFrame:
    """Keep the studies that test sanctions."""
    return studies[studies["sanctions"].notna()]


def both_ways(studies: pd.DataFrame) -> Outcome:
    """Judge that research on sanctions points both ways: studies find that they help, and others that they harm.

    A side of one study whose abstract alone was read is too little for that: borderline, as are studies with mixed results.
    """
    found = one_a_study(tried(studies))
    if len(found) < 2:
        return "untestable"
    helps, harms, mixed = (found[found["sanctions"] == side] for side in SIDES)
    if len(helps) and len(harms):
        return "holds" if all(_is_firm(side) for side in (helps, harms)) else "borderline"
    return "borderline" if len(mixed) else "fails"


def _is_firm(studies: pd.DataFrame) -> bool:
    return len(studies) > 1 or bool((studies["coding_basis"] == "report").any())


def sanctions_mixed(found: Frames, say: Say) -> Verdict:
    """Judge what research says of sanctions; the reason names the studies on either side."""
    coded = one_a_study(tried(found.studies))
    if both_ways(coded) == "untestable":
        return Verdict("untestable", {}, say("too_few"))
    sides = {side: list(coded.loc[coded["sanctions"] == side, "bib_key"]) for side in SIDES}
    helps, harms = ([found.names[key] for key in sides[side]] or [say("none")] for side in ("helps", "harms"))
    return Verdict(
        both_ways(coded),
        {side: len(keys) for side, keys in sides.items()},
        say("reason", helps=helps, harms=harms),
        size(len(sides["harms"]), "count", say("effect"), n=len(coded)),
        "for" if sides["helps"] and sides["harms"] else None,
    )


def on_two_tracks(studies: pd.DataFrame) -> tuple[Outcome, int]:
    """Judge that the literature describes a policy on two tracks: at least two of the studies cited for it were read.

    One whose title only was read counts for nothing; one that was read is borderline. Returns how many were read, too.
    """
    known = studies[studies["bib_key"].isin(list(TWO_TRACKS))]
    read = int(((known["coding_basis"] != "title") & (known["direction"] != "not_read")).sum())
    return "holds" if read >= 2 else "borderline" if read else "untestable", read


def two_tracks(found: Frames, say: Say) -> Verdict:
    """Judge the two tracks by the studies cited for them."""
    outcome, read = on_two_tracks(found.studies)
    cited = len(TWO_TRACKS)
    return Verdict(
        outcome,
        {"cited": cited, "read": read},
        say("reason", read=read, cited=cited),
        size(read, "count", say("effect"), n=cited),
        "for" if read else None,
    )


def two_tracks_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge the two tracks without one of the studies cited for them at a time."""
    cited = found.studies[found.studies["bib_key"].isin(list(TWO_TRACKS))]
    return without_each(verdict, cited, lambda part: on_two_tracks(part)[0])


def spread(reach: pd.DataFrame, places: int) -> Outcome:
    """Judge that municipal actors voice each of the reasons in more than half of the municipalities.

    ``reach`` has one row a reason with ``municipalities``, the number in which it is voiced. A reason voiced somewhere,
    but in fewer, makes it borderline; one that nobody voices makes it fail.
    """
    least = int(reach["municipalities"].min())
    return "fails" if least == 0 else "holds" if least > places / 2 else "borderline"


def reasons_voiced(found: Frames, say: Say) -> Verdict:
    """Judge how widely the reasons are voiced."""
    places, reach = len(found.inputs.settings.municipalities), found.reach["municipalities"]
    least, most = int(reach.min()), int(reach.max())
    voiced = some_places(most, places)
    if least != most:
        voiced = say("voiced_between", least=least, most=most, places=in_words(places))
    return Verdict(
        spread(found.reach, places),
        {"reasons": len(reach), "fewest": least, "most": most, "municipalities": places},
        say("reason", voiced=voiced),
        size(least, "count", say("effect"), n=places),
        firm.majority(least, places),
    )


def reasons_voiced_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge how widely the reasons are voiced without one municipality at a time."""
    others = firm.without_each(found.inputs.settings.municipalities)
    judged = (spread(reason_reach(found.voiced, codes), len(codes)) for codes in others)
    return firm.rerun(verdict, judged, firm.ONE_MUNICIPALITY)


def keys(studies: pd.DataFrame, bearing: "pd.Series | None" = None) -> tuple[str, ...]:
    """Return the bib keys, sorted, of the studies that bear a claim out; of all that it counts where none does."""
    chosen = studies if bearing is None or not bearing.any() else studies[bearing]
    return tuple(sorted(chosen["bib_key"]))


def descriptive(found: Frames) -> tuple[str, ...]:
    """Cite the studies that describe."""
    read = found.studies[found.studies["direction"] != "not_read"]
    return keys(read, read["direction"] == "descriptive")


CLAIMS: tuple[Declared[Frames], ...] = (
    Declared(
        "two_tracks", Function(two_tracks, "literature", STUDIES, two_tracks_again), "tracks", citations=TWO_TRACKS
    ),
    Declared(
        "research_descriptive",
        StudyShare("direction", "descriptive", "descriptive", "above"),
        "themes",
        citations=descriptive,
    ),
    Declared(
        "few_test_effects",
        StudyShare("method", "quasi_experiment", "quasi_experiments", "below", FEW),
        "studies",
        citations=lambda found: keys(found.studies, found.studies["method"] == "quasi_experiment"),
    ),
    Declared(
        "effects_disagree",
        Function(
            effects_disagree,
            "literature",
            STUDIES,
            lambda found, verdict: without_each(verdict, tested(found.studies), disagreement),
        ),
        "studies",
        citations=lambda found: keys(tested(found.studies)),
    ),
    Declared(
        "sanctions_mixed",
        Function(
            sanctions_mixed,
            "literature",
            STUDIES,
            lambda found, verdict: without_each(verdict, tried(found.studies), both_ways),
        ),
        "studies",
        citations=lambda found: tuple(sorted({*keys(tried(found.studies)), *SANCTIONS_CONTEXT})),
    ),
    Declared(
        "reasons_voiced",
        Coded(Function(reasons_voiced, "interviews", INTERVIEW_TABLES, reasons_voiced_again), REASONS, stances=True),
        "reasons",
    ),
)
