"""A scale of other steps than ours is said and not read, unless a mapping says how its steps become ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.checks import mapped_values
from report_engine.checks.validate import validate
from report_engine.model.document import DocumentError
from report_engine.model.document import parse as yaml
from report_engine.readers import Sheet, Source, mapping, parse, scales
from report_engine.readers.raw import Column, Raw
from report_engine.readers.recoding import nearest
from tests.contracts import both, contract, field

WORDS = {1: "Strongly disagree", 2: "Disagree", 3: "Neither", 4: "Agree", 5: "Strongly agree"}
LIKERT = {
    "categories": [{"value": value, "label": both(label)} for value, label in WORDS.items()],
    "userMissing": [{"value": 8, "name": "dont_know", "label": both("Don't know")}],
}
SURVEY = contract(
    field("id"), field("helped", "integer", **LIKERT), field("heard", "integer", **LIKERT), key=["id"], name="survey"
)


def rule(text):
    document = yaml(f"dataset: survey\n{text}", "m.yaml", only_text=True)
    parsed = mapping.parse(document, SURVEY, dict)
    document.refuse(mapped_values.check(parsed, SURVEY))
    return parsed


def read(answers, text="", labels=None, missing=()):
    """Read answers to one question, and what is said of them."""
    rules = rule(text)
    raw = Raw("a.sav", {"helped": Column([*answers])}, [*range(2, 2 + len(answers))])
    if text:
        content = "id;helped\n" + "".join(f"{at};{answer}\n" for at, answer in enumerate(answers))
        if not labels:
            raw = parse(content.encode(), "a.csv", SURVEY, Source((), mapping=rules))
            return raw.columns["helped"].texts, said(raw)
    sheet = Sheet(
        "a.sav", "spss", ["helped"], [], labels={"helped": labels or {}}, missing={"helped": frozenset(missing)}
    )
    raw = scales.in_steps(raw, sheet, rules, SURVEY)
    return raw.columns["helped"].texts, said(raw)


def said(raw):
    return [f"{one.severity}: {one.problem}" for one in raw.findings]


SEVEN = "error: the question has 7 steps in the file, our scale has 5"
ENDS = {"1": "Strongly disagree", "7": "Strongly agree"}


@pytest.mark.parametrize(
    ("answers", "labels", "expected"),
    [
        (["1", "5", "8"], {}, []),
        (["1", "5"], {str(code): label for code, label in WORDS.items()} | {"8": "Don't know"}, []),
        (["1", "2"], ENDS, [SEVEN]),  # nobody answered more than 2
        (["1", "4", "6", "7"], {}, [SEVEN]),
        (["1"] * 99 + ["6"], {}, []),  # one answer mistyped: said of its row
        (["0", "3", "10"], {}, ["error: the question has 11 steps in the file, our scale has 5"]),
        (["1", "2"], {"1": "Disagree", "2": "Agree"}, ["error: “Disagree” is 1 in the file and 2 here: the scale runs the other way or has other steps"]),
    ],
)  # fmt: skip
def test_labels_and_the_range_of_answers_decide(answers, labels, expected):
    assert read(answers, labels=labels)[1] == expected


def test_a_code_that_is_no_answer_is_no_step():
    labels = {str(code): label for code, label in WORDS.items()} | {"6": "Not relevant"}
    assert read(["1", "6"], labels=labels)[1] == ["error: the question has 6 steps in the file, our scale has 5"]
    assert read(["1", "6"], 'values: {helped: {Not relevant: "8"}}', labels)[1] == []
    assert read(["1", "6"], labels=labels, missing=["6"])[1] == []


def test_labels_of_the_ends_between_which_digits_stand():
    text = 'values: {helped: {Strongly disagree: "1", Strongly agree: "5"}}'
    answers = ["Strongly disagree", "2", "3", "4", "Strongly agree"]
    assert read(answers, text)[1] == []
    assert read([*answers, "5", "6", "6"], text)[1] == [SEVEN]


FULL = [*WORDS.values(), "Somewhat disagree", "Somewhat agree"]


@pytest.mark.parametrize(
    ("answers", "text", "expected"),
    [
        (FULL, "", [SEVEN]),
        ([*FULL, "Don't know"], "", [SEVEN]),
        (FULL, 'values: {helped: {Strongly agree: "5", Agree: "4"}}', [SEVEN]),
        ([*WORDS.values(), "Not relevant"], "", []),
        ([*WORDS.values()] * 9 + ["Stronly agree", "Disagre"], "", []),  # mistyped: said of their rows
        (["Strongly disagree", *"23456", "Strongly agree"] * 2, "", [SEVEN]),
        (["Never", "Rarely", "At times", "Mostly", "Often", "Always"] * 2, "", [SEVEN.replace("7", "6")]),
        ([f"word {letter}" for letter in "abcdefg"], "", []),  # a question with answers of one's own
        (FULL, "values: {helped: {" + ", ".join(f'{word}: "4"' for word in FULL) + "}}", []),
    ],
)
def test_a_scale_in_words_has_as_many_steps_as_there_are_answers(answers, text, expected):
    assert read(answers, text)[1] == expected


def test_a_scale_in_words_is_recoded_by_its_words():
    table = ", ".join(f'{word}: "{step}"' for word, step in zip(FULL, [1, 2, 3, 4, 5, 2, 4], strict=True))
    got, warned = read([*FULL, "8"], f"scale: {{from: 7, to: 5, rule: {{{table}}}}}")
    assert got == [*"12345248"]
    assert warned == ["warning: the answers to helped are recoded from 7 steps to 5, as m.yaml says"]


def test_a_scale_in_words_has_one_finding_in_each_language():
    rows = "".join(f"{at};{word};1\n" for at, word in enumerate(FULL))
    raw = parse(f"id;helped;heard\n{rows}".encode(), "a.csv", SURVEY)
    (finding,), _ = validate(raw, SURVEY, {})
    assert finding.problem.say("sv") == "frågan har 7 svarssteg i filen, vår skala har 5"
    assert "`scale:`" in finding.advice.say("sv") and "`scale:`" in finding.advice.say("en")


def test_translating_each_step_is_no_declared_recoding():
    table = ", ".join(f'"{step}": "{min(step, 5)}"' for step in range(1, 8))
    assert read(["1", "7", "6"], f"values: {{helped: {{{table}}}}}")[1] == [SEVEN]


def test_a_scale_of_as_many_steps_with_other_codes_is_translated():
    table = ", ".join(f'"{step}": "{step + 1}"' for step in range(5))
    assert read(["0", "4"], f"values: {{helped: {{{table}}}}}") == (["1", "5"], [])


def test_a_declared_recoding_is_done_and_warned_of():
    answers, warned = read([*"1234567"], "scale: {from: 7, to: 5, rule: nearest}")
    assert answers == [*"1223445"]
    assert warned == ["warning: the answers to helped are recoded from 7 steps to 5, as m.yaml says"]
    assert read([*"1267"], 'scale: {from: 7, to: 5, rule: {"1": "1", "2": "1", "6": "5", "7": "5"}}')[0] == [*"1155"]
    assert read(["0", "10", "8"], "scale: {from: 11, to: 5, rule: nearest}")[0] == ["1", "5", "4"]


def test_a_declared_recoding_keeps_what_a_mapping_translated_and_codes_of_no_answer():
    text = 'scale: {from: 7, to: 5, rule: nearest}\nvalues: {helped: {Strongly agree: "5"}}'
    assert read(["Strongly agree", "6", "8"], text)[0] == ["5", "4", "8"]


def test_one_error_names_every_question():
    (finding,) = (one for one in parse(b"id;helped;heard\n1;7;6\n2;6;7\n", "a.csv", SURVEY).findings)
    assert "This concerns helped, heard. Say in a mapping" in str(finding)


def test_the_answers_of_another_scale_have_no_other_findings():
    raw = parse(b"id;helped;heard\n1;7;1\n2;6;2\n", "a.csv", SURVEY)
    findings, table = validate(raw, SURVEY, {})
    assert len(findings) == 1 and table.columns["heard"] == [1, 2]


@pytest.mark.parametrize(
    "text",
    ["scale: {from: 7, to: 5, rule: middle}", "scale: {from: many, to: 5, rule: nearest}", "scale: {from: 7, to: 5}",
     "scale: {from: 7, to: 5, rule: nearest, columns: [helpd]}", 'scale: {from: 7, to: 5, rule: {"7": "6"}}'],
)  # fmt: skip
def test_what_is_wrong_with_a_declared_scale_is_said(text):
    with pytest.raises(DocumentError, match=r"m.yaml"):
        rule(text)


@given(st.integers(2, 11), st.integers(3, 7))
def test_the_nearest_step_keeps_the_ends_the_order_and_the_middle(theirs, ours):
    found = [*map(int, nearest(range(1, theirs + 1), range(1, ours + 1)).values())]
    assert found == sorted(found) and (found[0], found[-1]) == (1, ours)
    assert found == [ours + 1 - step for step in reversed(found)] or ours % 2 == 0


def test_labels_in_two_languages_and_a_stray_answer_are_a_scale_of_ours():
    theirs = {"Helt emot": 1, "Emot": 2, "Varken eller": 3, "För": 4, "Helt för": 5}
    both_ways = {**{word: value for value, word in WORDS.items()}, **theirs}
    text = "values: {helped: {" + ", ".join(f'{word}: "{value}"' for word, value in both_ways.items()) + "}}"
    assert read([*both_ways] * 20 + ["xx"], text)[1] == []
