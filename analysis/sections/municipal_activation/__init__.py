"""Municipal activation: which measures municipalities offer, whether they are documented, and the poor-relief logic.

The slides say that municipal measures are heterogeneous, short-lived, badly documented and of low quality beside what
builds competence, and that activation reproduces the poor-relief logic: work compulsion, sorting the deserving from the
undeserving, local moralising, discipline, control, suspicion, individualised causes and sanctions.
"""

from functools import partial

from analysis.interviews import code_names
from analysis.population import studied
from analysis.sections.municipal_activation import claims, facts, figures
from analysis.sections.municipal_activation.frames import Frames
from report_engine.model.section import Section
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.words import texts

TABLES = ("actors", "codebook", "interviews", "labour_units", "municipalities", "segments")
QUESTIONS = ("measures_documented",)
SETTINGS = ("bootstrap", "municipalities", "smallest_cell", "years")
RESTS_ON = ()


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    say = texts.load("municipal_activation")
    found = Frames(studied(inputs, inputs.settings.years), say)
    parts = Parts("municipal_activation", found.inputs, say)
    parts.label("code", lambda: code_names(inputs.tables["codebook"]))
    for column in ("part", "practice", "municipality", "municipality_code"):
        parts.label(column, partial(say.labels, f"labels.{column}"))
    parts.label(
        "side", lambda: {group: say("labels.group", group=words) for group, words in say.labels("groups.said").items()}
    )
    parts.table("dispersion", lambda: figures.dispersion(found, say))
    parts.fill(found, figures.FIGURES, facts.groups(found), claims.CLAIMS)
    return parts.section()
