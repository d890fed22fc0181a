"""What verdicts are called."""

from collections.abc import Mapping

from report_engine.model.section import Outcome
from report_engine.words.editions import Text

VERDICT_WORDS: Mapping[Outcome, Text] = {
    "holds": {"sv": "håller", "en": "holds"},
    "borderline": {"sv": "osäkert", "en": "borderline"},
    "fails": {"sv": "håller inte", "en": "does not hold"},
    "untestable": {"sv": "kan inte prövas", "en": "cannot be tested"},
}
