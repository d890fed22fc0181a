"""The study: its municipalities, its material and how far the material reaches.

The slides name eleven municipalities, the funders (IFAU and the National Audit Office), the aim (whether state and municipal
labour-market policy overlap, and whether some of the unemployed come under neither) and the method: a knowledge review
and group interviews with managers, staff and participants.
"""

from analysis.sections.study import claims, facts, figures
from analysis.sections.study.frames import Frames
from report_engine.model.section import Section
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words import texts

TABLES = (
    "municipalities",
    "population",
    "municipal_net_cost",
    "actors",
    "survey_frame",
    "interviews",
    "segments",
    "codebook",
)
QUESTIONS = ()
SETTINGS = ("municipalities", "smallest_cell", "bootstrap")
RESTS_ON = ()


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    say = texts.load("study")
    found = Frames(inputs, say)
    parts = Parts("study", found.inputs, say)
    parts.table("municipalities", lambda: figures.municipalities(found, say))
    parts.table("material", lambda: figures.material(found, say))
    parts.fill(found, figures.FIGURES, facts.groups(found, say), claims.CLAIMS)
    return parts.section()
