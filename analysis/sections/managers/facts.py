"""The facts of the section on managers."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator

from analysis.facts import HIDDEN, counted, interval_fact, plain_share, points_facts, same, share_fact
from analysis.interviews import INTERVIEW_TABLES
from analysis.sections.managers import claims
from analysis.sections.managers.frames import JOB, RESOURCE, SIDES, Frames
from analysis.shared_texts import places
from analysis.survey import SURVEY, cell, known
from analysis.survey_claims import ItemDifference
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Fact, Origin
from report_engine.words.editions import Text
from report_engine.words.numbers import both, count_words, number
from report_engine.words.texts import Texts


def groups(found: Frames, say: Texts) -> Iterator[Callable[[], Iterable[Fact]]]:
    """Give the facts in groups that the data bear or lack together."""
    survey, interviews = found.inputs.origin(*SURVEY), found.inputs.origin(*INTERVIEW_TABLES)
    yield lambda: _agreement(found, survey)
    yield lambda: _lean(found, say, survey)
    yield lambda: points_facts("managers.sanctions_gap", claims.MORE_THAN_PES.estimate(found), SURVEY, survey)
    yield lambda: (Fact("managers.wave", found.wave, same(found.wave), "year", SURVEY, survey),)
    yield lambda: _spoken(found, interviews)
    yield lambda: _share("rules_share", found.rules_share, interviews)
    yield lambda: _discretion(found, interviews)


def lean_word(found: Estimate, say: Texts) -> Text:
    """Say which model a group leans to, or neither where the interval holds zero; two dots where it is hidden."""
    if not known(found.estimate):
        return HIDDEN
    return say("facts.lean", way="job" if found.low > 0 else "resource" if found.high < 0 else "neither")


def _agreement(found: Frames, origin: Origin) -> Iterable[Fact]:
    for side in SIDES:
        for item, name in ((JOB, "sanctions"), (RESOURCE, "education")):
            row = cell(found.pooled, item=item, side=side)
            yield share_fact(f"managers.{name}_{side}", row, SURVEY, origin)
            yield interval_fact(f"managers.{name}_{side}_interval", row, SURVEY, origin)


def _lean(found: Frames, say: Texts, origin: Origin) -> Iterable[Fact]:
    for side, members in SIDES.items():
        lean = ItemDifference(JOB, RESOURCE, members).estimate(found)
        yield from points_facts(f"managers.lean_{side}", lean, SURVEY, origin)
        yield Fact(f"managers.lean_{side}_word", None, lean_word(lean, say), "word", SURVEY, origin)


def _spoken(found: Frames, origin: Origin) -> Iterable[Fact]:
    job, entrepreneur, ends = claims.JOB_ACTIVATION.estimate(found), claims.ENTREPRENEUR.estimate(found), found.ends
    for name, estimate in (
        ("job_activation_share", job),
        ("entrepreneur_share", entrepreneur),
        ("no_freedom", ends["none"]),
        ("much_freedom", ends["much"]),
    ):
        yield from _share(name, estimate, origin)
    yield from points_facts("managers.rules_gap", claims.CENTRAL_RULES.estimate(found), INTERVIEW_TABLES, origin)
    heard = both(count_words, found.interviews)
    yield Fact("managers.interviews", found.interviews, heard, "count", INTERVIEW_TABLES, origin)
    for name, count, words in (
        ("discretion_segments", found.spoken["discretion"], count_words),
        ("role_segments", found.spoken["role"], number),
        ("model_segments", found.spoken["model"], number),
    ):
        yield dataclasses.replace(counted(f"managers.{name}", count, INTERVIEW_TABLES, origin, words=words), n=None)
    reached = found.discretion_places
    yield Fact("managers.discretion_places", reached, places(reached), "count", INTERVIEW_TABLES, origin)


def _discretion(found: Frames, origin: Origin) -> Iterable[Fact]:
    for name, who, stance in (
        ("others_no_freedom", "discretion_others", "critical"),
        ("rules_supported", "rules_own", "supportive"),
        ("rules_criticised", "rules_own", "critical"),
    ):
        row = cell(found.discretion, row=who)
        yield plain_share(f"managers.{name}", row.get(stance), row["n"], INTERVIEW_TABLES, origin)


def _share(name: str, found: Estimate, origin: Origin) -> Iterable[Fact]:
    row = {"estimate": found.estimate, "low": found.low, "high": found.high, "n": found.n}
    yield share_fact(f"managers.{name}", row, INTERVIEW_TABLES, origin)
    yield interval_fact(f"managers.{name}_interval", row, INTERVIEW_TABLES, origin)
