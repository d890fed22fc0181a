"""Ways to bend a section's tables: answers, codes, stances, and series that run backwards."""

from collections.abc import Sequence

import pandas as pd

Tables = dict[str, pd.DataFrame]


def answer(tables: Tables, item: str, who: Sequence[str], value: int, wave: int | None = None) -> None:
    """Let everybody of these actors give this answer."""
    actors = tables["actors"]
    rows = actors["actor"].isin(list(who)) & ((actors["wave"] == wave) if wave else True)
    actors.loc[rows, item] = value
    actors.loc[rows, f"{item}_missing"] = pd.NA


def silent(tables: Tables, item: str, who: Sequence[str]) -> None:
    """Let everybody of these actors say that they don't know."""
    rows = tables["actors"]["actor"].isin(list(who))
    tables["actors"].loc[rows, item] = pd.NA
    tables["actors"].loc[rows, f"{item}_missing"] = "dont_know"


def recode(tables: Tables, codes: Sequence[str], into: str, who: Sequence[str] | None = None) -> None:
    """Give all segments with these codes another code."""
    segments = tables["segments"]
    rows = segments["code"].isin(list(codes)) & (segments["speaker_actor"].isin(list(who)) if who else True)
    segments.loc[rows, "code"] = into


def stance(tables: Tables, codes: Sequence[str], value: int, who: Sequence[str] | None = None) -> None:
    """Give all segments with these codes this stance."""
    segments = tables["segments"]
    rows = segments["code"].isin(list(codes)) & (segments["speaker_actor"].isin(list(who)) if who else True)
    segments.loc[rows, "stance"] = value


def of_one_mind(tables: Tables) -> None:
    """Let the second coder agree with the first on everything."""
    segments = tables["segments"]
    passages = segments.groupby(["interview_id", "start", "end"])
    for column in ("code", "stance"):
        segments[column] = passages[column].transform(lambda given: given.iloc[0])


def new_code(tables: Tables, code: str, *, voiced: bool) -> None:
    """Add a code to the codebook, and let it be voiced everywhere (where others speak of control) or nowhere."""
    row = tables["codebook"].iloc[[0]].assign(code=code, parent="effects", name_sv=f"Ny {code}", name_en=f"New {code}")
    tables["codebook"] = pd.concat([tables["codebook"], row], ignore_index=True)
    if voiced:
        recode(tables, ("control",), code)


def backwards(tables: Tables, name: str, columns: Sequence[str]) -> None:
    """Let each municipality's series run from its last year to its first."""
    frame = tables[name].sort_values(["municipality_code", "year"])
    turned = frame.sort_values(["municipality_code", "year"], ascending=[True, False])
    for column in columns:
        frame[column] = turned[column].to_numpy()
    tables[name] = frame.reset_index(drop=True)
