"""The numbers of captions and alt texts that are no row's value: how each is computed, in the order in which a text gives them.

A figure with such a number that has no line here fails; each stands with what its clause must name: a code or words.
"""

from collections.abc import Callable

import pandas as pd

Given = tuple[float, str]
Value = Callable[[str], float]
"""A fact's value by its id."""

RELIEF = ("pes_manager", "municipal_manager", "social_worker", "labour_unit_staff", "participant")
READ = ("helps", "no_effect", "harms", "mixed")


def _competence(d: pd.DataFrame) -> pd.Series:
    return (d["education"] + d["subsidised_employment"])[d["municipality_code"] != "all"]


def _overall(d: pd.DataFrame, verdict: str) -> int:
    return int(((d["stream"] == "overall") & (d["verdict"] == verdict)).sum())


def _verdicts(d: pd.DataFrame) -> pd.Series:
    return d.drop_duplicates("claim")["verdict"]


def _largest_gap(d: pd.DataFrame) -> pd.Series:
    return d.loc[d["estimate"].abs().idxmax()]


def _taken_together(d: pd.DataFrame) -> float:
    """Return how many of the five answers a merged part of an item stands for."""
    parts = d[d["item"].isin(d.loc[d["merged"], "item"])]
    return 1 + (5 * parts["item"].nunique() - len(parts)) / d["merged"].sum()


COMPUTED: dict[str, Callable[[pd.DataFrame, Value], list[Given]]] = {
    "background/net_cost_real caption": lambda d, f: [(f("background.municipalities"), "kommunerna|municipalities")],
    "background/per_inhabitant caption": lambda d, f: [(d["last"].max() / d["last"].min(), "gånger|times")],
    "background/all_290 caption": lambda d, f: [
        (d["ratio"].median(), "median"),
        ((d["ratio"][d["studied"]] > d["ratio"].median()).sum(), "kommuner|municipalities"),
        (d["studied"].sum(), "kommuner|municipalities"),
    ],
    "background/all_290 alt": lambda d, f: [(len(d), "kommuner|municipalities"), (d["ratio"].median(), "median")],
    "study/map caption": lambda d, f: [(d["county"].nunique(), "län|counties")],
    "study/response_rates caption": lambda d, f: [(d["last_respondents"].sum() / d["last_invited"].sum(), "2018")],
    "knowledge_review/themes caption": lambda d, f: [
        (d["studies"].sum(), "studier|studies"),
        (d.loc[d["direction"] == "descriptive", "studies"].sum(), "beskrivande|descriptive"),
        (d.loc[d["direction"].isin(READ), "studies"].sum(), "vad aktivering leder till|what activation leads to"),
    ],
    "knowledge_review/timeline alt": lambda d, f: [(len(d), "studier|studies")],
    "knowledge_review/tracks caption": lambda d, f: [((d["kind"] == "lane").sum(), "spåren|tracks")],
    "knowledge_review/tracks alt": lambda d, f: [((d["kind"] == "lane").sum(), "rader|rows")],
    "municipal_activation/measure_mix caption": lambda d, f: [
        (_competence(d).min(), "mellan|between"),
        (_competence(d).max(), ""),
    ],
    "municipal_activation/poor_relief_codes caption": lambda d, f: [
        (f(f"municipal_activation.relief_{group}"), group) for group in RELIEF
    ],
    "managers/activation_models caption": lambda d, f: [
        (f("managers.sanctions_municipal_manager"), "sanctions_needed"),
        (f("managers.education_municipal_manager"), "education_is_way"),
    ],
    "collaboration/same_collaboration caption": lambda d, f: [
        (f("collaboration.pes_managers"), "managers"),
        (f("collaboration.pes_staff"), "staff"),
    ],
    "collaboration/same_collaboration alt": lambda d, f: [(d["step"].nunique(), "svarssteg|steps")],
    "collaboration/stance_heat caption": lambda d, f: [(-1, "critical")],
    "collaboration/manager_staff_gap caption": lambda d, f: [
        (_largest_gap(d)["managers"], "municipal_manager|cheferna"),
        (_largest_gap(d)["staff"], "staff"),
        (((d["low"] > 0) | (d["high"] < 0)).sum(), "frågor|items"),
    ],
    "staff/fall_between_chairs caption": lambda d, f: [
        (f("staff.fk_segments"), "collab_fk"),  # two of its municipalities are hidden
    ],
    "participants/items caption": lambda d, f: [(_taken_together(d), "svarssteg|answers")],
    "participants/by_age caption": lambda d, f: [(d["n"].min(), "svar|answers"), (d["n"].max(), "svar|answers")],
    "participants/contentment caption": lambda d, f: [(-1, "critical"), (1, "supportive")],
    "conclusions/triangulation caption": lambda d, f: [
        (_overall(d, "holds"), ""),
        (_overall(d, "borderline"), "borderline"),
    ],
    "recommendations/recommendations caption": lambda d, f: [
        (d["claim"].nunique(), "påståenden|claims"),
        ((_verdicts(d) == "holds").sum(), "hold|håller"),
        ((_verdicts(d) == "holds").mean(), ""),
    ],
}
