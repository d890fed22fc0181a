"""The figures on cost and participants, and the table of national statistics."""

from collections.abc import Callable, Mapping
from functools import partial

import pandas as pd

from analysis.sections.background import all_290, drawing
from analysis.sections.background.frames import STATE_ROWS, Frames
from analysis.sections.background.origins import accounts_source
from analysis.shared_texts import some_places, unit_of_places
from report_engine.model.section import Column, Provenance, Table, combine, row_origins
from report_engine.results.section_builder import Drawn
from report_engine.words.editions import Text
from report_engine.words.texts import Texts

LISTED = 20
"""Municipalities that an alternative text lists at most: those at both ends."""


def net_cost_real(found: Frames, say: Texts) -> Drawn:
    """Show the net cost in constant prices, of the municipalities studied and of the whole country."""
    first, last = found.final_ends
    growth = last["net_cost_real_tkr"] / first["net_cost_real_tkr"] - 1
    years = {"first": int(first["year"]), "last": int(last["year"])}
    *before, at_last = found.totals["basis"]
    apart = None
    if at_last == "official" and {"synthetic", "mixed"} & {*before}:
        made_up = "partly" if "mixed" in before else "all"
        apart = say("figures.net_cost_real.apart", year=int(found.totals["year"].max()), made_up=made_up)
    bases = say.labels("labels.point")
    points = [
        say("figures.net_cost_real.alt_point", year=p.year, basis=bases.get(p.basis, p.basis), cost=p.net_cost_real_tkr)
        for p in found.national.itertuples()
    ]
    ends = {"first_cost": first["net_cost_real_tkr"], "last_cost": last["net_cost_real_tkr"]}
    return Drawn(
        found.panels,
        partial(drawing.net_cost_real, words=say.labels("figures.net_cost_real.drawn"), bases=bases),
        say(
            "figures.net_cost_real.caption",
            n=_studied(found),
            growth=growth,
            size=abs(growth),
            **years,
            base=found.price_base,
            apart=apart,
        ),
        say("figures.net_cost_real.alt", **ends, **years, points=points),
        _sources(found, say, "national", "prices"),
        ("municipal_accounts", "labour_units_national", "consumer_prices"),
        _studied(found),
        unit_of_places(_studied(found)),
    )


def index(found: Frames, say: Texts) -> Drawn:
    """Show cost, participants and unemployment, as indices of the same year."""
    base = int(found.index["base_year"].iloc[0])
    names = say.labels("labels.series_inside")
    now, course = [], []
    for key, part in found.index.groupby(pd.Categorical(found.index["series"], list(names)), observed=True):
        first, last = (part.sort_values("year", kind="stable").iloc[place] for place in (0, -1))
        said = {"series": names[key], "year": int(last["year"]), "index": last["index"]}
        now.append(say("figures.index.caption_series", **said))
        ends = {"first": first["index"], "first_year": int(first["year"]), "last": last["index"]}
        course.append(say("figures.index.alt_series", series=names[key], **ends, last_year=int(last["year"])))
    units = [] if "labour_units" in found.inputs.empty else ["units"]
    return Drawn(
        found.index,
        partial(drawing.index, series=say.labels("labels.series"), title=say("figures.index.axis", base=base)),
        say("figures.index.caption", base=base, series=now),
        say("figures.index.alt", lines=say("figures.index.alt_lines", n=len(now)), series=course),
        _sources(found, say, "accounts", *units, "unemployment", "prices"),
        ("municipal_accounts", "labour_units", "unemployment", "consumer_prices"),
        _studied(found),
        unit_of_places(_studied(found)),
    )


def per_inhabitant(found: Frames, say: Texts) -> Drawn:
    """Show the cost per inhabitant in the first and the last year, municipality by municipality."""
    frame = found.inhabitants
    first, last = (int(frame[f"{name}_year"].iloc[0]) for name in ("first", "last"))
    rows = [
        say("figures.per_inhabitant.alt_row", place=row.municipality, first=row.first, last=row.last)
        for row in frame.itertuples()
    ]
    if len(rows) > LISTED:  # an alternative text is listened to
        rows = [*rows[: LISTED // 2], *rows[-LISTED // 2 :]]
    return Drawn(
        frame,
        partial(drawing.per_inhabitant, axis_label=say("figures.per_inhabitant.axis")),
        say(
            "figures.per_inhabitant.caption",
            spread=_spread(frame, last, say),
            since=_since(frame, (first, last), found.price_base, say),
        ),
        say("figures.per_inhabitant.alt", first=first, last=last, rows=rows),
        _sources(found, say, "accounts", "people", "prices"),
        ("municipal_accounts", "population", "consumer_prices"),
        len(frame),
        unit_of_places(len(frame)),
    )


def _spread(frame: pd.DataFrame, year: int, say: Texts) -> Text:
    """Say how far the cost per inhabitant differs between the dearest and the cheapest municipality."""
    top, bottom = frame.iloc[0], frame.iloc[-1]
    dearest = {"top": top["municipality"], "most": top["last"], "year": year}
    if len(frame) == 1:
        return say("figures.per_inhabitant.spread_one", **dearest)
    both = {**dearest, "bottom": bottom["municipality"], "least": bottom["last"]}
    if bottom["last"] <= 0:
        return say("figures.per_inhabitant.spread_from_nothing", **both)
    return say("figures.per_inhabitant.spread", **both, times=top["last"] / bottom["last"])


def _since(frame: pd.DataFrame, years: tuple[int, int], base: int, say: Texts) -> Text:
    if years[0] == years[1]:
        return say("figures.per_inhabitant.since_now", base=base)
    if len(frame) == 1:
        return say("figures.per_inhabitant.since_one", first=years[0], was=frame["first"].iloc[0], base=base)
    return say("figures.per_inhabitant.since", first=years[0], risen=risen(frame, say), base=base)


def risen(frame: pd.DataFrame, say: Texts) -> Text:
    """Say in how many municipalities the cost per inhabitant has risen: ``nio av elva kommuner`` or ``alla elva kommuner``."""
    count, total = int((frame["change"] > 0).sum()), len(frame)
    return say("facts.whole", total=total) if count == total > 1 else some_places(count, total)


def all_municipalities(found: Frames, say: Texts) -> Drawn:
    """Show every municipality's measures in relation to its social assistance, by group."""
    frame = found.municipalities.dropna(subset=["ratio"])
    median, year = float(frame["ratio"].median()), int(frame["year"].iloc[0])
    studied = frame[frame["studied"]].sort_values("ratio", ascending=False, kind="stable")
    highest = frame.loc[frame["ratio"].idxmax()]
    rows = [say("figures.all_290.alt_row", place=row.municipality, ratio=row.ratio) for row in studied.itertuples()]
    return Drawn(
        found.municipalities,
        partial(all_290.draw, axis_label=say("figures.all_290.axis")),
        say("figures.all_290.caption", year=year, median=median, own=_own(studied, median, say)),
        say(
            "figures.all_290.alt",
            n=len(frame),
            median=median,
            highest=highest["municipality"],
            ratio=highest["ratio"],
            rows=rows or ["–"],
        ),
        say("sources.dated", source=say("sources.accounts"), year=year),
        ("municipal_net_cost", "municipalities"),
        len(frame),
        unit_of_places(len(frame)),
    )


def _own(studied: pd.DataFrame, median: float, say: Texts) -> Text | None:
    if studied.empty:
        return None
    lead = {"top": studied["municipality"].iloc[0], "ratio": studied["ratio"].iloc[0]}
    if len(studied) == 1:
        return say("figures.all_290.own_one", **lead)
    above = int((studied["ratio"] > median).sum())
    return say("figures.all_290.own", above=say("figures.all_290.own_above", n=above, studied=len(studied)), **lead)


def cost_per_participant(found: Frames, say: Texts) -> Drawn:
    """Show the cost per participant by year, of all municipalities together and of each."""
    first, last = found.participant_ends
    growth, years = last["sek"] / first["sek"] - 1, {"first": int(first["year"]), "last": int(last["year"])}
    costs = {"first_cost": first["sek"], "last_cost": last["sek"]}
    single = (found.participants["series"] == "municipality") & (found.participants["year"] == last["year"])
    ends = found.participants[single].sort_values("sek", kind="stable")
    low, high = ends.iloc[0], ends.iloc[-1]
    who = {"lowest": low["municipality"], "highest": high["municipality"]}
    apart, alt = None, say("figures.cost_per_participant.alt_one", place=low["municipality"], **costs, **years)
    if len(ends) > 1:
        if round(low["sek"]) < round(high["sek"]):
            apart = say("figures.cost_per_participant.apart", **who, low=low["sek"], high=high["sek"])
        alt = say("figures.cost_per_participant.alt", **costs, **years, **who)
    title, everyone = say("figures.cost_per_participant.axis"), say("figures.cost_per_participant.all")
    return Drawn(
        found.participants,
        partial(drawing.cost_per_participant, title=title, everyone=everyone),
        say(
            "figures.cost_per_participant.caption",
            growth=growth,
            size=abs(growth),
            **years,
            base=found.price_base,
            apart=apart,
        ),
        alt,
        _sources(found, say, "accounts", "units", "prices"),
        ("municipal_accounts", "labour_units", "consumer_prices"),
        _studied(found),
        unit_of_places(_studied(found)),
    )


FIGURES: Mapping[str, Callable[[Frames, Texts], Drawn]] = {
    "net_cost_real": net_cost_real,
    "index": index,
    "per_inhabitant": per_inhabitant,
    "all_290": all_municipalities,
    "cost_per_participant": cost_per_participant,
}


def national(found: Frames, say: Texts) -> Table:
    """List published statistics on municipal measures and the state's programmes, each figure with its basis."""
    rows, labels = found.statistics, found.inputs.labels
    municipal, state = labels["labour_units_national"], labels["state_programmes"]
    bases = rows.loc[~rows["indicator"].isin(STATE_ROWS), "basis"].nunique()
    indicators = {**municipal["indicator"], **say.labels("labels.indicator")}
    return Table(
        name="national",
        data=rows,
        columns=(
            Column("indicator", say("columns.indicator"), labels=indicators),
            Column("year", say("columns.year"), format="code"),
            Column("value", say("columns.value"), format="integer"),
            Column("unit", say("columns.unit"), labels={**municipal["unit"], **say.labels("labels.unit")}),
            Column("basis", say("columns.basis"), labels={**municipal["basis"], **state["status"]}),
        ),
        caption=say(
            "tables.national.caption", first=int(rows["year"].min()), last=int(rows["year"].max()), bases=bases
        ),
        provenance=Provenance(
            _sources(found, say, "national", "evaluation", "budget"),
            combine(row_origins(rows)),
            ("labour_units_national", "state_programmes"),
        ),
        note=say("tables.national.note"),
    )


def _studied(found: Frames) -> int:
    return int(found.costs["municipality_code"].nunique())


def _sources(found: Frames, say: Texts, *names: str) -> Text:
    return say("sources.all", sources=[_source(found, say, name) for name in names])


def _source(found: Frames, say: Texts, name: str) -> Text:
    return accounts_source(found, say) if name == "accounts" else say(f"sources.{name}")
