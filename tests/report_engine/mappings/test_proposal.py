"""Which dataset a file is, by all of its columns together; one that is none is said to be none."""

import random

import pytest

from report_engine.checks.validate import validate
from report_engine.readers import Source, mapping, parse, sheets
from tests.report_engine.mappings.proposed import CONTRACTS, fits, proposed
from tests.report_engine.readers.workbooks import workbook

PLACES = ["Norrköping", "Malmö", "Falun", "Timrå", "Luleå"]


def table(header, *rows):
    return "\n".join(";".join(map(str, row)) for row in (header, *rows)) + "\n"


def placed(found):
    return {our: one.name for our, (one, _) in found.placed.items()}


def numbers(count, low=1, high=90_000, seed=1):
    chance = random.Random(seed)
    return [chance.randint(low, high) for _ in range(count)]


def by_place_and_year(header, low=30_000, high=200_000):
    pairs = [(place, year) for place in PLACES for year in (2022, 2023, 2024)]
    return table(header, *((*pair, number) for pair, number in zip(pairs, numbers(15, low, high), strict=True)))


@pytest.mark.parametrize(
    ("header", "dataset", "expected"),
    [
        (["Kommun", "År", "Folkmängd"], "population", {"municipality_code": "Kommun", "year": "År", "population": "Folkmängd"}),
        (["Municipality", "Year", "Population"], "population", {"municipality_code": "Municipality", "year": "Year", "population": "Population"}),
        (["Ort", "Tid", "Folkmängd 31 dec"], "population", {"municipality_code": "Ort", "year": "Tid", "population": "Folkmängd 31 dec"}),
        (["Kommun", "År", "Antal deltagare"], "labour_units", {"municipality_code": "Kommun", "year": "År", "participants": "Antal deltagare"}),
    ],
)  # fmt: skip
def test_a_series_by_municipality_and_year(header, dataset, expected):
    found, _, _ = proposed(by_place_and_year(header))
    assert (found.contract.name, placed(found), found.sureness) == (dataset, expected, "sure")


def test_a_series_of_the_country():
    rows = [(year, f"{share},5") for year, share in zip(range(2001, 2025), numbers(24, 5, 9), strict=True)]
    found, _, _ = proposed(table(["År", "Arbetslöshet, procent"], *rows))
    assert placed(found) == {"year": "År", "unemployment_percent": "Arbetslöshet, procent"}


FOREIGN = {
    "share prices": table(["Datum", "Öppning", "Högst", "Stängning", "Volym"], *((f"2024-01-{day:02}", 100 + day, 102 + day, 101, 9000) for day in range(1, 20))),
    "phone list": table(["Namn", "Telefon", "E-post", "Postnummer", "Ort"], *(("Namn", "031-3900600", "a@example.org", "602 32", place) for place in PLACES)),
    "sensor": table(["timestamp", "sensor_id", "value", "unit", "status"], *((f"2024-03-01T{hour:02}:00", "s1", 20 + hour, "C", "ok") for hour in range(24))),
    "election": table(["Kommun", "Valår", "Parti", "Röster", "Andel"], *((place, year, party, 900, 12) for place in PLACES for year in (2018, 2022) for party in "ABC")),
    "weather": table(["year", "month", "temp_mean", "status"], *((year, month, 3, "final") for year in (2020, 2021) for month in range(1, 13))),
    "records": table(["Artist", "Titel", "År", "Bolag"], ("Abba", "Arrival", 1976, "Polar"), ("Roxette", "Look Sharp", 1988, "EMI")),
    "invoices": table(["Fakturanr", "Kund", "Datum", "Belopp", "Status"], *((f"F{at}", "Kund AB", "2024-02-01", number, "betald") for at, number in enumerate(numbers(20)))),
    "bus stops": table(["stop_id", "stop_name", "stop_lat", "stop_lon"], *((at, f"Hållplats {at}", 58.1, 15.2) for at in range(9))),
    "library": table(["Låntagare", "Bok", "Författare", "Utgivningsår"], (12, "Röda rummet", "Strindberg", 1879), (13, "Hemsöborna", "Strindberg", 1887)),
    "housing": by_place_and_year(["Kommun", "År", "Färdigställda lägenheter"], 1, 900),
    "counties": table(["Län", "År", "Folkmängd"], *((county, year, 290_000) for county in ("Skåne län", "Dalarnas län") for year in (2022, 2023))),
    "opinions": table(["ID", "Kön", "Ålder", "Nöjd med vården"], *((at, "Man", age, at % 5 + 1) for at, age in enumerate(numbers(30, 18, 90)))),
    "schools": table(["Kommun", "Skola", "Läsår", "Elever"], *((place, f"Skola {at}", "2023/24", 200) for place in PLACES for at in range(4))),
    "nothing": "qqq;zzz\n%;&\n",
}  # fmt: skip


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_a_file_of_something_else_fits_no_dataset(content):
    assert [one.contract.name for one in fits(sheets(content.encode(), "a.csv")) if one.fits] == []


def test_the_nearest_dataset_says_what_is_lacking():
    nearest, *_ = fits(sheets(FOREIGN["counties"].encode(), "a.csv"))
    assert (nearest.contract.name, [one.name for one in nearest.missed]) == ("population", ["municipality_code"])


def test_a_dataset_that_a_person_names_is_proposed_all_the_same():
    found, _, _ = proposed(by_place_and_year(["Kommun", "År", "Invånare"]), dataset="population")
    assert placed(found)["population"] == "Invånare"
    assert found.sureness == "doubtful" and found.unsure == ("population",)


WIDE = """AME-statistik;;;;;
Kommun;2022 Deltagare;2022 Årsarbetare;2023 Deltagare;2023 Årsarbetare;Kontakt
Norrköpings kommun;971;54,6;900;50,1;Anna
Malmö stad;300;11,9;310;12;Bo
"""


def test_a_wide_table_by_year_with_names_of_municipalities():
    found, rules, _ = proposed(WIDE)
    assert found.contract.name == "labour_units"
    assert rules.columns == {"Kommun": "municipality_code"}
    assert rules.unpivot == mapping.Unpivot(
        column="year", columns={"participants": "{} Deltagare", "staff_fte": "{} Årsarbetare"}
    )
    assert rules.ignore == ("Kontakt",)
    raw = parse(WIDE.encode(), "a.csv", found.contract, Source((), mapping=rules))
    assert raw.columns["municipality_code"].texts == ["0581", "0581", "1280", "1280"]
    assert raw.columns["year"].texts == ["2022", "2023"] * 2
    _, checked = validate(raw, found.contract, {})
    assert checked.columns["staff_fte"] == [54.6, 50.1, 11.9, 12.0]


def test_years_alone_in_the_header_count_what_the_title_says():
    rows = [["Folkmängd i kommunerna"], ["Kommun", 2022, 2023], ["Malmö", 350_000, 360_000], ["Falun", 59_000, 60_000]]
    found, rules, _ = proposed(workbook(("Blad1", rows)), name="a.xlsx")
    assert found.contract.name == "population"
    assert rules.unpivot == mapping.Unpivot(column="year", columns={"population": "{}"})


def test_years_in_a_column_and_in_headers_are_not_both_taken():
    _, rules, _ = proposed(WIDE.replace("Kontakt", "År").replace("Anna", "2022").replace("Bo", "2023"))
    assert rules.unpivot is None and rules.columns["År"] == "year"
    _, rules, _ = proposed(WIDE.replace("Kontakt", "Sedan").replace("Anna", "2022").replace("Bo", "2023"))
    assert rules.unpivot is not None and "Sedan" in rules.ignore


AREAS = ["Arbetsmarknadsåtgärder", "Ekonomiskt bistånd", "Flyktingmottagande"]


@pytest.mark.parametrize("names", [["Brutto", "Intäkter", "Netto"], ["Gross cost", "Revenue", "Net cost"]])
def test_a_name_merged_over_several_columns_hides_none_of_them(names):
    rows = [["Kommun", "År", "Område", "Belopp, tkr", None, None], [None, None, None, *names]]
    rows += [[place, 2024, area, 900, 100, 800] for place in PLACES for area in AREAS]
    found, _, _ = proposed(workbook(("Blad1", rows), merged=[(0, 3, 0, 5)]), name="a.xlsx")
    assert found.contract.name == "municipal_accounts"
    assert [placed(found)[our] for our in ("gross_cost_tkr", "revenue_tkr", "net_cost_tkr")] == [
        f"Belopp, tkr {name}" for name in names
    ]


def test_years_above_the_names_in_a_workbook():
    rows = [["Kommun", "2022", None, "2023", None], [None, "Deltagare", "Årsarbetare", "Deltagare", "Årsarbetare"],
            ["Malmö", 300, 11.9, 310, 12]]  # fmt: skip
    found, rules, _ = proposed(workbook(("Blad1", rows), merged=[(0, 1, 0, 2), (0, 3, 0, 4)]), name="a.xlsx")
    assert rules.unpivot == mapping.Unpivot(
        column="year", columns={"participants": "{} Deltagare", "staff_fte": "{} Årsarbetare"}
    )
    assert found.contract.name == "labour_units"


def test_the_sheet_that_holds_the_table():
    data = workbook(("Om filen", [["Uttag"], ["ur", "systemet"]]), ("Tal", [["Kommun", "År", "Folkmängd"], ["Falun", 2024, 59_000], ["Malmö", 2024, 360_000]]))  # fmt: skip
    found, rules, _ = proposed(data, name="a.xlsx")
    assert (found.contract.name, rules.sheet) == ("population", ("Tal",))


HEAD = ["Kommun", "Folkmängd"]
IN_2022 = [["Falun", 59_000], ["Malmö", 360_000], ["Luleå", 79_000]]


def sheets_of(*tables):
    return workbook(*((name, [list(head), *map(list, rows)]) for name, head, rows in tables))


@pytest.mark.parametrize("name", ["{}", "År {}", "Folkmängd {} (reviderad)"])
def test_sheets_of_one_year_each_become_one_table(name):
    pages = [(name.replace("{}", str(year)), HEAD, IN_2022) for year in (2022, 2023)]
    data = sheets_of(("Om filen", ["Uttag", "ur systemet"], [["a", "b"]]), *pages)
    found, rules, _ = proposed(data, name="a.xlsx")
    assert (found.contract.name, rules.sheet, rules.from_sheet) == ("population", (), {"year": name})
    assert rules.same == {"source_year": "year"} and "year" not in rules.constants
    raw = parse(data, "a.xlsx", CONTRACTS["population"], Source((), mapping=rules))
    got = [*zip(*(raw.columns[name].texts for name in ("municipality_code", "year", "population")), strict=True)]
    assert len(got) == 6 and got[0] == ("2080", "2022", "59000") and got[5] == ("2580", "2023", "79000")
    assert raw.place(3, "population").file == f"a.xlsx ({name.replace('{}', '2023')})"


def test_sheets_whose_rows_are_of_different_things_become_one_table():
    head, north, south = ["Kommun", "År", "Folkmängd"], [["Luleå", 2022, 79_000]], [["Malmö", 2022, 360_000]]
    data = sheets_of(("Norr", head, north), ("Söder", head, south))
    found, rules, _ = proposed(data, name="a.xlsx")
    assert (rules.sheet, found.twins) == (("Norr", "Söder"), ())
    assert len(parse(data, "a.xlsx", CONTRACTS["population"], Source((), mapping=rules)).rows) == 2
    found, rules, _ = proposed(sheets_of(("Utkast", head, north), ("Slutlig", head, north)), name="a.xlsx")
    assert (rules.sheet, found.twins) == (("Utkast",), ("Slutlig",))


def test_rows_that_another_column_tells_apart_fit_and_rows_that_none_does_do_not():
    rows = [(place, sex, year, 900) for place in PLACES for sex in ("Kvinnor", "Män") for year in (2022, 2023)]
    found, _, _ = proposed(table(["Region", "Kön", "År", "Folkmängd"], *rows))
    assert found.fits and found.divider is not None and found.divider.name == "Kön"
    (twice, *_) = fits(sheets(table(["Region", "År", "Folkmängd"], *((place, 2022, 5) for place in PLACES * 4)).encode(), "a.csv"))  # fmt: skip
    assert not twice.fits


def test_rows_of_several_municipalities_are_no_rows_of_the_country():
    rows = [(place, year, code, 9) for place in PLACES for year in (2023, 2024) for code in (575, 600)]
    found, _, _ = proposed(table(["Kommun", "År", "Verksamhetskod", "Nettokostnad"], *rows))
    assert found.contract.name == "municipal_net_cost"
    assert found.rivals == ()


SURVEY = table(
    ["Löpnr", "Våg", "Kommun", "Roll", "Åldersgrupp", "Vikt", "Samverkan med Arbetsförmedlingen", "Övrigt"],
    ("R1", 2016, "Falun", "Socialsekreterare", "25-34", "1,5", 4, "a"),
    ("R2", 2016, "Timrå", "Deltagare", "35-49", "1,2", 8, "b"),
)


def test_a_survey_by_titles_and_labels():
    found, rules, written = proposed(SURVEY)
    assert found.contract.name == "actors" and found.sureness == "likely"
    assert rules.columns["Roll"] == "actor"
    assert rules.columns["Samverkan med Arbetsförmedlingen"] == "pes_collaboration"
    assert rules.columns["Löpnr"] == "respondent_id"  # no two rows have the same
    assert rules.values == {"actor": {"Socialsekreterare": "social_worker", "Deltagare": "participant"}}
    assert [*rules.by_name] == ["municipality_code"]
    assert "Övrigt" in rules.ignore
    assert "# Stratum (stratum) is not in the file, and need not be." in written


def test_answers_without_names_are_perhaps_our_questions_in_their_order():
    questions = [one.name for one in CONTRACTS["actors"].fields if one.unit == "likert"]
    header = ["ID", "Kommun", "Roll", "Åldersgrupp", "Vikt", *(f"F{at}" for at in range(1, len(questions) + 1))]
    rows = [(f"R{at}", "Falun", role, "25-34", 1, *numbers(len(questions), 1, 5, at))
            for at, role in enumerate(["Deltagare", "Socialsekreterare"] * 5)]  # fmt: skip
    found, rules, text = proposed(table(header, *rows))
    assert [our for our in found.perhaps] == questions
    assert [one.name for one in found.perhaps.values()] == header[5:]
    assert "F1" not in {*rules.columns, *rules.ignore} and f"  #F1: {questions[0]}" in text


def test_an_empty_column_tells_nothing():
    found = fits(sheets(b"year;status;kpi\n2022;;N1\n2023;;N1\n", "a.csv"))
    assert not found[0].fits
