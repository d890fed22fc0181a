"""Which published numbers on persons no reader takes, and why none needs to: every other kind of number must be a constraint."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from report_engine.contracts import contract
from tests.attacker.published import Sheet

TABLES = {
    r"conclusions/\w+:.*|recommendations/\w+:.*": "verdicts, and counts of verdicts",
    r"[\w/]+:\w*(year|wave)": "a year",
    r"[\w/]+:(municipality_code|code|answer|critical_sv|name_\w+)": "a name",
    r"[\w/]+:municipalities(_yes)?": "a number of municipalities, published exactly",
    r"study/material:interview(s|ees)": "the interviews that were held, published exactly",
    r"study/response_rates:\w+_invited": "people in the survey's frame, published exactly",
    r"study/response_rates:(first|last)": "the rate of the numbers of respondents and invited beside it",
    r"collaboration/(manager_staff_gap|waves):(low|high|change_low|change_high)": "made of the two shares and their intervals",
    r"(collaboration/overlap_gaps|participants/contentment):(low|high)": "around a share of segments, of interviews that nobody can tell apart",
    r"municipal_activation/documentation:share": "a share of municipalities",
    r"report/ledger:.*": "what the claims say, tried below",
    r"report/statements:(slide|statement)": "the presentation's slides and its statements, numbered",
}
FACTS = {
    r"\w+\.(\w+_)?wave": "a year",
    r"\w+\.\w*(places|municipalities|voiced_in|reach_\w+)": "a number of municipalities, published exactly",
    r"conclusions\.\w+": "numbers of verdicts",
    r"study\.(\w*interviews|interviewees|codes|waves|double_coded_segments)|managers\.interviews|participants\.questions": "what was asked and held",
    r"study\.alpha_\w+": "how far two coders agree on passages, whoever said them",
    r"study\.(first|last)_response_rate": "the rate of respondents and invited, both read",
    r"collaboration\.(largest_gap|smallest_gap|pes_gap)": "a row of collaboration/manager_staff_gap",
    r"collaboration\.stance_\w+|participants\.stance_\w+": "a row of collaboration/stance_heat or participants/contentment",
    r"collaboration\.(fall_between_chairs|parallel_tracks)_\w+": "a row of collaboration/overlap_gaps",
    r"managers\.(others_no_freedom|rules_supported|rules_criticised)": "a row of managers/pes_discretion",
    r"(municipal_activation\.relief|managers\.rules)_gap": "the number of a claim's reason",
}
CLAIMS = {
    r"conclusions\.\w+": "verdicts on verdicts, or on units",
    r"(recommendations|knowledge_review|background)\.\w+": "on research, units, exits, or the number of municipalities",
    r"study\.\w+": "how many answered and were interviewed where, and how far coders agree",
    r"participants\.(want_paid_jobs|young_more_positive)": "a number of items; means over several items, with noise at each of their many levels",
    r"collaboration\.overlap_and_gaps|municipal_activation\.(poor_relief_voiced|documentation_lacking)": "numbers of municipalities",
    r"municipal_activation\.poor_relief_municipal": "the difference of two facts municipal_activation.relief_*",
    r"managers\.pes_discretion_varies": "rows of managers/pes_discretion",
    r"staff\.(someone_else_answers|between_chairs_fk)": "numbers of municipalities, and differences of differences",
}


def columns(sheets: Iterable[Sheet], root: Path) -> set[str]:
    """Name the columns of numbers in tables on persons, as ``section/table:column``."""
    return {f"{sheet.name}:{column}" for sheet in sheets if _on_persons(sheet, root) for column in _numeric(sheet.rows)}


def facts(found: dict[str, Any]) -> set[str]:
    """Name the facts on persons that are numbers."""
    return {id_ for id_, fact in found.items() if _number(fact["value"]) and contract.on_persons(fact["tables"])}


def claims(found: dict[str, Any]) -> set[str]:
    """Name the claims on persons whose reason has a number."""
    return {
        id_
        for id_, one in found.items()
        if contract.on_persons(one["tables"]) and any(map(_number, one["verdict"]["numbers"].values()))
    }


def unread(published: set[str], read: set[str], known: dict[str, str]) -> list[str]:
    """Give what is published and neither read nor known not to need it, and what is known of nothing."""
    left = {name for name in published - read if not any(re.fullmatch(kind, name) for kind in known)}
    idle = {kind for kind in known if not any(re.fullmatch(kind, name) for name in published)}
    return sorted(left) + sorted(f"no number is {kind}" for kind in idle)


def ledger(sheets: Iterable[Sheet], found: dict[str, Any]) -> Iterator[str]:
    """Give the numbers on persons in the ledger that its claims don't have."""
    for sheet in (one for one in sheets if one.name == "report/ledger"):
        for row in sheet.rows.to_dict("records"):
            effect = found[row["claim"]]["verdict"]["effect"] or {}
            for column, name in (("value", "value"), ("low", "low"), ("high", "high"), ("cases", "n")):
                told = sheet.number(row, column)
                if told and not (_number(effect.get(name)) and told[0] - 1e-9 <= effect[name] <= told[1] + 1e-9):
                    yield f"{row['claim']}: {column} {row[column]}"


def _on_persons(sheet: Sheet, root: Path) -> bool:
    section, _, name = sheet.name.partition("/")
    for place in (f"figures/en/{section}", f"data/results/en/tables/{section}"):
        sidecar = root / place / f"{name}.json"
        if sidecar.is_file():
            return contract.on_persons(_tables(sidecar))
    return True


def _tables(sidecar: Path) -> list[str]:
    found: list[str] = json.loads(sidecar.read_text("utf-8"))["tables"]
    return found


def _numeric(rows: pd.DataFrame) -> list[str]:
    return [
        str(name) for name in rows.columns if pd.to_numeric(rows[name].replace("..", ""), errors="coerce").notna().any()
    ]


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
