"""The claims on collaboration: what the slides say that each actor sees, against survey and interviews."""

from collections.abc import Mapping

import pandas as pd

from analysis.effect_sizes import estimated, size
from analysis.shared import judge, some_of, some_places
from analysis.survey_items import Row, direction, known, majority, minority, too_few
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Outcome, Verdict
from report_engine.words.editions import Text
from report_engine.words.numbers import number

STATEMENTS: Mapping[str, Text] = {
    "managers_see_it_working": {
        "sv": "Cheferna anser att samverkan mellan kommunen och Arbetsförmedlingen fungerar",
        "en": "Managers find that collaboration between municipality and PES works",
    },
    "managers_see_improvement": {
        "sv": "Fler chefer än tidigare anser att samverkan med Arbetsförmedlingen fungerar",
        "en": "More managers than before find that collaboration with the PES works",
    },
    "pes_managers_positive": {
        "sv": "Arbetsförmedlingens egna chefer anser att samverkan fungerar",
        "en": "The PES's own managers find that collaboration works",
    },
    "pes_managers_see_improvement": {
        "sv": "Fler av Arbetsförmedlingens chefer än tidigare anser att samverkan fungerar",
        "en": "More of the PES's managers than before find that collaboration works",
    },
    "social_workers_negative": {
        "sv": "Socialsekreterarna anser inte att samverkan med Arbetsförmedlingen fungerar",
        "en": "Social workers do not find that collaboration with the PES works",
    },
    "unit_staff_negative": {
        "sv": "Medarbetarna vid arbetsmarknadsenheterna anser inte att samverkan med Arbetsförmedlingen fungerar",
        "en": "Staff of the labour-market units do not find that collaboration with the PES works",
    },
    "participants_unaware": {
        "sv": "De flesta deltagare vet inte hur samverkan med Arbetsförmedlingen fungerar",
        "en": "Most participants do not know how collaboration with the PES works",
    },
    "internal_works_managers": {
        "sv": "De kommunala cheferna anser att samverkan inom kommunen fungerar",
        "en": "Municipal managers find that collaboration inside the municipality works",
    },
    "internal_fails_staff": {
        "sv": "Medarbetarna anser inte att samverkan mellan socialtjänst och arbetsmarknadsenhet fungerar",
        "en": "Staff do not find that collaboration between social services and the labour-market unit works",
    },
    "fk_fails_staff": {
        "sv": "Medarbetarna anser inte att samverkan med Försäkringskassan fungerar",
        "en": "Staff do not find that collaboration with the Social Insurance Agency works",
    },
    "interviews_agree": {
        "sv": "Chefer talar mer positivt om samverkan med Arbetsförmedlingen än medarbetare",
        "en": "Managers speak more favourably of collaboration with the PES than staff do",
    },
    "overlap_and_gaps": {
        "sv": "Både parallella spår och fall mellan stolarna beskrivs i de flesta kommuner",
        "en": "Both parallel tracks and falling between chairs are described in most municipalities",
    },
}

MANAGERS: Text = {"sv": "chefer", "en": "managers"}
PES_MANAGERS: Text = {"sv": "chefer vid Arbetsförmedlingen", "en": "PES managers"}
ONE_WAVE: Text = {"sv": "Enkäten har bara en våg.", "en": "The survey has one wave only."}
_AGREE: Text = {"sv": "instämmer", "en": "agree"}


def claim_works(row: Row) -> Verdict:
    """More than half of a group agree that collaboration works."""
    return majority(row, _AGREE)


def claim_does_not_work(row: Row) -> Verdict:
    """Fewer than half of a group agree that collaboration works."""
    return minority(row, _AGREE)


def claim_managers_see_improvement(change: Estimate, first: int, last: int, who: Text = MANAGERS) -> Verdict:
    """The share of managers who agree is higher in the last wave than in the first; untestable with a single wave.

    The waves are independent samples: the difference is one between samples, not a change in the same persons.
    """
    if first == last:
        return Verdict(
            "untestable",
            {"waves": 1},
            ONE_WAVE,
        )
    said: Text = {
        "sv": f"Andelen {who['sv']} som instämmer {last} minus andelen {first}",
        "en": f"The share of {who['en']} agreeing in {last} minus the share in {first}",
    }
    return direction(change, said)


def claim_participants_unaware(row: Row) -> Verdict:
    """More than half of the participants asked answer that they don't know."""
    said: Text = {"sv": "av de tillfrågade svarar vet inte", "en": "of those asked answer don't know"}
    return majority(row, said, {"sv": "andel som svarar vet inte", "en": "share who answer don't know"})


def claim_interviews_agree(gap: Estimate) -> Verdict:
    """Managers' mean stance towards collaboration with the PES is higher than staff's."""
    if not known(gap.low):
        return too_few()
    low, high = gap.low, gap.high
    words = {e: [number(x, e, 2, signed=True) for x in (gap.estimate, low, high)] for e in ("sv", "en")}
    return Verdict(
        judge(gap.estimate, low, high, 0),
        {"difference": gap.estimate, "low": low, "high": high, "n": gap.n},
        {
            "sv": f"Hållningens medelvärde (−1 till +1) bland chefer minus medarbetare: {words['sv'][0]} ({words['sv'][1]} till {words['sv'][2]}), "
            f"n = {number(gap.n, 'sv')} segment.",
            "en": f"Mean stance (−1 to +1) of managers minus staff: {words['en'][0]} ({words['en'][1]} to {words['en'][2]}), "
            f"n = {number(gap.n, 'en')} segments.",
        },
        estimated(gap, "stance", {"sv": "chefers hållning minus medarbetares", "en": "managers' stance minus staff's"}),
    )


def claim_overlap_and_gaps(reach: pd.Series, municipalities: int) -> Verdict:
    """Parallel tracks and falling between chairs are each voiced in more than half of the municipalities.

    ``reach`` counts municipalities by code. Only one of them widely voiced is borderline.
    """
    wide = reach > municipalities / 2
    outcome: Outcome = "holds" if wide.all() else "borderline" if wide.any() else "fails"
    tracks, chairs = int(reach["parallel_tracks"]), int(reach["fall_between_chairs"])
    return Verdict(
        outcome,
        {"parallel_tracks": tracks, "fall_between_chairs": chairs, "municipalities": municipalities},
        {
            "sv": f"Parallella spår tas upp i {some_places(tracks, municipalities, 'sv')}, fall mellan stolarna i "
            f"{some_of(chairs, municipalities, 'sv')}. Gränsen: mer än hälften, för båda.",
            "en": f"Parallel tracks are brought up in {some_places(tracks, municipalities, 'en')}, falling between chairs in "
            f"{some_of(chairs, municipalities, 'en')}. The threshold: more than half, for both.",
        },
        size(
            min(tracks, chairs), "count",
            {"sv": "kommuner där den mindre spridda av dem tas upp", "en": "municipalities where the less widespread of them is brought up"},
            n=municipalities,
        ),
    )  # fmt: skip
