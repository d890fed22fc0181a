"""The group interviews and their coded segments."""

import csv
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.synthetic.common import chosen, csv_text, evenly, stream
from analysis.synthetic.interview_design import NEUTRAL, NO_STANCE, SAME_CODE, SAME_STANCE, STANCES, WEIGHTS
from analysis.synthetic.survey_design import PARTICIPANT, PES, SOCIAL, UNIT, UNIT_STAFF, WORKER
from analysis.synthetic.utterance import Phrases

FIRST_YEAR, LAST_YEAR = 2016, 2017
CODERS = ("coder_a", "coder_b")
TWICE_CODED_EVERY, TWICE_CODED_FIRST = 10, 5  # every tenth interview from the fifth on

# The municipalities in the order of the visits: an interview's number, year and coders follow from it.
VISITS = ("2262", "2081", "2280", "1499", "2580", "1980", "1290", "1282", "0581", "2080", "1488")
VISITS_OF_FIRST_YEAR = 7
CHARACTERS_A_MINUTE = 800

# Kinds of interview: group, minutes, and by actor how many utterances a weight of 1 comes to.
_KINDS: dict[str, tuple[str, tuple[int, int], dict[str, float]]] = {
    "managers": ("managers", (85, 125), {PES: 0.48, SOCIAL: 0.36, UNIT: 0.33}),
    "social_workers": ("staff", (70, 105), {WORKER: 0.73, UNIT_STAFF: 0.13}),
    "unit_staff": ("staff", (70, 105), {UNIT_STAFF: 0.75, WORKER: 0.13}),
    "participants": ("participants", (50, 85), {PARTICIPANT: 1.125}),
}


@dataclass(frozen=True)
class Interview:
    """One group interview."""

    id: str
    municipality: str
    kind: str
    visit: int
    year: int
    n: int
    minutes: int
    primary: str
    second: str | None


@dataclass(frozen=True)
class Coding:
    """One coder's coding of an utterance, an actor's ``n``-th on the code that the primary coder gives.

    ``place`` is where in the transcript it begins, or would if nothing stood there.
    """

    interview: Interview
    actor: str
    n: int
    code: str
    coder: str
    stance: int | None
    place: int
    text: str


def read_codebook(path: Path) -> dict[str, str]:
    """Read the hand-written codebook: parent by leaf code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["parent"] for row in csv.DictReader(file) if row["parent"]}


def conducted() -> list[Interview]:
    """Return the interviews in the order in which they were held: municipality by municipality."""
    found: list[Interview] = []
    for visit, code in enumerate(VISITS):
        for kind in sorted(_KINDS, key=lambda kind: stream("interviews", "order", code, kind).uniform()):
            number = len(found) + 1
            primary = CODERS[number % 2]
            second = CODERS[1 - number % 2] if number % TWICE_CODED_EVERY == TWICE_CODED_FIRST else None
            draws = stream("interviews", code, kind)
            year = FIRST_YEAR if visit < VISITS_OF_FIRST_YEAR else LAST_YEAR
            size = draws.whole(3, 5) if kind == "managers" else draws.whole(4, 8)
            shortest, longest = _KINDS[kind][1]
            minutes = draws.whole(shortest // 5, longest // 5) * 5
            found.append(Interview(f"GI{number:02d}", code, kind, visit, year, size, minutes, primary, second))
    return found


def interviews(held: list[Interview]) -> str:
    """Return the interviews as CSV."""
    columns = "interview_id municipality_code group year n_interviewees duration_minutes primary_coder second_coder"
    rows = [
        (one.id, one.municipality, _KINDS[one.kind][0], one.year, one.n, one.minutes, one.primary, one.second)
        for one in held
    ]
    return csv_text(columns.split(), rows)


def segments(held: list[Interview], parents: dict[str, str], phrases: Phrases) -> str:
    """Return the coded segments as CSV, in the order of the transcripts.

    An interview more changes nothing in another. A code more changes no other utterance's code, stance and text, and its
    place only where the new one needs room; the second coder sees the new code in some utterances of the old ones.
    """
    rows = []
    for interview in held:
        free = 0
        for coding in sorted(_codings(interview, parents, phrases), key=lambda coding: (coding.place, coding.code)):
            start = max(coding.place, free)
            end = start + len(coding.text)
            free = end + 60
            for one in (coding, *_recoded(coding, parents)):
                rows.append((interview.id, one.actor, one.code, one.coder, one.stance, start, end, one.text))
    columns = "segment_id interview_id speaker_actor code coder stance start end text"
    return csv_text(columns.split(), [(f"S{number:04d}", *row) for number, row in enumerate(rows, 1)])


def _codings(interview: Interview, parents: dict[str, str], phrases: Phrases) -> list[Coding]:
    """Return the primary coder's codings of one interview."""
    _, _, pace = _KINDS[interview.kind]
    place, codings = interview.municipality, []
    for code in sorted(parents):
        taste = 2 ** stream("segments", "taste", place, code).normal(0.4)
        said: set[str] = set()
        for actor in pace:
            rate = pace[actor] * WEIGHTS[actor].get(code, 0) * taste
            chance = evenly(interview.visit, "segments", "count", interview.kind, actor, code)
            draws = stream("segments", interview.id, actor, code)
            for n in range(int(rate + chance)):
                stance = _stance(interview, actor, code, n)
                at = int(draws.uniform(300, interview.minutes * CHARACTERS_A_MINUTE))
                text = phrases.utterance(actor, code, stance or 0, said, draws)
                codings.append(Coding(interview, actor, n, code, interview.primary, stance, at, text))
    return codings


def _stance(interview: Interview, actor: str, code: str, n: int) -> int | None:
    """Return the stance of an actor's n-th utterance on a code in an interview."""
    warmth = stream("segments", "warmth", interview.municipality).normal(0.10)
    mean = min(max(STANCES[code, actor] / (1 - NEUTRAL) + warmth, -0.97), 0.97)
    taken = 1 - NO_STANCE
    critical = taken * (1 - NEUTRAL) * (1 - mean) / 2
    chance = evenly(interview.visit * 5 + n, "segments", "stance", interview.kind, actor, code)
    if chance < critical:
        return -1
    if chance < critical + taken * NEUTRAL:
        return 0
    return 1 if chance < taken else None


def _recoded(first: Coding, parents: dict[str, str]) -> list[Coding]:
    """Return what the second coder, if any, makes of an utterance: mostly the same, else a neighbouring code or stance."""
    if first.interview.second is None:
        return []
    names = ("segments", "second", first.interview.id, first.actor, first.code, first.n)
    draws, code, parent = stream(*names), first.code, parents[first.code]
    if draws.uniform() > SAME_CODE[parent]:
        near = {
            other: 4.0 if parents[other] == parent else 1.0 for other in WEIGHTS[first.actor] if other != first.code
        }
        code = chosen(near, *names)
    stance = first.stance
    if draws.uniform() > SAME_STANCE:
        stance = draws.one({None: (0,), 0: (-1, 1, None), 1: (0, None), -1: (0, None)}[first.stance])
    return [replace(first, code=code, coder=first.interview.second, stance=stance)]
