"""What several sections say: the texts of ``report/<edition>/texts/shared.yaml``."""

from report_engine.words import texts
from report_engine.words.editions import Text
from report_engine.words.forms import Value


def say(key: str, **values: Value) -> Text:
    """Fill a text that sections share; raises TextError for a key or hole that there is none of."""
    return texts.load(texts.SHARED)(key, **values)


def answers() -> dict[int, Text]:
    """Name the answers 1–5 to the survey's statements, shorter than their contract does."""
    return {int(str(answer)): text for answer, text in texts.load(texts.SHARED).labels("survey.answers").items()}


def some_of(count: int, total: int) -> Text:
    """Write ``nio av elva`` / ``nine of eleven``, of things of common gender; of one, ``den enda`` or ``ingen``."""
    return say("counts.one_of", count=count) if total == 1 else say("counts.some_of", count=count, total=total)


def some_places(count: int, total: int) -> Text:
    """Write ``nio av elva kommuner`` / ``nine of eleven municipalities``; of one, ``den enda kommunen`` or ``ingen kommun``."""
    return say("counts.one_place", count=count) if total == 1 else say("counts.some_places", count=count, total=total)


def places(n: int) -> Text:
    """Write ``elva kommuner`` / ``eleven municipalities``."""
    return say("counts.places", n=n)


def unit_of_places(n: int) -> Text:
    """Name what so many municipalities are counted in: ``kommun``, ``kommuner``."""
    return say("units.municipalities", n=n)


def limit_words(limit: float) -> Text:
    """Name the share that something is held against: ``hälften`` / ``half``, or a percentage."""
    return say("limits.half") if limit == 0.5 else say("limits.share", limit=limit)
