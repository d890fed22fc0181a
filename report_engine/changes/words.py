"""How values, and the parts of a claim, are written where they have changed."""

from collections.abc import Mapping
from typing import Any

from report_engine.words.editions import Edition
from report_engine.words.messages import say
from report_engine.words.numbers import number


def exact(value: object, edition: Edition, *, signed: bool = False) -> str:
    """Write a value with four significant digits where it is a number with decimals, else as it stands."""
    if value is None:
        return "–"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    if isinstance(value, int):
        return number(value, edition, signed=signed) if signed else str(value)
    digits = f"{abs(value):.3e}"
    decimals = max(0, min(12, 3 - int(digits.split("e")[1])))
    return number(value, edition, decimals, signed=signed)


def claim_parts(claim: Mapping[str, Any], edition: Edition) -> dict[str, str]:
    """Return what of a claim a reviewer reads, by part (``claimparts`` of the catalogues), in words."""
    verdict, firm = claim["verdict"], claim.get("robustness")
    numbers = {key: exact(value, edition) for key, value in sorted(verdict["numbers"].items())}
    over = {**firm, "over": firm["over"][edition]} if firm else None
    return {
        "statement": claim["statement"][edition],
        "reason": verdict["reason"][edition],
        "figure": claim.get("figure") or "–",
        "citations": ", ".join(claim.get("citations") or ()) or "–",
        "dissent": ", ".join(claim.get("dissent") or ()) or "–",
        "robustness": say("changes.robustness", edition, **over) if over else "–",
        "numbers": "; ".join(f"{key} {value}" for key, value in numbers.items()),
    }
