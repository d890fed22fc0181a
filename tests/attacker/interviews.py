"""What the published numbers on the interviews mean: statements on who spoke of what, where, and with which stance."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.actors import MUNICIPAL_MANAGERS
from analysis.interviews import coded_segments
from analysis.sections.knowledge_review.frames import MUNICIPAL
from analysis.sections.managers.frames import OWN_ROLE, RULE_CODES, SPOKEN_MODELS, SPOKEN_OF
from analysis.sections.participants.frames import COUNTERPARTS
from report_engine.methods.disclosure import PRIMARY
from tests.attacker.blur import Blur
from tests.attacker.cells import Cell, Statement, cell, count
from tests.attacker.published import Sheet
from tests.attacker.survey import WHO

STANCES = {"critical": "-1", "neutral": "0", "supportive": "1"}
TAKEN = tuple(STANCES.values())
VOICED = ("0", "1", "none")
"""The stances of a segment that puts a reason forward."""

Bounds = tuple[float, float]


@dataclass(frozen=True)
class Interviews:
    """How to read numbers on the interviews: the codes of the poor-relief logic, and how much the numbers are blurred and hidden."""

    relief: tuple[str, ...]
    blur: Blur
    smallest: int

    def share(self, inner: Cell, of: Cell, told: Bounds, source: str, draws: int = 1) -> Statement:
        """State which share of some segments are others."""
        half = (told[1] - told[0]) / 2 * (draws - 1)
        return Statement(((1.0, inner),), told[0] - half, told[1] + half, source, of, "one", draws * self.blur.noise)

    def mean(self, of: Cell, told: Bounds, source: str) -> Statement:
        """State the mean stance (−1 to 1) of some segments; one moved and rounded share for each step between two stances."""
        steps = 2 if self.blur.noise else 1
        half = (told[1] - told[0]) / 2 + (0.01 if self.blur.noise else 0.0)
        middle = (told[0] + told[1]) / 2
        terms = ((1.0, of & cell(stance="1")), (-1.0, of & cell(stance="-1")))
        return Statement(terms, middle - half, middle + half, source, of, "one", steps * self.blur.noise)


def read(sheet: Sheet, heard: Interviews) -> Iterator[Statement]:
    """Read a published table as statements; none from a table that tells nothing of the interviews."""
    for row in sheet.rows.to_dict("records"):
        if sheet.name in ("collaboration/overlap_gaps", "managers/codes_by_actor", "knowledge_review/reasons"):
            yield from _spoken(sheet, row, heard, cell(actor=WHO[row["actor"]]))
        elif sheet.name == "municipal_activation/poor_relief_codes":
            who = cell(actor=WHO[row["side"]])
            said = (
                _spoken(sheet, row, heard, who)
                if row["part"] == "codes"
                else _stances(sheet, row, heard, who & cell(code=heard.relief))
            )
            yield from said
        elif sheet.name == "managers/pes_discretion":
            code, speakers = SPOKEN_OF[row["row"]]
            yield from _stances(sheet, row, heard, cell(actor=speakers, code=code))
        elif sheet.name == "collaboration/stance_heat":
            yield from _stances(sheet, row, heard, cell(actor=row["actor"], code=row["code"]))
        elif sheet.name == "participants/contentment" and row["stream"] == "interviews":
            about = cell(actor="participant", code=COUNTERPARTS[row["whom"]][2])
            yield from _stances(sheet, {**row, "mean": row["estimate"]}, heard, about, mean="estimate")
        elif sheet.name == "staff/fall_between_chairs":
            yield from _counted(sheet, row, heard, cell(municipality=row["municipality"], code=row["code"]))


def _counted(sheet: Sheet, row: dict[str, Any], heard: Interviews, about: Cell) -> Iterator[Statement]:
    """Read a count, or what the rule says of it where it is hidden for being small."""
    if n := sheet.number(row, "n"):
        yield count(about, *heard.blur.count(n[0]), f"{sheet.source} {about} n")
    elif row.get("suppressed") == PRIMARY:
        yield count(about, *heard.blur.hidden(heard.smallest), f"{sheet.source} {about} hidden")


def _spoken(sheet: Sheet, row: dict[str, Any], heard: Interviews, who: Cell) -> Iterator[Statement]:
    about = who & cell(code=row["code"])
    if sheet.name == "knowledge_review/reasons":
        about &= cell(stance=VOICED)
    where = f"{sheet.source} {about}"
    yield from _counted(sheet, row, heard, about)
    if spoken := sheet.number(row, "spoken"):
        yield count(who, *heard.blur.cases(spoken[0]), f"{where} spoken")
    if told := sheet.number(row, "share" if "share" in row else "estimate"):
        yield heard.share(about, who, told, where)


def _stances(
    sheet: Sheet, row: dict[str, Any], heard: Interviews, about: Cell, mean: str = "mean"
) -> Iterator[Statement]:
    taken, where = about & cell(stance=TAKEN), f"{sheet.source} {about}"
    for name, stance in STANCES.items():
        if told := sheet.number(row, name):
            draws = 2 if heard.blur.noise and name == "neutral" else 1
            yield heard.share(taken & cell(stance=stance), taken, told, f"{where} {name}", draws)
    if told := sheet.number(row, mean):
        yield heard.mean(taken, told, f"{where} mean")
    if n := sheet.number(row, "n"):
        yield count(taken, *heard.blur.cases(n[0]), f"{where} n")
    elif (
        row.get("suppressed") == PRIMARY and not heard.blur.noise
    ):  # with noise, also where what is not the commonest is small
        yield count(taken, *heard.blur.hidden(heard.smallest), f"{where} hidden")


def facts(found: dict[str, Any], heard: Interviews) -> Iterator[Statement]:
    """Read the facts that tell of the interviews what no table does: totals, and shares of several codes together."""
    blur = heard.blur
    managers, pes = cell(actor=MUNICIPAL_MANAGERS), cell(actor="pes_manager")
    discretion = pes & cell(code="pes_discretion", stance=TAKEN)
    counts = {
        "staff.chairs_segments": cell(code="fall_between_chairs"),
        "staff.fk_segments": cell(code="collab_fk"),
        "study.segments": cell(),
        "managers.discretion_segments": discretion,
        "managers.role_segments": managers & cell(code=OWN_ROLE),
        "managers.model_segments": managers & cell(code=SPOKEN_MODELS),
    }
    shares = {
        "managers.rules_share": (pes & cell(code=RULE_CODES), pes),
        "managers.no_freedom": (discretion & cell(stance="-1"), discretion),
        "managers.much_freedom": (discretion & cell(stance="1"), discretion),
        "managers.entrepreneur_share": (managers & cell(code="entrepreneur"), managers & cell(code=OWN_ROLE)),
        "managers.job_activation_share": (managers & cell(code="job_activation"), managers & cell(code=SPOKEN_MODELS)),
    }
    for id_, fact in found.items():
        value, source = fact.get("value"), f"fact {id_}"
        if not isinstance(value, int | float):
            continue
        if voiced := re.fullmatch(r"knowledge_review\.voiced_(\w+)", id_):
            about = cell(actor=MUNICIPAL, code=f"reason_{voiced[1]}", stance=VOICED)
            yield count(about, *blur.cases(value), source)
        elif relief := re.fullmatch(r"municipal_activation\.relief_(\w+?)(?:_(critical|supportive))?", id_):
            if relief[1] in WHO:
                who = cell(actor=WHO[relief[1]])
                about = who & cell(code=heard.relief)
                taken = about & cell(stance=TAKEN)
                inner, of = (taken & cell(stance=STANCES[relief[2]]), taken) if relief[2] else (about, who)
                yield heard.share(inner, of, told(fact, heard.blur), source)
        elif id_ in counts:
            yield count(counts[id_], *blur.cases(value), source)
        elif id_ in shares:
            yield heard.share(*shares[id_], told(fact, heard.blur), source)


def told(fact: dict[str, Any], blur: Blur) -> Bounds:
    """Read a fact's share: of twelve digits, or of whole or tenths of per cents where numbers are blurred."""
    half = 0.005 if blur.noise else 1e-9
    return fact["value"] - half, fact["value"] + half


def records(segments: pd.DataFrame, interviews: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    """Lay the primary coders' segments out as text: the truth that an attacker is judged by."""
    coded = coded_segments(segments, interviews)
    names = municipalities.set_index("municipality_code")["municipality"]
    stance = coded["stance"].astype("Int64").astype("str")
    return pd.DataFrame(
        {
            "actor": coded["speaker_actor"].astype("str"),
            "code": coded["code"].astype("str"),
            "municipality": coded["municipality_code"].map(names).astype("str"),
            "stance": stance.where(coded["stance"].notna(), "none"),
        }
    )
