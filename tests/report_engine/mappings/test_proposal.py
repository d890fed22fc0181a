"""A proposed mapping can be read as it is written, and places what has a name or content like ours."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.checks.validate import validate
from report_engine.contracts import contract
from report_engine.mappings import command as map_command
from report_engine.mappings import proposal
from report_engine.model import document
from report_engine.pipeline import workspace
from report_engine.readers import Sheet, Source, mapping, parse, sheets
from report_engine.settings.settings import Settings
from report_engine.words.messages import Word, told
from tests.report_engine.readers.workbooks import workbook

ROOT = Path(__file__).resolve().parents[3]
REGISTER = {"Norrköping": "0581", "Malmö": "1280", "Falun": "2080", "Timrå": "2262"}
KNOWN = {"municipalities": REGISTER, "codebook": {"Kontroll": "control", "Control": "control", "control": "control"}}

WIDE = """AME-statistik;;;;;
Kommun;2022 Deltagare;2022 Årsarbetare;2023 Deltagare;2023 Årsarbetare;Kontakt
Norrköpings kommun;971;54,6;900;50,1;Anna
Malmö stad;300;11,9;310;12;Bo
"""

SURVEY = """Våg;Kommun;Roll;Åldersgrupp;Vikt;Samverkan med Arbetsförmedlingen;Övrigt
2016;Falun;Socialsekreterare;25-34;1,5;4;a
2016;Timrå;Deltagare;35-49;1,2;8;b
"""


def proposed(text, dataset=None, name="a.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    contracts = contract.load_all()
    wanted = [contracts[dataset]] if dataset else [one for one in contracts.values() if one.stream != "reference"]
    found = proposal.propose(sheets(data, name), wanted, KNOWN, "municipalities")
    assert found is not None
    written = proposal.write(found, KNOWN, "municipalities", "en")
    its = document.parse(written, "m.yaml", only_text=True)
    return found, mapping.parse(its, found.contract, lambda: REGISTER), written


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
    _, table = validate(raw, found.contract, {})
    assert table.columns["staff_fte"] == [54.6, 50.1, 11.9, 12.0]


def test_the_same_in_a_workbook_with_the_years_above_the_names():
    rows = [["Kommun", "2022", None, "2023", None], [None, "Deltagare", "Årsarbetare", "Deltagare", "Årsarbetare"],
            ["Malmö", 300, 11.9, 310, 12]]  # fmt: skip
    found, rules, _ = proposed(workbook(("Blad1", rows), merged=[(0, 1, 0, 2), (0, 3, 0, 4)]), name="a.xlsx")
    assert rules.unpivot == mapping.Unpivot(
        column="year", columns={"participants": "{} Deltagare", "staff_fte": "{} Årsarbetare"}
    )
    assert found.contract.name == "labour_units"


def test_a_survey_by_titles_and_labels():
    found, rules, written = proposed(SURVEY)
    assert found.contract.name == "actors"
    assert rules.columns["Roll"] == "actor"
    assert rules.columns["Samverkan med Arbetsförmedlingen"] == "pes_collaboration"
    assert rules.values == {"actor": {"Socialsekreterare": "social_worker", "Deltagare": "participant"}}
    assert [*rules.by_name] == ["municipality_code"]
    assert "Övrigt" in rules.ignore
    assert '#   respondent_id: ""' in written


def test_labels_and_questions_of_a_survey_tool_and_what_has_no_value_of_ours():
    table = Sheet("a.sav", "spss", ["v1", "v2"], [(1, ["1", "3"]), (2, ["2", "4"])], questions={"v1": "Actor", "v2": "Age group"},
                  labels={"v1": {"1": "Socialsekreterare", "2": "Politiker"}})  # fmt: skip
    found = proposal.propose([table], [contract.load("actors")], KNOWN, "municipalities")
    assert found is not None
    assert {name: one.name for name, (one, _) in found.placed.items()} == {"actor": "v1", "age_group": "v2"}
    written = proposal.write(found, KNOWN, "municipalities", "sv")
    assert "    Socialsekreterare: social_worker" in written
    assert "    # Politiker:   # välj ett av: " in written


def test_nothing_alike_is_no_proposal():
    assert (
        proposal.propose(sheets(b"qqq;zzz\n%;&\n", "a.csv"), [contract.load("exits")], KNOWN, "municipalities") is None
    )


NAME = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


@given(
    st.lists(NAME, min_size=1, max_size=5, unique=True), st.lists(st.lists(NAME, min_size=5, max_size=5), max_size=3)
)
def test_whatever_a_file_holds_the_proposal_can_be_read(names, rows):
    header = ["Kommun", "Roll", *names]
    records = [(at, ["Malmö", "Deltagare", *row][: len(header)]) for at, row in enumerate(rows, start=2)]
    table = Sheet("a.csv", "csv", header, records)
    found = proposal.propose([table], [contract.load("actors")], KNOWN, "municipalities")
    assert found is not None
    its = document.parse(proposal.write(found, KNOWN, "municipalities", "sv"), "m.yaml", only_text=True)
    assert mapping.parse(its, found.contract, lambda: REGISTER).dataset == "actors"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "config.yaml").write_text('municipalities: ["0581"]\nyears: {first: 2022, last: 2023}\n', "utf-8")
    for name in ("reference/municipalities.csv", "raw/interviews/codebook.csv"):
        target = tmp_path / "data" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / "data" / name).read_bytes())
    (tmp_path / "ame.csv").write_text(WIDE, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_command_writes_and_says_what_is_left_and_never_writes_over(here: Path) -> None:
    said: list[str] = []

    def hear(words: Word) -> None:
        said.append(told(words))

    assert map_command.propose(here / "ame.csv", None, "en", hear) == 0
    target = here / "data/mappings/ame.yaml"
    assert said[0] == "data/mappings/ame.yaml: proposed for the dataset labour_units, 4 of 23 columns placed."
    assert "Columns of theirs left over (under ignore): Kontakt." in said
    assert said[-1] == "  labour_units:\n    files: ame.csv\n    mapping: data/mappings/ame.yaml"
    written = target.read_bytes()
    target.write_text("mine", "utf-8")
    assert map_command.propose(here / "ame.csv", None, "sv", hear) == 2
    assert said[-1] == "data/mappings/ame.yaml is there already and is as it was. Write over it with --replace."
    assert target.read_text("utf-8") == "mine"
    assert map_command.propose(here / "ame.csv", "labour_units", "en", hear, replace=True) == 0
    assert target.read_bytes() == written

    chosen = Settings.model_validate(
        {
            "years": {"first": 2022, "last": 2023},
            "sources": {"labour_units": {"files": "ame.csv", "mapping": "data/mappings/ame.yaml"}},
        }
    )
    sources = workspace.sources(chosen, contract.load_all())
    rules = sources["labour_units"].mapping
    assert rules is not None
    assert rules.by_name["municipality_code"]["Luleå"] == "2580"
    assert Path("data/mappings/ame.yaml") in workspace.inputs(sources)


def test_what_the_command_can_t_use(here: Path) -> None:
    said: list[str] = []

    def hear(words: Word) -> None:
        said.append(told(words))

    assert map_command.propose(here / "none.csv", None, "en", hear) == 2
    assert "none.csv: the file of the dataset data is missing" in said[-1]
    assert map_command.propose(here / "ame.csv", "labour_unit", "en", hear) == 2
    assert "Did you mean 'labour_units'?" in said[-1]
    assert not (here / "data/mappings").exists()
