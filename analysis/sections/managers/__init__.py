"""Managers: how they see activation and their own role.

The slides say that municipal managers act as entrepreneurs who want something done quickly and argue for job activation
(control, sanctions, demands) rather than education, while PES managers refer to central rules that they implement and
interpret in different ways, from no freedom to much freedom.
"""

from analysis.interviews import code_names
from analysis.population import studied
from analysis.sections.managers import claims, facts, figures
from analysis.sections.managers.frames import Frames
from report_engine.model.section import Section
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words import texts

TABLES = ("actors", "codebook", "interviews", "segments")
QUESTIONS = (
    "caseload_manageable",
    "education_is_way",
    "effects_known",
    "furthest_supported",
    "measures_documented",
    "resources_to_closest",
    "sanctions_needed",
)
SETTINGS = ("bootstrap", "municipalities", "smallest_cell")
RESTS_ON = ()


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    say = texts.load("managers")
    found = Frames(studied(inputs))
    parts = Parts("managers", found.inputs, say)
    parts.label("code", lambda: code_names(inputs.tables["codebook"]))
    parts.label("row", lambda: say.labels("labels.row"))
    parts.table("answers", lambda: figures.answers(found, say))
    parts.fill(found, figures.FIGURES, facts.groups(found, say), claims.CLAIMS)
    return parts.section()
