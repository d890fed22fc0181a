"""The survey of actors and its frame.

Within an actor and wave the answers are dealt out by rank of a latent attitude (the municipality's, the person's and chance),
so that their shares meet the target while items hang together and municipalities differ. A question, an actor or a wave more
changes no other answer; a municipality more does, as the strata's respondents are then spread over more of them.
"""

from dataclasses import dataclass, field

from analysis.synthetic.common import Municipality, Reference, csv_text, stream, whole_parts
from analysis.synthetic.survey_design import (
    ACTORS,
    AGE_GROUPS,
    AGES,
    LARGE_FROM,
    NEGATIVE_ITEMS,
    PARTICIPANT,
    POPULATION_GROWTH,
    STRATA,
    TARGET_NOISE,
    TARGETS,
    USER_MISSING,
    USER_MISSING_BY_ACTOR,
    WAVES,
    YOUNG_SHIFT,
)

DONT_KNOW, NO_ANSWER = 8, 9
SIZES = ("large", "small")


@dataclass(frozen=True)
class Cell:
    """One stratum of the frame with its number of respondents."""

    wave: int
    actor: str
    size: str
    population: int
    invited: int
    respondents: int

    @property
    def stratum(self) -> str:
        """The stratum's name: wave, actor and size class."""
        return f"{self.wave}-{self.actor}-{self.size}"


@dataclass
class Person:
    """One respondent; ``answers`` is filled item by item."""

    cell: Cell
    municipality: str
    age_group: str
    attitude: float
    answers: dict[str, int] = field(default_factory=dict)


def cells() -> list[Cell]:
    """Return the strata of both waves."""
    found = []
    for n, wave in enumerate(WAVES):
        for actor in ACTORS:
            design = STRATA[actor]
            for m, size in enumerate(SIZES):
                population = round(design.population[m] * POPULATION_GROWTH[wave])
                invited = design.invited[m]
                found.append(Cell(wave, actor, size, population, invited, round(invited * design.response[n])))
    return found


def survey_frame() -> str:
    """Return the frame as CSV."""
    rows = [(cell.wave, cell.stratum, cell.actor, cell.population, cell.invited) for cell in cells()]
    return csv_text("wave stratum actor population invited".split(), sorted(rows))


def actors(reference: Reference) -> str:
    """Return the respondents as CSV; a stratum's weights add up to its population."""
    climate = {place.code: stream("actors", "climate", place.code).normal(0.30) for place in reference.municipalities}
    people = [person for cell in cells() for person in _people(cell, reference, climate)]
    for wave in WAVES:
        for actor in ACTORS:
            group = [person for person in people if (person.cell.wave, person.cell.actor) == (wave, actor)]
            for item, targets in TARGETS.items():
                if actor in targets:
                    _answer(group, item, targets[actor][WAVES.index(wave)])
    return csv_text(
        ["respondent_id", "wave", "municipality_code", "actor", "age_group", "weight", "stratum", *TARGETS],
        _rows(people),
    )


def _people(cell: Cell, reference: Reference, climate: dict[str, float]) -> list[Person]:
    draws = stream("actors", "respondents", cell.wave, cell.actor, cell.size)
    places = [place for place in reference.municipalities if _size(place) == cell.size]
    # at least one of each municipality, the rest by population
    spread = whole_parts(cell.respondents - len(places), [place.population[2016] for place in places])
    homes = [place.code for place, more in zip(places, spread, strict=True) for _ in range(more + 1)]
    counts = whole_parts(cell.respondents, AGES[cell.actor])
    ages = draws.shuffled(age for age, count in zip(AGE_GROUPS, counts, strict=True) for _ in range(count))
    people = []
    for home, age in zip(homes, ages, strict=True):
        young = YOUNG_SHIFT if cell.actor == PARTICIPANT and age == AGE_GROUPS[0] else 0.0
        people.append(Person(cell, home, age, climate[home] + young + draws.normal(0.7)))
    return people


def _size(place: Municipality) -> str:
    return SIZES[0] if place.population[2016] >= LARGE_FROM else SIZES[1]


def _answer(group: list[Person], item: str, target: tuple[float, float]) -> None:
    """Give every person of a group an answer: user-missing by chance, the rest by rank of the attitude."""
    wave, actor = group[0].cell.wave, group[0].cell.actor
    draws = stream("actors", wave, actor, item)
    dont_know, no_answer = USER_MISSING_BY_ACTOR.get((item, actor), USER_MISSING)
    order = draws.shuffled(group)
    unknown = round(dont_know * draws.uniform(0.85, 1.15) * len(group))
    silent = round(no_answer * draws.uniform(0.3, 1.7) * len(group))
    for person in order[:unknown]:
        person.answers[item] = DONT_KNOW
    for person in order[unknown : unknown + silent]:
        person.answers[item] = NO_ANSWER
    sign = -1 if item in NEGATIVE_ITEMS else 1
    scored = [
        (sign * person.attitude + draws.normal(), n, person) for n, person in enumerate(order[unknown + silent :])
    ]
    ranked = [person for _, _, person in sorted(scored, key=lambda entry: entry[:2])]
    agree, disagree = (share + draws.normal(TARGET_NOISE) for share in target)
    shares = (disagree * 0.45, disagree * 0.55, 1 - agree - disagree, agree * 0.62, agree * 0.38)
    counts = whole_parts(len(ranked), shares)
    values = [answer for answer, count in enumerate(counts, 1) for _ in range(count)]
    for person, value in zip(ranked, values, strict=True):
        person.answers[item] = value


def _rows(people: list[Person]) -> list[list[object]]:
    """Number the respondents within a wave in random order, as returned questionnaires are."""
    rows: list[list[object]] = []
    for wave in WAVES:
        group = stream("actors", "order", wave).shuffled(person for person in people if person.cell.wave == wave)
        for number, person in enumerate(group, 1):
            cell = person.cell
            weight = round(cell.population / cell.respondents, 6)
            head = [
                f"R{wave}-{number:04d}",
                wave,
                person.municipality,
                cell.actor,
                person.age_group,
                weight,
                cell.stratum,
            ]
            rows.append([*head, *(person.answers.get(item) for item in TARGETS)])
    return rows
