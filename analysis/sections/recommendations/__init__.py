"""What should be done: the presentation's recommendations, the claims they rest on, and its last claim on sanctions.

The slides ask for less bureaucracy, links between levels, the users' perspective, clear roles, an equal responsibility and the
spread of good examples; and say that research shows job activation and sanctions to raise the risk of dependency.
"""

from analysis.facts import statements
from analysis.population import studied
from analysis.sections.recommendations import claims, facts, figures
from analysis.sections.recommendations.frames import Frames
from report_engine.model.section import Section
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words import texts

TABLES = ("labour_units", "exits", "studies", "interviews", "segments", "codebook", "actors", "municipalities")
SETTINGS = ("municipalities", "years", "bootstrap", "smallest_cell")
RESTS_ON = ("municipal_activation", "managers", "collaboration", "staff", "participants", "conclusions")


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables and the earlier sections' claims."""
    say = texts.load("recommendations")
    found = Frames(studied(inputs, inputs.settings.years), say)
    own = claims.judged_claims(found)
    found.know(own)
    parts = Parts("recommendations", found.inputs, say)
    parts.label("recommendation", lambda: say.labels("labels.short"))
    parts.label("claim", lambda: statements(found.basis.matrix["claim"], found.basis.claims))
    parts.table("exits_resource", lambda: figures.exits_resource(found, say))
    parts.table("basis", lambda: figures.basis_table(found, say))
    parts.claims(own)
    parts.fill(found, figures.FIGURES, facts.groups(found), ())
    return parts.section()
