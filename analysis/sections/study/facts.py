"""The study's facts: every number and computed word that its chapter uses."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from analysis.sections.study.claims import RELIABLE
from analysis.sections.study.map import NAMED
from analysis.sections.study.words import text
from analysis.shared import some
from report_engine.methods.reliability import Alpha
from report_engine.model.section import Fact, Origin
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import lack
from report_engine.words.editions import Edition
from report_engine.words.numbers import both, count_words, listing, money, municipalities_words, number, percent_words

if TYPE_CHECKING:
    from analysis.sections.study import Frames


def facts(inputs: Inputs, computed: "Frames") -> tuple[Callable[[], tuple[Fact, ...]], ...]:
    """List the section's facts, in groups by what they rest on; a group raises ``Unavailable`` where that is lacking."""
    return tuple(
        partial(make, inputs, computed) for make in (_places, _people, _survey, _interviews, _coded, _agreement)
    )


def _places(inputs: Inputs, computed: "Frames") -> tuple[Fact, ...]:
    frame = computed.municipalities
    tables: tuple[str, ...] = ("municipalities", "population", "municipal_net_cost")
    origin = inputs.origin(*tables)
    groups, of_all = frame["skr_group_code"].nunique(), inputs.tables["municipalities"]["skr_group_code"].nunique()
    cost = float(frame["net_cost_million"].sum() * 1_000)
    names = frame["municipality"].tolist()
    few = len(names) <= NAMED
    named = text(lambda e: listing(names, e) if few else "se tabellen nedan" if e == "sv" else "see the table below")
    return (
        Fact("study.municipalities", len(frame), both(count_words, len(frame)), "municipalities", tables, origin),
        Fact("study.municipalities_words", None, both(municipalities_words, len(frame)), "text", tables, origin),
        Fact("study.names", None, named, "text", tables, origin),
        Fact(
            "study.counties",
            frame["county"].nunique(),
            both(count_words, frame["county"].nunique()),
            "counties",
            tables,
            origin,
        ),
        Fact("study.groups", groups, both(some, groups), "groups", tables, origin),
        Fact("study.groups_all", of_all, both(count_words, of_all), "groups", tables, origin),
        Fact("study.net_cost", cost, both(money, cost, 0), "tkr", tables, origin),
        _year("study.net_cost_year", frame["net_cost_year"].iloc[0], tables, origin),
    )


def _people(inputs: Inputs, computed: "Frames") -> tuple[Fact, ...]:
    tables: tuple[str, ...] = ("municipalities", "population", "municipal_net_cost")
    origin, frame = inputs.origin(*tables), computed.municipalities
    if frame["population"].isna().all():
        lack("Folkmängd saknas för studiens kommuner.", "There is no population of the municipalities studied.")
    people = int(frame["population"].sum())
    return (
        Fact("study.population", people, both(number, people), "persons", tables, origin),
        _year("study.population_year", frame["population_year"].iloc[0], tables, origin),
    )


def _survey(inputs: Inputs, computed: "Frames") -> tuple[Fact, ...]:
    tables = ("actors", "survey_frame")
    origin = inputs.origin(*tables)
    waves = computed.rates.groupby("wave")[["invited", "respondents"]].sum()
    total = int(waves["respondents"].sum())
    found = [
        Fact("study.respondents", total, both(number, total), "persons", tables, origin, n=total),
        Fact("study.waves", len(waves), both(count_words, len(waves)), "waves", tables, origin),
        Fact("study.waves_named", None, text(lambda e: _waves_named(list(waves.index), e)), "text", tables, origin),
        Fact("study.response_words", None, text(lambda e: _response_words(waves, e)), "text", tables, origin),
    ]
    for name, wave in (("first", waves.index.min()), ("last", waves.index.max())):
        row = waves.loc[wave]
        rate = float(row["respondents"] / row["invited"])
        n = int(row["respondents"])
        found += [
            _year(f"study.{name}_wave", wave, tables, origin),
            Fact(f"study.{name}_respondents", n, both(number, n), "persons", tables, origin, n=n),
            Fact(
                f"study.{name}_response_rate",
                rate,
                both(percent_words, rate),
                "share",
                tables,
                origin,
                n=int(row["invited"]),
            ),
        ]
    return tuple(found)


def _waves_named(waves: list[int], e: Edition) -> str:
    """Write ``två vågor, 2016 och 2018`` / ``two waves, 2016 and 2018``, or ``en våg, 2018`` where there is one."""
    word = {"sv": ("våg", "vågor"), "en": ("wave", "waves")}[e][len(waves) > 1]
    return f"{some(len(waves), e)} {word}, {listing([str(wave) for wave in waves], e)}"


def _response_words(waves: pd.DataFrame, e: Edition) -> str:
    """Write the response rates of the first and the last wave, or of the only one."""
    rates = [
        percent_words(waves.loc[wave, "respondents"] / waves.loc[wave, "invited"], e) for wave in sorted(waves.index)
    ]
    if len(rates) == 1:
        return rates[0]
    if e == "sv":
        return f"{rates[0]} i den första vågen och {rates[-1]} i den {'andra' if len(rates) == 2 else 'sista'}"
    return f"{rates[0]} in the first wave and {rates[-1]} in the {'second' if len(rates) == 2 else 'last'}"


def _interviews(inputs: Inputs, computed: "Frames") -> tuple[Fact, ...]:
    tables = ("interviews", "segments", "codebook")
    origin = inputs.origin(*tables)
    interviews = inputs.tables["interviews"]
    counts = {
        "interviews": len(interviews),
        "interviewees": int(interviews["n_interviewees"].sum()),
        "manager_interviews": int((interviews["group"] == "managers").sum()),
        "staff_interviews": int((interviews["group"] == "staff").sum()),
        "participant_interviews": int((interviews["group"] == "participants").sum()),
        "double_coded_interviews": int(interviews["second_coder"].notna().sum()),
    }
    return _counts(counts, tables, origin)


def _coded(inputs: Inputs, computed: "Frames") -> tuple[Fact, ...]:
    tables = ("interviews", "segments", "codebook")
    counts = {
        "segments": len(computed.segments),
        "codes": int(inputs.tables["codebook"]["parent"].notna().sum()),
        "double_coded_segments": computed.codes.n_units,
    }
    return _counts(counts, tables, inputs.origin(*tables))


def _counts(counts: dict[str, int], tables: tuple[str, ...], origin: Origin) -> tuple[Fact, ...]:
    return tuple(
        Fact(f"study.{name}", n, both(count_words, n), "count", tables, origin, n=n) for name, n in counts.items()
    )


def _agreement(inputs: Inputs, computed: "Frames") -> tuple[Fact, ...]:
    tables = ("interviews", "segments", "codebook")
    origin = inputs.origin(*tables)
    return (
        *_alpha("codes", computed.codes, tables, origin),
        *_alpha("stances", computed.stances, tables, origin),
        Fact("study.alpha_threshold", RELIABLE, both(number, RELIABLE, 3), "alpha", tables, origin),
    )


def _alpha(name: str, alpha: Alpha, tables: tuple[str, ...], origin: Origin) -> tuple[Fact, ...]:
    if alpha.value != alpha.value:  # nothing was coded twice
        return ()
    interval = text(lambda e: f"{number(alpha.low, e, 2)}–{number(alpha.high, e, 2)}")
    value, bounds = both(number, alpha.value, 2), (alpha.low, alpha.high, alpha.n_units)
    return (
        Fact(f"study.alpha_{name}", alpha.value, value, "alpha", tables, origin, *bounds),
        Fact(f"study.alpha_{name}_interval", None, interval, "text", tables, origin, *bounds),
    )


def _year(id_: str, year: int, tables: tuple[str, ...], origin: Origin) -> Fact:
    return Fact(id_, int(year), text(lambda _: str(int(year))), "year", tables, origin)
