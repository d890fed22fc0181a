"""``report map``: what it writes, what it says, and what it leaves alone."""

from pathlib import Path

import pytest

from report_engine.contracts import contract
from report_engine.mappings import command
from report_engine.pipeline import workspace
from report_engine.settings.settings import Settings
from report_engine.words import spoken
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import told
from tests.report_engine.mappings.proposed import edits, read
from tests.report_engine.mappings.test_proposal import FOREIGN, WIDE, by_place_and_year
from tests.report_engine.mappings.test_writing import survey
from tests.report_engine.readers.qda_files import Mark, qdpx
from tests.report_engine.readers.workbooks import workbook

ROOT = Path(__file__).resolve().parents[3]
CASES = ROOT / "tests/report_engine/readers/cases"
OTHERS = ["raw/interviews/codebook.csv", "raw/interviews/interviews.csv", "reference/municipalities.csv", *(f"mappings/{path.name}" for path in sorted((ROOT / "data/mappings").glob("*.yaml")))]  # fmt: skip


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "config.yaml").write_text('municipalities: ["0581"]\nyears: {first: 2022, last: 2023}\n', "utf-8")
    for name in OTHERS:
        target = tmp_path / "data" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((ROOT / "data" / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(file, content=None, dataset=None, lang="en", replace=False):
    """Run the command on a file of this content; return its status and what it says, line by line."""
    if content is not None:
        Path(file).write_bytes(content if isinstance(content, bytes) else content.encode())
    said: list[str] = []
    status = command.run(Path(file), dataset, lang, lambda words: said.append(told(words)), replace=replace)
    return status, "\n".join(said).splitlines()


def new():
    return sorted(path.name for path in Path("data/mappings").iterdir() if f"mappings/{path.name}" not in OTHERS)


def test_it_writes_a_proposal_and_says_how_sure_it_is_and_what_comes_next(here):
    status, said = run("folk.csv", by_place_and_year(["Kommun", "År", "Folkmängd"]))
    assert status == 0
    assert said[0] == "folk.csv is the dataset population (Population). Sure: 3 of the file's 3 columns match, by name and by content. Written to data/mappings/folk.yaml."  # fmt: skip
    assert said[1] == "Tried as it stands: 15 rows come in, and 2 things are still to be mended:"
    assert said[2].startswith("  folk.csv, column origin: the column is missing.")
    assert said[-4:] == ["Then write in config.yaml under sources: and run `bin/report check`.",
                         "  population:", "    files: folk.csv", "    mapping: data/mappings/folk.yaml"]  # fmt: skip


def test_once_the_waiting_lines_are_filled_in_nothing_is_wrong(here):
    run("folk.csv", by_place_and_year(["Kommun", "År", "Folkmängd"]))
    written = Path("data/mappings/folk.yaml")
    text = written.read_text("utf-8").replace("#origin:", "origin:").replace('#source: ""', "source: SCB")
    written.write_text(text, "utf-8")
    status, said = run("folk.csv")
    assert status == 0
    assert said[:2] == [
        "folk.csv has the shape that data/mappings/folk.yaml was made for (dataset population). Use that; nothing new is written.",
        "Tried on the file: 15 rows come in, and nothing is wrong.",
    ]
    chosen = {"population": {"files": "folk.csv", "mapping": "data/mappings/folk.yaml"}}
    settings = Settings.model_validate({"years": {"first": 2022, "last": 2023}, "sources": chosen})
    rules = workspace.sources(settings, contract.load_all())["population"].mapping
    assert rules is not None and rules.by_name["municipality_code"]["Luleå"] == "2580"


def test_what_is_uncertain_left_over_or_missed_is_said(here):
    _, said = run("ame.csv", WIDE)
    assert said[0].startswith("ame.csv is the dataset labour_units (Municipal labour-market units). Sure: 5 of the file's 6 columns")  # fmt: skip
    assert "The file's other columns are left out (under ignore): Kontakt." in said
    _, said = run("svar.csv", survey("1234567" * 3).replace("Roll", "Aktör"))
    assert "Not certain, have a look: Löpnr = respondent_id." in said
    assert any(line.startswith("Their scale has 7 steps, ours 5 (") for line in said)


def test_nothing_is_written_over_without_being_asked(here):
    status, _ = run("ame.csv", WIDE)
    target = here / "data/mappings/ame.yaml"
    written = target.read_bytes()
    target.write_text("mine", "utf-8")
    status, said = run("ame.csv")
    assert status == 2
    assert said == ["data/mappings/ame.yaml is there already and is as it was. Write over it with --replace."]
    assert target.read_text("utf-8") == "mine"
    assert run("ame.csv", dataset="labour_units", replace=True)[0] == 0
    assert target.read_bytes() == written


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_a_file_that_fits_no_dataset_is_answered_and_gets_no_mapping(here, content):
    status, said = run("x.csv", content)
    assert status == 2 and new() == []
    assert len(said) == 1 and said[0].startswith("x.csv fits no dataset of this report")


def test_the_nearest_dataset_and_what_it_lacks(here):
    _, said = run("x.csv", FOREIGN["counties"])
    assert said == [
        "x.csv fits no dataset of this report. Nearest is population (Population), by År = year, Folkmängd = population; "
        "but it lacks Municipality code (municipality_code). Nothing is written. If it is population all the same: --dataset population."
    ]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("filtered-rows.xlsx", "x.xlsx is the dataset population (Population): all its columns have our names."),
        ("percent.xlsx", "x.xlsx is the dataset exits (Exits to work or study, Kolada): all its columns have our names."),
        ("year-as-date.xlsx", "x.xlsx is the dataset exits (Exits to work or study, Kolada): all its columns have our names."),
        ("timestamp-year.parquet", "x.parquet is the dataset population (Population): all its columns have our names."),
    ],
)  # fmt: skip
def test_a_file_with_our_own_columns_needs_no_mapping(here, name, said):
    file = f"x{Path(name).suffix}"
    status, lines = run(file, (CASES / name).read_bytes())
    assert status == 0 and new() == []
    assert lines[0].startswith(said)
    assert lines[-1].strip() == f"{lines[0].split()[4]}: {file}"


def test_a_whole_table_of_the_statistical_office_gets_the_shipped_mapping_for_codes_of_ours(here):
    status, said = run("tab.json", (CASES / "scb-whole-table.json").read_bytes())
    assert status == 0 and new() == ["tab.yaml"]
    assert said[0].startswith("tab.json has the shape that data/mappings/scb_municipal_net_cost.yaml was made for")
    assert said[1] == "Tried on the file: 580 rows come in, and nothing is wrong."
    assert run("tab.json")[1][0].startswith("tab.json has the shape that data/mappings/tab.yaml was made for")


def test_coded_passages_get_a_mapping_of_their_own(here):
    status, said = run("p.qdpx", (CASES / "same-name.qdpx").read_bytes())
    assert status == 0
    assert said[0].startswith("Coded passages, for the dataset segments. Written to data/mappings/p.yaml")
    text = Path("data/mappings/p.yaml").read_text("utf-8")
    assert "form: refi-qda" in text and all(read(one) for one in edits(text))


def test_the_mapping_of_a_project_is_found_again_for_its_next_export(here):
    project = qdpx({"Intervju GI01.docx": "Vi samverkar inte."}, [Mark("Intervju GI01.docx", "Vi samverkar inte.", "Kontroll")])  # fmt: skip
    run("first.qdpx", project)
    assert run("second.qdpx", project)[1][0].startswith("second.qdpx has the shape that data/mappings/first.yaml was made for")  # fmt: skip
    other = qdpx({"Möte.docx": "Vi ses."}, [Mark("Möte.docx", "Vi ses.", "Kontroll")])
    assert run("other.qdpx", other)[1][0].startswith("Coded passages")


def test_the_answer_of_another_kpi_is_said_to_be_one(here):
    answer = '{"values": [{"kpi": "N1", "municipality": "1280", "period": 2023, "values": [{"gender": "T", "value": 5, "count": 1, "status": ""}]}]}'  # fmt: skip
    status, said = run("k.json", answer)
    assert status == 2 and new() == []
    assert "is about something else: in kpi stands N1, where data/mappings/kolada_exits.yaml takes U40455" in said[0]


@pytest.mark.parametrize("lang", EDITIONS)
def test_the_notes_and_what_is_said_are_in_the_language_asked_for(here, monkeypatch, lang):
    monkeypatch.setenv(spoken.ASKED, lang)
    _, said = run("folk.csv", by_place_and_year(["Kommun", "År", "Folkmängd"]), lang=lang)
    assert said[0].startswith("folk.csv är datamängden" if lang == "sv" else "folk.csv is the dataset")
    text = Path("data/mappings/folk.yaml").read_text("utf-8")
    assert ("Ursprung; eller: synthetic" if lang == "sv" else "Origin; or: synthetic") in text


def test_what_the_command_can_t_use(here):
    assert "none.csv: the file of the dataset data is missing" in run("none.csv")[1][0]
    assert "Did you mean 'labour_units'?" in run("ame.csv", WIDE, dataset="labour_unit")[1][0]
    assert run("j.json", (CASES / "surveymonkey-api.json").read_bytes())[0] == 2
    assert new() == []


def test_sheets_with_the_same_columns_are_said_and_put_together_where_their_names_tell_the_year(here):
    rows = [["Kommun", "Folkmängd"], ["Falun", 59_000], ["Malmö", 360_000], ["Luleå", 79_000]]
    _, said = run("folk.xlsx", workbook(("2022", rows), ("2023", rows)))
    assert "Sheets with the same columns are put together: 2022, 2023." in said
    assert any(line.startswith("Tried as it stands: 6 rows come in") for line in said)
    _, said = run("later.xlsx", workbook(("2023", rows), ("2024", rows)))
    assert said[0].startswith("later.xlsx has the shape that data/mappings/folk.yaml was made for")


def test_a_sheet_with_the_same_columns_is_said_and_the_year_in_the_files_name_waits(here):
    rows = [["Kommun", "Folkmängd"], ["Falun", 59_000], ["Malmö", 360_000], ["Luleå", 79_000]]
    _, said = run("folk 2022.xlsx", workbook(("Blad1", rows), ("Blad2", rows)))
    assert "Other sheets have the same columns: Blad2. The mapping takes Blad1; `sheet:` names another." in said
    written = Path("data/mappings/folk 2022.yaml").read_text("utf-8").splitlines()
    assert '  #year: "2022"  # Year' in written and '  #source_year: "2022"  # Year of the source' in written


def test_a_file_without_rows_is_said_to_have_none(here):
    status, said = run("x.csv", "Kommun;År;Folkmängd\n")
    assert status == 2 and said == ["x.csv: the file holds a header but no rows. Export the table again."]


def test_datasets_that_there_are_none_of_are_no_references(here):
    none = "sources: {codebook: none, interviews: none}\n"
    Path("config.yaml").write_text(Path("config.yaml").read_text("utf-8") + none, "utf-8")
    assert run("folk.csv", by_place_and_year(["Kommun", "År", "Folkmängd"]))[0] == 0
    assert run("p.qdpx", (CASES / "same-name.qdpx").read_bytes())[0] == 0


def test_a_dataset_that_nothing_is_like(here):
    assert run("x.csv", "qqq;zzz\n%;&\n", dataset="exits") == (2, ["x.csv: no column is like one of exits. Nothing is written."])  # fmt: skip
