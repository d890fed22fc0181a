"""The settings a researcher chooses, read from ``config.yaml`` and checked."""

import json
from collections.abc import Iterator
from pathlib import Path

from report_engine.contracts import contract, study
from report_engine.model import document
from report_engine.model.document import Document
from report_engine.model.validation import Wrong, one_of, show, unknown
from report_engine.provenance import place
from report_engine.readers import FORMS
from report_engine.settings.readable import limited
from report_engine.settings.settings import Settings
from report_engine.words.messages import Message

FILE = "config.yaml"
SCHEMA_FILE = "config.schema.json"
ENCODINGS = ("utf-8", "utf-16", "windows-1252", "iso-8859-1", "iso-8859-15", "mac-roman", "cp850")


def load(root: Path) -> Settings:
    """Read ``config.yaml`` in ``root``; ``DocumentError`` says everything that is wrong with it."""
    return limited(parse(document.read(root / FILE, FILE)))


def parse(document: Document) -> Settings:
    """Check settings; ``DocumentError`` says everything that is wrong with them."""
    settings = document.into(Settings)
    document.refuse([*_sources(settings), *_places(settings)])
    return settings


def _sources(settings: Settings) -> Iterator[Wrong]:
    """Give the datasets, formats and encodings that there are none of."""
    datasets = sorted(path.stem for path in contract.FOLDER.glob("*.yaml"))
    for name, its in settings.sources.items():
        if name not in datasets:
            yield one_of(("sources", name), name, datasets)
        if its.format is not None and its.format not in FORMS:
            yield one_of(("sources", name, "format"), its.format, FORMS)
        if its.encoding is not None and not _is_text_encoding(its.encoding):
            message = Message("documents.no_encoding", {"found": show(its.encoding), "known": ENCODINGS})
            yield unknown(("sources", name, "encoding"), message, its.encoding, ENCODINGS)


def _places(given: Settings) -> Iterator[Wrong]:  # by this name, no result counts the places as a parameter of its own
    register = study.load().roles.places
    if register and not given.municipalities:
        yield Wrong(("municipalities",), Message("documents.no_places", {"dataset": register.dataset}))


def _is_text_encoding(name: str) -> bool:
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        return False
    return True


def schema() -> str:
    """Return the JSON schema of ``config.yaml`` for editors, as text; kept in ``config.schema.json``."""
    content = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Settings.model_json_schema()}
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":  # python -m report_engine.settings.config rewrites the schema
    place.ROOT.joinpath(SCHEMA_FILE).write_text(schema(), "utf-8", newline="\n")
