"""Visits: how many come, and whether towns and villages go the same way."""

from analysis.sections.visits import claims, facts, figures
from analysis.sections.visits.frames import Frames
from report_engine.model.section import Section
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words import texts

TABLES = ("libraries", "visits")
SETTINGS = ("years",)
RESTS_ON = ()


def build(inputs: Inputs) -> Section:
    """Build the section's figure, table, facts and claims from the tidy tables."""
    say = texts.load("visits")
    found = Frames(inputs)
    parts = Parts("visits", inputs, say)
    parts.table("by_place", lambda: figures.table(found, say))
    parts.fill(found, figures.FIGURES, facts.groups(found), claims.CLAIMS)
    return parts.section()
