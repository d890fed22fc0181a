"""What the report says beside a sentence: how its claim was tested, and where each of its numbers comes from.

Written by edition to ``data/results/<edition>/notes.json``, which the filters show; all words and numbers are made here.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from report_engine.contracts import study
from report_engine.model.section import Claim, Effect, Fact, Robustness
from report_engine.model.verdicts import is_finding
from report_engine.results.tables import ORIGIN_WORDS, marked_verdict
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import NBSP, number, percent
from report_engine.words.report import labels, say_in

FILE = "notes.json"

_DIGITS = 6  # significant ones: what is beyond them is noise

_MOST_FILES = 3  # of a dataset that come in a note

_SHARES = frozenset({"share"})
_POINTS = "share_difference"
_BARE = frozenset({"year", "number", "ratio"})
_UNITS = labels("units")


def anchor(kind: str, identifier: str) -> str:
    """Return an id of the page: ``claim``, ``background.costs_up`` gives ``claim-background-costs-up``."""
    return f"{kind}-{identifier}".replace(".", "-").replace("/", "-").replace("_", "-")


def shown_in(claim: Claim, tables: Sequence[str]) -> str | None:
    """Return the page's id of what shows a claim: a table where ``tables`` (``section/name``) has it, else a figure."""
    return anchor("tbl" if claim.figure in tables else "fig", claim.figure) if claim.figure else None


def quantity(value: float | int | str, unit: str, edition: Edition) -> str:
    """Write an exact value with its unit, shares as percentages and their differences in points, in at most six significant digits."""
    if isinstance(value, str):
        return value
    if unit in _SHARES:
        return percent(value, edition, _decimals(value * 100))
    if unit == _POINTS:
        points = number(value * 100, edition, _decimals(value * 100), signed=True)
        return f"{points}{NBSP}{_UNITS['points'][edition]}"
    text = str(value) if unit == "year" else number(value, edition, _decimals(value))
    if unit in _BARE:
        return text
    words = _UNITS.get(unit) or study.load().units.get(unit)
    return f"{text}{NBSP}{words[edition] if words else unit}" if unit != "count" else text


def _decimals(value: float) -> int:
    """Say how many decimals a value has within its significant digits."""
    if value == 0:
        return 0
    exact = Decimal(repr(float(value)))
    kept = exact.quantize(Decimal(1).scaleb(exact.adjusted() - _DIGITS + 1)) if exact.is_finite() else exact
    exponent = kept.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def interval(low: float | None, high: float | None, unit: str, edition: Edition) -> str:
    """Write a 95 % interval, or nothing where there is none."""
    if low is None or high is None:
        return ""
    if unit == _POINTS:
        ends = [number(end * 100, edition, _decimals(round(end * 100, 1)), signed=True) for end in (low, high)]
    else:
        ends = [quantity(round(end, 3), unit if unit in _SHARES else "number", edition) for end in (low, high)]
    return say_in("notes.interval", edition, low=ends[0], high=ends[1])


def cases(n: int | None, edition: Edition) -> str:
    """Write the number of cases, or nothing where there is none."""
    return "" if n is None else say_in("notes.cases", edition, n=n)


def size(effect: Effect, edition: Edition) -> str:
    """Write the size of what a claim asserts: what it is, estimate, interval and cases, in three decimals at most."""
    value = effect.value if float(effect.value).is_integer() else round(effect.value, 3)
    parts = [quantity(value, effect.unit, edition), interval(effect.low, effect.high, effect.unit, edition)]
    parts.append(cases(effect.n, edition))
    return say_in("notes.size", edition, what=effect.what, parts=[part for part in parts if part])


def firmness(robustness: Robustness, edition: Edition) -> str:
    """Say in how many resamples or alternative choices a verdict stayed the same."""
    its = robustness
    return say_in("notes.firmness", edition, same=its.same, draws=its.draws, over=its.over)


def claim_note(claim: Claim, tables: Sequence[str], titles: Mapping[str, Text], edition: Edition) -> dict[str, Any]:
    """Return what stands at a claim's sentence.

    ``tables`` lists the tables of the report (``section/name``; what else a claim names is a figure), ``titles`` what the
    tidy tables are called.
    """
    data = ", ".join(titles[name][edition] for name in claim.tables if name in titles)
    lines = {
        "decided": claim.verdict.reason[edition],
        "size": size(claim.verdict.effect, edition) if claim.verdict.effect else None,
        "firmness": firmness(claim.robustness, edition) if claim.robustness else None,
        "data": ". ".join(part for part in (ORIGIN_WORDS[claim.origin][edition], data) if part),
    }
    return {
        "outcome": claim.verdict.outcome,
        "verdict": marked_verdict(claim)[edition],
        "finding": claim.verdict.outcome == "untestable" or is_finding(claim),
        "statement": claim.statement[edition],
        "lines": {name: text for name, text in lines.items() if text},
        "citations": list(claim.citations),
        "dissent": list(claim.dissent),
        "figure": shown_in(claim, tables),
        "row": anchor("ledger", claim.id),
    }


def fact_note(fact: Fact, titles: Mapping[str, Text], files: Mapping[str, str], edition: Edition) -> str:
    """Say where a fact comes from, a line each: exact value with interval and cases; origin; tables and their files."""
    exact = ""
    if fact.value is not None and fact.unit not in ("text", "word", "verdict"):
        parts = [quantity(fact.value, fact.unit, edition), interval(fact.low, fact.high, fact.unit, edition)]
        exact = ", ".join(part for part in (*parts, cases(fact.n, edition)) if part)
    sources = [f"{titles[name][edition]} ({files[name]})" for name in fact.tables if name in titles]
    return "\n".join(line for line in (exact, f"{ORIGIN_WORDS[fact.origin][edition]}.", *sources) if line)


def banner(claims: Sequence[Claim], edition: Edition) -> dict[str, str] | None:
    """Count what does not hold of what was tested, then what is open; nothing where everything holds or is open."""
    found = Counter(claim.verdict.outcome for claim in claims)
    if not found["fails"]:
        return None
    total = len(claims) - found["untestable"]
    if found["fails"] == 1:
        fails = say_in("notes.one_fails", edition, total=total)
    else:
        fails = say_in("notes.several_fail", edition, fails=found["fails"], total=total)
    rest = say_in("notes.rest", edition, borderline=found["borderline"], untestable=found["untestable"])
    if made_up := sum(claim.verdict.outcome == "fails" and not is_finding(claim) for claim in claims):
        rest = f"{say_in('notes.made_up', edition, n=made_up)} {rest}"
    return {"fails": fails, "rest": rest}


def named(files: Sequence[Path]) -> str:
    """Name the files of a dataset, the first of many; one outside the project by its name alone: where it lies is nobody's business."""
    inside = [path.name if path.is_absolute() else path.as_posix() for path in files]
    more = [f"… ({len(inside)})"] if len(inside) > _MOST_FILES else []
    return ", ".join([*inside[:_MOST_FILES], *more])


def write(root: Path, target: Path, sections: Sequence[str], files: Mapping[str, str]) -> None:
    """Write every edition's notes on the results gathered below ``target``, from the sections' below ``root``.

    ``files`` names the file that each tidy table was read from.
    """
    from report_engine.contracts import contract
    from report_engine.results.reading import load
    from report_engine.results.sidecars import dumps
    from report_engine.words.typesetting import typeset

    results = target / "data" / "results"
    claims = [claim for section in sections for claim in load(root, section)[1].values()]
    found = json.loads((results / "facts.json").read_text("utf-8"))
    facts = [
        Fact(**{"id": key, **{part: item[part] for part in item.keys() - {"reasons"}}, "tables": tuple(item["tables"])})
        for key, item in found.items()
        if not key.endswith((".caption", ".*"))  # under a figure stands its source, and what is missing stands nowhere
    ]
    tables = json.loads((results / "placements.json").read_text("utf-8"))["tables"]
    titles = {
        name: {edition: typeset(its.title[edition], edition) for edition in EDITIONS}
        for name, its in contract.load_all().items()
    }
    for edition in EDITIONS:
        content = {
            "claims": {anchor("claim", c.id): claim_note(c, tables, titles, edition) for c in claims},
            "facts": {fact.id: fact_note(fact, titles, files, edition) for fact in facts},
            "banner": banner(claims, edition),
        }
        (results / edition / FILE).write_text(dumps(content), "utf-8", newline="\n")
