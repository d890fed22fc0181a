"""What the recommendations' own slides say, judged by the units' data, the official exits and the literature."""

import dataclasses
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from analysis.actors import MANAGERS, STAFF
from analysis.effect_sizes import estimated, size
from analysis.interview_claims import Voiced
from analysis.sections.recommendations.frames import Frames
from analysis.survey import known
from analysis.survey_claims import SIGN, Side
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Claim, Outcome, Robustness, Stream, Unavailable, Verdict
from report_engine.results import robustness as firm
from report_engine.results.claims import Declared, Function, Say, judged
from report_engine.results.robustness import judge, leaning
from report_engine.words.editions import Text

CONTEXT = ("dahlbergjohanssonmork2008", "sbu2022")
"""Cited beside the studies that test sanctions: they test the demands that go with them."""
ENOUGH = 2
"""Groups of authors who must find harm before research is said to show it: a single one is not research."""


@dataclass(frozen=True)
class Association:
    """The rank correlation over municipalities of resource activation with the units' own or the official exits, against zero."""

    exits: Literal["own", "official"]
    side: Side
    tables: tuple[str, ...]
    stream: Stream = "survey"

    def estimate(self, found: Frames) -> Estimate:
        """Correlate the shares."""
        return found.association if self.exits == "own" else found.official

    def verdict(self, found: Frames, say: Say) -> Verdict:
        """Judge the correlation; the official one's reason counts the yearly values that are flagged."""
        counts = {"flagged": len(found.anomalies)} if self.exits == "official" else {}
        its = self.estimate(found)
        if not known(its.low):
            return Verdict("untestable", {"n": its.n}, found.say("unavailable.few_places"))
        return Verdict(
            judge(its.low, its.high, 0, sign=SIGN[self.side]),
            {"spearman": its.estimate, "low": its.low, "high": its.high, "n": its.n, **counts},
            say("reason", rho=its.estimate, low=its.low, high=its.high, n=its.n, **counts),
            estimated(its, "correlation", found.say("effects.correlation")),
            leaning(its.estimate, 0, sign=SIGN[self.side]),
        )

    def robustness(self, found: Frames, verdict: Verdict) -> Robustness | None:
        """Judge the correlation again in every resample of the municipalities."""
        its = self.estimate(found)
        if its.draws is None:
            return None
        codes = firm.recentred(its.draws, its.estimate, its.low, its.high, 0.0, sign=SIGN[self.side])
        return firm.kept(verdict, codes, firm.MUNICIPALITIES)


def sanctions_raise_dependency(found: Frames, say: Say) -> Verdict:
    """Research shows that sanctions raise the risk of dependency on social assistance."""
    if found.sanctions.empty:
        raise Unavailable(found.say("unavailable.no_study"))
    harms, others = by_finding(found.sanctions)
    return Verdict(
        shown(found.sanctions),
        {"harm": len(harms), "other": len(others)},
        say("reason", harms=_authors(found, harms), others=_authors(found, others)),
        size(len(harms), "count", say("effect"), n=len(harms) + len(others)),
        leaning(len(harms), len(others)),
    )


def sanctions_again(found: Frames, verdict: Verdict) -> Robustness | None:
    """Judge again without one study at a time."""
    return firm.rerun(verdict, map(shown, firm.leaving_out(found.sanctions, "bib_key")), firm.ONE_STUDY)


def shown(studies: pd.DataFrame) -> Outcome:
    """Judge that research shows harm: holds where ``ENOUGH`` groups of authors find it and none else, fails where as many don't.

    One study, and studies of either kind, are borderline. ``studies`` are those of the tidy ``studies`` that test sanctions.
    """
    harms, others = by_finding(studies)
    if len(harms) >= ENOUGH and not others:
        return "holds"
    return "fails" if len(others) >= ENOUGH and not harms else "borderline"


def by_finding(studies: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Name the groups of authors who find harm, and the others.

    A group counts once, so that a thesis and an article on the same data are one study; one that finds both is of the others.
    """
    harmful = studies.assign(harms=studies["sanctions"] == "harms").groupby("authors_short", sort=True)["harms"].all()
    return [str(name) for name in harmful.index[harmful]], [str(name) for name in harmful.index[~harmful]]


def secrecy_in_the_way(found: Frames, say: Say) -> Verdict:
    """Secrecy is the real obstacle: neither the survey nor the codebook asks, so the data can't say."""
    actors, codebook = found.inputs.tables["actors"], found.inputs.tables["codebook"]
    items = sum(f"{name}_missing" in actors.columns for name in actors.columns)
    counts = {"items": items, "codes": int(codebook["parent"].notna().sum())}
    return Verdict("untestable", {**counts}, say("reason", **counts))


def judged_claims(found: Frames) -> list[Claim]:
    """Judge the section's claims; that on the literature cites the studies that test sanctions, whatever they find."""
    return [_citing(claim, found) for claim in judged("recommendations", CLAIMS, found, found.inputs, found.say)]


def _citing(claim: Claim, found: Frames) -> Claim:
    if claim.stream != "literature" or "studies" in found.inputs.empty:
        return claim
    keys = found.sanctions["bib_key"]
    other = keys[found.sanctions["sanctions"] != "harms"]
    return dataclasses.replace(claim, citations=tuple(sorted({*keys, *CONTEXT})), dissent=tuple(sorted(other)))


def _authors(found: Frames, names: list[str]) -> Text:
    """Name groups of authors as an edition does: ``Bergmark et al.`` is ``Bergmark m.fl.`` in Swedish."""
    written: list[str | Text] = [
        found.say("authors.several", first=name.removesuffix(" et al.")) if name.endswith(" et al.") else name
        for name in names
    ]
    return found.say("authors.all", names=written) if names else found.say("authors.none")


CLAIMS: tuple[Declared[Frames], ...] = (
    Declared("exits_go_with_resources", Association("own", "above", ("labour_units",)), "exits_resource"),
    Declared("official_exits_agree", Association("official", "above", ("labour_units", "exits"))),
    Declared(
        "sanctions_raise_dependency",
        Function(sanctions_raise_dependency, "literature", ("studies",), sanctions_again),
    ),
    Declared("person_bound", Voiced("person_bound", (*MANAGERS, *STAFF, "participant"))),
    Declared("secrecy_in_the_way", Function(secrecy_in_the_way, "several", ("actors", "codebook"))),
)
