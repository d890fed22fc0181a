"""How firmly the verdicts on staff stand."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from analysis import robustness as firm
from analysis.methods import resampling
from analysis.model import Inputs, Robustness, Verdict
from analysis.sections import staff_claims as claims
from analysis.sections import staff_words as words
from analysis.sections.parts import firmness
from analysis.sections.resampled import Respondents, by_municipality, heard, interviews
from analysis.sections.shared import STAFF, voiced

if TYPE_CHECKING:
    from analysis.sections.staff_frames import Frames

ITEMS: Mapping[str, tuple[str, int]] = {
    "greatest_need_unsupported": ("furthest_supported", -1),
    "resources_to_closest": ("resources_to_closest", 1),
    "effects_unknown": ("effects_known", -1),
}
"""Item and side of the half, of claims about the share of staff who agree."""

BOTH = firm.both(firm.RESPONDENTS, firm.INTERVIEWS)


def robustness(
    inputs: Inputs, f: "Frames", workplaces: Mapping[str, tuple[str, ...]], found: Mapping[str, Verdict]
) -> dict[str, Robustness | None]:
    """Judge every claim again over resamples or without one municipality; None for what can't be tested.

    ``workplaces`` names the actors of each workplace.
    """
    boot = inputs.settings.bootstrap
    draws = (inputs.settings.smallest_cell, boot.resamples, boot.seed)
    people = Respondents(inputs.tables["actors"], inputs.settings.bootstrap, inputs.settings.smallest_cell)

    def half(name: str, item: str, members: tuple[str, ...], sign: int) -> Robustness | None:
        return people.share(found[name], people.agreeing(item, people.now(members)), sign)

    def caseload_fell() -> Robustness | None:
        social = people.actors["actor"].isin(list(workplaces["social_services"]))
        last, first = (
            people.agreeing("caseload_manageable", social & (people.actors["wave"] == year))
            for year in (f.last, f.first)
        )
        return people.gap(found["caseload_fell"], last, first)

    def passed_on() -> Robustness | None:
        said = heard(f.coded[f.coded["speaker_actor"].isin(STAFF)])
        codebook = inputs.tables["codebook"]
        return by_municipality(
            found["someone_else_answers"],
            said,
            lambda part: voiced(part, codebook, "someone_else_knows", words.NO_CODE),
        )

    return firmness(
        {
            **{name: partial(half, name, item, STAFF, sign) for name, (item, sign) in ITEMS.items()},
            "caseload_high": partial(half, "caseload_high", "caseload_manageable", workplaces["labour_unit"], -1),
            "caseload_fell": caseload_fell,
            "managers_dont_listen": lambda: interviews(
                found["managers_dont_listen"], claims.listening(f.coded, *draws), sign=-1
            ),
            "social_workers_critical": lambda: interviews(
                found["social_workers_critical"], claims.activation_gap(f.coded, *draws), sign=-1
            ),
            "between_chairs_fk": lambda: _between_chairs(people, f, found["between_chairs_fk"]),
            "someone_else_answers": passed_on,
        }
    )


def _between_chairs(people: Respondents, f: "Frames", verdict: Verdict) -> Robustness | None:
    """Draw respondents and interviews anew, each for itself, and judge both as the claim does."""
    talk = f.fk_interviews
    if verdict.outcome == "untestable" or talk.draws is None:
        return None
    staff = people.now(STAFF)
    gap = people.agreeing("fk_collaboration", staff) - people.agreeing("pes_collaboration", staff)
    drawn = resampling.means(people.drawn, gap)
    survey = firm.judged(drawn.estimate, drawn.low, drawn.high, 0.0, sign=-1)
    said = firm.recentred(talk.draws, talk.estimate, talk.low, talk.high, 0.0)
    draws = min(len(survey), len(said))
    survey, said = survey[:draws], said[:draws]
    unknown = (survey == firm.UNTESTABLE) | (said == firm.UNTESTABLE)
    agreed = np.where(survey == said, survey, firm.BORDERLINE)
    return firm.kept(verdict, np.where(unknown, firm.UNTESTABLE, agreed), BOTH)
