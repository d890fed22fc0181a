"""What the columns of a figure's data, and the codes in them, are called where people read them; files keep the codes."""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from report_engine.contracts import contract, study
from report_engine.model.verdicts import VERDICT_WORDS
from report_engine.words.editions import EDITIONS, Edition, Text

if TYPE_CHECKING:
    import pandas as pd

    from report_engine.model.section import Table

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
    "note": ("Anmärkning", "Note"),
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


_LABELS: Mapping[str, Mapping[object, Text]] = {
    "suppressed": {
        "primary": {"sv": "för få fall", "en": "too few cases"},
        "secondary": {"sv": "skyddar en annan cell", "en": "protects another cell"},
    },
    "price_status": {
        "final": {"sv": "slutligt", "en": "final"},
        "preliminary": {"sv": "preliminärt", "en": "preliminary"},
    },
}
_TRUTH: Mapping[str, Text] = {"True": {"sv": "ja", "en": "yes"}, "False": {"sv": "nej", "en": "no"}}
_CODE = re.compile(r"[a-z][a-z0-9]*(?:[_./-][a-z0-9]+)*")

Labels = Mapping[str, Mapping[object, Text]]
"""What the codes in a column are called: by column and code."""


def describe(
    where: str, data: "pd.DataFrame", tables: Iterable[str], edition: Edition, own: Labels | None = None
) -> dict[str, Any]:
    """Name the columns that an edition's readers see, in order, and what the codes in them stand for.

    ``tables`` are those the data come from, whose contracts know most codes; ``own`` are the section's. A column of another
    edition (``name_en`` in the Swedish one) is left out. Returns ``headings``, a list of key and title, and ``labels`` by
    column and code. Raises ValueError, which names the figure ``where``, for a column or code without a name in the edition.
    """
    fields = _fields(tables)
    others = tuple(f"_{other}" for other in EDITIONS if other != edition)
    shown = [name for name in map(str, data.columns) if not name.endswith(others)]
    titles = {name: field.title[edition] for name, field in fields.items()}
    labels: dict[str, dict[str, str]] = {}
    for name in shown:
        found = {str(value) for value in data[name].dropna().unique()} - {""} if _worded(data[name]) else set()
        labels[name] = _labels(name, fields, titles, edition, found, own or {})
        if _free(name, fields) or name.endswith(f"_{edition}"):
            continue
        for code in sorted(found - labels[name].keys()):
            if _CODE.fullmatch(code) or code in _TRUTH:
                raise ValueError(_unnamed(where, f"the code {code} in the column {name}", edition, _FOR_CODES))
    return {
        "headings": [[name, _title(where, name, titles, edition)] for name in shown],
        "labels": {name: known for name, known in labels.items() if known},
    }


def refuse_unnamed(where: str, table: "Table") -> None:
    """Raise ValueError for a column of a table, or a code in one, that has no name in one of the editions."""
    fields = _fields(table.provenance.tables)
    for column in table.columns:
        for edition in EDITIONS:
            if not column.title.get(edition, "").strip():
                raise ValueError(_unnamed(where, f"the column {column.key}", edition, "as the title of its Column"))
            if column.format != "text":
                continue
            for value in table.data[column.key].dropna().unique():
                looks = column.labels and not _free(column.key, fields) and _CODE.fullmatch(str(value))
                coded = str(value) in _TRUTH or looks
                if not column.labels.get(value, {}).get(edition) and (coded or value in column.labels):
                    what = f"the code {value} in the column {column.key}"
                    raise ValueError(_unnamed(where, what, edition, "in the labels of its Column"))


def _fields(tables: Iterable[str]) -> dict[str, contract.Field]:
    """Return the fields of these tables by name, those of the first table before others of the same name."""
    return {field.name: field for name in reversed([*tables]) for field in reversed(contract.load(name).fields)}


def _free(column: str, fields: Mapping[str, contract.Field]) -> bool:
    """Say whether a column holds what somebody wrote in a cell, which stands there as it is, whatever it looks like."""
    return column in fields and fields[column].type == "string" and not fields[column].allowed


_FOR_COLUMNS = "in report_engine/contracts/column_labels.py, or as the title of a field in the contract"
_FOR_CODES = "with Parts.label where the section is built, or as a category in the contract"


def _unnamed(where: str, what: str, edition: Edition, how: str) -> str:
    return f"{where}: {what} has no name in the edition {edition!r}: give it one {how}"


def _worded(values: "pd.Series[Any]") -> bool:
    return values.dtype.kind not in "iufM"


def _labels(
    name: str,
    fields: Mapping[str, contract.Field],
    titles: Mapping[str, str],
    edition: Edition,
    found: set[str],
    own: Labels,
) -> dict[str, str]:
    """Collect what the codes of one column are called: by the contracts, by what figures have in common, by the section."""
    known: dict[str, str] = {}
    if name in fields:
        known |= {str(category.value): category.label[edition] for category in fields[name].categories}
    groups = _groups()
    if groups and name == groups.name:
        known |= {str(category.value): category.label[edition] for category in groups.categories}
    elif name == "item":
        known |= titles
    elif name == "verdict":
        known |= {outcome: text[edition] for outcome, text in VERDICT_WORDS.items()}
    elif name == "stream":
        known |= {stream: text[edition] for stream, text in _STREAMS.items()}
    if found & _TRUTH.keys():
        known |= {truth: text[edition] for truth, text in _TRUTH.items()}
    known |= {str(code): text[edition] for code, text in _LABELS.get(name, {}).items()}
    return known | {
        str(code): " ".join(text[edition].split())
        for code, text in own.get(name, {}).items()
        if str(code) in found and text.get(edition)
    }


def _groups() -> contract.Field | None:
    """Return the column that says which group a respondent belongs to: figures made from other data name groups by it, too."""
    survey = study.load().roles.answers
    its = contract.load(survey) if survey else None
    return its.field(its.group_column) if its and its.group_column else None


def _title(where: str, name: str, titles: Mapping[str, str], edition: Edition) -> str:
    words = _COMMON.get(name.removesuffix(f"_{edition}"))
    title = words[EDITIONS.index(edition)] if words else titles.get(name, "")
    if not title.strip():
        raise ValueError(_unnamed(where, f"the column {name}", edition, _FOR_COLUMNS))
    return title
