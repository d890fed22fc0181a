"""The presentation's conclusions, what each rests on, and the words of the section."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from analysis.evidence import STREAMS, Conclusion, Evidence
from report_engine.model.section import Outcome
from report_engine.model.verdicts import VERDICT_WORDS
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.numbers import count_words, listing

if TYPE_CHECKING:
    from analysis.sections.conclusions import Frames

CONCLUSIONS = (
    Conclusion(
        "two_tracks",
        {
            "sv": "Den tudelade arbetsmarknadspolitiken består",
            "en": "The two-track labour-market policy remains",
        },
        {"sv": "Två spår", "en": "Two tracks"},
        (
            Evidence("background.costs_up"),
            Evidence("conclusions.from_social_services"),
            Evidence("collaboration.overlap_and_gaps"),
            Evidence("knowledge_review.two_tracks"),
        ),
    ),
    Conclusion(
        "heterogeneous",
        {
            "sv": "Aktiveringen är fortfarande heterogen, svår att bedöma och utan känd effekt",
            "en": "Activation is still heterogeneous, hard to judge and without known effects",
        },
        {"sv": "Heterogen, utan kända effekter", "en": "Heterogeneous, effects unknown"},
        (
            Evidence("background.groups_differ_little"),
            Evidence("municipal_activation.measures_heterogeneous"),
            Evidence("municipal_activation.effects_not_followed_up"),
            Evidence("municipal_activation.documentation_lacking"),
            Evidence("staff.effects_unknown"),
            Evidence("staff.someone_else_answers"),
            Evidence("knowledge_review.few_test_effects"),
        ),
    ),
    Conclusion(
        "job_activation",
        {
            "sv": "Jobbaktivering är framträdande i hur aktiveringen organiseras",
            "en": "Job activation is prominent in how activation is organised",
        },
        {"sv": "Jobbaktivering", "en": "Job activation"},
        (
            Evidence("managers.job_activation_survey"),
            Evidence("managers.job_activation_interviews"),
            Evidence("managers.municipal_more_than_pes"),
        ),
    ),
    Conclusion(
        "quid_pro_quo",
        {
            "sv": "Motprestationen är fortfarande grundbulten i kommunal arbetsmarknadspolitik",
            "en": "Quid pro quo is still the cornerstone of municipal labour-market policy",
        },
        {"sv": "Motprestation", "en": "Quid pro quo"},
        (
            Evidence("conclusions.quid_pro_quo_common"),
            Evidence("municipal_activation.poor_relief_voiced"),
            Evidence("municipal_activation.poor_relief_municipal"),
            Evidence("participants.feel_controlled"),
        ),
    ),
    Conclusion(
        "institutionalised",
        {
            "sv": "Den kommunala aktiveringen institutionaliseras",
            "en": "Municipal activation is becoming institutionalised",
        },
        {"sv": "Nytt: institutionalisering", "en": "New: institutionalisation"},
        (
            Evidence("conclusions.degrees_up"),
            Evidence("conclusions.premises_up"),
            Evidence("conclusions.plans_up"),
            Evidence("conclusions.professionalism_valued"),
        ),
    ),
    Conclusion(
        "better_collaboration",
        {"sv": "Samverkan mellan aktörerna har blivit bättre", "en": "Collaboration between the actors has improved"},
        {"sv": "Nytt: bättre samverkan", "en": "New: better collaboration"},
        (
            Evidence("collaboration.managers_see_improvement"),
            Evidence("collaboration.managers_see_it_working"),
            Evidence("collaboration.pes_managers_positive"),
            Evidence("collaboration.internal_works_managers"),
            Evidence("collaboration.social_workers_negative", against=True),
            Evidence("collaboration.unit_staff_negative", against=True),
            Evidence("collaboration.internal_fails_staff", against=True),
            Evidence("collaboration.overlap_and_gaps", against=True),
        ),
    ),
    Conclusion(
        "cofinancing",
        {
            "sv": "Arbetsförmedlingen är med och finansierar kommunala insatser",
            "en": "The Public Employment Service helps to finance municipal measures",
        },
        {"sv": "Nytt: medfinansiering", "en": "New: co-financing"},
        (Evidence("conclusions.cofinancing_up"), Evidence("conclusions.cofinancing_voiced")),
    ),
    Conclusion(
        "subsidised_employment",
        {
            "sv": "Kommunerna använder subventionerade anställningar mer än förr",
            "en": "Municipalities use subsidised employment more than before",
        },
        {"sv": "Nytt: subventionerade anställningar", "en": "New: subsidised employment"},
        (Evidence("conclusions.subsidised_up"), Evidence("conclusions.subsidised_valued")),
    ),
)

INDICATORS: Mapping[str, Text] = {
    "degrees": {"sv": "Personal med relevant högskoleutbildning", "en": "Staff with a relevant degree"},
    "premises": {"sv": "Kommuner med ändamålsenliga lokaler", "en": "Municipalities with purpose-built premises"},
    "plans": {"sv": "Deltagare med individuell plan", "en": "Participants with an individual plan"},
    "cofinancing": {"sv": "Kostnader som Arbetsförmedlingen betalar", "en": "Costs paid by the PES"},
    "subsidised": {"sv": "Insatser som är subventionerad anställning", "en": "Measures that are subsidised employment"},
}

STATEMENTS: Mapping[str, Text] = {
    "from_social_services": {
        "sv": "Enheternas deltagare kommer oftare från socialtjänsten än från Arbetsförmedlingen",
        "en": "The units' participants come from social services more often than from the PES",
    },
    "quid_pro_quo_common": {
        "sv": "Motprestation tas upp av chefer, medarbetare och deltagare i de flesta kommuner",
        "en": "Quid pro quo is brought up by managers, staff and participants in most municipalities",
    },
    "degrees_up": {
        "sv": "Fler i personalen har relevant högskoleutbildning",
        "en": "More of the staff have a relevant degree",
    },
    "premises_up": {"sv": "Fler enheter har ändamålsenliga lokaler", "en": "More units have purpose-built premises"},
    "plans_up": {"sv": "Fler deltagare har en individuell plan", "en": "More participants have an individual plan"},
    "professionalism_valued": {
        "sv": "Utbildad personal och genomtänkta arbetsmetoder beskrivs som en vinst i intervjuerna",
        "en": "Trained staff and thought-out methods are described as a gain in the interviews",
    },
    "cofinancing_up": {
        "sv": "Arbetsförmedlingen betalar en större del av enheternas kostnader",
        "en": "The PES pays a larger part of the units' costs",
    },
    "cofinancing_voiced": {
        "sv": "Medfinansieringen tas upp i intervjuerna i de flesta kommuner",
        "en": "Co-financing is brought up in the interviews in most municipalities",
    },
    "subsidised_up": {
        "sv": "En större del av insatserna är subventionerade anställningar",
        "en": "A larger part of the measures is subsidised employment",
    },
    "subsidised_valued": {
        "sv": "Subventionerade anställningar beskrivs som en vinst i intervjuerna",
        "en": "Subsidised employment is described as a gain in the interviews",
    },
}

STREAM_WORDS: Mapping[str, Text] = {
    "spending": {"sv": "Ekonomi", "en": "Spending"},
    "survey": {"sv": "Enkäter", "en": "Surveys"},
    "interviews": {"sv": "Intervjuer", "en": "Interviews"},
    "literature": {"sv": "Forskning", "en": "Literature"},
    "overall": {"sv": "Sammantaget", "en": "Overall"},
}

RULE: Text = {
    "sv": "Regeln: en slutsats håller när mer än hälften av de prövbara påståendena talar för den och inget emot, "
    "håller inte när mer än hälften talar emot och är annars osäker.",
    "en": "The rule: a conclusion holds when more than half of the testable claims support it and none speaks against it, "
    "does not hold when more than half speak against it, and is otherwise borderline.",
}


SPEAKS: Mapping[Outcome, str] = {"holds": "for", "borderline": "unsure", "fails": "against", "untestable": "nothing"}
SPEAKS_WORDS: Mapping[object, Text] = {
    "for": {"sv": "för", "en": "for"},
    "against": {"sv": "emot", "en": "against"},
    "unsure": {"sv": "osäkert", "en": "unsure"},
    "nothing": {"sv": "varken för eller emot", "en": "neither way"},
    "overall": {"sv": "sammantaget", "en": "overall"},
}


FIGURES: Mapping[str, Text] = {
    "triangulation": {"sv": "Slutsatser och underlag", "en": "Conclusions and evidence"},
    "new": {"sv": "Vad som är nytt", "en": "What is new"},
}

NO_CODE: Text = {"sv": "Kodboken har ingen kod för detta.", "en": "The codebook has no code for this."}


def triangulation(found: "Frames") -> tuple[Text, Text]:
    """Write caption and alt text of the matrix of conclusions and streams of evidence."""
    overall: Mapping[str, Outcome] = found.overall
    told = tally(overall)
    several = sum(
        1
        for name in overall
        if found.matrix.query("conclusion == @name and stream != 'overall'")["verdict"].nunique() > 1
    )
    number = {e: count_words(len(overall), e) for e in EDITIONS}
    differ = {e: count_words(several, e) if several else {"sv": "ingen", "en": "none"}[e] for e in EDITIONS}
    caption: Text = {
        "sv": f"Av presentationens {number['sv']} slutsatser {told['sv']}. Underlagen ger olika utfall för {differ['sv']} av dem.",
        "en": f"Of the presentation's {number['en']} conclusions, {told['en']}. The streams of evidence differ on {differ['en']} of them.",
    }
    opening = {
        "sv": "Matris med en rad per slutsats och en kolumn per slag av underlag; ett tecken och ett ord i varje ruta",
        "en": "Matrix with one row a conclusion and one column a stream of evidence; a mark and a word in each cell",
    }
    alt = {}
    for e in EDITIONS:
        rows = []
        for conclusion in CONCLUSIONS:
            cells = found.matrix[found.matrix["conclusion"] == conclusion.name].set_index("stream")["verdict"]
            said = [
                f"{STREAM_WORDS[s][e].lower()} {VERDICT_WORDS[cells[s]][e]}"
                for s in (*STREAMS, "overall")
                if s in cells
            ]
            rows.append(f"{conclusion.short[e]}: {', '.join(said)}")
        alt[e] = f"{opening[e]}. {'. '.join(rows)}."
    return caption, alt


def tally(overall: Mapping[str, Outcome]) -> Text:
    """Say how many conclusions have each verdict: ``håller fem och är tre osäkra``."""
    return {e: listing(_tally(overall, e), e) for e in EDITIONS}


def _tally(overall: Mapping[str, Outcome], edition: Edition) -> list[str]:
    verbs: Mapping[Outcome, tuple[Text, Text]] = {
        "holds": ({"sv": "håller en", "en": "one holds"}, {"sv": "håller {n}", "en": "{n} hold"}),
        "borderline": (
            {"sv": "är en osäker", "en": "one is borderline"},
            {"sv": "är {n} osäkra", "en": "{n} are borderline"},
        ),
        "fails": (
            {"sv": "håller en inte", "en": "one does not hold"},
            {"sv": "håller {n} inte", "en": "{n} do not hold"},
        ),
        "untestable": (
            {"sv": "kan en inte prövas", "en": "one cannot be tested"},
            {"sv": "kan {n} inte prövas", "en": "{n} cannot be tested"},
        ),
    }
    counts = {outcome: sum(found == outcome for found in overall.values()) for outcome in verbs}
    return [
        verbs[outcome][0 if count == 1 else 1][edition].format(n=count_words(count, edition))
        for outcome, count in counts.items()
        if count
    ]
