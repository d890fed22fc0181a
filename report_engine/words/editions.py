"""The languages that the report is published in."""

from collections.abc import Mapping
from typing import Literal

Edition = Literal["sv", "en"]
EDITIONS: tuple[Edition, ...] = ("sv", "en")

Text = Mapping[Edition, str]
"""The same wording in every edition: ``{"sv": ..., "en": ...}``."""
