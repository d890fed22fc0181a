"""What the slides say of cost, unemployment and participants, judged by accounts and statistics."""

from collections.abc import Iterator

import pandas as pd

from analysis.effect_sizes import size
from analysis.sections.background.frames import Frames
from analysis.sections.background.trends import Fall, Rise, without_figure
from report_engine.model.section import Outcome, Robustness, Unavailable, Verdict
from report_engine.results import robustness as firm
from report_engine.results.claims import Declared, Function, Say

CLEARLY = 0.10
"""A rise counts as clear from a tenth: less is within what a change of accounting practice can do."""

ABOUT_TWICE = (1.5, 2.5)
"""What counts as about twice as much."""

LITTLE = 0.5
"""Groups differ little where less of the variance than this lies between them."""

COMPARABLE = ("scaled", "derived", "approximate")
"""Bases of national participant figures that refer to the whole country and so can be compared over the years."""

PRESENTED = ("participants", "net_cost", "staff")
"""Indicators of which the presentation has figures of its own."""

OTHER_YEARS = ((-2, 0), (-1, 0), (1, 0), (2, 0), (0, -1), (0, 1))
"""How far the first and the last year of the period are moved when the fall of unemployment is judged again."""


def unemployment_fell(found: Frames, say: Say) -> Verdict:
    """Unemployment fell over the period the presentation describes: its last year is lower than every earlier one.

    Lower than in the first year, but not than in all years, is borderline. What happened since is told in the reason; the
    slide says nothing about it.
    """
    period, rates = _period(found), _rates(found)
    if len(period) < 2:
        raise Unavailable(say("untestable"))
    first, last, latest = float(period.iloc[0]), float(period.iloc[-1]), float(rates.iloc[-1])
    years = {
        "first_year": int(period.index[0]),
        "last_year": int(period.index[-1]),
        "latest_year": int(rates.index[-1]),
    }
    numbers = {"first": first, "last": last, "latest": latest, **years}
    outcome = fell_to_its_lowest(period)
    return Verdict(
        outcome,
        numbers,
        say("reason", **numbers, lowest="yes" if outcome == "holds" else "no"),
        size(last - first, "percent", say("effect"), n=len(period)),
        firm.leaning(last, first, sign=-1),
    )


def unemployment_fell_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge again between other years."""
    others = (fell_to_its_lowest(_period(found, early, late)) for early, late in OTHER_YEARS)
    return firm.rerun(verdict, others, found.say("robustness.years"))


def fell_to_its_lowest(period: pd.Series) -> Outcome:
    """Judge whether the last value of a series is lower than every earlier one."""
    if len(period) < 2:
        return "untestable"
    lowest = bool((period.iloc[:-1] > period.iloc[-1]).all())
    return "holds" if lowest else "borderline" if period.iloc[-1] < period.iloc[0] else "fails"


def _rates(found: Frames) -> pd.Series:
    return found.unemployment.set_index("year")["unemployment_percent"].sort_index()


def _period(found: Frames, early: int = 0, late: int = 0) -> pd.Series:
    return _rates(found).loc[found.inputs.settings.years.first + early : found.presented + late]


def figures_agree(found: Frames, say: Say) -> Verdict:
    """The presentation's national figures agree with what is published.

    Participants must lie within one per cent of the published figure of the same year; net cost and staff have
    no published figure that year and must not contradict the bounds of the years around it: at least an earlier lower
    bound, at most the first later figure. One contradiction fails the claim; nothing to compare with is untestable.
    """
    checks = agreements(found.published)
    if not checks:
        raise Unavailable(say("untestable"))
    failed = [name for name, agrees in checks if not agrees]
    names = found.say.labels("labels.presented")
    listed = [names.get(name, name) for name in failed]
    return Verdict(
        _all_agree(checks),
        {"compared": len(checks), "contradicted": len(failed)},
        say("reason_contradicted", figures=listed) if failed else say("reason"),
        size(len(failed), "count", say("effect"), n=len(checks)),
    )


def figures_agree_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge again without each published figure."""
    others = (_all_agree(agreements(part)) for part in without_figure(found.published, PRESENTED))
    return firm.rerun(verdict, others, found.say("robustness.figures"))


def agreements(published: pd.DataFrame) -> list[tuple[str, bool]]:
    """Say of each of the presentation's figures that has a published counterpart whether it agrees with it."""
    presented = published[published["basis"] == "presentation"]
    found = [(row.indicator, _agrees(published, row.indicator, row.year, row.value)) for row in presented.itertuples()]
    return [(name, agrees) for name, agrees in found if agrees is not None]


def _all_agree(checks: list[tuple[str, bool]]) -> Outcome:
    return "untestable" if not checks else "holds" if all(agrees for _, agrees in checks) else "fails"


def _agrees(national: pd.DataFrame, indicator: str, year: int, value: float) -> bool | None:
    published = national[(national["indicator"] == indicator) & (national["basis"] != "presentation")]
    same = published[(published["year"] == year) & (published["basis"] != "lower_bound")]
    if len(same):
        return bool((same["value"] / value - 1).abs().le(0.01).all())
    floors = published[(published["year"] <= year) & (published["basis"] == "lower_bound")]["value"]
    later = published[published["year"] > year].sort_values("year", kind="stable")["value"]
    if floors.empty and later.empty:
        return None
    above = floors.empty or value >= floors.max()
    below = later.empty or value <= later.iloc[0]
    return bool(above and below)


def groups_differ_little(found: Frames, say: Say) -> Verdict:
    """Municipalities differ more within their groups than between them: less than half of the variance is between."""
    between, n = variance_between(found.municipalities), int(found.municipalities["ratio"].notna().sum())
    if between is None:
        raise Unavailable(say("untestable"))
    return Verdict(
        _little(between),
        {"between": between, "n": n},
        say("reason", between=between, n=n),
        size(between, "share", say("effect"), n=n),
    )


def groups_differ_little_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge again without one group at a time."""
    parts = firm.leaving_out(found.municipalities, "skr_group_code")
    others = (_little(variance_between(part)) for part in parts)
    return firm.rerun(verdict, others, found.say("robustness.groups"))


def variance_between(municipalities: pd.DataFrame) -> float | None:
    """Compute the share of the ratios' variance that lies between groups: eta squared (Fisher 1925).

    ``municipalities`` is ``all_municipalities``; None where they do not differ, or are of one group.
    """
    frame = municipalities.dropna(subset=["ratio"])
    total = float(((frame["ratio"] - frame["ratio"].mean()) ** 2).sum())
    means = frame.groupby("skr_group_code")["ratio"].transform("mean")
    if total == 0 or frame["skr_group_code"].nunique() < 2:
        return None
    return float(((means - frame["ratio"].mean()) ** 2).sum()) / total


def _little(between: float | None) -> Outcome:
    return "untestable" if between is None else "holds" if between < LITTLE else "fails"


def state_spends_double(found: Frames, say: Say) -> Verdict:
    """The state spends about twice as much on programmes as municipalities do (``ABOUT_TWICE``), latest official year.

    Compares rows on ``programmes_and_measures`` with municipal accounts of the same year; synthetic rows decide nothing.
    """
    years = state_and_municipal(found.published, found.state)
    if years.empty:
        raise Unavailable(say("untestable"))
    row, ratio = years.iloc[-1], float(years["ratio"].iloc[-1])
    low, high = ABOUT_TWICE
    year = int(row["year"])
    return Verdict(
        _about_twice(years),
        {"ratio": ratio, "year": year},
        say("reason", ratio=ratio, year=year, status=row["status"], low=low, high=high),
        size(ratio, "ratio", say("effect"), n=len(years)),
    )


def state_spends_double_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge again by other figures for the state."""
    others = (_about_twice(state_and_municipal(*frames)) for frames in other_state(found.published, found.state))
    return firm.rerun(verdict, others, found.say("robustness.state"))


def state_and_municipal(published: pd.DataFrame, state: pd.DataFrame) -> pd.DataFrame:
    """List the years in which both state and municipalities have official figures, with the ``ratio`` of their costs."""
    programmes = state[(state["programme"] == "programmes_and_measures") & (state["origin"] == "official")]
    municipal = published[(published["indicator"] == "net_cost") & (published["basis"] == "accounts")]
    years = programmes.merge(municipal, on="year", suffixes=("_state", "_municipal")).sort_values("year", kind="stable")
    return years.assign(ratio=years["amount_tkr"] / years["value"])


def _about_twice(years: pd.DataFrame) -> Outcome:
    if years.empty:
        return "untestable"
    low, high = ABOUT_TWICE
    return "holds" if low <= float(years["ratio"].iloc[-1]) <= high else "fails"


def other_state(published: pd.DataFrame, state: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Give the frames of the claim with other figures for the state, and for the municipalities in the same years."""
    net_cost = published[(published["indicator"] == "net_cost") & (published["basis"] != "presentation")]
    for programme in ("benefits_and_activity_support", "total_expenditure_area_14"):
        rows = state[state["programme"] == programme]
        if (rows.loc[rows["origin"] == "official", "year"].isin(net_cost["year"])).any():
            yield net_cost.assign(basis="accounts"), rows.assign(programme="programmes_and_measures")
    own = published[published["basis"] == "presentation"]
    spent = own[own["indicator"] == "programmes_and_measures"]
    if len(spent) and (own["indicator"] == "net_cost").any():
        presented = {
            "year": spent["year"],
            "programme": "programmes_and_measures",
            "amount_tkr": spent["value"],
            "status": "outturn",
            "origin": "official",
        }
        yield own.assign(basis="accounts"), pd.DataFrame(presented)


ACCOUNTS = ("municipal_accounts", "consumer_prices")
NATIONAL = ("labour_units_national",)

CLAIMS: tuple[Declared[Frames], ...] = (
    Declared("costs_up", Rise("net_cost_real_tkr", ACCOUNTS, CLEARLY), "net_cost_real"),
    Declared(
        "unemployment_fell",
        Function(unemployment_fell, "spending", ("unemployment",), unemployment_fell_again),
        "index",
    ),
    Declared("participants_fell", Fall("participants", "share", COMPARABLE), "national"),
    Declared("without_benefit_fell", Fall("unemployed_without_benefit", "percent")),
    Declared(
        "cost_per_participant_up",
        Rise("cost_per_participant", (*ACCOUNTS, "labour_units")),
        "cost_per_participant",
    ),
    Declared("national_figures_agree", Function(figures_agree, "spending", NATIONAL, figures_agree_again), "national"),
    Declared(
        "groups_differ_little",
        Function(
            groups_differ_little, "spending", ("municipal_net_cost", "municipalities"), groups_differ_little_again
        ),
        "all_290",
    ),
    Declared(
        "state_spends_double",
        Function(state_spends_double, "spending", (*NATIONAL, "state_programmes"), state_spends_double_again),
        "national",
        origin="official",
    ),
)
