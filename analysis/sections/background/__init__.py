"""Background: what municipal labour-market measures cost and how many take part.

The slides say that costs have risen considerably while unemployment, participants and the share of the unemployed
without benefit fell: SEK 4.8 billion net ("about 9" at the PES), 100,000 participants, about 4,700 full-time equivalents.
"""

from analysis.population import studied
from analysis.sections.background import claims, facts, figures
from analysis.sections.background.frames import Frames
from report_engine.model.section import Section
from report_engine.results.inputs import Inputs
from report_engine.results.section_builder import Parts
from report_engine.results.tables import ORIGIN_WORDS
from report_engine.words import texts

TABLES = (
    "municipal_accounts",
    "state_programmes",
    "labour_units",
    "consumer_prices",
    "unemployment",
    "population",
    "labour_units_national",
    "municipal_net_cost",
    "municipalities",
)
SETTINGS = ("municipalities", "years", "price_base", "index_base")
RESTS_ON = ()


def build(inputs: Inputs) -> Section:
    """Build the section's figures, tables, facts and claims from the tidy tables."""
    say = texts.load("background")
    found = Frames(studied(inputs, inputs.settings.years), say)
    parts = Parts("background", found.inputs, say)
    parts.label("series", lambda: say.labels("labels.series"))
    parts.label("panel", lambda: say.labels("labels.panel"))
    parts.label("basis", lambda: dict(ORIGIN_WORDS))
    parts.table("national", lambda: figures.national(found, say))
    parts.fill(found, figures.FIGURES, facts.groups(found, say), claims.CLAIMS)
    return parts.section()
