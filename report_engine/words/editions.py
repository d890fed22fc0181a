"""The languages that the report is published in."""

from collections.abc import Mapping
from typing import Literal, get_args

import yaml

from report_engine.provenance import place

Edition = Literal["sv", "en"]

Text = Mapping[Edition, str]
"""The same wording in every edition: ``{"sv": ..., "en": ...}``."""


def _declared() -> tuple[Edition, ...]:
    """Return the editions that the study names under ``editions``; all there are where it names none."""
    known: tuple[Edition, ...] = get_args(Edition)
    try:
        found = yaml.load((place.STUDY / "study.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader)
        named = found.get("editions", known)
        return tuple(edition for edition in named if edition in known) or known
    except (OSError, ValueError, yaml.YAMLError, AttributeError, TypeError):
        return known  # what is wrong with the file is said where it is read (``contracts.study``)


EDITIONS = _declared()
