"""Participants: what they think of what they do, by age, and whom they are content with.

The slides say that participants are mostly glad to have something to do but critical of what it is and used as cheap
labour; that the young are more positive; that the PES cannot be reached, that the social services control them without
need, and that the staff of the labour-market units want to help.
"""

from analysis.population import studied
from analysis.sections.participants import claims, facts, figures
from analysis.sections.participants.frames import Frames
from report_engine.model.section import Section
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words import texts

TABLES = ("actors", "interviews", "segments", "codebook")
QUESTIONS = (
    "glad_to_have_something",
    "tasks_useful",
    "tasks_match_wishes",
    "cheap_labour",
    "pes_reachable",
    "unit_staff_help",
    "feel_controlled",
)
SETTINGS = ("bootstrap", "municipalities", "smallest_cell")
RESTS_ON = ()


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    say = texts.load("participants")
    found = Frames(studied(inputs), say)
    parts = Parts("participants", found.inputs, say)
    parts.label("whom", lambda: say.labels("labels.whom"))
    parts.table("items_by_wave", lambda: figures.items_by_wave(found, say))
    parts.fill(found, figures.FIGURES, facts.groups(found), claims.CLAIMS)
    return parts.section()
