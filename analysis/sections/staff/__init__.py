"""Staff: who gets support, what is known of effects, and the caseload, as social workers and unit staff see it.

The slides say that staff work with those closest to the labour market while those with the greatest need go without,
that managers know but do not listen, that people fall between chairs above all towards Försäkringskassan, that much is
done without knowing the effects, and that the caseload fell at social services but stays high at the labour-market units.
"""

from analysis.interviews import code_names
from analysis.population import studied
from analysis.sections.staff import claims, facts, figures
from analysis.sections.staff.frames import Frames
from report_engine.model.section import Section
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words import texts

TABLES = ("actors", "interviews", "segments", "codebook", "municipalities")
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
    say = texts.load("staff")
    found = Frames(studied(inputs))
    parts = Parts("staff", found.inputs, say)
    parts.label("code", lambda: code_names(inputs.tables["codebook"]))
    parts.label("row", lambda: say.labels("labels.row"))
    parts.table("items", lambda: figures.items(found, say))
    parts.fill(found, figures.FIGURES, facts.groups(found), claims.CLAIMS)
    return parts.section()
