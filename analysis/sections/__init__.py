"""The sections of the report, in its order; each has a module of its own with ``build(inputs) -> Section``."""

from collections.abc import Mapping

from analysis.model import Text

SECTION_TITLES: Mapping[str, Text] = {
    "background": {"sv": "Bakgrund", "en": "Background"},
    "study": {"sv": "Studien", "en": "The study"},
    "knowledge_review": {"sv": "Kunskapsöversikt", "en": "Knowledge review"},
    "municipal_activation": {"sv": "Kommunal aktivering", "en": "Municipal activation"},
    "managers": {"sv": "Verksamhetschefer", "en": "Managers"},
    "collaboration": {"sv": "Olika syn på samverkan", "en": "Views on collaboration"},
    "staff": {"sv": "Medarbetare", "en": "Staff"},
    "participants": {"sv": "Deltagare", "en": "Participants"},
    "conclusions": {"sv": "Huvudslutsatser", "en": "Main conclusions"},
    "recommendations": {"sv": "Vad bör göras?", "en": "What should be done?"},
}

SECTIONS = tuple(SECTION_TITLES)
