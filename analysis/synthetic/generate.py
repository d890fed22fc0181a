"""All generated files as text, by path under ``data/``."""

from pathlib import Path

from analysis.synthetic import interviews, spending, survey, units
from analysis.synthetic.common import read_reference
from analysis.synthetic.utterance import Phrases


def generate(data: Path) -> dict[str, str]:
    """Return the CSV text of every generated file by its path under ``data``.

    Reads ``data/reference`` and the hand-written codebook; ``FileNotFoundError`` where one of them is missing.
    """
    reference = read_reference(data / "reference")
    parents = interviews.read_codebook(data / "raw/interviews/codebook.csv")
    held = interviews.conducted()
    return {
        "raw/spending/municipal_accounts.csv": spending.municipal_accounts(reference),
        "raw/spending/state_programmes.csv": spending.state_programmes(),
        "raw/survey/survey_frame.csv": survey.survey_frame(),
        "raw/survey/actors.csv": survey.actors(reference),
        "raw/survey/labour_units.csv": units.labour_units(reference),
        "raw/interviews/interviews.csv": interviews.interviews(held),
        "raw/interviews/segments.csv": interviews.segments(held, parents, Phrases()),
    }
