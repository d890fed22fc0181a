"""What the report of any study says: the texts of ``sv.yaml`` and ``en.yaml`` beside this file, which are part of the code."""

from report_engine.provenance import place
from report_engine.words import texts
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.forms import Value

PACKAGE_DATA = ("en.yaml", "sv.yaml")
"""What decides, beside the code, what is said (``report_engine.provenance.fingerprint``)."""

FILES = {edition: f"report_engine/words/report/{edition}.yaml" for edition in EDITIONS}


def say(key: str, /, **values: Value) -> Text:
    """Fill a text in every edition; ``TextError`` for a key or hole that there is none of."""
    return _texts()(key, **values)


def say_in(key: str, edition: Edition, /, **values: Value) -> str:
    """Fill a text in one edition."""
    return _texts().write(key, edition, **values)


def labels(group: str) -> dict[str, Text]:
    """Return the texts below a key, which have no holes, by the last part of theirs; in the order of the file."""
    return {str(key): text for key, text in _texts().labels(group).items()}


def _texts() -> texts.Texts:
    return texts.read(FILES, place.ENGINE_ROOT)
