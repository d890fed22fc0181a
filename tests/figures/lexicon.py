"""What the codes of the frames are called where people read them, written down apart from the code that draws and words.

A label that is the contract's, the codebook's or the frame's own (``actor_sv``) need not stand here. Forms are regular
expressions; the first is the shortest name, the others are forms in running text.
"""

import re
from collections.abc import Iterable
from functools import cache

import pandas as pd

from report_engine.contracts import contract
from report_engine.words.editions import EDITIONS, Edition

FORMS: dict[str, tuple[str, str]] = {
    # actors and groups
    "pes_manager": (
        r"chefer Af|chefer inom arbetsförmedlingen|arbetsförmedlingens chefer",
        r"PES managers",
    ),
    "social_services_manager": (r"chefer (?:inom )?socialtjänst(?:en)?", r"soc(?:\.|ial) services managers"),
    "labour_unit_manager": (
        r"chefer AME|chefer för arbetsmarknadsenheter",
        r"(?:labour-market )?unit managers",
    ),
    "municipal_manager": (r"(?:de )?kommunala chefer(?:na)?", r"municipal managers"),
    "social_worker": (r"socialsekreterare", r"social workers"),
    "labour_unit_staff": (
        r"medarbetare AME|medarbetare vid (?:arbetsmarknadsenheter|enheterna)",
        r"(?:labour-market )?unit staff",
    ),
    "participant": (r"deltagar(?:e|na)", r"participants"),
    "managers": (r"fler chefer instämmer|chefer(?:na)?", r"more managers agree|managers"),
    "staff": (r"fler medarbetare instämmer|(?:deras )?medarbetar(?:e|na)", r"more staff agree|(?:their )?staff"),
    # background
    "studied": (
        r"de studerade kommunerna(?:, mnkr)?|kommunernas summa",
        r"the municipalities(?: studied(?:, SEK million)?|' sum)",
    ),
    "national": (r"riket(?:, mdkr)?", r"the whole country(?:, SEK billion)?"),
    "cost": (r"nettokostnad, fasta priser|kostnaden i fasta priser", r"net cost, constant prices|real cost"),
    "participants": (r"(?:antalet )?deltagare", r"(?:the number of )?participants"),
    "unemployment": (r"arbetslöshet(?:en)?(?:, riket)?", r"unemployment(?:, whole country)?"),
    "all": (
        r"alla(?: tillsammans)?|alla kommuner tillsammans",
        r"all(?: together)?|all municipalities together",
    ),
    "lower_bound": (r"minst", r"at least"),
    "presentation": (r"presentationen", r"presentation"),
    "approximate": (r"enkät, ca", r"survey, about"),
    "accounts": (r"räkenskaper", r"accounts"),
    # measures and practices
    "task_work": (r"kommunala arbetsuppgifter", r"unpaid municipal work"),
    "work_practice": (r"arbetspraktik", r"work practice"),
    "job_search": (r"jobbsökaraktivitet", r"job-search activity"),
    "assessment": (r"kartläggning", r"assessment"),
    "subsidised_employment": (
        r"subventionerad anställning|nytt: subventionerade anställningar",
        r"subsidised employment|new: subsidised employment",
    ),
    "education": (r"utbildning", r"education"),
    "documented_goals": (r"(?:kommuner med )?dokumenterade mål", r"(?:municipalities with )?documented goals"),
    "effect_follow_up": (
        r"uppföljning av effekter|kommuner som följer upp effekter|följde upp effekter",
        r"follow-up of effects|those that follow up effects|followed up effects",
    ),
    "units": (r"kommuner som har", r"municipalities that have"),
    "dont_know": (r"vet inte", r"don[’']t know"),
    # items and their answers, where longer or shorter than the contract says
    "sanctions_needed": (
        r"krav och sanktioner(?: behövs)?",
        r"demands and sanctions(?: are)?(?: needed)?",
    ),
    "education_is_way": (
        r"utbildning(?: är vägen till arbete| är vägen)?",
        r"education(?: is the way into work| the way)?",
    ),
    "measures_documented": (
        r"(?:anser att )?insatserna dokumenteras",
        r"(?:agree that )?measures are documented",
    ),
    "effects_known": (
        r"vi känner till insatsernas effekter|vi vet vilka effekter insatserna har|effekterna är kända",
        r"we know (?:the effects of our measures|what effects our measures have)|the effects are known",
    ),
    "furthest_supported": (
        r"de längst från arbete får (?:det )?stöd(?: de behöver)?",
        r"those furthest from work get (?:the )?support(?: they need)?",
    ),
    "resources_to_closest": (
        r"resurserna (?:går till|följer) dem närmast arbete",
        r"resources (?:go to|follow) those closest to work",
    ),
    "glad_to_have_something": (r"glada? att ha något att göra", r"glad to have something to do"),
    "tasks_useful": (r"uppgifterna är till nytta", r"the tasks are (?:of use|useful)"),
    "tasks_match_wishes": (r"uppgifterna stämmer med (?:mina önskemål|önskemålen)", r"the tasks match my wishes"),
    "unit_staff_help": (
        r"enhetens personal vill hjälpa|personalen på enheten vill hjälpa",
        r"the unit[’']s staff want to help|staff at the unit want to help",
    ),
    "pes_reachable": (r"når (?:min |)handläggaren? på Arbetsförmedlingen", r"can reach my PES officer"),
    "feel_controlled": (r"känner mig kontrollerad(?: i onödan)?", r"feel (?:unnecessarily )?controlled"),
    "1": (r"instämmer inte alls", r"strongly disagree"),
    "2": (r"instämmer knappast", r"disagree"),
    "3": (r"varken eller", r"neither(?: agree nor disagree)?"),
    "4": (r"instämmer delvis", r"agree"),
    "5": (r"instämmer helt", r"strongly agree"),
    "disagree": (r"instämmer inte \(1–2\)", r"disagree \(1–2\)"),
    "neither": (r"varken eller \(3\)", r"neither \(3\)"),
    "agree": (r"instämmer \(4–5\)|andel som instämmer", r"agree \(4–5\)|share agreeing"),
    "18-24": (r"18–24 år|de yngsta", r"18–24 years|the youngest"),
    "50-64": (r"50–64 år|de äldsta", r"50–64 years|the oldest"),
    # interviews
    "critical": (
        r"(?:ingen frihet(?:, | eller ))?kritisk|de inte har någon",
        r"(?:no freedom(?:, | or ))?critical|they have none",
    ),
    "neutral": (r"neutral", r"neutral"),
    "supportive": (
        r"(?:mycket frihet(?:, | eller ))?stödjande|andel stödjande segment|de har mycket",
        r"(?:much freedom(?:, | or ))?supportive|share of supportive segments|they have much",
    ),
    "collab_pes": (
        r"kommunen och arbetsförmedlingen|samverkan kommun–arbetsförmedling",
        r"municipality and PES|municipality–PES collaboration",
    ),
    "collab_internal": (r"(?:samverkan )?inom kommunen", r"(?:collaboration )?inside the municipality"),
    "collab_fk": (
        r"kommunen och försäkringskassan|samverkan med försäkringskassan|(?:om )?försäkringskassan",
        r"municipality and soc\. insurance agency|collaboration with the social insurance agency|(?:on )?the social insurance agency",
    ),
    "fall_between_chairs": (
        r"(?:att )?falla mellan stolarna|fall mellan stolarna|att människor faller mellan stolarna|om att falla mellan stolarna",
        r"falling through the cracks|that people fall through the cracks",
    ),
    "discretion_own": (
        r"arbetsförmedlingens chefer om den egna handlingsfriheten|arbetsförmedlingens chefer säger om sin handlingsfrihet",
        r"PES managers on their own discretion|PES managers say of their discretion",
    ),
    "discretion_others": (
        r"kommunens chefer och medarbetare om arbetsförmedlingens handlingsfrihet",
        r"municipal managers and staff on the PES’s discretion",
    ),
    "rules_own": (r"arbetsförmedlingens chefer om de centrala reglerna", r"PES managers on the central rules"),
    "resource_share": (r"(?:andel )?resursaktivering", r"(?:share of )?resource activation"),
    "exit_share": (
        r"(?:andel )?avslut till arbete eller studier",
        r"(?:share of )?exits to work or study",
    ),
    # workplaces and counterparts
    "labour_unit": (r"arbetsmarknadsenheterna(?:, alla)?", r"(?:the )?labour-market units(?:, all)?"),
    "labour_unit/labour_unit_manager": (r"arbetsmarknadsenheterna, chefer", r"labour-market units, managers"),
    "labour_unit/labour_unit_staff": (r"arbetsmarknadsenheterna, medarbetare", r"labour-market units, staff"),
    "social_services": (
        r"socialtjänsten(?:, alla)?|(?:socialtjänsten kontrollerar inte|de inte kontrolleras) i onödan",
        r"social services(?:, all)?|(?:social services do|they are) not (?:unnecessarily controlled|control unnecessarily)",
    ),
    "social_services/social_services_manager": (r"socialtjänsten, chefer", r"social services, managers"),
    "social_services/social_worker": (r"socialtjänsten, socialsekreterare", r"social services, social workers"),
    "unit": (r"enhetens personal vill hjälpa", r"the unit[’']s staff want to help"),
    "pes": (r"arbetsförmedlingen går att nå", r"the PES can be reached"),
    # evidence
    "survey": (
        r"enkäten: andel nöjda|enkäter|anser att insatserna dokumenteras",
        r"survey: share content|surveys|agree that measures are documented",
    ),
    "interviews": (
        r"intervjuerna: hållning i snitt|intervjuer|hållning",
        r"interviews: mean stance|interviews(?! on the right)|stance",
    ),
    "spending": (r"ekonomi", r"spending"),
    "literature": (r"forskning", r"literature"),
    "overall": (r"sammantaget", r"overall"),
    "holds": (r"håller", r"holds"),
    "borderline": (r"osäker|osäkert|osäkra", r"uncertain"),
    "fails": (r"håller inte", r"does not hold"),
    "untestable": (r"kan inte prövas", r"cannot be tested"),
    "two_tracks": (r"två spår", r"two tracks"),
    "heterogeneous": (r"heterogen, utan kända effekter", r"heterogeneous, effects unknown"),
    "quid_pro_quo": (r"motprestation", r"conditionality"),
    "institutionalised": (r"nytt: institutionalisering", r"new: institutionalisation"),
    "better_collaboration": (r"nytt: bättre samverkan", r"new: better collaboration"),
    "cofinancing": (
        r"nytt: medfinansiering|kostnader som arbetsförmedlingen betalar",
        r"new: co-financing|costs paid by the PES",
    ),
    "degrees": (
        r"(?:andelen i personalen|personal) med relevant högskoleutbildning",
        r"(?:share of )?staff with a relevant degree",
    ),
    "premises": (r"kommuner med ändamålsenliga lokaler", r"municipalities with purpose-built premises"),
    "plans": (r"deltagare med individuell plan", r"participants with an individual plan"),
    "subsidised": (r"insatser som är subventionerad anställning", r"measures that are subsidised employment"),
    "less_bureaucracy": (r"mindre byråkrati|dra ned på byråkratin[^:.]*", r"less bureaucracy|cut bureaucracy[^:.]*"),
    "link_levels": (r"koppla nivåer|knyt samman[^:.]*", r"link levels|link managers and staff[^:.]*"),
    "users_perspective": (
        r"brukarperspektiv|utgå från brukaren[^:.]*",
        r"users[’'] perspective|start from the service user[^:.]*",
    ),
    "clear_roles": (r"tydliga roller|gör rollfördelningen[^:.]*", r"clear roles|make the division of roles[^:.]*"),
    "equal_responsibility": (
        r"lika ansvar|ge stat och kommun[^:.]*",
        r"equal responsibility|give state and municipality[^:.]*",
    ),
    "good_examples": (
        r"sprid goda exempel|ringa in goda exempel[^:.]*",
        r"spread examples|identify good examples[^:.]*",
    ),
    "synthetic": (r"i syntetiska data", r"in synthetic data"),
    "tested": (r"(?:de som )?prövar vad aktivering leder till", r"(?:those that )?tests? what activation leads to"),
}
"""Code: its names in Swedish and in English."""


@cache
def _of_contracts() -> dict[str, dict[Edition, set[str]]]:
    """Collect the contracts' names of fields and of the codes in them, by field or code."""
    found: dict[str, dict[Edition, set[str]]] = {}
    for table in contract.load_all().values():
        for field in table.fields:
            named = [(field.name, field.title)]
            if not all(isinstance(category.value, int) for category in field.categories):
                named += [(str(category.value), category.label) for category in field.categories]
            for code, label in named:
                for edition in EDITIONS:
                    found.setdefault(code, {"sv": set(), "en": set()})[edition].add(label[edition])
    return found


@cache
def contract_order(field: str) -> list[str]:
    """Return the codes of a field in the order of its contract; none where no contract knows it."""
    found = [f for table in contract.load_all().values() for f in table.fields if f.name == field and f.categories]
    return [str(category.value) for category in found[0].categories] if found else []


class Lexicon:
    """The names of the codes of one frame in one edition; ``more`` are names by code that the section knows (codes, claims)."""

    def __init__(self, codes: Iterable[str], edition: Edition, more: dict[str, str]) -> None:
        self.forms = {code: self._forms(code, edition, more) for code in sorted(set(codes))}
        self._bare = {code: [re.sub(r"\\?-", "", f) for f in forms] for code, forms in self.forms.items()}

    def _forms(self, code: str, edition: Edition, more: dict[str, str]) -> list[str]:
        forms = [FORMS[code][EDITIONS.index(edition)]] if code in FORMS else []
        literal = {more[code]} if code in more else set()
        literal |= _of_contracts().get(code, {}).get(edition, set())
        forms += [re.escape(form) for form in sorted(literal)]
        return forms or [re.escape(code)]

    def codes(self, label: str) -> set[str]:
        """Return the codes that a label is the name of."""
        bare = re.sub(r"\s*\(n = [^)]*\)$", "", label).strip()
        bare = bare.replace("-", "")  # at the end of a drawn line nobody knows whose a hyphen is
        return {code for code, forms in self._bare.items() if any(re.fullmatch(f, bare, re.IGNORECASE) for f in forms)}

    def mentions(self, text: str) -> list[tuple[int, int, frozenset[str]]]:
        """Find the codes named in a text, the longest names first: start, end and codes of each, from left to right."""
        spans: dict[tuple[int, int], set[str]] = {}
        for code, forms in self.forms.items():
            for form in forms:
                for match in re.finditer(rf"(?<!\w)(?:{form})(?!\w)", text, re.IGNORECASE):
                    spans.setdefault(match.span(), set()).add(code)
        kept: list[tuple[int, int, frozenset[str]]] = []
        for (start, end), codes in sorted(spans.items(), key=lambda item: item[0][0] - item[0][1]):
            if all(end <= other or start >= last for other, last, _ in kept):
                kept.append((start, end, frozenset(codes)))
        return sorted(kept)


def own_names(data: pd.DataFrame, edition: Edition) -> dict[str, str]:
    """Return the names that a frame itself gives its codes: ``actor_sv`` beside ``actor``."""
    names: dict[str, str] = {}
    for column in data.columns:
        stem = str(column).removesuffix(f"_{edition}")
        key = next(
            (key for key in (stem, f"{stem}_code", {"name": "code", "study": "bib_key"}.get(stem, "")) if key in data),
            None,
        )
        if stem != column and key and key != column:
            pairs = data[[key, column]].dropna().drop_duplicates()
            names |= dict(zip(pairs[key].astype(str), pairs[column].astype(str), strict=True))
    return names
