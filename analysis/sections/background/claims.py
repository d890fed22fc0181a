"""What the slides say of cost, unemployment and participants, judged by accounts and statistics."""

import pandas as pd

from analysis.effect_sizes import size
from analysis.sections.background.frames import Frames
from analysis.sections.background.trends import Fall, Rise, without_figure
from report_engine.model.section import Outcome, Robustness, Unavailable, Verdict
from report_engine.results import robustness as firm
from report_engine.results.claims import Declared, Function, Say

CLEARLY = 0.10
"""A rise counts as clear from a tenth: less is within what a change of accounting practice can do."""

ABOUT = 0.10
"""How far, as a share of it, a figure may be from one that is said to be about as much."""

OTHER_ABOUT = (0.05, 0.15, 0.20)
"""Other such shares that are tried."""

LITTLE = 0.5
"""Groups differ little where less of the variance than this lies between them."""

COMPARABLE = ("approximate",)
"""Basis of the published participant figures up to the presentation: one derived from, or scaled up in, a later one is no year of its own."""

PRESENTED = ("participants", "net_cost", "staff")
"""Indicators of which the presentation has figures of its own."""

STATE = "programmes_and_measures"
"""The state's spending that the presentation has a figure on."""

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
        size((last - first) / 100, "share_difference", say("effect"), n=len(period)),
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
    """The presentation's national figures agree with what is published in the same unit.

    Participants must lie within one per cent of the published figure of the same year; net cost has no published figure that
    year and must not contradict the bounds of the years around it: at least an earlier lower bound, at most the first later
    figure. Persons are no bound of full-time equivalents. One contradiction fails the claim; nothing to compare with is untestable.
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
    found = [
        (row.indicator, _agrees(_alike(published, row.unit), row.indicator, row.year, row.value))
        for row in presented.itertuples()
    ]
    return [(name, agrees) for name, agrees in found if agrees is not None]


def _alike(published: pd.DataFrame, unit: object) -> pd.DataFrame:
    return published[published["unit"] == unit]


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


def state_figure_agrees(found: Frames, say: Say) -> Verdict:
    """The presentation's figure on the state's programmes agrees with what was paid in its year, within ``ABOUT``.

    Only an official outturn decides: neither synthetic rows nor a budget, nor another year's.
    """
    ratio = paid_to_presented(found.published, found.state)
    if ratio is None:
        raise Unavailable(say("untestable", year=found.presented))
    return Verdict(
        _about(ratio, ABOUT),
        {"ratio": ratio, "year": found.presented},
        say("reason", ratio=ratio, year=found.presented, limit=ABOUT),
        size(ratio, "ratio", say("effect"), n=1),
    )


def state_figure_agrees_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge again with narrower and wider limits."""
    ratio = paid_to_presented(found.published, found.state)
    others = () if ratio is None else (_about(ratio, limit) for limit in OTHER_ABOUT)
    return firm.rerun(verdict, others, found.say("robustness.state"))


def paid_to_presented(published: pd.DataFrame, state: pd.DataFrame) -> float | None:
    """Divide the state's outturn on programmes by the presentation's figure for the same year; None without an official one."""
    own = published[(published["basis"] == "presentation") & (published["indicator"] == STATE)]
    paid = state[(state["programme"] == STATE) & (state["origin"] == "official") & (state["status"] == "outturn")]
    both = own.merge(paid, on="year", suffixes=("_presented", "_paid"))
    return None if both.empty else float(both["amount_tkr"].iloc[-1] / both["value"].iloc[-1])


def _about(ratio: float, limit: float) -> Outcome:
    return "holds" if abs(ratio - 1) <= limit else "fails"


ACCOUNTS = ("municipal_accounts", "consumer_prices")
NATIONAL = ("labour_units_national",)

CLAIMS: tuple[Declared[Frames], ...] = (
    Declared("costs_up", Rise("net_cost_real_tkr", ACCOUNTS, CLEARLY), "net_cost_real"),
    Declared(
        "unemployment_fell",
        Function(unemployment_fell, "spending", ("unemployment",), unemployment_fell_again),
        "index",
    ),
    Declared("participants_fell", Fall("participants", "share", COMPARABLE, presented=True)),
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
        "state_figure_agrees",
        Function(state_figure_agrees, "spending", (*NATIONAL, "state_programmes"), state_figure_agrees_again),
        origin="official",
    ),
)
