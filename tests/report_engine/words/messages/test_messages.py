"""Messages of the checks in Swedish: none is missing, and what stands in their holes is kept."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from report_engine.contracts.contract import load
from report_engine.contracts.plausibility import Known
from report_engine.contracts.plausibility_check import Tables
from report_engine.model import findings
from report_engine.model.findings import Finding
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import Message, checks, official, prose, reading, render, tools
from report_engine.words.messages.old import _messages, say, swedish

ROOT = Path(__file__).resolve().parents[4] / "report_engine"
TABLES = [checks.MESSAGES, official.MESSAGES, prose.MESSAGES, reading.MESSAGES, render.MESSAGES, tools.MESSAGES]


def written(path: Path) -> Iterator[tuple[int, str]]:
    """Give every string of a module that could be a message, holes as ``{}``: two words or more, no docstring."""
    tree = ast.parse(path.read_text("utf-8"))
    nodes = list(ast.walk(tree))
    apart = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    apart |= {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in nodes:
        if id(node) in apart:
            continue
        if isinstance(node, ast.JoinedStr):
            text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        else:
            continue
        if re.search(r"[a-z]{2,},? [a-z]", text):
            yield node.lineno, text


OF_CHAPTERS = [ROOT / "render" / f"{name}.py" for name in ("claims", "editions", "slides", "source")]
FILTERS = sorted((ROOT.parent / "report" / "filters").rglob("*.lua"))


def reported(text: str) -> Iterator[str]:
    """Give the messages that a Lua filter reports, ``{}`` in place of what it puts in."""
    for call in re.finditer(r"(?:\bproblem|\bstop)\(", text):
        parts, depth = [], 0
        for part in re.findall(r'"(?:[^"\\]|\\.)*"|[^"]', text[call.end() :]):
            depth += (part in "([{") - (part in ")]}")
            if depth < 0 or (part == "," and depth == 0):
                break
            if not part.isspace():
                parts.append(part[1:-1] if part.startswith('"') and depth == 0 else "\0")
        yield re.sub("\0+", "{}", "".join(parts))


NO_PROBLEMS = re.compile(r".*\\|.*data-fact|\{\} pages, not|a \{\} (without an id|needs an id)|, which has|\{\}$")
"""Patterns, checks of what was rendered, pieces of messages, and those whose first hole is one of a few words."""


def test_every_problem_of_a_chapter_has_swedish():
    problems = {text for path in OF_CHAPTERS for _, text in written(path)}
    problems |= {text for path in FILTERS for text in reported(path.read_text("utf-8"))}
    got = [
        text
        for text in problems
        if not NO_PROBLEMS.match(text)
        and not any(swedish(way.replace("{}", hole)) for way in (text, text.removesuffix("{}")) for hole in ("Qx", "7"))
    ]
    assert got == []
    assert len(problems) > 60


def test_the_search_sees_messages(tmp_path):
    module = tmp_path / "a.py"
    module.write_text('"""A docstring of words."""\nproblem = f"the {x} is new"\nadvice = "Do it."\nkey = "values"\n')
    assert [text for _, text in written(module)] == ["the {} is new"]


def test_no_message_is_translated_twice_or_loses_a_hole():
    every = [item for table in TABLES for item in table.items()]
    shared = {english for english, _ in every if [one for one, _ in every].count(english) > 1}
    assert shared == set()
    for english, translation in every:
        holes = len(re.findall(r"\{n?\}", english))
        numbered = {int(number) for number in re.findall(r"\{(\d)(?::n)?\}", translation)}
        assert translation.count("{}") == holes or numbered == set(range(holes)), english


def test_every_message_is_found_by_its_own_words():
    _, holed = _messages()
    for english, _ in (item for table in TABLES for item in table.items()):
        assert swedish(english.replace("{}", "Qx").replace("{n}", "7")) is not None, english
    assert len(holed) > 100


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("the cell is empty", "cellen är tom"),
        ("is not one of a, b", "är inte något av a, b"),
        ("is not a number from 0 to 1.5", "är inte ett tal från 0 till 1,5"),
        ("is not in the dataset municipalities", "finns inte i datamängden municipalities"),
        ("1,250 answers are left out (the first is here): it is not finished", "1\u202f250 svar utelämnas (det första är här): det är inte avslutat"),
        ("is 0.33 times the 4.5 of 2021", "är 0,33 gånger så stort som 4,5 år 2021"),
        ("holds what looks like a phone number", "innehåller något som ser ut som ett telefonnummer"),
        ("stands in data/a.csv, row 3, already", "finns redan i data/a.csv, rad 3"),
        ("only 45% of the passages hold what was coded: the texts may have been changed", "bara 45\u00a0% av avsnitten innehåller det som kodades: texterna kan ha ändrats"),
        ("line 3: the key X is not declared", "rad 3: nyckeln X är inte deklarerad"),
    ],
)  # fmt: skip
def test_messages_are_put_into_swedish(english, expected):
    assert say(english, "sv") == expected
    assert say(english, "en") == english


def test_what_a_contract_knows_to_be_odd_is_said_in_its_own_words():
    known = next(check for check in load("exits").checks if isinstance(check, Known))
    columns = {column: [value] for column, value in known.where.items()}
    (got,) = known.find(Tables({known.column: [1], **columns}, {}, ()))
    assert {edition: got.problem.say(edition) for edition in EDITIONS} == known.note


def test_words_that_are_no_message_stay():
    assert swedish("quite another thing") is None
    assert say("quite another thing", "sv") == "quite another thing"
    assert swedish("is not " + "x" * 20_000) is None


def test_a_finding_is_written_in_swedish():
    finding = Finding(
        "a.csv",
        "value",
        None,
        3,
        "actor",
        "socialwoker",
        Message("expected.one_of", {"allowed": "x, y"}),
        "social_worker",
    )
    got = findings.line(finding, "sv")
    assert got == 'a.csv, rad 3, kolumn actor: "socialwoker" är inte något av x, y. Menade du "social_worker"?'
    many = [
        Finding("a.csv", "odd", Message("checks.in_future", {"year": 2026}), row, "year", severity="warning")
        for row in range(2, 30)
    ]
    lines = findings.summary(many, edition="sv")
    assert lines[0] == "a.csv, rad 2, kolumn year: varning: ligger i framtiden: i år är det 2026."
    assert lines[-1] == "a.csv, kolumn year: 8 till av samma slag; hela listan finns i logs/check.txt."
