"""How much what is published may differ from what was counted, as the engine's code tells an attacker."""

from dataclasses import dataclass

from report_engine.methods import perturbation


@dataclass(frozen=True)
class Blur:
    """``noise``: records added to or taken from a count; ``step``: what numbers of cases are multiples of."""

    noise: float = 0.0
    step: int = 1

    def cases(self, written: float) -> tuple[float, float]:
        """Give the counts that are published as a number of cases."""
        half = self.step / 2 if self.step > 1 else 0.0
        return max(written - half - self.noise, 0.0), written + half + self.noise

    def count(self, written: float) -> tuple[float, float]:
        """Give the counts that are published as a count, which is moved and not rounded."""
        half = 0.5 if self.noise else 0.0
        return max(written - half - self.noise, 0.0), written + half + self.noise

    def hidden(self, smallest: int) -> tuple[float, float]:
        """Give the counts that the rule hides for being small: some, but too few; with noise, none or so few that they may seem so."""
        return (0.0, smallest - 1 + self.noise) if self.noise else (1.0, smallest - 1.0)


def of_engine(smallest: int) -> Blur:
    """Read the bounds from the engine, which is public."""
    return Blur(perturbation.bound(smallest), smallest)
