"""What ``report check`` says around the findings, in both languages."""

from collections.abc import Mapping

from report_engine.model.findings import Finding, Kind, sentences
from report_engine.words.editions import Edition, Text
from report_engine.words.numbers import number as grouped

KIND_WORDS: Mapping[Kind, Text] = {
    "file": {"sv": "Filen kan inte användas", "en": "The file can't be used"},
    "personal": {"sv": "Personuppgifter", "en": "Personal data"},
    "encoding": {"sv": "Tecken som inte kan läsas", "en": "Characters that can't be read"},
    "column": {"sv": "Kolumner som saknas eller är otydliga", "en": "Columns that are missing or unclear"},
    "row": {"sv": "Rader som inte hör till tabellen", "en": "Rows that don't belong to the table"},
    "type": {"sv": "Fel slags värde", "en": "The wrong kind of value"},
    "required": {"sv": "Tomma celler", "en": "Empty cells"},
    "value": {"sv": "Värden som inte är tillåtna", "en": "Values that are not allowed"},
    "range": {"sv": "Tal utanför det tillåtna", "en": "Numbers out of range"},
    "asked": {"sv": "Svar på frågor som inte ställdes", "en": "Answers to questions that were not put"},
    "key": {"sv": "Samma sak två gånger", "en": "The same thing twice"},
    "reference": {"sv": "Hänvisningar till det som inte finns", "en": "References to what is not there"},
    "extra": {"sv": "Sådant som inte används", "en": "What is not used"},
    "odd": {"sv": "Tillåtet men underligt", "en": "Allowed, but odd"},
}

ADVICE: Mapping[Kind, Text] = {
    "file": {"sv": "Byt filen mot en som går att läsa.", "en": "Replace the file by one that can be read."},
    "personal": {"sv": "Ta bort personuppgifterna.", "en": "Remove the personal data."},
    "encoding": {"sv": "Spara filen igen som CSV UTF-8.", "en": "Save the file again as CSV UTF-8."},
    "column": {"sv": "Rätta rubrikraden.", "en": "Correct the header."},
    "row": {"sv": "Titta på raden och rätta den om den är fel.", "en": "Look at the row, and correct it if it is wrong."},
    "type": {"sv": "Rätta värdet.", "en": "Correct the value."},
    "required": {"sv": "Fyll i värdet.", "en": "Fill in the value."},
    "value": {"sv": "Rätta värdet till ett av de tillåtna.", "en": "Correct the value to one that is allowed."},
    "range": {"sv": "Rätta talet.", "en": "Correct the number."},
    "asked": {"sv": "Töm cellen.", "en": "Empty the cell."},
    "key": {"sv": "Behåll en av raderna.", "en": "Keep one of the rows."},
    "reference": {"sv": "Rätta värdet, eller lägg till det där det saknas.", "en": "Correct the value, or add it where it is missing."},
    "extra": {"sv": "Inget behöver göras, såvida det inte var tänkt att användas.", "en": "Nothing needs doing, unless it was to be used."},
    "odd": {"sv": "Titta på det. Är det rätt behöver inget göras.", "en": "Look at it. If it is right, nothing needs doing."},
}  # fmt: skip
"""What to do about a finding that does not say it itself."""

WORDS: Mapping[str, Text] = {
    "title": {"sv": "Kontroll av data och text", "en": "Check of data and text"},
    "skip": {"sv": "Till innehållet", "en": "Skip to content"},
    "checked": {"sv": "{datasets} datamängder kontrollerades.", "en": "{datasets} datasets were checked."},
    "stops": {"sv": "Rapporten kan inte byggas ännu.", "en": "The report can't be built yet."},
    "fine": {"sv": "Inget stoppar rapporten.", "en": "Nothing stops the report."},
    "errors_1": {"sv": "1 sak i data måste rättas först. Tills dess ligger den senaste rapporten kvar som den är.", "en": "1 thing in the data must be corrected first. Until then the last report stays as it is."},
    "errors": {"sv": "{n} saker i data måste rättas först. Tills dess ligger den senaste rapporten kvar som den är.", "en": "{n} things in the data must be corrected first. Until then the last report stays as it is."},
    "typed_1": {"sv": "1 tal är inskrivet för hand i texten och måste bytas mot ett beräknat.", "en": "1 number is typed into the text by hand and must be replaced by a computed one."},
    "typed": {"sv": "{n} tal är inskrivna för hand i texten och måste bytas mot beräknade.", "en": "{n} numbers are typed into the text by hand and must be replaced by computed ones."},
    "remarks_0": {"sv": "Det finns inga anmärkningar på data.", "en": "There are no remarks on the data."},
    "remarks_1": {"sv": "1 anmärkning stoppar inget, men läs den: det som är underligt kan vara fel.", "en": "1 remark stops nothing, but read it: what is odd may be wrong."},
    "remarks": {"sv": "{n} anmärkningar stoppar inget, men läs dem en gång: det som är underligt kan vara fel.", "en": "{n} remarks stop nothing, but read them once: what is odd may be wrong."},
    "files": {"sv": "Filer med något att titta på:", "en": "Files with something to look at:"},
    "count_errors_1": {"sv": "1 fel", "en": "1 error"},
    "count_errors": {"sv": "{n} fel", "en": "{n} errors"},
    "count_remarks_1": {"sv": "1 anmärkning", "en": "1 remark"},
    "count_remarks": {"sv": "{n} anmärkningar", "en": "{n} remarks"},
    "error": {"sv": "Stoppar rapporten", "en": "Stops the report"},
    "warning": {"sv": "Anmärkning", "en": "Remark"},
    "note": {"sv": "Känt", "en": "Known"},
    "column": {"sv": "kolumn", "en": "column"},
    "row": {"sv": "rad {n}", "en": "row {n}"},
    "whole": {"sv": "hela filen", "en": "the whole file"},
    "header": {"sv": "rubriken", "en": "the header"},
    "where": {"sv": "Var", "en": "Where"},
    "wrong": {"sv": "Vad som är fel eller underligt", "en": "What is wrong or odd"},
    "do": {"sv": "Vad du kan göra", "en": "What to do"},
    "more": {"sv": "{n} till av samma slag, på rad {rows}.", "en": "{n} more of this kind, in rows {rows}."},
    "more_file": {"sv": "{n} till av samma slag; hela listan finns i {file}.", "en": "{n} more of this kind; the full list is in {file}."},
    "rows": {"sv": "{n} rader", "en": "{n} rows"},
    "rows_1": {"sv": "1 rad", "en": "1 row"},
    "dataset": {"sv": "datamängden {name}", "en": "dataset {name}"},
    "without": {"sv": "Filer utan anmärkning", "en": "Files without remarks"},
    "known": {"sv": "Sådant som är känt", "en": "What is known already"},
    "known_about": {"sv": "Underligheter i källorna som redan är beskrivna. De lämnas som de är.", "en": "Oddities in the sources that are described already. They are left as they are."},
    "refuses_1": {"sv": "1 sak i kapitel eller bilder måste rättas först: bygget vägrar den.", "en": "1 thing in chapters or slides must be corrected first: the build refuses it."},
    "refuses": {"sv": "{n} saker i kapitel och bilder måste rättas först: bygget vägrar dem.", "en": "{n} things in chapters and slides must be corrected first: the build refuses them."},
    "refused": {"sv": "Kapitel och bilder", "en": "Chapters and slides"},
    "refused_about": {"sv": "Det som bygget prövar: fakta, påståenden, figurer, hänvisningar, och att utgåvorna säger detsamma.", "en": "What the build checks: facts, claims, figures, references, and that the editions say the same."},
    "refused_fine": {"sv": "Inget som bygget vägrar.", "en": "Nothing that the build would refuse."},
    "refused_more": {"sv": "{n} till i kapitel och bilder; alla står på sidan.", "en": "{n} more in chapters and slides; all of them are on the page."},
    "unbuilt": {"sv": "Det finns inget tidigare bygge: fakta, påståenden, figurer och tabeller kan slås upp först efter det första.", "en": "There is no earlier build: facts, claims, figures and tables can only be looked up after the first."},
    "meant": {"sv": "Menade du {name}?", "en": "Did you mean {name}?"},
    "text": {"sv": "Texten", "en": "The text"},
    "text_about": {"sv": "Tal i rapportens text ska vara beräknade ur data, och ord om storlek ska vila på ett prövat påstående.", "en": "Numbers in the report's text are to be computed from data, and words of size are to rest on a claim that is tested."},
    "text_fine": {"sv": "Inget tal är inskrivet för hand utan att det är avsiktligt.", "en": "No number is typed by hand unless on purpose."},
    "text_errors": {"sv": "Inskrivna tal: stoppar rapporten", "en": "Typed numbers: stop the report"},
    "marked": {"sv": "Inskrivna med avsikt: {n}", "en": "Typed on purpose: {n}"},
    "sizes": {"sv": "Ord om storlek eller riktning utanför ett påstående: {n}", "en": "Words of size or direction outside a claim: {n}"},
    "line": {"sv": "rad {n}", "en": "line {n}"},
    "more_words": {"sv": "och {n} till", "en": "and {n} more"},
    "nothing_wrong": {"sv": "{datasets} datamängder kontrollerade: inget fel.", "en": "{datasets} datasets checked: nothing wrong."},
    "nothing_stops_1": {"sv": "{datasets} datamängder kontrollerade: inget stoppar rapporten. 1 anmärkning att läsa.", "en": "{datasets} datasets checked: nothing stops the report. 1 remark to read."},
    "nothing_stops": {"sv": "{datasets} datamängder kontrollerade: inget stoppar rapporten. {n} anmärkningar att läsa.", "en": "{datasets} datasets checked: nothing stops the report. {n} remarks to read."},
    "page": {"sv": "Som en sida att läsa: {path}", "en": "As a page to read: {path}"},
    "bad_lang": {"sv": "Språket {lang} finns inte: välj sv eller en.", "en": "There is no language {lang}: choose sv or en."},
    "excel_written": {"sv": "Markerad kopia: {path} ({n} celler)", "en": "Marked copy: {path} ({n} cells)"},
    "excel_written_1": {"sv": "Markerad kopia: {path} (1 cell)", "en": "Marked copy: {path} (1 cell)"},
    "excel_none": {"sv": "Inget att markera i någon arbetsbok.", "en": "Nothing to mark in any workbook."},
    "excel_skipped": {"sv": "{file}: ingen markerad kopia: {why}", "en": "{file}: no marked copy: {why}"},
    "why_unreadable": {"sv": "filen kan inte läsas.", "en": "the file can't be read."},
    "why_form": {"sv": "bara Excel (.xlsx) och CSV kan markeras.", "en": "only Excel (.xlsx) and CSV can be marked."},
    "why_macros": {"sv": "arbetsboken har makron. Spara den som .xlsx utan makron.", "en": "the workbook has macros. Save it as .xlsx without macros."},
    "why_large": {"sv": "tabellen är för stor.", "en": "the table is too large."},
    "why_broken": {"sv": "arbetsboken kan inte kopieras. Spara den igen i Excel.", "en": "the workbook can't be copied. Save it in Excel again."},
    "sheet": {"sv": "Kontroll", "en": "Check"},
    "sheet_title": {"sv": "Vad kontrollen fann i {file}", "en": "What the check found in {file}"},
    "sheet_about": {"sv": "En kopia: rätta i din egen fil. Klicka på en plats för att komma till cellen.", "en": "A copy: make corrections in your own file. Click a place to get to its cell."},
    "sheet_rest": {"sv": "{n} till markeras inte; hela listan finns i {file}.", "en": "{n} more are not marked; the full list is in {file}."},
    "kind": {"sv": "Slag", "en": "Kind"},
    "severity": {"sv": "Följd", "en": "Consequence"},
    "typed_more": {"sv": "{n} inskrivna tal till; hela listan finns i {file}.", "en": "{n} more typed numbers; the full list is in {file}."},
}  # fmt: skip


def say(name: str, edition: Edition, /, **values: object) -> str:
    """Return one of the words with its holes filled, ``name_1`` or ``name_0`` where that is for such an ``n``; whole numbers are grouped."""
    special = f"{name}_{values['n']}" if "n" in values else name
    words = WORDS[special if special in WORDS else name][edition]
    return words.format(**{key: number(value, edition) for key, value in values.items()})


def number(value: object, edition: Edition) -> str:
    """Write a count as the language groups it, anything else as it is."""
    if not isinstance(value, int):
        return str(value)
    return grouped(value, edition)


def said(finding: Finding, edition: Edition) -> tuple[str, str]:
    """Return what is wrong, as a sentence, and what to do about it: what the finding advises, else what its kind does."""
    problem, *rest = sentences(finding, edition)
    if not rest:
        rest.append(ADVICE[finding.kind][edition])
    return problem[:1].upper() + problem[1:], " ".join(rest)
