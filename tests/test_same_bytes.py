"""The same inputs give the same bytes: nothing asks for the time, or leaves an order to the processor."""

import ast
import re
from pathlib import Path

from tests.workflow.conftest import ROOT


def test_no_order_of_ties_is_left_to_the_processor():
    """Sorted by one column, pandas and numpy order equal values as the processor's instructions happen to do."""
    assert [place for path in modules() for place in unstable(path)] == []


def modules() -> list[Path]:
    return [path for name in ("analysis", "report_engine") for path in sorted((ROOT / name).rglob("*.py"))]


def unstable(path: Path) -> list[str]:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    return [f"{path.relative_to(ROOT)}:{call.lineno}" for call in calls if _by_one(call) and not _stable(call)]


def _by_one(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    by = call.args[0] if call.args else None
    several = (isinstance(by, ast.List) and len(by.elts) > 1) or (isinstance(by, ast.Name) and by.id.lower() == "keys")
    return name == "argsort" or (name == "sort_values" and not several)


def _stable(call: ast.Call) -> bool:
    return any(each.arg == "kind" and ast.unparse(each.value) == "'stable'" for each in call.keywords)


CLOCKED = {
    "report_engine/fetch/client.py": "how long an office asks to wait",
    "report_engine/fetch/run.py": "when an answer came, which is kept with it",
    "report_engine/provenance/digests.py": "whether a file is old enough for its digest to be remembered",
    "report_engine/preview/server.py": "the version of a page, for the browser that waits for the next one",
    "report_engine/checks/tidy.py": "years to come: a remark that says which year it is",
}


def test_the_clock_is_read_where_it_enters_no_published_byte():

    assert {path.relative_to(ROOT).as_posix() for path in modules() if clocked(path)} == set(CLOCKED)


def clocked(path: Path) -> bool:
    """Say whether a module asks what date or time it is, or when a file was written; a stopwatch is no clock."""
    asked = {
        ast.unparse(node) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute)
    }
    return any(CLOCK.search(each) for each in asked)


CLOCK = re.compile(r"\b(date(time)?\.(today|now|utcnow)|time\.(time(_ns)?|localtime|gmtime|strftime|ctime))$|mtime")
