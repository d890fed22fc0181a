"""What the difference of two shares or means tells of each: what is left when the other is taken from it, or what it may be at most."""

from collections.abc import Iterator
from typing import Any

from analysis.interview_claims import SegmentShareDifference, StanceDifference
from analysis.sections.municipal_activation.frames import SIDES
from analysis.survey_claims import Change, ShareDifference
from tests.attacker.blur import Blur
from tests.attacker.cells import Cell, Statement, cell, count
from tests.attacker.interviews import TAKEN, Interviews
from tests.attacker.published import Sheet
from tests.attacker.survey import AGREE, DISAGREE, DOCUMENTED, SCALE, WHO, Bounds, Survey

STANCE = StanceDifference
GROUPED = {"collaboration.interviews_agree": (("managers", "staff"), ("collab_pes",))}
"""Claims on a difference between two groups of interviews, and of which codes, that no declaration tells."""
HALF = 0.005


def of_answers(claims: dict[str, Any], declared: dict[str, Any], asked: Survey) -> Iterator[Statement]:
    """Read claims on a difference between two groups or waves, on the balance of an item, and on a share among other sources."""
    for id_, test in declared.items():
        numbers, source = _numbers(claims, id_), f"reason of {id_}"
        if not isinstance(test, Change | ShareDifference) or "difference" not in numbers:
            continue
        one = cell(wave=asked.waves[1], item=test.item, actor=test.of)
        other = (
            cell(wave=asked.waves[0], item=test.item, actor=test.of)
            if isinstance(test, Change)
            else cell(wave=asked.waves[1], item=test.item, actor=test.than)
        )
        yield from parts(one, other, numbers["difference"], (0.0, 1.0), (0.0, 1.0), asked, source)
    if balance := _numbers(claims, "participants.cheap_labour"):
        group = asked.who("participant", "cheap_labour")
        of, wide = group & cell(answer=SCALE), 0.01 if asked.blur.noise else 1e-9
        terms = ((1.0, group & cell(answer=AGREE)), (-1.0, group & cell(answer=DISAGREE)))
        told = (balance["balance"] - wide, balance["balance"] + wide)
        source = "reason of participants.cheap_labour"
        yield Statement(terms, *told, source, of, "weight", 2 * asked.blur.noise)
        yield asked.cases(group, balance["n"], f"{source} n")
    if (lacking := _numbers(claims, "municipal_activation.documentation_lacking")) and "survey" in lacking:
        group = cell(wave=asked.waves[1], item=DOCUMENTED, actor=SIDES["municipal"])
        source = "reason of municipal_activation.documentation_lacking"
        yield asked.share(group, AGREE, (lacking["survey"] - HALF, lacking["survey"] + HALF), source)


def of_table(sheet: Sheet, asked: Survey) -> Iterator[Statement]:
    """Read a table's columns of differences: between managers and staff, or between the waves, each beside the two shares."""
    for row in sheet.rows.to_dict("records"):
        if sheet.name == "collaboration/manager_staff_gap":
            groups = [asked.who(name, row["item"]) for name in ("municipal_managers", "staff")]
            column, names = "estimate", ("managers", "staff")
            if n := sheet.number(row, "n"):
                answered = [group & cell(answer=SCALE) for group in groups]
                yield _together(answered, n[0], asked.blur, f"{sheet.source} {row['item']} n")
        elif sheet.name == "collaboration/waves":
            last, first = reversed(asked.waves)
            groups = [asked.who(row["actor"], row["item"], wave) for wave in (last, first)]
            column, names = "change", (f"{last}_estimate", f"{first}_estimate")
        else:
            return
        if gap := sheet.number(row, column):
            known = [sheet.number(row, name) or (0.0, 1.0) for name in names]
            middle = [(sum(told) / 2,) * 2 if told != (0.0, 1.0) else told for told in known]
            source = f"{sheet.source} {row['item']} {column}"
            yield from parts(
                groups[0],
                groups[1],
                sum(gap) / 2,
                (middle[0][0], middle[0][1]),
                (middle[1][0], middle[1][1]),
                asked,
                source,
            )


def parts(
    one: Cell, other: Cell, gap: float, first: Bounds, second: Bounds, asked: Survey, source: str
) -> Iterator[Statement]:
    """Bound two shares by their difference and what is known of the other one, as published."""
    for group, (low, high) in (
        (one, (gap + second[0], gap + second[1])),
        (other, (first[0] - gap, first[1] - gap)),
    ):
        yield asked.share(group, AGREE, (max(low, 0.0) - HALF, min(high, 1.0) + HALF), source)


def of_speech(claims: dict[str, Any], declared: dict[str, Any], heard: Interviews) -> Iterator[Statement]:
    """Read claims on a difference between two groups' mean stances, or between their shares of some codes.

    Neither is published: each is known only to be what leaves room for the other.
    """
    for id_, test in {**dict.fromkeys(GROUPED), **declared}.items():
        numbers, source = _numbers(claims, id_), f"reason of {id_}"
        if "difference" not in numbers:
            continue
        gap, stance = numbers["difference"], not isinstance(test, SegmentShareDifference)
        groups, codes = (
            (test.of, test.codes) if isinstance(test, STANCE | SegmentShareDifference) else GROUPED.get(id_, ((), ()))
        )
        cells = [cell(actor=WHO[name], **({"code": codes, "stance": TAKEN} if stance else {})) for name in groups]
        least = -1.0 if stance else 0.0
        for about, (low, high) in zip(
            cells, ((max(least, gap + least), 1.0), (least, min(1.0, 1.0 - gap))), strict=False
        ):
            yield (
                heard.mean(about, (low, high), source)
                if stance
                else heard.share(about & cell(code=codes), about, (low, high), source)
            )
        if cells:
            yield _together(cells, numbers["n"], heard.blur, f"{source} n")
    if "critical" in (stuck := _numbers(claims, "participants.stuck")):
        of, source = cell(actor="participant", code="stuck_in_system", stance=TAKEN), "reason of participants.stuck"
        yield heard.share(of & cell(stance="-1"), of, (stuck["critical"] - HALF, stuck["critical"] + HALF), source)
        yield count(of, *heard.blur.cases(stuck["n"]), f"{source} n")


def _together(cells: list[Cell], n: float, blur: Blur, source: str) -> Statement:
    """Add up two numbers of cases, each of which was rounded and moved."""
    least, most = (2 * end for end in blur.cases(n / 2))
    return Statement(tuple((1.0, about) for about in cells), least, most, source)


def _numbers(claims: dict[str, Any], id_: str) -> dict[str, Any]:
    found: dict[str, Any] = claims.get(id_, {}).get("verdict", {}).get("numbers", {})
    return found
