"""How many cases a figure rests on, counted again from the tidy tables and its frame; and its source line's years."""

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from report_engine.model.section import Figure
from report_engine.results.tables import source_line
from report_engine.words.editions import EDITIONS
from tests.figures.lexicon import contract_order
from tests.figures.numerals import is_year, numerals
from tests.figures.rows import Row, rows

POOLED = {
    "managers": ("social_services_manager", "labour_unit_manager"),
    "staff": ("social_worker", "labour_unit_staff"),
    "municipal_manager": ("social_services_manager", "labour_unit_manager"),
}
"""Groups of actors that are more than one."""

ASKED = {"participants/contentment": {"participant"}}
"""Who was asked, where a figure's frame names neither actors nor items of the survey."""

ANSWERED = {"municipal_activation/documentation"}
"""Figures of one item whose n counts those who answered it."""

ALL_SAID = {"managers/codes_by_actor", "municipal_activation/poor_relief_codes"}
"""Figures of shares of all that a group says: their n counts all its segments, not those of the codes shown."""

ALL_CODED = {"staff/fall_between_chairs"}
"""Figures whose n counts the segments of hidden cells, too."""

WITHOUT_CASES = {"knowledge_review/tracks"}

Tables = Mapping[str, pd.DataFrame]


def faults(figure: Figure, section: str, tables: Tables) -> Iterator[str]:
    """Yield what a figure's provenance and its rows count otherwise than its data do."""
    name = f"{section}/{figure.name}"
    made = rows(figure.data, name)
    got, unit = figure.provenance.n, (figure.provenance.n_unit or {"en": ""})["en"]
    expected = None if name in WITHOUT_CASES else _cases(name, unit, figure, made, tables)
    if got != expected:
        yield f"n is {got} {unit}, counted again {expected} (who is asked in a figure: ASKED in tests/figures/counts.py)"
    hidden = int((figure.data["suppressed"].fillna("") != "").sum()) if "suppressed" in figure.data else 0
    if figure.provenance.suppressed != hidden:
        yield f"{figure.provenance.suppressed} cells are said to be hidden, {hidden} are"
    yield from _answers(made, tables)
    yield from _lines(figure, name, made, tables)


def _cases(name: str, unit: str, figure: Figure, made: list[Row], tables: Tables) -> int | None:
    data = figure.data
    if unit == "respondents":
        if name in ANSWERED:
            return int(sum(row.numbers.get("n", 0) for row in made))
        actors = tables["actors"]
        return int((actors["wave"].isin(waves(data, actors)) & actors["actor"].isin(asked(name, made, actors))).sum())
    if unit == "municipalities":
        places = {row.codes["municipality"] for row in made if "municipality" in row.codes} - {"all"}
        own = [row.numbers["municipalities"] for row in made if "municipalities" in row.numbers]
        return len(places) or int(max(own, default=tables["municipal_accounts"]["municipality_code"].nunique()))
    if "segments" in unit:
        if name in ALL_SAID:
            coded = primary(tables)
            return int(coded["speaker_actor"].isin(speakers(made)).sum())
        if name in ALL_CODED:
            return int(primary(tables)["code"].isin({row.codes["code"] for row in made}).sum())
        return int(sum(row.numbers["n"] for row in one_a_case(made) if "n" in row.numbers))
    if unit == "studies":
        return len(tables["studies"])
    if unit == "claims":
        return len({claim for row in data.get("claims", data.get("claim")) for claim in row.split()})
    return -1  # no way to count these cases is known: add one


def waves(data: pd.DataFrame, actors: pd.DataFrame) -> set[int]:
    """Return the waves of the survey that a frame shows; the last where it names none."""
    shown = {int(wave) for column in data if str(column).endswith("wave") for wave in data[column].dropna()}
    return shown or {int(actors["wave"].max())}


def asked(name: str, made: list[Row], actors: pd.DataFrame) -> set[str]:
    """Return the actors that a frame speaks of: by name, in pools, or as those who answered its items at all."""
    if name in ASKED:
        return ASKED[name]
    named = speakers(made)
    items = {row.codes["item"] for row in made if "item" in row.codes}
    return named or {str(actor) for item in items for actor in actors.loc[actors[item].notna(), "actor"]}


def speakers(made: list[Row]) -> set[str]:
    """Return the actors among a frame's codes and columns, pools taken apart."""
    codes = {part for row in made for code in row.codes.values() for part in code.split("/")}
    codes |= {column for row in made for column in row.numbers}
    pooled = {actor for pool, actors in POOLED.items() if pool in codes for actor in actors}
    return (codes & set(contract_order("actor"))) | pooled


def primary(tables: Tables) -> pd.DataFrame:
    """Return the segments as each interview's first coder coded them."""
    joined = tables["segments"].merge(tables["interviews"], on="interview_id")
    return joined[joined["coder"] == joined["primary_coder"]]


def one_a_case(made: list[Row]) -> list[Row]:
    """Return one row of those that a wide frame's row was taken apart into."""
    wide = {row.codes.get("") for row in made if "" in row.codes}
    return [row for row in made if row.codes.get("") in {None, min(filter(None, wide), default=None)}]


def _answers(made: list[Row], tables: Tables) -> Iterator[str]:
    """Yield the rows of a survey item that count otherwise than its answers in the tidy table."""
    for row in made:
        item = row.codes.get("item")
        if item is None or "managers" in row.numbers or "n" not in row.numbers:
            continue
        actors = tables["actors"]
        wave = int(row.codes.get("wave", actors["wave"].max()))
        same = (actors["wave"] == wave) & actors[item].notna()
        for column in ("actor", "age_group"):
            if column in row.codes:
                same &= actors[column] == row.codes[column]
        if int(same.sum()) != row.numbers["n"]:
            yield f"{row.codes} counts {row.numbers['n']:.0f} answers, there are {int(same.sum())}"


def _lines(figure: Figure, name: str, made: list[Row], tables: Tables) -> Iterator[str]:
    """Yield the years of a source line that are not those of its data, and an n that it doesn't say."""
    frame = {float(v) for c in figure.data if str(c).endswith("year") for v in figure.data[c].dropna()}
    held = tables["interviews"]["year"]
    known = frame | {float(held.min()), float(held.max())} if "interviews" in figure.provenance.tables else frame
    for edition in EDITIONS:
        source = figure.provenance.source[edition]
        survey = re.search(r"(?:Aktörsenkäten|Survey of actors)((?: \d{4}| och| and)*)", source)
        said = {int(year) for year in re.findall(r"\d{4}", survey[1])} if survey else set()
        if said and said != waves(figure.data, tables["actors"]):
            yield f"{source!r} names other waves than are shown: {sorted(waves(figure.data, tables['actors']))}"
        spoken = re.search(r"(?:gruppintervjuer|group interviews) (\d{4}(?:–\d{4})?)", source, re.IGNORECASE)
        if spoken and spoken[1] not in (f"{held.min()}–{held.max()}", f"{held.min()}"):
            yield f"{source!r} names other years than the interviews'"
        units = tables["labour_units"]["year"].unique() if "labour_units" in figure.provenance.tables else []
        others = {n.value for n in numerals(source, edition) if is_year(n)} - known - {float(w) for w in said}
        if name not in WITHOUT_CASES and others - {float(year) for year in units}:
            yield f"{source!r} names years that are not its data's: {sorted(others)}"
        line = source_line(figure.provenance, edition)
        n = figure.provenance.n
        if n is not None and not any(number.value == n for number in numerals(line, edition)):
            yield f"{line!r} does not say n"
