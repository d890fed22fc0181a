"""A scale of theirs that is not ours is seen by its labels and by the range of its answers, and never proposed as ours."""

import pytest

from report_engine.mappings import choices
from report_engine.mappings.columns import Candidate
from report_engine.readers import Source, parse
from tests.contracts import contract as made
from tests.contracts import field
from tests.report_engine.mappings.proposed import CONTRACTS, proposed, read
from tests.report_engine.mappings.test_writing import survey

QUESTION = CONTRACTS["actors"].field("pes_collaboration")
WORDS = ["Instämmer inte alls", "Instämmer knappast", "Varken eller", "Instämmer delvis", "Instämmer helt"]
ENDS = {"1": "Instämmer inte alls", "7": "Instämmer helt"}
OURS = {str(at): word for at, word in enumerate(WORDS, start=1)}


def scale(answers, labels=None, missing=()):
    return choices.scale(Candidate("q", tuple(answers), (), labels or {}, frozenset(missing)), QUESTION)


@pytest.mark.parametrize(
    ("answers", "labels", "steps"),
    [
        ("12345", {}, None),
        ("1289", {}, None),
        ("1234567", {}, 7),
        ("12", ENDS, 7),  # nobody answered more than 2
        ([*map(str, range(11))], {}, 11),
        ("12345", OURS | {"8": "Vet inte"}, None),
        ("16", OURS | {"6": "Ej aktuellt"}, None),  # a label besides our five is no step
        ([*WORDS, "Vet inte"], {}, None),
        ([*WORDS, "Ej aktuellt"], {}, None),
        (["Instämmer inte alls", *"234", "Instämmer helt"], {}, None),
        (["Instämmer inte alls", *"23456", "Instämmer helt", "Vet inte"], {}, 7),
        (["1 – Instämmer inte alls", *"23456", "7 – Instämmer helt"], {}, 7),
        (["1 – Instämmer inte alls", *"234", "5 – Instämmer helt"], {}, None),
        ([*WORDS[:4], "Instämmer i stort sett", "Instämmer nästan helt", "Instämmer fullt ut"], {}, 7),
        ([*WORDS, "Instämmer i låg grad", "Instämmer i hög grad"], {}, 7),
        (["Instämmer helt", "Instämmer till stor del"], {}, 2),  # some of which are not ours
        (["Bra", "Dålig"], {}, None),
    ],
)
def test_how_many_steps_a_scale_has(answers, labels, steps):
    found = scale(answers, labels)
    assert (found and found.theirs) == steps


def test_a_code_that_their_file_calls_missing_is_no_step():
    assert scale("1236", {"6": "Ej aktuellt"}, missing=["6"]) is None
    assert scale("1236", {}, missing=["6"]) is None


@pytest.mark.parametrize("answers", ["1234567" * 3, ["Instämmer inte alls", *"23456", "Instämmer helt"] * 3])
def test_the_ends_of_another_scale_are_not_proposed_as_ours(answers):
    _, rules, text = proposed(survey(answers))
    assert rules.scale is None and "pes_collaboration" not in rules.values
    assert "# Their scale has 7 steps, ours 5 (Samverkan med Arbetsförmedlingen fungerar)" in text


@pytest.mark.parametrize("answers", ["1234567" * 3, ["Instämmer inte alls", *"23456", "Instämmer helt"] * 3])
def test_the_recoding_that_waits_is_the_nearest_step(answers):
    content = survey(answers)
    found, _, text = proposed(content)
    rules = read(text.replace("\n#scale:", "\nscale:"))
    raw = parse(content.encode(), "a.csv", found.contract, Source((), mapping=rules))
    assert raw.columns["pes_collaboration"].texts[:7] == [*"1223445"]
    assert "recoded from 7 steps to 5" in str(raw.findings[-1])


def test_a_mapping_takes_one_scale_and_says_so_of_others():
    found = choices.together(
        {"a": choices.OtherScale(7, 5, {"6": "5"}, nearest=False), "b": choices.OtherScale(10, 5, {}, nearest=True),
         "c": choices.OtherScale(7, 5, {"2": "1"}, nearest=False)}
    )  # fmt: skip
    assert [(its.theirs, names) for its, names in found] == [(7, ["a", "c"]), (10, ["b"])]
    assert found[0][0].table == {"2": "1", "6": "5"}


def test_a_column_that_is_no_scale_has_none():
    assert choices.scale(Candidate("q", ("1", "9")), made(field("q", "integer")).field("q")) is None
