"""The engine's messages: both catalogues say the same, the code uses what is there, and hostile values stay harmless."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.contracts.contract import load
from report_engine.contracts.plausibility import Known
from report_engine.contracts.plausibility_check import Asked, Tables
from report_engine.model import findings
from report_engine.model.findings import Finding
from report_engine.provenance import place
from report_engine.words import forms, report
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message, Told, Value, catalogue, said, say, told
from report_engine.words.spoken import ASKED
from report_engine.words.texts import lines

ROOT = Path(__file__).resolve().parents[4]
MODULES = sorted((ROOT / "report_engine").rglob("*.py"))
WORKFLOW = ROOT / "Snakefile"
FILTERS = sorted((ROOT / "report" / "filters").rglob("*.lua"))
TEXTS = catalogue("en")
GROUPS = {key.partition(".")[0] for key in TEXTS}
LISTS = {"and", "or", "commas"}
NUMBERS = {"number", "general", "grouped", "percent_sign", "plural", "year"}
"""Forms of several values, and of numbers."""

SAYS = {"say", "_say", "speak"}
FILES = re.compile(r".*\.(html|pdf|docx|pptx|typ|json|jsonl|qmd|md|yaml|log)")
"""Names of files that look like keys: ``slides.pdf``."""


def holes(key: str, edition: Edition = "en") -> set[str]:
    return {name for name, _, _ in forms.holes(catalogue(edition)[key])}


def strings(tree: ast.AST) -> Iterator[str]:
    """Give the strings of a module; of one that is put together its beginning and a star."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            yield f"{node.values[0].value}*"


def in_code(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """Give key and holes of each message that a module makes of literals, or says."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in SAYS and node.args and isinstance(node.args[0], ast.Constant):
            key, given = str(node.args[0].value), [keyword.arg for keyword in node.keywords]
            if key.partition(".")[0] in GROUPS and None not in given:  # the report's own texts are of other groups
                yield key, {name for name in given if name}
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Message"):
            continue
        key, values = node.args[0], node.args[1] if len(node.args) > 1 else ast.Dict([], [])
        if isinstance(key, ast.Constant) and isinstance(values, ast.Dict) and None not in values.keys:
            yield str(key.value), {str(one.value) for one in values.keys if isinstance(one, ast.Constant)}


def called(call: ast.Call) -> str:
    """Name the function or method that is called."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def in_filter(text: str) -> Iterator[tuple[str, set[str]]]:
    """Give key and holes of each message that a Lua filter reports."""
    for call in re.finditer(r'\bproblem\("([a-z_.]+)", \{(.*?)\}, ', text):
        yield call[1], set(re.findall(r"(\w+) = ", call[2]))


def test_both_catalogues_have_the_same_keys_and_holes():
    assert list(TEXTS) == list(catalogue("sv"))
    assert [key for key in TEXTS if holes(key, "en") != holes(key, "sv")] == []


def test_every_hole_has_a_form_that_there_is():
    got = [
        (key, edition, form)
        for edition in EDITIONS
        for key, text in catalogue(edition).items()
        for _, form, options in forms.holes(text)
        if forms.wrong(form, options)
    ]
    assert got == []


def test_every_message_of_the_code_is_in_the_catalogues_with_its_holes():
    made = [each for path in MODULES for each in in_code(ast.parse(path.read_text("utf-8")))]
    made += [each for path in FILTERS for each in in_filter(path.read_text("utf-8"))]
    assert [each for each in made if each[0] not in TEXTS or holes(each[0]) != each[1]] == []
    assert len(made) > 400


def test_every_key_in_the_code_is_in_the_catalogues_and_every_one_there_is_used():
    named = {text for path in MODULES for text in strings(ast.parse(path.read_text("utf-8")))}
    named |= {key for path in FILTERS for key in re.findall(r'"([a-z]+\.[a-z_]+)"', path.read_text("utf-8"))}
    named |= set(re.findall(r'speak\("([a-z_.]+)"', WORKFLOW.read_text("utf-8")))
    keys = {text for text in named if re.fullmatch(r"[a-z]+\.[a-z_0-9]+", text)}
    unknown = {key for key in keys - set(TEXTS) if key.partition(".")[0] in GROUPS}
    assert {key for key in unknown if not FILES.fullmatch(key)} == set()
    begun = tuple(text[:-1] for text in named if re.fullmatch(r"[a-z]+\.\*", text))
    assert [key for key in TEXTS if key not in keys and not key.startswith(begun)] == []


def test_the_search_sees_messages_keys_and_holes():
    tree = ast.parse('a = Message("files.empty")\nb = Message("files.cells", {"n": 3})\nc = Message(f"items.{x}", {})')
    assert list(in_code(tree)) == [("files.empty", set()), ("files.cells", {"n"})]
    assert list(in_code(ast.parse('view.say("check.rows", n=3)\nsay("notes.n", "sv", n=1)'))) == [("check.rows", {"n"})]
    assert "items.*" in strings(tree)
    assert list(in_filter('problem("filters.raw", { format = f, text = t }, t)')) == [
        ("filters.raw", {"format", "text"})
    ]


@pytest.mark.parametrize(
    ("message", "english", "swedish"),
    [
        (Message("checks.cell_empty"), "the cell is empty", "cellen är tom"),
        (findings.refused(Message("expected.one_of", {"allowed": "a, b"})), "is not one of a, b", "är inte något av a, b"),
        (findings.refused(Message("expected.of_form", {"pattern": "[a-z]"})), "is not of the form [a-z]", "har inte formen [a-z]"),
        (findings.refused(Message("expected.between", {"kind": Message("expected.number"), "minimum": -1, "maximum": 1.5})), "is not a number from -1 to 1.5", "är inte ett tal från −1 till 1,5"),
        (Message("exports.left_out", {"answers": Message("exports.answers_left", {"n": 1250}), "reason": Message("exports.not_finished")}), "1,250 answers are left out (the first is here): it is not finished", "1\u202f250 svar utelämnas (det första är här): det är inte avslutat"),
        (Message("exports.untagged", {"n": 1}), "1 highlight without a tag is left out", "1 markering utan tagg utelämnas"),
        (Message("checks.jump", {"times": 1 / 3, "old": 4.5, "year": 2021}), "is 0.33 times the 4.5 of 2021", "är 0,33 gånger så stort som 4,5 år 2021"),
        (Message("checks.parts_of", {"columns": ["a", "b"], "sum": 3, "whole": "c", "amount": 2}), "a and b make up 3 of c 2", "a och b är tillsammans 3 av c 2"),
        (Message("exports.texts_moved", {"fits": 0.45}), "only 45% of the passages begin and end with words: the texts may have been changed", "bara 45\u00a0% av avsnitten börjar och slutar med ord: texterna kan ha ändrats"),
        (Message("checks.answer_not_asked", {"group": "text"}), "answers a question not put to text", "är ett svar på en fråga som inte ställdes till text"),
        (Message("checks.noted", {"note": {"sv": "är känt", "en": "is known"}}), "is known", "är känt"),
    ],
)  # fmt: skip
def test_messages_are_said_in_both_languages(message, english, swedish):
    assert (str(message), message.say("en"), message.say("sv")) == (english, english, swedish)


def test_a_message_without_a_text_or_a_value_is_a_mistake_of_the_code():
    with pytest.raises(KeyError):
        Message("checks.nothing_of_the_kind").say("sv")
    with pytest.raises(KeyError):
        Message("files.cells").say("sv")


def test_messages_are_compared_by_what_they_say():
    assert Message("files.cells", {"n": 1}) == Message("files.cells", {"n": 1}) != Message("files.cells", {"n": 2})
    assert len({Message("files.cells", {"n": 1}), Message("files.cells", {"n": 1}), Message("files.comma")}) == 2


def test_words_in_holes_are_changed_wherever_they_stand():
    inner = Message("expected.one_of", {"allowed": "a"})
    message = Message("findings.expected", {"problem": inner, "expected": {"sv": "a", "en": "a"}})
    assert message.replaced(str.upper).say("sv") == "något av A, väntat: A"
    assert Message("checks.parts_of", {"columns": ["a"], "sum": 1, "whole": "b", "amount": 2}).replaced(str.upper).say("en") == "A make up 1 of B 2"  # fmt: skip


def test_what_a_contract_knows_to_be_odd_is_said_in_its_own_words():
    known = next(check for check in load("exits").checks if isinstance(check, Known))
    columns = {column: [value] for column, value in known.where.items()}
    (got,) = known.find(Tables({known.column: [1], **columns}, {}, Asked(), {"sv": "a", "en": "a"}))
    assert {edition: got.problem.say(edition) for edition in EDITIONS} == known.note


def test_no_group_is_named_like_one_of_the_report_s_texts():
    assert {key.partition(".")[0] for key in lines(report.FILES["en"], place.ENGINE_ROOT)} & GROUPS == set()


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_text_can_be_said(edition):
    for key, text in catalogue(edition).items():
        forms_of = {name: form for name, form, _ in forms.holes(text)}
        assert {*forms_of.values()} <= {"", "select", *LISTS, *NUMBERS}
        values = {name: [] if form in LISTS else 1 if form else "" for name, form in forms_of.items()}
        assert say(key, edition, **values) or text.startswith("{")


def test_a_study_s_own_words_are_said_in_the_language_that_it_is_in():
    assert Message("checks.noted", {"note": {"en": "is known"}}).say("sv") == "is known"
    assert said({"en": "a claim"}, "sv") == "a claim"


def test_an_error_is_told_in_the_language_asked_for(monkeypatch):
    error = Told(Message("checks.cell_empty"))
    assert (str(error), told(error), told(ValueError("a"))) == ("the cell is empty", "the cell is empty", "a")
    monkeypatch.setenv(ASKED, "sv")
    assert (str(error), told(error), told(error.message)) == ("the cell is empty", "cellen är tom", "cellen är tom")


@st.composite
def messages(draw: st.DrawFn) -> Message:
    """A message of the catalogues with anything in its holes."""
    key = draw(st.sampled_from(sorted(TEXTS)))
    values: dict[str, Value] = {}
    for name, form, _ in forms.holes(TEXTS[key]):
        if form in LISTS:
            values[name] = draw(st.lists(st.text(), max_size=3))
        elif form == "select":
            values[name] = draw(st.sampled_from([1, 2]))
        else:
            values[name] = draw(st.integers(0, 10**9) if form else st.text() | st.just("x" * 10_000))
    return Message(key, values)


@given(messages(), st.sampled_from(EDITIONS))
def test_no_value_writes_to_the_terminal_or_fills_it(message, edition):
    line = findings.line(Finding("a.csv", "odd", message, 2, "year", advice=message), edition)
    assert line.isprintable()
    assert len(line) <= 1_501


def test_a_finding_is_written_in_swedish():
    expected = Message("expected.one_of", {"allowed": "x, y"})
    finding = Finding("a.csv", "value", None, 3, "actor", "socialwoker", expected, "social_worker")
    got = findings.line(finding, "sv")
    assert got == 'a.csv, rad 3, kolumn actor: "socialwoker" är inte något av x, y. Menade du "social_worker"?'
    future = Message("checks.in_future", {"year": 2026})
    many = [Finding("a.csv", "odd", future, row, "year", severity="warning") for row in range(2, 30)]
    lines = findings.summary(many, edition="sv")
    assert lines[0] == "a.csv, rad 2, kolumn year: varning: ligger i framtiden: i år är det 2026."
    assert lines[-1] == "a.csv, kolumn year: 8 till av samma slag; hela listan finns i logs/check.txt."


def test_long_lists_of_allowed_values_say_how_many_there_are():
    expected = Message("expected.one_of", {"allowed": findings.listed(range(40), 3)})
    assert [expected.say(edition) for edition in EDITIONS] == [
        "något av 0, 1, 2, … (40 sammanlagt)",
        "one of 0, 1, 2, … (40 in all)",
    ]
