"""The data turned round: what the report then says of direction, order and size is what other code makes of the turned tables."""

import re
from collections.abc import Callable, Mapping, Sequence

import pytest

from report_engine.contracts import study
from report_engine.model.section import Claim, Outcome, Unavailable
from report_engine.words.editions import EDITIONS, Edition
from tests.analysis.sections.recomputed import chapters, direction, words
from tests.analysis.sections.recomputed import test_facts as told
from tests.analysis.sections.recomputed.chapters import Sentence
from tests.analysis.sections.recomputed.claims import CLAIMS
from tests.analysis.sections.recomputed.independent import Tidy
from tests.analysis.sections.recomputed.turned import DIRECTIONS, World, levels, turned

SAMPLED = {"survey", "interviews"}
PRESUMED = {
    "staff.someone_else_answers": "the other code counts whoever says so",
    "study.answers_from_all": "the other code counts the groups that are there",
    "study.response_over_half": "the other code counts the groups that are there",
    "municipal_activation.effects_not_followed_up": "the other code counts the municipalities interviewed",
    "municipal_activation.task_work_dominates": "the other code counts the municipalities interviewed",
}
"""Claims that the other code recomputes for data in which every group is there, and why."""
UNTURNED = {"study.net_cost"}  # of a register of one year, which the other code reads from the series
BROKEN = re.compile(r"\s(?:[,;:]|\.(?!\.))|\(\)|“”|””|\s\s|\s(?:och|and)\s*\.|^[a-zåäö.,:]")
"""What is left of a sentence out of which something has fallen."""
UNEXPLAINED = re.compile(r"\b[Nn]a[nN]\b|<NA>|\{\w+")


@pytest.fixture(scope="module", params=DIRECTIONS, ids=lambda direction: direction.__name__)
def world(request, shipped) -> World:
    return turned(shipped, request.param)


def recomputed(id: str, world: World, what: Mapping[str, Callable[[Tidy], object]]) -> object | None:
    """What other code makes of it; None where there are no such rows."""
    try:
        return what[id](world.tidy)
    except (LookupError, ValueError, ZeroDivisionError, TypeError, Unavailable):
        return None


def test_words_of_direction_and_order_follow_the_data(world):
    wrong = {
        id: (world.facts[id].text["en"], expected)
        for id in words.WORDS
        if id in world.facts
        and (expected := recomputed(id, world, words.WORDS)) not in (None, world.facts[id].text["en"])
    }
    assert wrong == {}


def test_numbers_and_names_follow_the_data(world):
    wrong = {}
    for id in told.FACTS:
        fact, expected = world.facts.get(id), recomputed(id, world, told.FACTS)
        if fact is None or fact.value is None or expected is None or expected.value != expected.value or id in UNTURNED:
            continue
        if isinstance(expected.value, str) and world.tied:  # any of those that come first may be named
            continue
        same = (
            fact.value == expected.value
            if isinstance(expected.value, str)
            else fact.value == pytest.approx(expected.value, abs=1e-9)
        )
        if not same:
            wrong[id] = (fact.value, expected.value)
    assert wrong == {}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_facts_words_tell_its_own_numbers(world, edition):
    wrong = []
    for name in study.sections():
        for fact in world.sections[name].facts:
            try:
                told.assert_words_tell(fact, edition)
            except AssertionError as error:
                wrong.append((fact.id, fact.text[edition], str(error).split("\n")[0]))
    assert wrong == []


def test_no_sentence_speaks_of_what_is_not_there(world):
    said = [text for claim in world.claims.values() for text in (claim.verdict.reason, claim.statement)]
    for section in world.sections.values():
        said += [text for item in section.figures for text in (item.caption, item.alt, item.title)]
        said += [item.caption for item in section.tables] + [fact.text for fact in section.facts]
    assert [text for text in said for edition in EDITIONS if UNEXPLAINED.search(text[edition])] == []


def test_a_claim_holds_or_fails_only_with_its_whole_interval(world):
    wrong = {id: claim.verdict for id, claim in world.claims.items() if not settled(claim)}
    assert wrong == {}


def settled(claim: Claim) -> bool:
    """Whether a sampled claim's outcome is what its interval and limit say; others have no interval."""
    its, size = claim.verdict, claim.verdict.effect
    if claim.stream not in SAMPLED or size is None or size.low is None or size.high is None:
        return True
    limit = its.numbers.get(
        "limit", 0.667 if size.unit == "alpha" else 0.5 if claim.id == "participants.stuck" else 0.0
    )
    covered = size.low - 1e-9 <= float(limit) <= size.high + 1e-9
    decided: tuple[Outcome, ...] = ("holds", "fails")
    return (its.outcome == "borderline") if covered else its.outcome in decided


def test_what_decides_a_claim_is_what_other_code_makes_of_the_turned_tables(world):
    wrong = {}
    for id in CLAIMS:
        made = recomputed(id, world, CLAIMS)
        got = world.claims[id].verdict.numbers
        if made is None or world.claims[id].verdict.outcome == "untestable" or id in PRESUMED:
            continue
        numbers, _ = made
        different = {
            name: (got[name], number)
            for name, number in numbers.items()
            if number == number and got[name] != pytest.approx(number, abs=1e-9)
        }
        if different:
            wrong[id] = different
    assert wrong == {}


@pytest.fixture(scope="module")
def texts(world, tmp_path_factory) -> Mapping[Edition, Sequence[Sentence]]:
    """Give what chapters and slides of the turned world say, by edition."""
    root = tmp_path_factory.mktemp("turned")
    chapters.write(root, world.sections)
    return {edition: (*chapters.chapters(root, edition), *chapters.on_slides(root, edition)) for edition in EDITIONS}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_writers_word_of_direction_is_a_facts_or_holds_of_any_data(texts, edition):
    listed = {text for kind in direction.allowed().values() for text in kind[edition]}
    own = {sentence.typed for sentence in texts[edition] if direction.is_the_writers(sentence, edition)}
    assert sorted(own - listed) == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_sentence_says_an_order_or_direction_that_its_numbers_deny(texts, edition):
    said = {sentence.text: direction.contradiction(sentence.text, edition) for sentence in texts[edition]}
    assert [text for text, denied in said.items() if denied] == []
    assert sum(denied is False for denied in said.values()) >= 3


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_sentence_is_whole(texts, edition):
    assert [sentence.text for sentence in texts[edition] if BROKEN.search(sentence.text)] == []


def test_what_is_listed_stands_in_the_chapters_and_is_recomputed(world, texts):
    if world.direction is not levels:  # in which nothing is missing
        return
    for kind, by_edition in direction.allowed().items():
        for edition, listed in by_edition.items():
            assert sorted({*listed} - {sentence.typed for sentence in texts[edition]}) == []
            if kind == "carried":
                assert [text for text in listed if not any(map(is_held, re.findall(r"\{([\w.]+)\}", text)))] == []


def is_held(id: str) -> bool:
    """Say whether a fact is recomputed by other code, or is what a claim's verdict says."""
    return id in told.FACTS or id in words.WORDS or id.endswith((".verdict", ".reason", "_behind"))


@pytest.mark.parametrize(
    ("edition", "text", "denied"),
    [
        ("sv", "Störst är den i A (12 procent), minst i B (12 procent).", True),
        ("sv", "Störst är den i A (12 procent), minst i B (11 procent).", False),
        ("sv", "Andelen ökade från 40 procent 2009 till 39 procent 2024.", True),
        ("sv", "Andelen minskade mellan 2016 och 2018 (0\u00a0procentenheter).", True),
        ("sv", "Kommunerna skiljer sig åt: A 8\u00a0864\u00a0kronor, B 8\u00a0864\u00a0kronor.", True),
        ("en", "The rate was highest among A (40 per cent) and lowest among B (72 per cent).", True),
        ("en", "The stance is most critical among A (+0.64), most favourable among B (−0.70).", True),
        ("en", "The share rose from 40 per cent in 2009 to 65 per cent in 2024.", False),
        ("en", "The share fell between 2016 and 2018 (+2 percentage points).", True),
        ("en", "Glad are 40 per cent, and 39 per cent say so.", None),
    ],
)
def test_numbers_that_deny_the_words_are_seen(edition, text, denied):
    assert direction.contradiction(text, edition) is denied


def test_a_word_of_direction_is_the_writers_unless_a_fact_a_claim_or_a_source_says_it():
    said = Sentence("sec-a", "Glada är 74 procent, men färre är nöjda.", ((11, 21, "a.glad"),))
    assert direction.is_the_writers(said, "sv")
    assert not direction.is_the_writers(Sentence("sec-a", "Den ökade.", ((4, 9, "a.word"),)), "sv")
    assert not direction.is_the_writers(Sentence("sec-a", "Den ökade [@].", cites=True), "sv")
    assert not direction.is_the_writers(Sentence("sec-a-slides", "Den ökade."), "sv")
    assert not direction.is_the_writers(Sentence("sec-a", "Den ökade, enligt presentationen."), "sv")
