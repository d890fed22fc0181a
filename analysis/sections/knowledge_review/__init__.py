"""Knowledge review: what earlier research says of municipal labour-market policy, and why municipalities run their own.

The slides describe a policy on two tracks since the 1990s (the state for the insured, the municipalities for recipients of
social assistance), four reasons for municipal activation, a PES that chooses whom it serves, and research that is thin.
"""

from functools import partial

from analysis.interviews import code_names
from analysis.population import studied
from analysis.sections.knowledge_review import claims, facts, figures, tracks
from analysis.sections.knowledge_review.frames import Frames
from report_engine.model.section import Section
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words import texts

TABLES = ("studies", "segments", "interviews", "codebook")
SETTINGS = ("municipalities", "smallest_cell")
RESTS_ON = ()


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    say = texts.load("knowledge_review")
    found = Frames(studied(inputs), say)
    parts = Parts("knowledge_review", found.inputs, say)
    parts.label("code", lambda: code_names(inputs.tables["codebook"]))
    parts.label("result", lambda: say.labels("labels.result"))
    for column, names in tracks.labels(say).items():
        parts.label(column, partial(dict, names))
    parts.table("studies", lambda: figures.studies(found, say))
    parts.fill(found, figures.FIGURES, facts.groups(found), claims.CLAIMS)
    return parts.section()
