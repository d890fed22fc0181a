"""The claims on managers: what the slides say of their view of activation and of their role, against the data."""

from collections.abc import Mapping

from analysis.effect_sizes import OF_SEGMENTS, estimated
from analysis.shared import judge
from analysis.survey_items import Row, direction, interval, known, majority, too_few
from report_engine.methods.estimate import Estimate
from report_engine.model.section import Verdict
from report_engine.words.editions import Text
from report_engine.words.numbers import number, percent_words

COMMON = 0.2
"""A view is common among PES managers when more than a fifth of what they say on the matter expresses it."""

STATEMENTS: Mapping[str, Text] = {
    "job_activation_survey": {
        "sv": "Kommunala chefer håller oftare med om att krav och sanktioner behövs än om att utbildning är vägen till arbete",
        "en": "Municipal managers agree more often that demands and sanctions are needed than that education is the way into work",
    },
    "job_activation_interviews": {
        "sv": "Kommunala chefer talar oftare om jobbaktivering än om resursaktivering",
        "en": "Municipal managers speak more often of job activation than of resource activation",
    },
    "municipal_more_than_pes": {
        "sv": "Kommunala chefer anser oftare än Arbetsförmedlingens chefer att krav och sanktioner behövs",
        "en": "Municipal managers find more often than PES managers that demands and sanctions are needed",
    },
    "municipal_entrepreneurs": {
        "sv": "Kommunala chefer talar om sin roll som entreprenörer",
        "en": "Municipal managers speak of their role as entrepreneurs",
    },
    "pes_central_rules": {
        "sv": "Arbetsförmedlingens chefer hänvisar oftare än kommunala chefer till centrala regler och uppdraget att genomföra dem",
        "en": "PES managers refer more often than municipal managers to central rules and the task of carrying them out",
    },
    "pes_discretion_varies": {
        "sv": "Arbetsförmedlingens chefer ser sin handlingsfrihet på vitt skilda sätt, från ingen till mycket",
        "en": "PES managers see their discretion in widely different ways, from none to much",
    },
    "quick_action": {
        "sv": "Kommunala chefer vill framför allt att något ska göras fort",
        "en": "Municipal managers want above all that something is done quickly",
    },
}

NOT_ASKED: Text = {
    "sv": "Varken enkäten eller kodboken tar upp hur fort insatser ska komma till stånd.",
    "en": "Neither the survey nor the codebook takes up how fast measures are to be in place.",
}


def claim_job_activation_survey(lean: Row) -> Verdict:
    """More municipal managers agree with job than with resource activation: the difference within respondents is above zero."""
    if not known(lean["low"]):
        return too_few()
    found = Estimate(float(lean["estimate"]), float("nan"), float(lean["low"]), float(lean["high"]), int(lean["n"]))
    said: Text = {
        "sv": "Andelen som instämmer i att sanktioner behövs minus andelen som anser att utbildning är vägen",
        "en": "The share agreeing that sanctions are needed minus the share agreeing that education is the way",
    }
    return direction(found, said)


def claim_job_activation_interviews(within: Estimate) -> Verdict:
    """Job activation is more than half of what municipal managers say of the two models."""
    said: Text = {
        "sv": "av de kommunala chefernas segment om de två modellerna gäller jobbaktivering",
        "en": "of municipal managers' segments on the two models are about job activation",
    }
    return majority(_row(within), said, OF_SEGMENTS)


def claim_municipal_more_than_pes(gap: Estimate) -> Verdict:
    """The share agreeing that sanctions are needed is higher among municipal than among PES managers."""
    said: Text = {
        "sv": "Andelen som instämmer bland kommunala chefer minus andelen bland Arbetsförmedlingens",
        "en": "The share agreeing among municipal managers minus the share among PES managers",
    }
    return direction(gap, said)


def claim_municipal_entrepreneurs(within: Estimate) -> Verdict:
    """Entrepreneurship is more than half of what municipal managers say of roles (entrepreneur, implementer, central rules)."""
    said: Text = {
        "sv": "av de kommunala chefernas segment om roller beskriver entreprenören",
        "en": "of municipal managers' segments on roles describe the entrepreneur",
    }
    return majority(_row(within), said, OF_SEGMENTS)


def claim_pes_central_rules(gap: Estimate) -> Verdict:
    """Central rules and implementing them make up a larger share of what PES managers say than of what municipal managers say."""
    said: Text = {
        "sv": "Andelen segment om regler och genomförande, Arbetsförmedlingens chefer minus kommunala chefer",
        "en": "Share of segments on rules and implementation, PES managers minus municipal managers",
    }
    return direction(gap, said)


def claim_pes_discretion_varies(ends: Mapping[str, Estimate]) -> Verdict:
    """«No freedom» and «much freedom» are each more than a fifth of what PES managers say of their discretion.

    ``ends`` holds both shares; the smaller one decides: with its whole interval (holds) or its estimate only (borderline).
    """
    rarer = min(ends.values(), key=lambda end: end.estimate)
    if not known(rarer.low):
        return too_few()
    words = {
        e: [
            f"{percent_words(ends[end].estimate, e)} ({interval(ends[end].low, ends[end].high, e)})"
            for end in ("none", "much")
        ]
        for e in ("sv", "en")
    }
    return Verdict(
        judge(rarer.estimate, rarer.low, rarer.high, COMMON),
        {
            "none": ends["none"].estimate,
            "much": ends["much"].estimate,
            "rarer_low": rarer.low,
            "n": rarer.n,
            "limit": COMMON,
        },
        {
            "sv": f"Ingen frihet: {words['sv'][0]}. Mycket frihet: {words['sv'][1]}. n = {number(rarer.n, 'sv')} segment. Gränsen: båda mer än {percent_words(COMMON, 'sv')}.",
            "en": f"No freedom: {words['en'][0]}. Much freedom: {words['en'][1]}. n = {number(rarer.n, 'en')} segments. The threshold: both more than {percent_words(COMMON, 'en')}.",
        },
        estimated(rarer, "share", {"sv": "andel för den ovanligare synen", "en": "share of the rarer view"}),
    )


def _row(found: Estimate) -> Row:
    return {"estimate": found.estimate, "low": found.low, "high": found.high, "n": found.n}
