"""What verdicts tell: on which side of its limit the exact share behind a claim lies, as the study's code declares it."""

import importlib
from collections.abc import Iterator
from typing import Any

from analysis.interview_claims import MeanStance, SegmentShare
from analysis.survey_claims import Share
from report_engine.contracts import study
from report_engine.results.claims import Declared
from tests.attacker.cells import Cell, Statement, cell
from tests.attacker.interviews import TAKEN
from tests.attacker.survey import SCALE

Tested = Share | SegmentShare | MeanStance
MISSED = "fails"
"""Of an estimate on the wrong side of its limit; one on the right side holds, and of a borderline one nothing is told."""


def declared() -> Iterator[tuple[str, Tested]]:
    """Give the claims on one share or mean, by id."""
    for section in study.sections():
        for one in getattr(importlib.import_module(f"analysis.sections.{section}.claims"), "CLAIMS", ()):
            if isinstance(one, Declared) and isinstance(one.test, Tested):
                yield f"{section}.{one.name}", one.test


def read(claims: dict[str, Any], wave: str) -> tuple[list[Statement], list[Statement]]:
    """Read verdicts as bounds on cells: of the survey's last wave, and of the interviews."""
    survey, heard = [], []
    for id_, test in declared():
        outcome = claims.get(id_, {}).get("verdict", {}).get("outcome")
        if outcome not in ("holds", MISSED):
            continue
        low, high = side(test, outcome == MISSED)
        source = f"verdict {id_}: {outcome}"
        if isinstance(test, Share):
            asked = cell(wave=wave, item=test.item, actor=test.of)
            agree = asked & cell(answer=tuple(map(str, test.agree)))
            survey.append(Statement(((1.0, agree),), low, high, source, asked & cell(answer=SCALE), "weight"))
        else:
            terms, of = _spoken(test)
            heard.append(Statement(terms, low, high, source, of, "one"))
    return survey, heard


def side(test: Tested, missed: bool) -> tuple[float, float]:
    """Say from where to where an estimate lies that is on its claim's side of the limit, or on the other."""
    limit = 0.0 if isinstance(test, MeanStance) else test.limit
    return (limit, 1.0) if (test.side == "above") != missed else (-1.0, limit)


def _spoken(test: SegmentShare | MeanStance) -> tuple[tuple[tuple[float, Cell], ...], Cell]:
    if isinstance(test, SegmentShare):
        of = cell(actor=test.of, code=test.among)
        return ((1.0, of & cell(code=test.code)),), of
    of = cell(actor=test.of, code=test.codes, stance=TAKEN)
    return ((1.0, of & cell(stance="1")), (-1.0, of & cell(stance="-1"))), of
