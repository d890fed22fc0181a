"""Small states of a report, made in the test that compares them."""

from typing import Any

from report_engine.changes.state import Dataset, State

SVG = "<svg xmlns='http://www.w3.org/2000/svg'><title>Andel &amp; antal</title><path d='M 0 {}'/></svg>"


def fact(value: Any, unit: str = "share", text: str = "", **interval: Any) -> dict[str, Any]:
    words = {"sv": text or str(value), "en": text or str(value)}
    return {"value": value, "unit": unit, "low": None, "high": None, "n": None, "text": words} | interval


def claim(outcome: str, reason: str = "60 per cent", **more: Any) -> dict[str, Any]:
    verdict = {
        "outcome": outcome,
        "reason": {"sv": reason, "en": reason},
        "numbers": {"estimate": 0.6},
        "effect": None,
    }
    return {
        "statement": {"sv": "Trycket är högt", "en": "The pressure is high"},
        "verdict": verdict,
        "figure": None,
        "citations": [],
        "dissent": [],
        "robustness": None,
    } | more


def state(name: str = "v1", **parts: Any) -> State:
    """A state with one of everything, but for the parts given."""
    whole: dict[str, Any] = {
        "data": {"actors": Dataset({"data/raw/survey/actors.csv": "aa"}, "t1")},
        "facts": {"staff.high": fact(0.6, text="60 per cent")},
        "claims": {"staff.pressure": claim("holds")},
        "figures": {"staff/bars": SVG.format(1)},
        "tables": {"staff/items": "item,share\na,0.6\n"},
        "contracts": {"actors": "name: actors\n"},
        "chapters": {
            "en/staff.qmd": "# Staff\n\nOf them {{< fact staff.high >}} agree.\n",
            "sv/staff.qmd": "# Personal\n",
        },
    }
    return State(name, "en", **(whole | parts))
