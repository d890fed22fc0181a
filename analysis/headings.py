"""What the columns of a figure's data, and the codes in them, are called where people read them; files keep the codes."""

from collections.abc import Iterable, Mapping
from typing import Any

from analysis import contract
from analysis.model import EDITIONS, Edition, Text
from analysis.tables import VERDICT_WORDS

_COMMON: Mapping[str, tuple[str, str]] = {
    "actor": ("Aktör", "Actor"),
    "municipality": ("Kommun", "Municipality"),
    "municipality_code": ("Kommunkod", "Municipality code"),
    "theme": ("Tema", "Theme"),
    "wave": ("Enkätvåg", "Wave"),
    "year": ("År", "Year"),
    "answer": ("Svar", "Answer"),
    "assessment": ("Kartläggning", "Assessment"),
    "assistance_tkr": ("Ekonomiskt bistånd (tkr)", "Social assistance (SEK thousand)"),
    "base_year": ("Basår", "Base year"),
    "change": ("Förändring", "Change"),
    "claim": ("Påstående", "Claim"),
    "claims": ("Påståenden", "Claims"),
    "code": ("Kod", "Code"),
    "conclusion": ("Slutsats", "Conclusion"),
    "critical": ("Kritiska", "Critical"),
    "direction": ("Resultat", "Result"),
    "education": ("Utbildning", "Education"),
    "estimate": ("Skattning", "Estimate"),
    "exit_share": ("Andel till arbete eller studier", "Share to work or studies"),
    "exits": ("Avslut", "Exits"),
    "first": ("Första värdet", "First value"),
    "first_invited": ("Tillfrågade, första vågen", "Invited, first wave"),
    "first_respondents": ("Svarande, första vågen", "Respondents, first wave"),
    "first_wave": ("Första vågen", "First wave"),
    "first_year": ("Första året", "First year"),
    "high": ("Övre gräns (95 %)", "Upper bound (95%)"),
    "id": ("Beteckning", "Name"),
    "index": ("Index", "Index"),
    "indicator": ("Uppgift", "Indicator"),
    "item": ("Fråga", "Question"),
    "job_search": ("Jobbsökning", "Job search"),
    "kind": ("Slag", "Kind"),
    "label": ("Text", "Label"),
    "last": ("Sista värdet", "Last value"),
    "last_invited": ("Tillfrågade, sista vågen", "Invited, last wave"),
    "last_respondents": ("Svarande, sista vågen", "Respondents, last wave"),
    "last_wave": ("Sista vågen", "Last wave"),
    "last_year": ("Sista året", "Last year"),
    "low": ("Undre gräns (95 %)", "Lower bound (95%)"),
    "managers": ("Chefer", "Managers"),
    "mean": ("Medelvärde", "Mean"),
    "measures": ("Deltaganden i insatser", "Participations in measures"),
    "measures_tkr": ("Arbetsmarknadsåtgärder (tkr)", "Labour-market measures (SEK thousand)"),
    "merged": ("Sammanslagna svar", "Merged answers"),
    "municipalities": ("Kommuner", "Municipalities"),
    "municipalities_yes": ("Kommuner som svarar ja", "Municipalities answering yes"),
    "n": ("n", "n"),
    "name": ("Namn", "Name"),
    "net_cost_million": ("Nettokostnad (mnkr)", "Net cost (SEK million)"),
    "net_cost_real_tkr": ("Nettokostnad, fasta priser (tkr)", "Net cost, constant prices (SEK thousand)"),
    "net_cost_tkr": ("Nettokostnad (tkr)", "Net cost (SEK thousand)"),
    "net_cost_year": ("Kostnadens år", "Year of the cost"),
    "neutral": ("Neutrala", "Neutral"),
    "official": ("Officiell andel", "Official share"),
    "official_years": ("År med officiell andel", "Years with an official share"),
    "panel": ("Del av figuren", "Part of the figure"),
    "part": ("Del av figuren", "Part of the figure"),
    "participations": ("Deltaganden", "Participations"),
    "population": ("Folkmängd", "Population"),
    "population_year": ("Folkmängdens år", "Year of the population"),
    "practice": ("Arbetssätt", "Practice"),
    "price_status": ("Prisindexets status", "Status of the price index"),
    "ratio": ("Kvot", "Ratio"),
    "recommendation": ("Rekommendation", "Recommendation"),
    "resource_share": ("Andel resursaktivering", "Share of resource activation"),
    "result": ("Resultat", "Result"),
    "row": ("Rad", "Row"),
    "sek": ("Kronor", "SEK"),
    "series": ("Serie", "Series"),
    "share": ("Andel", "Share"),
    "side": ("Grupp", "Group"),
    "skr_group": ("Kommungrupp", "Municipality group"),
    "spoken": ("Segment", "Segments"),
    "staff": ("Medarbetare", "Staff"),
    "step": ("Svar", "Answer"),
    "stream": ("Underlag", "Evidence"),
    "studied": ("Ingår i studien", "In the study"),
    "studies": ("Studier", "Studies"),
    "study": ("Studie", "Study"),
    "subsidised_employment": ("Subventionerad anställning", "Subsidised employment"),
    "supportive": ("Positiva", "Supportive"),
    "suppressed": ("Dold", "Hidden"),
    "source": ("Från", "From"),
    "target": ("Till", "To"),
    "task_work": ("Arbetsuppgifter", "Task work"),
    "track": ("Spår", "Track"),
    "value": ("Värde", "Value"),
    "verdict": ("Utfall", "Verdict"),
    "whom": ("Vem eller vad", "Whom or what"),
    "work_practice": ("Arbetspraktik", "Work practice"),
    "x": ("x", "x"),
    "x_km": ("x (km)", "x (km)"),
    "y": ("y", "y"),
    "y_km": ("y (km)", "y (km)"),
}
_STREAMS: Mapping[str, Text] = {
    "spending": {"sv": "räkenskaper", "en": "accounts"},
    "survey": {"sv": "enkät", "en": "survey"},
    "interviews": {"sv": "intervjuer", "en": "interviews"},
    "literature": {"sv": "forskning", "en": "literature"},
    "several": {"sv": "flera", "en": "several"},
}


def describe(columns: Iterable[str], tables: Iterable[str], edition: Edition) -> dict[str, Any]:
    """Name the columns that an edition's readers see, in order, and what the codes in them stand for.

    ``tables`` are those the data come from, whose contracts know most codes. A column of another edition (``name_en`` in the
    Swedish one) is left out. Returns ``headings``, a list of key and title, and ``labels`` by column and code.
    """
    fields = [field for name in tables for field in contract.load(name).fields]
    titles = {field.name: field.title[edition] for field in reversed(fields)}
    others = tuple(f"_{other}" for other in EDITIONS if other != edition)
    shown = [name for name in columns if not name.endswith(others)]
    labels = {field.name: {str(c.value): c.label[edition] for c in field.categories} for field in reversed(fields)}
    actors = next(field for field in contract.load("actors").fields if field.name == "actor")
    labels |= {
        "actor": {str(category.value): category.label[edition] for category in actors.categories},
        "item": titles,
        "verdict": {outcome: text[edition] for outcome, text in VERDICT_WORDS.items()},
        "stream": {stream: text[edition] for stream, text in _STREAMS.items()},
    }
    return {
        "headings": [[name, _title(name, titles, edition)] for name in shown],
        "labels": {name: labels[name] for name in shown if labels.get(name)},
    }


def _title(name: str, titles: Mapping[str, str], edition: Edition) -> str:
    stem = name.removesuffix(f"_{edition}")
    words = _COMMON.get(stem)
    if words:
        return words[EDITIONS.index(edition)]
    return titles.get(name, name)
