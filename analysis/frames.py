"""What the frames of several sections start from: respondents and coded segments, each when it is asked for."""

from functools import cached_property

import pandas as pd

from analysis.interviews import coded_segments
from analysis.survey_claims import Respondents
from report_engine.results.inputs import Inputs


class StudyFrames:
    """What a section computes once, when it is asked for, small cells suppressed.

    Each raises ``Unavailable`` where the data do not bear it.
    """

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self._smallest, boot = inputs.settings.smallest_cell, inputs.settings.bootstrap
        self._resampled = {"resamples": boot.resamples, "seed": boot.seed}

    @cached_property
    def people(self) -> Respondents:
        """The respondents of all waves, drawn anew when a claim asks for it."""
        return Respondents(self.inputs.tables["actors"], self.inputs.settings.bootstrap, self._smallest)

    @cached_property
    def coded(self) -> pd.DataFrame:
        """The primary coders' segments."""
        return coded_segments(self.inputs.tables["segments"], self.inputs.tables["interviews"])
