"""Whether the material reaches as far as the presentation says, and whether its coding can be trusted."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from analysis.coding import RELIABLE
from analysis.effect_sizes import size
from analysis.facts import inside
from analysis.sections.study.frames import Frames
from analysis.shared_texts import say as shared
from report_engine.methods.reliability import Alpha
from report_engine.model.section import Outcome, Robustness, Stream, Unavailable, Verdict
from report_engine.results import robustness as firm
from report_engine.results.claims import Declared, Function, Say

GROUPS = ("managers", "staff", "participants")


@dataclass(frozen=True)
class Reliable:
    """Krippendorff's alpha of two coders' codes or stances, against the lowest that is good enough."""

    what: Literal["codes", "stances"]
    limit: float = RELIABLE
    stream: Stream = "interviews"
    tables: tuple[str, ...] = ("segments",)

    def verdict(self, data: Frames, say: Say) -> Verdict:
        """Judge the agreement; untestable where no segment was coded twice."""
        alpha = self._alpha(data)
        if alpha.value != alpha.value or alpha.n_units == 0:
            raise Unavailable(data.say("unavailable.not_coded_twice"))
        low, high, n = alpha.low, alpha.high, alpha.n_units
        return Verdict(
            firm.judge(low, high, self.limit),
            {"alpha": alpha.value, "low": low, "high": high, "units": n},
            data.say("agreement.reason", alpha=alpha.value, low=low, high=high, n=n, limit=self.limit),
            size(alpha.value, "alpha", data.say("agreement.effect"), low=low, high=high, n=n),
            firm.leaning(alpha.value, self.limit),
        )

    def robustness(self, data: Frames, verdict: Verdict) -> Robustness | None:
        """Judge the agreement again in every resample of the segments coded twice."""
        alpha = self._alpha(data)
        if alpha.draws is None:
            return None
        codes = firm.recentred(alpha.draws, alpha.value, alpha.low, alpha.high, self.limit)
        return firm.kept(verdict, codes, data.say("robustness.passages"))

    def _alpha(self, data: Frames) -> Alpha:
        return data.codes if self.what == "codes" else data.stances


def all_interviewed(found: Frames, say: Say) -> Verdict:
    """Managers, staff and participants were interviewed in every municipality of the study."""
    interviews, codes = found.inputs.tables["interviews"], found.inputs.settings.municipalities
    names = found.inputs.tables["municipalities"].set_index("municipality_code")["municipality"]
    lacking = sorted({names.get(code, code) for code in without_a_group(interviews, codes)})
    n, none = len(codes), len(lacking)
    reason = say("reason_one") if n == 1 else say("reason", n=n)
    return Verdict(
        _nothing(none),
        {"municipalities": n, "lacking": none, "interviews": len(interviews)},
        say("reason_lacking", places=lacking) if lacking else reason,
        size(n - none, "count", say("effect"), n=n),
    )


def all_interviewed_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge again without one municipality at a time."""
    interviews = found.inputs.tables["interviews"]
    parts = firm.without_each(found.inputs.settings.municipalities)
    others = (_nothing(len(without_a_group(interviews, codes))) for codes in parts)
    return firm.rerun(verdict, others, firm.ONE_MUNICIPALITY)


def without_a_group(interviews: pd.DataFrame, codes: tuple[str, ...]) -> list[str]:
    """List those of the municipalities in which one of the groups was not interviewed."""
    met = set(zip(interviews["municipality_code"], interviews["group"], strict=True))
    return [code for code in codes if any((code, group) not in met for group in GROUPS)]


def all_answered(found: Frames, say: Say) -> Verdict:
    """Every actor answered the survey in every municipality.

    Takes the counts before disclosure control, but only says how many combinations lack an answer.
    """
    n, without = len(found.counts), unanswered(found.counts)
    return Verdict(
        _nothing(without),
        {"combinations": n, "without": without},
        say("reason", answered=n - without, n=n),
        size(n - without, "count", say("effect"), n=n),
    )


def all_answered_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge again without one municipality at a time."""
    parts = firm.leaving_out(found.counts, "municipality_code")
    return firm.rerun(verdict, (_nothing(unanswered(part)) for part in parts), firm.ONE_MUNICIPALITY)


def unanswered(counts: pd.DataFrame) -> int:
    """Count the combinations of municipality and actor (rows with ``n``) without an answer."""
    return int((counts["n"] == 0).sum())


def most_responded(found: Frames, say: Say) -> Verdict:
    """More than half of those invited answered, in every group of actors and wave; the reason names the lowest."""
    rates = found.rates.dropna(subset=["rate"])
    if rates.empty:  # all hidden, as where everybody answered
        return Verdict("untestable", {}, shared("unavailable.none_shown"))
    lowest = rates.sort_values(["rate", "wave", "actor"]).iloc[0]
    below = int((rates["rate"] <= 0.5).sum())
    rate, actor = float(lowest["rate"]), inside(found.inputs.labels["survey_frame"]["actor"][lowest["actor"]])
    return Verdict(
        _nothing(below),
        {"lowest": rate, "groups": len(rates), "not_above_half": below},
        say("reason", actor=actor, wave=int(lowest["wave"]), rate=rate),
        size(rate, "share", say("effect"), n=int(lowest["invited"])),
    )


def most_responded_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Let each group's invited answer anew with the group's own rate."""
    boot = found.inputs.settings.bootstrap
    known = found.rates.dropna(subset=["rate"]).sort_values(["wave", "actor"])
    invited, rate = known["invited"].to_numpy(), known["rate"].clip(0, 1).to_numpy()
    draws = (min(boot.resamples, firm.MOST_DRAWS), len(known))
    answered = np.random.default_rng(boot.seed).binomial(invited, rate, size=draws)
    below = (answered / invited <= 0.5).any(axis=1)
    return firm.kept(verdict, np.where(below, firm.FAILS, firm.HOLDS), found.say("robustness.invited"))


def _nothing(lacking: int) -> Outcome:
    """A claim about all holds where nothing is lacking."""
    return "fails" if lacking else "holds"


CLAIMS: tuple[Declared[Frames], ...] = (
    Declared(
        "interviews_cover_all",
        Function(all_interviewed, "interviews", ("interviews", "municipalities"), all_interviewed_again),
        "material",
    ),
    Declared("answers_from_all", Function(all_answered, "survey", ("actors",), all_answered_again), "material"),
    Declared(
        "response_over_half",
        Function(most_responded, "survey", ("actors", "survey_frame"), most_responded_again),
        "response_rates",
    ),
    Declared("codes_reliable", Reliable("codes")),
    Declared("stances_reliable", Reliable("stances")),
)
