"""What verdicts are called."""

from collections.abc import Mapping
from typing import cast

from report_engine.model.section import Outcome
from report_engine.words.editions import Text
from report_engine.words.report import labels

VERDICT_WORDS = cast("Mapping[Outcome, Text]", labels("verdicts"))
"""By outcome, in the order in which they are counted."""
