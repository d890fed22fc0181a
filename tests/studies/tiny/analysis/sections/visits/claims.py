"""What the report says of visits, and what decides it."""

from dataclasses import dataclass
from typing import Literal

from analysis.sections.visits.frames import Frames
from report_engine.model.section import Effect, Outcome, Robustness, Stream, Verdict
from report_engine.results.claims import Declared, Say


@dataclass(frozen=True)
class Trend:
    """The change of a kind of place's visits between the first and the last year, against a limit."""

    place: str
    side: Literal["above", "below"]
    limit: float = 0.0
    stream: Stream = "several"
    tables: tuple[str, ...] = ("libraries", "visits")

    def verdict(self, data: Frames, say: Say) -> Verdict:
        """Judge the change: a full count, so that it lies on one side of the limit or the other."""
        change = data.change(self.place)
        outcome: Outcome = "holds" if (change > self.limit) == (self.side == "above") else "fails"
        reason = say("reason", change=change, first=data.first, last=data.last, limit=self.limit)
        return Verdict(outcome, {"change": change, "limit": self.limit}, reason, Effect(change, "share", say("effect")))

    def robustness(self, data: Frames, verdict: Verdict) -> Robustness | None:
        """A full count has nothing to vary."""
        return None


CLAIMS: tuple[Declared[Frames], ...] = (
    Declared("towns_up", Trend("town", "above"), "over_time"),
    Declared("villages_down", Trend("village", "below"), "over_time"),
)
