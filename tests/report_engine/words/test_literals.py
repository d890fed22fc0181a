"""Nothing that a person reads is worded in code: what is raised or printed comes from the catalogues."""

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MODULES = sorted((ROOT / "report_engine").rglob("*.py"))

PRINTS = {"print", "echo", "_echo", "say", "_say", "secho", "confirm", "BadInput", "fail"}
"""Functions and methods that put words before a person."""

WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]|[^\W\d_] [^\W\d_]{2,}")
"""Two words with a space between them."""

ALLOWED = {
    "contracts/data_dictionary.py": "for who calls the module by itself, which no command does",
    "pipeline/jobs.py": "the usage of a module that the workflow calls, and a line of a log of a step that is not due, which"
    " must not wait for the catalogues",
    "provenance/fingerprint.py": "lies below the words; for who writes the study's Python, with Python's own words",
    "settings/readable.py": "for who writes the study's Python",
}
"""Modules, or folders, that word an error themselves, and why. Errors of Python's own kinds need no entry: they are faults
of the code, which end as a traceback."""


def worded(tree: ast.AST) -> Iterator[str]:
    """Give the literal words of what a module raises, Python's own kinds of errors left out, or prints."""
    for node in ast.walk(tree):
        match node:
            case ast.Raise(exc=ast.Call() as call) if not hasattr(builtins, called(call)):
                yield from literals(call)
            case ast.Call() if called(node) in PRINTS:
                yield from literals(node)


def called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def literals(node: ast.AST) -> Iterator[str]:
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str) and WORDS.search(child.value):
            yield child.value


def found(path: Path) -> list[str]:
    return sorted({*worded(ast.parse(path.read_text("utf-8")))})


def allowed(path: Path) -> str | None:
    name = path.relative_to(ROOT / "report_engine").as_posix()
    return next((entry for entry in ALLOWED if name.startswith(entry)), None)


def test_what_is_raised_or_printed_is_worded_in_the_catalogues():
    got = {path.as_posix(): words for path in MODULES if allowed(path) is None and (words := found(path))}
    assert got == {}


def test_every_exception_is_needed():
    assert {allowed(path) for path in MODULES if found(path)} - {None} == {*ALLOWED}


def test_the_search_sees_words_wherever_they_stand():
    code = """
raise Refused(f"There is no {name}")
raise ValueError("not for a person")
raise FetchError(Message("fetch.silent", {"host": host}))
print("wait a moment" if slow else "", file=sys.stderr)
console.say(f"{n} files " f"were written")
text = "never said"
"""
    assert sorted(worded(ast.parse(code))) == [" files were written", "There is no ", "wait a moment"]
