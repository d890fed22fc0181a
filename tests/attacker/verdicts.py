"""What claims tell: on which side of its limit the exact share lies, as the study's code declares it, and the numbers that its reason gives."""

import importlib
from collections.abc import Iterator
from typing import Any

from analysis.coding import Coded
from analysis.interview_claims import MeanStance, SegmentShare
from analysis.survey_claims import Share
from report_engine.contracts import study
from report_engine.results.claims import Declared
from tests.attacker import intervals
from tests.attacker.cells import Cell, Statement, cell, count
from tests.attacker.interviews import TAKEN, Interviews
from tests.attacker.survey import SCALE, Survey

Tested = Share | SegmentShare | MeanStance
HALF = 0.005
MISSED = "fails"
"""Of an estimate on the wrong side of its limit; one on the right side holds, and of a borderline one nothing is told."""


def declared() -> dict[str, Any]:
    """Give what claims are tested by, by their ids."""
    return {
        f"{section}.{one.name}": one.test.test if isinstance(one.test, Coded) else one.test
        for section in study.sections()
        for one in getattr(importlib.import_module(f"analysis.sections.{section}.claims"), "CLAIMS", ())
        if isinstance(one, Declared)
    }


def read(claims: dict[str, Any], asked: Survey, heard: Interviews) -> tuple[list[Statement], list[Statement]]:
    """Read claims as bounds on cells: of the survey's last wave, and of the interviews."""
    answers, spoken = [], []
    for id_, test in declared().items():
        if not isinstance(test, Tested):
            continue
        verdict = claims.get(id_, {}).get("verdict", {})
        outcome, numbers = verdict.get("outcome"), verdict.get("numbers", {})
        if outcome not in ("holds", "borderline", MISSED):
            continue
        low, high = side(test, outcome == MISSED)
        source = f"verdict {id_}: {outcome}"
        if isinstance(test, Share):
            group = cell(wave=asked.waves[1], item=test.item, actor=test.of)
            agree = tuple(map(str, test.agree))
            inner, of = ((1.0, group & cell(answer=agree)),), group & cell(answer=SCALE)
            if outcome != "borderline":
                answers.append(Statement(inner, low, high, source, of, "weight"))
            answers += _answered(group, agree, numbers, asked, f"reason of {id_}")
        else:
            terms, of = _terms(test)
            if outcome != "borderline":
                spoken.append(Statement(terms, low, high, source, of, "one"))
            spoken += _spoken(test, terms[0][1], of, numbers, heard, f"reason of {id_}")
    return answers, spoken


def _answered(
    group: Cell, agree: tuple[str, ...], numbers: dict[str, Any], asked: Survey, source: str
) -> Iterator[Statement]:
    if "estimate" not in numbers:
        return
    share, ends = numbers["estimate"], [around(numbers[end]) for end in ("low", "high")]
    yield asked.share(group, agree, around(share), source)
    yield asked.cases(group, numbers["n"], f"{source} n")
    found = asked.interval(group, agree, (ends[0], ends[1]), share, numbers["n"], source)
    yield from (found,) if found else ()


def _spoken(
    test: SegmentShare | MeanStance, inner: Cell, of: Cell, numbers: dict[str, Any], heard: Interviews, source: str
) -> Iterator[Statement]:
    if not numbers.keys() >= {"low", "high", "n"}:
        return
    ends = [around(numbers[end]) for end in ("low", "high")]
    yield count(of, *heard.blur.cases(numbers["n"]), f"{source} n")
    if isinstance(test, SegmentShare):
        yield heard.share(inner, of, around(numbers["estimate"]), source)
        middle = intervals.centre(ends[0], ends[1])
        yield from (
            (heard.share(inner, of, (middle[0] - HALF, middle[1] + HALF), f"{source} interval"),) if middle else ()
        )
    else:
        middle = ((ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2)
        yield heard.mean(of, around(numbers["mean_stance"]), source)
        yield heard.mean(of, middle, f"{source} interval")


def around(written: float) -> tuple[float, float]:
    """Give what is published as a number of two decimals."""
    return written - HALF, written + HALF


def side(test: Tested, missed: bool) -> tuple[float, float]:
    """Say from where to where an estimate lies that is on its claim's side of the limit, or on the other."""
    limit = 0.0 if isinstance(test, MeanStance) else test.limit
    return (limit, 1.0) if (test.side == "above") != missed else (-1.0, limit)


def _terms(test: SegmentShare | MeanStance) -> tuple[tuple[tuple[float, Cell], ...], Cell]:
    if isinstance(test, SegmentShare):
        of = cell(actor=test.of, code=test.among)
        return ((1.0, of & cell(code=test.code)),), of
    of = cell(actor=test.of, code=test.codes, stance=TAKEN)
    return ((1.0, of & cell(stance="1")), (-1.0, of & cell(stance="-1"))), of
