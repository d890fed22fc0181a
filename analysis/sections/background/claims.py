"""The background's claims: what the slides say of cost, unemployment and participants, against the data."""

import pandas as pd

from analysis.effect_sizes import size
from analysis.sections.background.lacks import ONE_YEAR
from report_engine.model.section import Verdict
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.numbers import number, percent_words

CLEARLY = 0.10
"""A rise counts as clear from a tenth: less is within what a change of accounting practice can do."""

ABOUT_TWICE = (1.5, 2.5)
"""What counts as about twice as much."""

COMPARABLE = ("scaled", "derived", "approximate")
"""Bases of national participant figures that refer to the whole country and so can be compared over the years."""


def claim_costs_up(totals: pd.DataFrame, costs: pd.DataFrame) -> Verdict:
    """Real net cost rose clearly: by a tenth or more from first to last year with final prices, in most municipalities.

    ``totals`` is ``yearly_totals``, ``costs`` ``municipal_costs``. A smaller rise, or one that few municipalities
    share, is borderline.
    """
    final = totals[totals["price_status"] == "final"]
    if len(final) < 2:
        return Verdict("untestable", {}, ONE_YEAR)
    first, last = final.iloc[0], final.iloc[-1]
    growth = float(last["net_cost_real_tkr"] / first["net_cost_real_tkr"] - 1)
    risen, compared = _municipalities_risen(costs, "net_cost_real_tkr", int(first["year"]), int(last["year"]))
    clear = growth >= CLEARLY and risen > compared / 2
    years = int(first["year"]), int(last["year"])
    return Verdict(
        "holds" if clear else "borderline" if growth > 0 else "fails",
        {"growth": growth, "first_year": years[0], "last_year": years[1], "risen": risen, "compared": compared},
        {
            "sv": f"I fasta priser ändrades kostnaden med {_signed(growth, 'sv')} mellan {years[0]} och {years[1]}; den steg i "
            f"{number(risen, 'sv')} av {number(compared, 'sv')} kommuner. Som tydlig räknas en ökning med minst {percent_words(CLEARLY, 'sv')} "
            "i de flesta kommuner.",
            "en": f"In constant prices the cost changed by {_signed(growth, 'en')} between {years[0]} and {years[1]}; it rose in "
            f"{number(risen, 'en')} of {number(compared, 'en')} municipalities. A rise is clear from {percent_words(CLEARLY, 'en')}, "
            "shared by most municipalities.",
        },
        size(
            growth,
            "share",
            {"sv": "ändring av kostnaden i fasta priser", "en": "change of the cost in constant prices"},
            n=compared,
        ),
    )


def claim_unemployment_fell(unemployment: pd.DataFrame, first_year: int, presented: int) -> Verdict:
    """Unemployment fell over the period the presentation describes: its last year is lower than every earlier one.

    ``unemployment`` has ``year`` and ``unemployment_percent``. Lower than in the first year, but not than in all
    years, is borderline. What happened since is told in the reason; the slide says nothing about it.
    """
    rates = unemployment.set_index("year")["unemployment_percent"].sort_index()
    period = rates.loc[first_year:presented]
    if len(period) < 2:
        return _untestable("Serien täcker inte perioden.", "The series does not cover the period.")
    first, last, latest = float(period.iloc[0]), float(period.iloc[-1]), float(rates.iloc[-1])
    lowest = bool((period.iloc[:-1] > last).all())
    start, end, now = int(period.index[0]), int(period.index[-1]), int(rates.index[-1])
    return Verdict(
        "holds" if lowest else "borderline" if last < first else "fails",
        {"first": first, "last": last, "latest": latest, "first_year": start, "last_year": end, "latest_year": now},
        {
            e: (
                f"{number(first, e, 1)} procent {start} och {number(last, e, 1)} procent {end}, "
                f"{'periodens lägsta tal' if lowest else 'inte periodens lägsta tal'}. Därefter: {number(latest, e, 1)} procent {now}."
                if e == "sv"
                else f"{number(first, e, 1)} per cent in {start} and {number(last, e, 1)} per cent in {end}, "
                f"{'the lowest of the period' if lowest else 'not the lowest of the period'}. Since then: {number(latest, e, 1)} per cent in {now}."
            )
            for e in EDITIONS
        },
        size(
            last - first, "percent",
            {"sv": "ändring av arbetslösheten i procentenheter", "en": "change of unemployment in percentage points"},
            n=len(period),
        ),
    )  # fmt: skip


def claim_participants_fell(national: pd.DataFrame) -> Verdict:
    """Participants fell, by the published figures for the whole country with comparable bases.

    ``national`` is the tidy ``labour_units_national``. Figures that cover only reporting municipalities, bounds and
    the presentation's own are not compared. A fall that some year interrupts is borderline.
    """
    rows = national[(national["indicator"] == "participants") & national["basis"].isin(COMPARABLE)]
    series = rows.sort_values(["year", "basis"]).groupby("year")["value"].first()
    if len(series) < 2:
        return _untestable(
            "Färre än två år har jämförbara tal för hela landet.",
            "Fewer than two years have comparable national figures.",
        )
    change = float(series.iloc[-1] / series.iloc[0] - 1)
    steady = bool((series.diff().dropna() < 0).all())
    years = int(series.index[0]), int(series.index[-1])
    return Verdict(
        "holds" if steady else "borderline" if change < 0 else "fails",
        {"change": change, "first": float(series.iloc[0]), "last": float(series.iloc[-1])},
        {
            "sv": f"De tal som gäller hela landet går från {number(series.iloc[0], 'sv')} deltagare {years[0]} till "
            f"{number(series.iloc[-1], 'sv')} {years[1]} ({_signed(change, 'sv')}). Senare och tidigare tal har en annan grund.",
            "en": f"The figures for the whole country go from {number(series.iloc[0], 'en')} participants in {years[0]} to "
            f"{number(series.iloc[-1], 'en')} in {years[1]} ({_signed(change, 'en')}). Later and earlier figures have another basis.",
        },
        size(
            change,
            "share",
            {"sv": "ändring av antalet deltagare", "en": "change in the number of participants"},
            n=len(series),
        ),
    )


def claim_without_benefit_fell(national: pd.DataFrame) -> Verdict:
    """The share of the unemployed without unemployment benefit fell; untestable while no source gives the series.

    Looks in ``labour_units_national`` for the indicator ``unemployed_without_benefit`` (per cent).
    """
    rows = national[national["indicator"] == "unemployed_without_benefit"].sort_values("year", kind="stable")
    if len(rows) < 2:
        return _untestable(
            "Det finns ingen öppen serie över andelen arbetslösa utan arbetslöshetsersättning.",
            "There is no open series on the share of the unemployed without unemployment benefit.",
        )
    first, last = rows.iloc[0], rows.iloc[-1]
    fell = bool(last["value"] < first["value"])
    return Verdict(
        "holds" if fell else "fails",
        {"first": float(first["value"]), "last": float(last["value"])},
        {
            "sv": f"{number(first['value'], 'sv', 1)} procent {first['year']}, {number(last['value'], 'sv', 1)} procent {last['year']}.",
            "en": f"{number(first['value'], 'en', 1)} per cent in {first['year']}, {number(last['value'], 'en', 1)} per cent in {last['year']}.",
        },
        size(
            last["value"] - first["value"], "percent",
            {"sv": "ändring av andelen i procentenheter", "en": "change of the share in percentage points"},
            n=len(rows),
        ),
    )  # fmt: skip


def claim_cost_per_participant_up(totals: pd.DataFrame, costs: pd.DataFrame) -> Verdict:
    """Real cost per participant rose, all together and in most municipalities; in fewer of them it is borderline."""
    final = totals[totals["price_status"] == "final"].dropna(subset=["cost_per_participant"])
    if len(final) < 2:
        return _untestable("Deltagare saknas.", "Participants are missing.")
    first, last = final.iloc[0], final.iloc[-1]
    growth = float(last["cost_per_participant"] / first["cost_per_participant"] - 1)
    years = int(first["year"]), int(last["year"])
    risen, compared = _municipalities_risen(costs, "cost_per_participant", *years)
    return Verdict(
        "fails" if growth <= 0 else "holds" if risen > compared / 2 else "borderline",
        {"growth": growth, "first_year": years[0], "last_year": years[1], "risen": risen, "compared": compared},
        {
            "sv": f"Kostnaden per deltagare i fasta priser ändrades med {_signed(growth, 'sv')} mellan {years[0]} och {years[1]}; "
            f"den steg i {number(risen, 'sv')} av {number(compared, 'sv')} kommuner.",
            "en": f"The cost per participant in constant prices changed by {_signed(growth, 'en')} between {years[0]} and {years[1]}; "
            f"it rose in {number(risen, 'en')} of {number(compared, 'en')} municipalities.",
        },
        size(
            growth, "share", {"sv": "ändring av kostnaden per deltagare", "en": "change of the cost per participant"},
            n=compared,
        ),
    )  # fmt: skip


def claim_national_figures_agree(national: pd.DataFrame) -> Verdict:
    """The presentation's national figures agree with what is published.

    Participants must lie within one per cent of the published figure of the same year; net cost and staff have
    no published figure that year and must not contradict the bounds of the years around it: at least an earlier lower
    bound, at most the first later figure. One contradiction fails the claim; nothing to compare with is untestable.
    """
    presented = national[national["basis"] == "presentation"]
    found = [(row.indicator, _agrees(national, row.indicator, row.year, row.value)) for row in presented.itertuples()]
    checks = [(name, agrees) for name, agrees in found if agrees is not None]
    if not checks:
        return _untestable(
            "Inget av talen har ett publicerat motstycke.", "None of the figures has a published counterpart."
        )
    failed = [name for name, agrees in checks if not agrees]
    words = {
        "participants": ("deltagare", "participants"),
        "net_cost": ("nettokostnad", "net cost"),
        "staff": ("personal", "staff"),
    }
    listed = {e: ", ".join(words.get(name, (name, name))[e == "en"] for name in failed) for e in EDITIONS}
    return Verdict(
        "fails" if failed else "holds",
        {"compared": len(checks), "contradicted": len(failed)},
        {
            "sv": f"Motsägs av publicerade tal: {listed['sv']}."
            if failed
            else "Antalet deltagare stämmer med den publicerade uppgiften för samma år; kostnad och personal ryms mellan publicerade gränser för åren omkring.",
            "en": f"Contradicted by published figures: {listed['en']}."
            if failed
            else "The number of participants agrees with the published figure of that year; cost and staff lie between published bounds of the years around it.",
        },
        size(
            len(failed), "count",
            {"sv": "tal som motsägs av publicerade uppgifter", "en": "figures that published ones contradict"},
            n=len(checks),
        ),
    )  # fmt: skip


def claim_state_spends_double(national: pd.DataFrame, state: pd.DataFrame) -> Verdict:
    """The state spends about twice as much on programmes as municipalities do (``ABOUT_TWICE``), latest official year.

    Compares rows on ``programmes_and_measures`` with municipal accounts of the same year; synthetic rows decide nothing.
    """
    programmes = state[(state["programme"] == "programmes_and_measures") & (state["origin"] == "official")]
    municipal = national[(national["indicator"] == "net_cost") & (national["basis"] == "accounts")]
    both = programmes.merge(municipal, on="year", suffixes=("_state", "_municipal")).sort_values("year", kind="stable")
    if both.empty:
        return _untestable(
            "Det finns inget år med officiella tal för både stat och kommuner.",
            "No year has official figures for both the state and the municipalities.",
        )
    row = both.iloc[-1]
    ratio = float(row["amount_tkr"] / row["value"])
    low, high = ABOUT_TWICE
    kind = {"outturn": ("utfall", "outturn"), "budget": ("budget", "budget")}[row["status"]]
    return Verdict(
        "holds" if low <= ratio <= high else "fails",
        {"ratio": ratio, "year": int(row["year"])},
        {
            "sv": f"Statens program och insatser kostade {number(ratio, 'sv', 1)} gånger kommunernas nettokostnad {row['year']} "
            f"(staten: {kind[0]}; kommunerna: räkenskaper). Gränserna: {number(low, 'sv', 1)}–{number(high, 'sv', 1)} gånger.",
            "en": f"The state's programmes and measures cost {number(ratio, 'en', 1)} times the municipalities' net cost in {row['year']} "
            f"(state: {kind[1]}; municipalities: accounts). The limits: {number(low, 'en', 1)}–{number(high, 'en', 1)} times.",
        },
        size(
            ratio, "ratio",
            {"sv": "statens kostnad delad med kommunernas", "en": "the state's cost divided by the municipalities'"},
            n=len(both),
        ),
    )  # fmt: skip


def claim_groups_differ_little(municipalities: pd.DataFrame) -> Verdict:
    """Municipalities differ more within their groups than between them: less than half of the variance is between.

    ``municipalities`` is ``all_municipalities``. The share between groups is eta squared (Fisher 1925).
    """
    frame = municipalities.dropna(subset=["ratio"])
    total = float(((frame["ratio"] - frame["ratio"].mean()) ** 2).sum())
    means = frame.groupby("skr_group_code")["ratio"].transform("mean")
    if total == 0 or frame["skr_group_code"].nunique() < 2:
        return _untestable("Kommunerna skiljer sig inte åt.", "The municipalities do not differ.")
    between = float(((means - frame["ratio"].mean()) ** 2).sum()) / total
    return Verdict(
        "holds" if between < 0.5 else "fails",
        {"between": between, "n": len(frame)},
        {
            "sv": f"{percent_words(between, 'sv')} av variansen mellan {number(len(frame), 'sv')} kommuner ligger mellan kommungrupperna, resten inom dem.",
            "en": f"{percent_words(between, 'en')} of the variance between {number(len(frame), 'en')} municipalities lies between the groups, the rest within them.",
        },
        size(
            between, "share",
            {"sv": "andel av variansen som ligger mellan grupperna", "en": "share of the variance that lies between the groups"},
            n=len(frame),
        ),
    )  # fmt: skip


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


def _municipalities_risen(costs: pd.DataFrame, column: str, first: int, last: int) -> tuple[int, int]:
    wide = costs.pivot(index="municipality_code", columns="year", values=column)[[first, last]].dropna()
    return int((wide[last] > wide[first]).sum()), len(wide)


def _signed(share: float, edition: Edition) -> str:
    return f"{number(share * 100, edition, signed=True)} {'procent' if edition == 'sv' else 'per cent'}"


def _untestable(swedish: str, english: str) -> Verdict:
    return Verdict("untestable", {}, {"sv": swedish, "en": english})
