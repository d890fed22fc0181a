"""The presentation's recommendations, what each rests on, and the words of the section."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.evidence import Evidence
from analysis.survey_items import HIDDEN, known
from report_engine.model.verdicts import VERDICT_WORDS
from report_engine.words.editions import EDITIONS, Text
from report_engine.words.numbers import count_words, listing, number, percent, percent_words

if TYPE_CHECKING:
    from analysis.sections.recommendations import Frames


@dataclass(frozen=True)
class Recommendation:
    """One recommendation of the presentation: its name, its sentence, a few words for a figure, and what it rests on."""

    name: str
    statement: Text
    short: Text
    evidence: tuple[Evidence, ...]


RECOMMENDATIONS = (
    Recommendation(
        "less_bureaucracy",
        {
            "sv": "Dra ned på byråkratin, och pröva om det är sekretessen som står i vägen",
            "en": "Cut bureaucracy, and find out whether it is secrecy that stands in the way",
        },
        {"sv": "Mindre\nbyråkrati", "en": "Less\nbureaucracy"},
        (
            Evidence("managers.pes_central_rules"),
            Evidence("staff.caseload_high"),
            Evidence("recommendations.secrecy_in_the_way"),
            Evidence("collaboration.overlap_and_gaps"),
        ),
    ),
    Recommendation(
        "link_levels",
        {
            "sv": "Knyt samman chefer och medarbetare, och verksamheter som ska samarbeta",
            "en": "Link managers and staff, and the organisations that are to work together",
        },
        {"sv": "Koppla\nnivåer", "en": "Link\nlevels"},
        (
            Evidence("staff.managers_dont_listen"),
            Evidence("collaboration.internal_fails_staff"),
            Evidence("recommendations.person_bound"),
        ),
    ),
    Recommendation(
        "users_perspective",
        {
            "sv": "Utgå från brukaren i stället för från det egna uppdraget och budgeten",
            "en": "Start from the service user instead of from one's own remit and budget",
        },
        {"sv": "Brukar-\nperspektiv", "en": "Users’\nperspective"},
        (
            Evidence("staff.greatest_need_unsupported"),
            Evidence("participants.tasks_do_not_match"),
            Evidence("participants.feel_controlled"),
            Evidence("participants.stuck"),
        ),
    ),
    Recommendation(
        "clear_roles",
        {
            "sv": "Gör rollfördelningen mellan Arbetsförmedlingen och kommunerna tydligare",
            "en": "Make the division of roles between the PES and the municipalities clearer",
        },
        {"sv": "Tydliga\nroller", "en": "Clear\nroles"},
        (
            Evidence("collaboration.overlap_and_gaps"),
            Evidence("recommendations.person_bound"),
            Evidence("staff.between_chairs_fk"),
            Evidence("conclusions.two_tracks"),
        ),
    ),
    Recommendation(
        "equal_responsibility",
        {
            "sv": "Ge stat och kommun ett lika ansvar för de arbetslösa",
            "en": "Give state and municipality an equal responsibility for the unemployed",
        },
        {"sv": "Lika\nansvar", "en": "Equal re-\nsponsibility"},
        (
            Evidence("conclusions.two_tracks"),
            Evidence("conclusions.from_social_services"),
            Evidence("staff.greatest_need_unsupported"),
            Evidence("staff.resources_to_closest"),
            Evidence("participants.pes_out_of_reach"),
        ),
    ),
    Recommendation(
        "good_examples",
        {
            "sv": "Ringa in goda exempel och sprid dem nationellt",
            "en": "Identify good examples and spread them nationally",
        },
        {"sv": "Sprid goda\nexempel", "en": "Spread\nexamples"},
        (
            Evidence("conclusions.heterogeneous"),
            Evidence("municipal_activation.good_examples_not_spread"),
            Evidence("recommendations.exits_go_with_resources"),
        ),
    ),
)

STATEMENTS: Mapping[str, Text] = {
    "exits_go_with_resources": {
        "sv": "Avslut till arbete eller studier är vanligare där resursaktivering väger tyngre",
        "en": "Exits to work or study are more common where resource activation weighs more",
    },
    "official_exits_agree": {
        "sv": "Den officiella statistiken över avslut visar samma samband",
        "en": "The official statistics on exits show the same association",
    },
    "sanctions_raise_dependency": {
        "sv": "Forskningen visar att jobbaktivering och sanktioner ökar risken för biståndsberoende",
        "en": "Research shows that job activation and sanctions raise the risk of dependency on assistance",
    },
    "person_bound": {
        "sv": "Samverkan beskrivs som personbunden i de flesta kommuner",
        "en": "Collaboration is described as dependent on individuals in most municipalities",
    },
    "secrecy_in_the_way": {
        "sv": "Sekretesslagen är den verkliga boven",
        "en": "The Secrecy Act is the real culprit",
    },
}

NO_CODE: Text = {"sv": "Kodboken har ingen kod för detta.", "en": "The codebook has no code for this."}


def exits_resource(found: "Frames") -> tuple[Text, Text]:
    """Write caption and alt text of the scatter of exits and resource activation."""
    frame, corr = found.exits, found.association
    years = f"{found.first}–{found.last}" if found.first != found.last else str(found.last)
    rho = {e: number(corr.estimate, e, 2, signed=True) if known(corr.low) else HIDDEN[e] for e in EDITIONS}
    bounds = {
        e: [number(x, e, 2, signed=True) if known(x) else HIDDEN[e] for x in (corr.low, corr.high)] for e in EDITIONS
    }
    caption: Text = {
        "sv": f"Rangkorrelationen mellan andelen resursaktivering och andelen avslut till arbete eller studier {years} är {rho['sv']} "
        f"({bounds['sv'][0]} till {bounds['sv'][1]}) över {count_words(len(frame), 'sv')} kommuner. Det är ett samband mellan kommuner, ingen effekt av insatserna.",
        "en": f"The rank correlation between the share of resource activation and the share of exits to work or study {years} is {rho['en']} "
        f"({bounds['en'][0]} to {bounds['en'][1]}) over {count_words(len(frame), 'en')} municipalities. It is an association between municipalities, not an effect of the measures.",
    }
    opening: Text = {
        "sv": "Punktdiagram med en namngiven punkt per kommun: andel resursaktivering, andel avslut till arbete eller studier",
        "en": "Scatter plot with one named point a municipality: share of resource activation, share of exits to work or study",
    }
    ordered = frame.sort_values("resource_share", kind="stable")
    alt = {
        e: f"{opening[e]}: "
        + "; ".join(
            f"{row.municipality} {percent(row.resource_share, e)}, {percent(row.exit_share, e)}"
            for row in ordered.itertuples()
        )
        + "."
        for e in EDITIONS
    }
    return caption, alt


def recommendations(found: "Frames") -> tuple[Text, Text]:
    """Write caption and alt text of the matrix of recommendations and claims."""
    outcomes = {id_: found.claims[id_].verdict.outcome for id_ in dict.fromkeys(found.matrix["claim"])}
    holds, total = sum(outcome == "holds" for outcome in outcomes.values()), len(outcomes)
    share = {e: percent_words(holds / total, e) for e in EDITIONS}
    caption: Text = {
        "sv": f"Presentationens {count_words(len(RECOMMENDATIONS), 'sv')} rekommendationer vilar på {count_words(total, 'sv')} påståenden i rapporten, varav "
        f"{count_words(holds, 'sv')} håller ({share['sv']}).",
        "en": f"The presentation's {count_words(len(RECOMMENDATIONS), 'en')} recommendations rest on {count_words(total, 'en')} claims of the report, of which "
        f"{count_words(holds, 'en')} hold ({share['en']}).",
    }
    opening: Text = {
        "sv": "Matris med en rad per påstående och en kolumn per rekommendation; tecknet visar påståendets utfall",
        "en": "Matrix with one row a claim and one column a recommendation; the mark shows the claim's verdict",
    }
    alt = {}
    for e in EDITIONS:
        columns = []
        for item in RECOMMENDATIONS:
            counts = Counter(outcomes[evidence.claim] for evidence in item.evidence)
            said = [f"{word[e]} {counts[outcome]}" for outcome, word in VERDICT_WORDS.items() if counts[outcome]]
            columns.append(f"{item.statement[e]}: {listing(said, e)}")
        alt[e] = f"{opening[e]}. {'. '.join(columns)}."
    return caption, alt
