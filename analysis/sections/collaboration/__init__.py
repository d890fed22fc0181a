"""Views on collaboration: the same collaboration as managers, staff and participants see it.

The slides say that managers find collaboration with the PES improved and collaboration inside the municipality good,
while social workers and unit staff find that it does not work and participants hardly know of any; the study's aim is
whether state and municipal policy overlap and whether people fall between them.
"""

from analysis.interviews import code_names
from analysis.population import studied
from analysis.sections.collaboration import claims, facts, figures
from analysis.sections.collaboration.frames import Frames
from report_engine.model.section import Section
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words import texts

TABLES = ("actors", "codebook", "interviews", "segments")
QUESTIONS = (
    "caseload_manageable",
    "education_is_way",
    "effects_known",
    "fk_collaboration",
    "furthest_supported",
    "measures_documented",
    "municipal_collaboration",
    "pes_collaboration",
    "resources_to_closest",
    "sanctions_needed",
)
SETTINGS = ("bootstrap", "municipalities", "smallest_cell")
RESTS_ON = ()


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    say = texts.load("collaboration")
    found = Frames(studied(inputs), say)
    parts = Parts("collaboration", found.inputs, say)
    parts.label("code", lambda: code_names(inputs.tables["codebook"]))
    parts.label("part", lambda: say.labels("labels.part"))
    parts.label("step", lambda: figures.steps(say))
    parts.table("waves", lambda: figures.waves(found, say))
    parts.fill(found, figures.FIGURES, facts.groups(found), claims.CLAIMS)
    return parts.section()
