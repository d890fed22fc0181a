"""The conclusions, each over the claims it rests on, and the section's own tests of what is new."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.actors import MANAGERS, STAFF
from analysis.coding import Coded
from analysis.effect_sizes import size
from analysis.evidence import Rests
from analysis.interview_claims import MeanStance, Voiced
from analysis.interviews import INTERVIEW_TABLES, with_codes
from analysis.sections.conclusions.frames import Frames, indicator
from analysis.shared_texts import say as shared
from analysis.shared_texts import some_places
from analysis.survey_claims import too_few
from report_engine.model.section import Outcome, Robustness, Unavailable, Verdict
from report_engine.results import robustness as firm
from report_engine.results.claims import Declared, Function, Say

UNITS = ("labour_units",)
SIDES = ("municipal_manager", "social_worker", "labour_unit_staff", "participant")
"""Groups that must all bring up quid pro quo (of ``actors.GROUPS``)."""
EVERYONE = (*MANAGERS, *STAFF, "participant")
REFERRED = ("referred_by_social_services_share", "referred_by_pes_share")

WINDOW = 3
"""Years that are averaged at either end, so that a single year does not decide."""
WINDOWS = (1, 2, 4, 5)
"""Other numbers of years that are tried."""
EARLIER = 3
"""Earlier last years that are tried."""


@dataclass(frozen=True)
class Rise:
    """An indicator has become more common: its mean over municipalities rose, and it rose in more than half of them.

    A rise of the mean that fewer municipalities share is borderline. The municipalities are described, not sampled, so there
    is no interval.
    """

    indicator: str
    window: int = WINDOW
    stream: Literal["survey"] = "survey"
    tables: tuple[str, ...] = UNITS

    def verdict(self, data: Frames, say: Say) -> Verdict:
        """Judge the indicator's first and last years."""
        values = indicator(data.units, self.indicator)
        both = ends(values, self.window)
        if both.empty:
            raise Unavailable(data.say("rose.one_year"))
        first, last = float(both["first"].mean()), float(both["last"].mean())
        risen, compared = int((both["last"] > both["first"]).sum()), len(both)
        reason = data.say(
            "rose.reason",
            indicator=data.say(f"labels.indicator.{self.indicator}"),
            first=first,
            last=last,
            change=last - first,
            first_year=int(values["year"].min()),
            last_year=int(values["year"].max()),
            places=some_places(risen, compared),
        )
        numbers = {"first": first, "last": last, "risen": risen, "compared": compared}
        effect = size(last - first, "share_difference", data.say("rose.effect"), n=compared)
        return Verdict(rose(both), numbers, reason, effect, firm.leaning(last, first))

    def robustness(self, data: Frames, verdict: Verdict) -> Robustness | None:
        """Judge again without one municipality at a time, and with more or fewer years at either end."""
        over = data.say("rose.over", fewest=min(WINDOWS), most=max(WINDOWS))
        return firm.rerun(verdict, self._others(indicator(data.units, self.indicator)), over)

    def _others(self, values: pd.DataFrame) -> Iterator[Outcome]:
        for part in firm.leaving_out(values, "municipality_code"):
            yield rose(ends(part, self.window))
        for window in WINDOWS:
            yield rose(ends(values, window))


def ends(values: pd.DataFrame, window: int = WINDOW) -> pd.DataFrame:
    """Average each municipality's first and last years.

    ``values`` has ``municipality_code``, ``year``, ``value`` (share 0–1). Returns ``municipality_code``, ``first``, ``last``
    over up to ``window`` years at either end, never the same year at both; no rows from a single year.
    """
    years = sorted(values.dropna(subset=["value"])["year"].unique())
    window = min(window, len(years) // 2)
    if not window:
        return pd.DataFrame(columns=["municipality_code", "first", "last"])
    means = {
        name: values[values["year"].isin(chosen)].groupby("municipality_code")["value"].mean()
        for name, chosen in (("first", years[:window]), ("last", years[-window:]))
    }
    return pd.DataFrame(means).dropna().reset_index()


def rose(both: pd.DataFrame) -> Outcome:
    """Judge by ``ends`` whether something rose on average and in most municipalities."""
    if both.empty:
        return "untestable"
    return more(float(both["last"].mean()), float(both["first"].mean()), (both["last"] > both["first"]))


def more(mean: float, other: float, larger: pd.Series) -> Outcome:
    """Judge that a mean is larger than another, and in more than half of the municipalities; in fewer is borderline."""
    if mean <= other:
        return "fails"
    return "holds" if int(larger.sum()) > len(larger) / 2 else "borderline"


def last_referrals(units: pd.DataFrame) -> pd.DataFrame:
    """Keep the units of the last year in which it is known who referred their participants; none where it never is."""
    known = units.dropna(subset=[*REFERRED])
    return known[known["year"] == known["year"].max()]


def refers(now: pd.DataFrame) -> Outcome:
    """Judge whether social services referred more than the PES on average and in most municipalities."""
    if now.empty:
        return "untestable"
    social, pes = (now[column] for column in REFERRED)
    return more(float(social.mean()), float(pes.mean()), social > pes)


def from_social_services(found: Frames, say: Say) -> Verdict:
    """The units take their participants from social services: in most municipalities these refer more than the PES does."""
    now = last_referrals(found.units)
    if now.empty:
        return too_few()
    social, pes = (float(now[column].mean()) for column in REFERRED)
    larger, compared = int((now[REFERRED[0]] > now[REFERRED[1]]).sum()), len(now)
    year = int(now["year"].iloc[0])
    return Verdict(
        refers(now),
        {"social_services": social, "pes": pes, "more": larger, "compared": compared},
        say("reason", year=year, social=social, pes=pes, places=some_places(larger, compared)),
        size(social - pes, "share_difference", say("effect"), n=compared),
        firm.leaning(social, pes),
    )


def from_social_services_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge again without one municipality at a time, and with earlier last years."""
    units = found.units
    years = sorted(units["year"].unique())[-1 - EARLIER : -1]
    others = (*firm.leaving_out(units, "municipality_code"), *(units[units["year"] <= year] for year in years))
    over = found.say("claims.from_social_services.over")
    return firm.rerun(verdict, (refers(last_referrals(each)) for each in others), over)


def heard_from(coded: pd.DataFrame) -> tuple[int, int, int]:
    """Count the sides that bring up quid pro quo, the municipalities where they do, and all municipalities."""
    spoken = coded[(coded["code"] == "quid_pro_quo") & coded["side"].isin(SIDES)]
    return (
        int(spoken["side"].nunique()),
        int(spoken["municipality_code"].nunique()),
        coded["municipality_code"].nunique(),
    )


def common(sides: int, found: int, places: int) -> Outcome:
    """Judge a common ground: all sides voice it, and more than half of the municipalities; one of the two is borderline."""
    met = [sides == len(SIDES), found > places / 2]
    return "holds" if all(met) else "borderline" if any(met) else "fails"


def quid_pro_quo_common(found: Frames, say: Say) -> Verdict:
    """Quid pro quo is a common ground of managers, staff and participants."""
    coded = with_codes(found.coded, found.inputs.tables["codebook"], ("quid_pro_quo",))
    sides, voiced, places = heard_from(coded)
    return Verdict(
        common(sides, voiced, places),
        {"municipalities": voiced, "of": places, "sides": sides, "of_sides": len(SIDES)},
        say("reason", sides=sides, of_sides=len(SIDES), places=some_places(voiced, places)),
        size(voiced, "count", shared("effects.voiced_in"), n=places),
    )


def quid_pro_quo_common_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge again without one municipality at a time."""
    parts = firm.leaving_out(found.coded, "municipality_code")
    return firm.rerun(verdict, (common(*heard_from(part)) for part in parts), firm.ONE_MUNICIPALITY)


OWN: tuple[Declared[Frames], ...] = (
    Declared("from_social_services", Function(from_social_services, "survey", UNITS, from_social_services_again)),
    Declared(
        "quid_pro_quo_common",
        Coded(
            Function(quid_pro_quo_common, "interviews", INTERVIEW_TABLES, quid_pro_quo_common_again),
            ("quid_pro_quo",),
        ),
    ),
    Declared("degrees_up", Rise("degrees"), "new"),
    Declared("premises_up", Rise("premises"), "new"),
    Declared("plans_up", Rise("plans"), "new"),
    Declared("professionalism_valued", MeanStance(("new_professionalism",), EVERYONE, "above")),
    Declared("cofinancing_up", Rise("cofinancing"), "new"),
    Declared("cofinancing_voiced", Voiced("pes_cofinancing", EVERYONE)),
    Declared("subsidised_up", Rise("subsidised"), "new"),
    Declared("subsidised_valued", MeanStance(("subsidised_jobs",), EVERYONE, "above")),
)
"""What the section tests itself, before its conclusions."""

RESTS: Mapping[str, Rests] = {
    "two_tracks": Rests(
        on=(
            "background.costs_up",
            "conclusions.from_social_services",
            "collaboration.overlap_and_gaps",
            "knowledge_review.two_tracks",
        )
    ),
    "heterogeneous": Rests(
        on=(
            "background.groups_differ_little",
            "municipal_activation.measures_heterogeneous",
            "municipal_activation.effects_not_followed_up",
            "municipal_activation.documentation_lacking",
            "staff.effects_unknown",
            "staff.someone_else_answers",
            "knowledge_review.few_test_effects",
        )
    ),
    "job_activation": Rests(
        on=(
            "managers.job_activation_survey",
            "managers.job_activation_interviews",
            "managers.municipal_more_than_pes",
        )
    ),
    "quid_pro_quo": Rests(
        on=(
            "conclusions.quid_pro_quo_common",
            "municipal_activation.poor_relief_voiced",
            "municipal_activation.poor_relief_municipal",
            "participants.feel_controlled",
        )
    ),
    "institutionalised": Rests(
        on=(
            "conclusions.degrees_up",
            "conclusions.premises_up",
            "conclusions.plans_up",
            "conclusions.professionalism_valued",
        )
    ),
    "better_collaboration": Rests(
        on=(
            "collaboration.managers_see_improvement",
            "collaboration.managers_see_it_working",
            "collaboration.pes_managers_positive",
            "collaboration.internal_works_managers",
        ),
        against=(
            "collaboration.social_workers_negative",
            "collaboration.unit_staff_negative",
            "collaboration.internal_fails_staff",
            "collaboration.overlap_and_gaps",
        ),
    ),
    "cofinancing": Rests(on=("conclusions.cofinancing_up", "conclusions.cofinancing_voiced")),
    "subsidised_employment": Rests(on=("conclusions.subsidised_up", "conclusions.subsidised_valued")),
}
"""What each conclusion rests on."""

CONCLUSIONS: tuple[Declared[Frames], ...] = tuple(
    Declared(name, rests, "triangulation") for name, rests in RESTS.items()
)
