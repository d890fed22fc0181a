"""What several sections say: the texts of ``report/<edition>/texts/shared.yaml``."""

from report_engine.words import texts
from report_engine.words.editions import Text
from report_engine.words.forms import Value


def say(key: str, **values: Value) -> Text:
    """Fill a text that sections share; raises TextError for a key or hole that there is none of."""
    return texts.load(texts.SHARED)(key, **values)
