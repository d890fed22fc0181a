"""A proposal can be read as it is written, and after each edit that it suggests."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.mappings import writing
from report_engine.readers import Sheet, sheets
from tests.report_engine.mappings.proposed import CONTRACTS, KNOWN, edits, fits, proposed, read
from tests.report_engine.mappings.test_proposal import AREAS, PLACES, SURVEY, WIDE, by_place_and_year, table
from tests.report_engine.readers.workbooks import workbook

ROLES = ["Socialsekreterare", "Deltagare", "Chef, socialtjänsten", "Rektor"]
QUESTION = "Samverkan med Arbetsförmedlingen fungerar"


def survey(answers):
    rows = [(f"R{at}", 2024, PLACES[at % 5], ROLES[at % 4], "25–34 år", answer) for at, answer in enumerate(answers)]
    return table(["Löpnr", "Våg", "Kommun", "Roll", "Åldersgrupp", QUESTION], *rows)


AMOUNTS = [["Kommun", "Verksamhet", "Belopp", None, None], [None, None, "Kostnader", "Intäkter", "Netto"], *([place, area, 9, 1, 8] for place in PLACES for area in [*AREAS, "Vård"])]  # fmt: skip
FILES = {
    "population": by_place_and_year(["Kommun", "År", "Folkmängd"]),
    "population by sex": table(["Region", "Kön", "År", "Folkmängd"], *((place, sex, 2024, 9) for place in PLACES for sex in ("Kvinnor", "Män"))),
    "wide": WIDE,
    "survey": SURVEY,
    "seven steps": survey("1234567" * 3),
    "seven steps with words at the ends": survey(["Instämmer inte alls", *"23456", "Instämmer helt", "Vet inte"] * 3),
    "words": survey(["Instämmer helt", "Varken eller", "Ej aktuellt", "Vet inte"] * 3),
    "amounts": workbook(("2024", AMOUNTS), ("Om", [["Källa", None, None, None, None]]), merged=[(0, 2, 0, 4)]),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_proposal_can_be_read_after_each_edit_that_it_suggests(name):
    found, _, text = proposed(FILES[name], name="a.xlsx" if isinstance(FILES[name], bytes) else "a.csv")
    assert ("\n  #" in text) or name == "survey"
    for one in [text, *edits(text)]:
        assert read(one).dataset == found.contract.name


NAME = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
HEADER = NAME | st.sampled_from(
    ["Kommun", "År", "2022 Deltagare", "2023 Deltagare", "2023", "2024", "Kön", "Roll", "Kod", "Källa", "Källans år", "Vikt",
     "Netto", "{}", "year", "Område", "Status", QUESTION, *CONTRACTS["labour_units"].columns]
)  # fmt: skip
CELL = NAME | st.sampled_from(
    ["", "1", "7", "2023", "0581", "Malmö", "Falun", "Deltagare", "Chef, socialtjänsten", "Instämmer helt", "Ja", "GI01", "nej", "a: b", "# c", "- d"]
)  # fmt: skip


@given(
    st.lists(HEADER, min_size=1, max_size=8, unique=True),
    st.lists(st.lists(CELL, min_size=8, max_size=8), max_size=5),
    st.sampled_from([*CONTRACTS]),
    st.sampled_from(["csv", "pxweb"]),
)
def test_whatever_a_file_holds_the_proposal_can_be_read_after_each_edit(names, rows, dataset, form):
    records = [(at, row[: len(names)]) for at, row in enumerate(rows, start=2)]
    for found in fits([Sheet("a", form, names, records)], dataset):
        for one in edits(writing.write(found, KNOWN, "sv")):
            assert read(one).dataset == dataset


def test_certain_things_are_in_force_and_the_rest_waits():
    _, rules, text = proposed(FILES["population"])
    assert rules.constants == {} and "  #origin: official  # Origin; or: synthetic" in text.splitlines()
    assert read(text.replace("#origin:", "origin:")).constants == {"origin": "official"}


def test_a_column_that_the_report_can_do_without_is_said_to_be_one():
    _, rules, text = proposed(FILES["survey"])
    assert "# Stratum (stratum) is not in the file, and need not be. Uncertainty is" in text
    assert "stratum" not in rules.constants and rules.constants["feel_controlled"] == ""


def test_a_value_that_is_none_of_ours_waits_with_the_nearest():
    _, rules, text = proposed(survey("1234" * 3).replace("Roll", "Aktör"))
    assert rules.values["actor"] == {"Socialsekreterare": "social_worker", "Deltagare": "participant"}
    lines = text.splitlines()
    first = next(
        at for at, line in enumerate(lines) if line.startswith("    # Each is one of: labour_unit_manager (Labour")
    )
    assert lines[first + 1 : first + 3] == ['    #"Chef, socialtjänsten": social_services_manager', '    #Rektor: ""']


def test_rows_to_keep_are_in_force_where_one_value_stands_for_all():
    rows = [(place, sex, 2024, 9) for place in PLACES for sex in ("Kvinnor", "Män", "Totalt")]
    _, rules, _ = proposed(table(["Region", "Kön", "År", "Folkmängd"], *rows))
    assert rules.keep == {"Kön": ("Totalt",)} and "Kön" not in rules.ignore
    _, rules, text = proposed(FILES["population by sex"])
    assert rules.keep == {} and '  #Kön: ["Kvinnor"]' in text


def test_codes_of_official_statistics_that_are_not_ours_are_left_out():
    found, rules, _ = official()
    assert found.contract.name == "municipal_net_cost"
    assert (
        rules.keep == {"Verksomrkom": ("575", "600", "610", "690")} and rules.columns["Region"] == "municipality_code"
    )


def official():
    header = ["Region", "Verksomrkom", "ContentsCode", "ContentsCode_label", "Tid", "value"]
    rows = [[code, area, "N1", "Nettokostnad, tkr", "2024", "9"] for code in ("0581", "2080") for area in ("575", "600", "610", "690", "400", "407")]  # fmt: skip
    areas = {
        "575": "Mottagande",
        "600": "Åtgärder",
        "610": "Försörjning",
        "690": "Övrigt",
        "400": "Skola",
        "407": "Förskola",
    }
    sheet = Sheet("a.json", "pxweb", header, [*enumerate(rows, 1)], labels={"Verksomrkom": areas})
    found = fits([sheet])[0]
    text = writing.write(found, KNOWN, "en")
    assert all(read(one) for one in edits(text))
    return found, read(text), text


def test_the_year_in_the_name_of_a_file_waits_as_a_constant():
    rows = [(place, number) for place, number in zip(PLACES, range(9, 14), strict=True)]
    found = fits(sheets(table(["Kommun", "Folkmängd"], *rows).encode(), "a.csv"), file="folkmängd 2024")[0]
    assert '  #year: "2024"  # År' in writing.write(found, KNOWN, "sv").splitlines()


def test_a_column_of_years_that_is_lacking_repeats_the_year():
    _, rules, _ = proposed(FILES["population"])
    assert rules.same == {"source_year": "year"}


@pytest.mark.parametrize("text", ["a", "a b", "0581", "yes", "", "a:b", 'say "x"', "\u2028", "- a", "å ä", "\\"])
def test_whatever_is_quoted_is_read_as_it_was(text):
    its = f"dataset: exits\nignore: [{writing.quoted(text)}]\ncolumns: {{{writing.quoted(text + '!')}: year}}\n"
    rules = read(its)
    assert (rules.ignore, rules.columns) == ((text,), {f"{text}!": "year"})
