"""What the published numbers on the survey mean: statements on who gave which answer, item by item and wave by wave."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.actors import ACTORS, MANAGERS, MUNICIPAL_MANAGERS, STAFF
from report_engine.methods.disclosure import PRIMARY
from tests.attacker import intervals
from tests.attacker.blur import Blur
from tests.attacker.cells import Cell, Statement, cell, count
from tests.attacker.published import Sheet

SCALE = ("1", "2", "3", "4", "5")
AGREE, NEITHER, DISAGREE = ("4", "5"), ("3",), ("1", "2")
STEPS = {"agree": AGREE, "neither": NEITHER, "disagree": DISAGREE, **{answer: (answer,) for answer in SCALE}}
DONT_KNOW = "dont_know"
ASKED = (*SCALE, DONT_KNOW, "no_answer")
PES = "pes_collaboration"
DOCUMENTED = "measures_documented"

WHO: Mapping[str, tuple[str, ...]] = {
    **{actor: (actor,) for actor in ACTORS},
    "managers": MANAGERS,
    "staff": STAFF,
    "municipal_managers": MUNICIPAL_MANAGERS,
    "municipal_manager": MUNICIPAL_MANAGERS,
    "manager": MUNICIPAL_MANAGERS,
    "participants": ("participant",),
    "all": ACTORS,
    "social_services": ("social_services_manager", "social_worker"),
    "labour_unit": ("labour_unit_manager", "labour_unit_staff"),
}
CONTENT = {
    "unit": ("unit_staff_help", AGREE),
    "social_services": ("feel_controlled", DISAGREE),
    "pes": ("pes_reachable", AGREE),
}

Bounds = tuple[float, float]


@dataclass(frozen=True)
class Survey:
    """How to read numbers on the survey: the waves, first and last, and how much the numbers are blurred."""

    waves: tuple[str, str]
    blur: Blur
    smallest: int

    def who(self, name: str, item: str, wave: str | None = None, **more: str) -> Cell:
        """Name those of a group who were asked an item in a wave, the last if none is named."""
        return cell(wave=wave or self.waves[1], item=item, actor=WHO[name], **more)

    def share(self, group: Cell, answers: tuple[str, ...], told: Bounds, source: str) -> Statement:
        """State which weighted share of those in a group who chose a step of the scale chose one of some steps."""
        of = group & cell(answer=ASKED if DONT_KNOW in answers else SCALE)
        ends = (
            DONT_KNOW in answers or "1" in answers or "5" in answers
        )  # one end of the scale: one draw of noise, else two
        wide = 1 if ends or not self.blur.noise else 2
        half = (told[1] - told[0]) / 2 * (wide - 1)
        return Statement(
            ((1.0, group & cell(answer=answers)),),
            told[0] - half,
            told[1] + half,
            source,
            of,
            "weight",
            wide * self.blur.noise,
        )

    def interval(
        self, group: Cell, answers: tuple[str, ...], ends: tuple[Bounds, Bounds], share: float, n: float, source: str
    ) -> Statement | None:
        """State what an interval's ends tell of a share: where it lies, and by its width which design effect it has."""
        told = intervals.centre(*ends)
        if told is None:
            return None
        step = 0.005 if self.blur.noise else 0.0
        found = self.share(group, answers, (told[0] - step, told[1] + step), f"{source} interval")
        return replace(found, effect=intervals.effect(share, *ends, n, self.smallest) if self.blur.noise else None)

    def cases(self, group: Cell, written: float, source: str, answers: tuple[str, ...] = SCALE) -> Statement:
        """State how many in a group chose one of some answers."""
        return count(group & cell(answer=answers), *self.blur.cases(written), source)


def read(sheet: Sheet, survey: Survey) -> Iterator[Statement]:
    """Read a published table as statements; none from a table that tells nothing of the survey."""
    plain = {
        "managers/activation_models": {},
        "participants/by_age": {"actor": "participant"},
        "participants/items": {"actor": "participant"},
        "participants/contentment": {"actor": "participant"},
        "staff/effects_known": {},
        "staff/furthest_supported": {},
        "staff/caseload": {"item": "caseload_manageable"},
        "municipal_activation/documentation": {"item": DOCUMENTED},
        "collaboration/same_collaboration": {"item": PES},
    }
    if sheet.name in plain:
        for row in sheet.rows.to_dict("records"):
            yield from _row(sheet, {**plain[sheet.name], **row}, survey)
    elif sheet.name in ("managers/answers", "staff/items", "collaboration/waves", "participants/items_by_wave"):
        yield from _wide(sheet, survey)
    elif sheet.name == "collaboration/manager_staff_gap":
        for row in sheet.rows.to_dict("records"):
            for column, group in (("managers", "municipal_managers"), ("staff", "staff")):
                told = sheet.number(row, column)
                if told:
                    who = survey.who(group, row["item"])
                    yield survey.share(who, AGREE, told, f"{sheet.source} {row['item']} {column}")
            if (n := sheet.number(row, "n")) and not survey.blur.noise:
                both = survey.who("municipal_managers", row["item"]) & cell(wave=survey.waves[1])
                both = cell(**dict(both.where) | {"actor": (*MUNICIPAL_MANAGERS, *STAFF)})
                yield survey.cases(both, n[0], f"{sheet.source} {row['item']} n")
    elif sheet.name in ("study/response_rates", "study/material"):
        yield from _respondents(sheet, survey)


def _row(sheet: Sheet, row: dict[str, Any], survey: Survey) -> Iterator[Statement]:
    if row.get("part", "survey") not in ("survey", "answers", "dont_know") or row.get("stream", "survey") != "survey":
        return
    answers = STEPS.get(row.get("step") or "agree", AGREE)
    if row.get("whom"):
        row["item"], answers = CONTENT[row["whom"]]
    if row.get("part") == "dont_know":
        answers = (DONT_KNOW,)
    if row.get("answer"):
        answers = STEPS[row["answer"]]
        if row.get("merged") == "True":
            answers = DISAGREE if row["answer"] == "2" else AGREE
    if row.get("row"):
        row["actor"] = row["row"].split("/")[-1]
    more = {"age_group": row["age_group"]} if row.get("age_group") else {}
    group = survey.who(row["actor"], row["item"], row.get("wave") or None, **more)
    where = f"{sheet.source} {group}"
    value = "share" if row.get("share") else "estimate"
    if told := sheet.number(row, value):
        yield survey.share(group, answers, told, f"{where} {'|'.join(answers)}")
    elif DONT_KNOW in answers and row.get("suppressed") == PRIMARY and not survey.blur.noise:
        yield count(group & cell(answer=answers), *survey.blur.hidden(survey.smallest), f"{where} hidden")
    n = sheet.number(row, "n")
    if n:
        yield survey.cases(group, n[0], f"{where} n", ASKED if DONT_KNOW in answers else SCALE)
    low, high = (sheet.number(row, end) if end in sheet.rows else None for end in ("low", "high"))
    if told and n and low and high and value == "estimate":
        ends = survey.interval(group, answers, (low, high), sum(told) / 2, n[0], where)
        yield from (ends,) if ends else ()


def _wide(sheet: Sheet, survey: Survey) -> Iterator[Statement]:
    for row in sheet.rows.to_dict("records"):
        for column in sheet.rows.columns:
            named = re.fullmatch(r"(.+)_(estimate|n)", str(column))
            told = sheet.number(row, str(column)) if named else None
            if named is None or told is None:
                continue
            group = survey.who(
                row.get("actor", "participant") if named[1] in survey.waves else named[1],
                row["item"],
                named[1] if named[1] in survey.waves else None,
            )
            where = f"{sheet.source} {row['item']} {column}"
            if named[2] == "n":
                yield survey.cases(group, told[0], where)
                continue
            yield survey.share(group, AGREE, told, where)
            low, high, n = (sheet.number(row, f"{named[1]}_{name}") for name in ("low", "high", "n"))
            if low and high and n and (ends := survey.interval(group, AGREE, (low, high), sum(told) / 2, n[0], where)):
                yield ends


def _respondents(sheet: Sheet, survey: Survey) -> Iterator[Statement]:
    """Read numbers of respondents: of persons, not of answers to an item."""
    for row in sheet.rows.to_dict("records"):
        for column in sheet.rows.columns:
            told = sheet.number(row, column) if re.fullmatch(r".+_(n|respondents)", str(column)) else None
            if told is None:
                continue
            name = str(column).rsplit("_", 1)[0]
            if sheet.name == "study/material":
                group = cell(
                    actor=WHO[name], **({} if row["municipality"] == "all" else {"municipality": row["municipality"]})
                )
            else:
                group = cell(actor=WHO[row["actor"]], wave=row[f"{name}_wave"])
            yield count(group, *survey.blur.cases(told[0]), f"{sheet.source} {group}")


def waves(actors: pd.DataFrame) -> tuple[str, str]:
    """Give the first and the last wave, which everybody knows."""
    return str(actors["wave"].min()), str(actors["wave"].max())


def records(actors: pd.DataFrame, municipalities: pd.DataFrame) -> pd.DataFrame:
    """Lay the respondents out as text, a row for each item that each was asked: the truth that an attacker is judged by."""
    names = municipalities.set_index("municipality_code")["municipality"]
    base = pd.DataFrame(
        {
            "person": actors["respondent_id"].astype("str"),
            "wave": actors["wave"].astype("str"),
            "actor": actors["actor"].astype("str"),
            "age_group": actors["age_group"].astype("str"),
            "stratum": actors["stratum"].astype("str"),
            "municipality": actors["municipality_code"].map(names).astype("str"),
            "weight": actors["weight"].astype("float64"),
        }
    )
    parts = []
    for name in (str(c) for c in actors.columns if f"{c}_missing" in actors.columns):
        answer = (
            actors[name]
            .astype("Int64")
            .astype("str")
            .where(actors[name].notna(), actors[f"{name}_missing"].astype("str"))
        )
        parts.append(base.assign(item=name, answer=answer)[answer != "not_asked"])
    return pd.concat(parts, ignore_index=True)
