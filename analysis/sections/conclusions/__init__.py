"""Main conclusions: each is a claim over the claims of earlier sections, by one rule.

The slides conclude that the two-track policy remains, that activation is heterogeneous without known effects, that job
activation is prominent and quid pro quo the cornerstone; and, as new, that activation is becoming institutionalised,
that collaboration has improved, that the PES helps to finance measures and that subsidised employment is used more.
"""

import dataclasses
from functools import partial

from analysis.facts import statements
from analysis.population import studied
from analysis.sections.conclusions import claims, facts, figures
from analysis.sections.conclusions.frames import Frames
from report_engine.model.section import Section
from report_engine.results.claims import judged
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words import texts

TABLES = ("labour_units", "interviews", "segments", "codebook")
SETTINGS = ("municipalities", "years", "smallest_cell", "bootstrap")
RESTS_ON = (
    "background",
    "knowledge_review",
    "municipal_activation",
    "managers",
    "collaboration",
    "staff",
    "participants",
)


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables and the earlier sections' claims."""
    inputs, say = studied(inputs, inputs.settings.years), texts.load("conclusions")
    evidence = {name: rests.evidence for name, rests in claims.RESTS.items()}
    own = judged("conclusions", claims.OWN, Frames(inputs, say, evidence), inputs, say)
    known = {**inputs.claims, **{claim.id: claim for claim in own}}
    found = Frames(dataclasses.replace(inputs, claims=known), say, evidence)
    parts = Parts("conclusions", inputs, say)
    for column in ("conclusion", "stream", "indicator"):
        parts.label(column, partial(say.labels, f"labels.{column}"))
    parts.label("claims", lambda: statements(found.matrix["claims"], known))
    for name, table in figures.TABLES.items():
        parts.table(name, partial(table, found, say))
    parts.claims(own)
    parts.fill(found, figures.FIGURES, facts.groups(found, say), claims.CONCLUSIONS)
    return parts.section()
