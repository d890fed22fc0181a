"""The group interviews and their coded segments."""

import csv
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from pathlib import Path

from analysis.synthetic.common import Draws, Reference, csv_text
from analysis.synthetic.interview_design import NEUTRAL, NO_STANCE, SAME_CODE, SAME_STANCE, STANCES, WEIGHTS
from analysis.synthetic.survey_design import PARTICIPANT, PES, SOCIAL, STAFF, UNIT, WORKER
from analysis.synthetic.utterance import Phrases

FIRST_YEAR, LAST_YEAR = 2016, 2017
CODERS = ("coder_a", "coder_b")
GOLDEN = (5**0.5 - 1) / 2
TWICE_CODED_EVERY, TWICE_CODED_FIRST = 10, 5  # every tenth interview from the fifth on

# Kinds of interview: group, segments (at least, at most), minutes, share of talk by actor.
_KINDS: dict[str, tuple[str, tuple[int, int], tuple[int, int], dict[str, float]]] = {
    "managers": ("managers", (55, 64), (85, 125), {PES: 0.30, SOCIAL: 0.35, UNIT: 0.35}),
    "social_workers": ("staff", (50, 58), (70, 105), {WORKER: 0.85, STAFF: 0.15}),
    "unit_staff": ("staff", (50, 58), (70, 105), {STAFF: 0.85, WORKER: 0.15}),
    "participants": ("participants", (42, 52), (50, 85), {PARTICIPANT: 1.0}),
}


@dataclass(frozen=True)
class Interview:
    """One group interview."""

    id: str
    municipality: str
    kind: str
    year: int
    n: int
    minutes: int
    primary: str
    second: str | None


@dataclass(frozen=True)
class Coding:
    """One coder's coding of a passage; ``unit`` is (start, end)."""

    interview: Interview
    actor: str
    code: str
    coder: str
    stance: int | None
    unit: tuple[int, int]
    text: str


def read_codebook(path: Path) -> dict[str, str]:
    """Read the hand-written codebook: parent by leaf code."""
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["parent"] for row in csv.DictReader(file) if row["parent"]}


def conducted(reference: Reference) -> list[Interview]:
    """Return the interviews in the order in which they were held: municipality by municipality."""
    draws = Draws("interviews")
    visits = draws.shuffled(place.code for place in reference.municipalities)
    found: list[Interview] = []
    for n, code in enumerate(visits):
        for kind in draws.shuffled(sorted(_KINDS)):
            number = len(found) + 1
            primary = CODERS[number % 2]
            second = CODERS[1 - number % 2] if number % TWICE_CODED_EVERY == TWICE_CODED_FIRST else None
            shortest, longest = _KINDS[kind][2]
            year = FIRST_YEAR if n < 7 else LAST_YEAR
            size = draws.whole(3, 5) if kind == "managers" else draws.whole(4, 8)
            minutes = draws.whole(shortest // 5, longest // 5) * 5
            found.append(Interview(f"GI{number:02d}", code, kind, year, size, minutes, primary, second))
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
    """Return the coded segments as CSV, in the order of the transcripts."""
    draws = Draws("segments")
    habits = _Habits({one.municipality for one in held}, parents, draws)
    doubts = _Evenly(sorted(SAME_CODE), draws)
    codings: list[Coding] = []
    for interview in held:
        for coding in _transcript(interview, habits, phrases, draws):
            codings.append(coding)
            if interview.second:
                codings.append(_recode(coding, interview.second, parents, doubts, draws))
    rows = [
        (f"S{number:04d}", c.interview.id, c.actor, c.code, c.coder, c.stance, *c.unit, c.text)
        for number, c in enumerate(codings, 1)
    ]
    columns = "segment_id interview_id speaker_actor code coder stance start end text"
    return csv_text(columns.split(), rows)


class _Evenly:
    """Chances between 0 and 1 that run through the unit interval in golden steps, one run a key.

    Even a few of them come close to the shares intended, where independent draws would not.
    """

    def __init__(self, keys: Iterable[Hashable], draws: Draws) -> None:
        self._at = {key: draws.uniform() for key in keys}

    def next(self, key: Hashable) -> float:
        """Return the next chance of a key."""
        self._at[key] = (self._at[key] + GOLDEN) % 1
        return self._at[key]


class _Habits:
    """How municipalities differ: what is talked about more, and how warmly."""

    def __init__(self, municipalities: set[str], parents: dict[str, str], draws: Draws) -> None:
        self._taste = {
            (place, code): 2 ** draws.normal(0.4) for place in sorted(municipalities) for code in sorted(parents)
        }
        self._warmth = {place: draws.normal(0.10) for place in sorted(municipalities)}
        self._chances = _Evenly([(code, actor) for actor, codes in WEIGHTS.items() for code in codes], draws)
        self._said = {actor: dict.fromkeys(codes, 0) for actor, codes in WEIGHTS.items()}

    def code(self, place: str, actor: str, draws: Draws) -> str:
        """Draw what an actor's next utterance is about; a code that is behind its share becomes more likely."""
        said, base = self._said[actor], WEIGHTS[actor]
        expected = sum(said.values()) / sum(base.values())
        weights = {
            code: weight * self._taste[place, code] * ((expected * weight + 2) / (said[code] + 2)) ** 2
            for code, weight in base.items()
        }
        chosen = draws.weighted(weights)
        said[chosen] += 1
        return chosen

    def stance(self, place: str, code: str, actor: str) -> int | None:
        """Return the stance of an actor's next utterance on a code."""
        chance = self._chances.next((code, actor))
        mean = min(max(STANCES[code, actor] / (1 - NEUTRAL) + self._warmth[place], -0.97), 0.97)
        taken = 1 - NO_STANCE
        critical = taken * (1 - NEUTRAL) * (1 - mean) / 2
        if chance < critical:
            return -1
        if chance < critical + taken * NEUTRAL:
            return 0
        return 1 if chance < taken else None


def _transcript(interview: Interview, habits: _Habits, phrases: Phrases, draws: Draws) -> list[Coding]:
    """Return the primary coder's codings of one interview: passages in order that don't overlap."""
    _, (least, most), _, talk = _KINDS[interview.kind]
    position, codings, said = draws.whole(300, 900), [], set[str]()
    for _ in range(draws.whole(least, most)):
        actor = draws.weighted(talk)
        code = habits.code(interview.municipality, actor, draws)
        stance = habits.stance(interview.municipality, code, actor)
        text = phrases.utterance(actor, code, stance or 0, said, draws)
        unit = (position, position + len(text))
        codings.append(Coding(interview, actor, code, interview.primary, stance, unit, text))
        position = unit[1] + draws.whole(60, 1_400)
    return codings


def _recode(first: Coding, coder: str, parents: dict[str, str], chances: _Evenly, draws: Draws) -> Coding:
    """Return what the second coder makes of a passage: mostly the same, else a neighbouring code or stance."""
    parent = parents[first.code]
    code = first.code
    if chances.next(parent) > SAME_CODE[parent]:
        near = {
            other: 4.0 if parents[other] == parent else 1.0 for other in WEIGHTS[first.actor] if other != first.code
        }
        code = draws.weighted(near)
    stance = first.stance
    if draws.uniform() > SAME_STANCE:
        stance = draws.one({None: (0,), 0: (-1, 1, None), 1: (0, None), -1: (0, None)}[first.stance])
    return Coding(first.interview, first.actor, code, coder, stance, first.unit, first.text)
