"""What the recommendations rest on: earlier claims and the section's own."""

from collections.abc import Mapping
from functools import cached_property

import pandas as pd

from analysis.evidence import Evidence, outcomes, rests_on_synthetic
from report_engine.contracts import study
from report_engine.model.section import Claim
from report_engine.model.verdicts import VERDICT_WORDS, is_finding

RECOMMENDATIONS: Mapping[str, tuple[str, ...]] = {
    "less_bureaucracy": (
        "managers.pes_central_rules",
        "staff.caseload_high",
        "recommendations.secrecy_in_the_way",
        "collaboration.overlap_and_gaps",
    ),
    "link_levels": (
        "staff.managers_dont_listen",
        "collaboration.internal_fails_staff",
        "recommendations.person_bound",
    ),
    "users_perspective": (
        "staff.greatest_need_unsupported",
        "participants.tasks_do_not_match",
        "participants.feel_controlled",
        "participants.stuck",
    ),
    "clear_roles": (
        "collaboration.overlap_and_gaps",
        "recommendations.person_bound",
        "staff.between_chairs_fk",
        "conclusions.two_tracks",
    ),
    "equal_responsibility": (
        "conclusions.two_tracks",
        "conclusions.from_social_services",
        "staff.greatest_need_unsupported",
        "staff.resources_to_closest",
        "participants.pes_out_of_reach",
    ),
    "good_examples": (
        "conclusions.heterogeneous",
        "municipal_activation.good_examples_not_spread",
        "recommendations.exits_go_with_resources",
    ),
}
"""The presentation's recommendations, and the claims that each rests on."""


class Basis:
    """The claims behind the recommendations, of all ``claims`` by id."""

    def __init__(self, claims: Mapping[str, Claim]) -> None:
        self.claims = claims

    @cached_property
    def matrix(self) -> pd.DataFrame:
        """One row a recommendation and claim it rests on: ``claim``, ``recommendation``, ``verdict``, ``synthetic`` (no finding)."""
        rows = []
        for name, behind in RECOMMENDATIONS.items():
            found = outcomes(map(Evidence, behind), self.claims, f"the recommendation {name}")
            rows += [
                {
                    "claim": id_,
                    "recommendation": name,
                    "verdict": verdict,
                    "synthetic": rests_on_synthetic([self.claims[id_]]),
                }
                for id_, verdict in found.items()
            ]
        return pd.DataFrame(rows)

    @property
    def behind(self) -> list[Claim]:
        """The claims that any recommendation rests on, in their order."""
        return [self.claims[id_] for id_ in dict.fromkeys(self.matrix["claim"])]

    def of(self, recommendation: str) -> list[Claim]:
        """The claims that one recommendation rests on."""
        return [self.claims[id_] for id_ in RECOMMENDATIONS[recommendation]]

    @cached_property
    def summary(self) -> pd.DataFrame:
        """What each recommendation rests on: ``recommendation``, the number of claims by verdict, ``findings``, ``sections``.

        ``findings`` counts the claims that were tested on other than synthetic data.
        """
        rows = []
        for name in RECOMMENDATIONS:
            claims = self.of(name)
            found = [claim.verdict.outcome for claim in claims]
            row: dict[str, object] = {"recommendation": name}
            row |= {outcome: found.count(outcome) for outcome in VERDICT_WORDS}
            row["findings"] = sum(claim.verdict.outcome != "untestable" and is_finding(claim) for claim in claims)
            sections = {claim.id.split(".")[0] for claim in claims}
            rows.append({**row, "sections": " ".join(sorted(sections, key=study.sections().index))})
        return pd.DataFrame(rows)
