"""Exports of survey tools, written here in the shapes the tools write them in; all answers are invented."""

import csv
import io
import json

import pytest

from report_engine.readers.raw import Unreadable
from report_engine.readers.surveys import kobo, limesurvey, qualtrics, redcap, surveymonkey
from tests.report_engine.readers.workbooks import workbook


def table(rows, delimiter=",", bom="", quoting=csv.QUOTE_MINIMAL):
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter, quoting=quoting).writerows(rows)
    return (bom + target.getvalue()).encode()


def imported(*names):
    return [json.dumps({"ImportId": name}, separators=(",", ":")) for name in names]


QUALTRICS = [
    ["StartDate", "Status", "Finished", "ResponseId", "Q1", "Q2_1"],
    ["Startdatum", "Svarstyp", "Slutförd", "Svars-ID", "Hur är\nsamarbetet?", "Insatser - Utbildning"],
    imported("startDate", "status", "finished", "_recordId", "QID1", "QID2_1"),
    ["2017-07-18", "0", "1", "R_1", "5", "ja, ofta"],
    ["2017-07-18", "1", "1", "R_2", "4", ""],
    ["2017-07-18", "0", "0", "R_3", "", ""],
    ["2017-07-19", "0", "1", "R_4", "2", ""],
]


@pytest.mark.parametrize(
    "data", [table(QUALTRICS), table(QUALTRICS, "\t").decode().encode("utf-16")], ids=["csv", "tsv"]
)
def test_qualtrics_has_three_header_rows_in_any_language(data):
    assert qualtrics.matches(data, "any")
    (sheet,) = qualtrics.sheets(data, "q.csv")
    assert sheet.header == QUALTRICS[0]
    assert sheet.questions["Q1"] == "Hur är samarbetet?"
    assert sheet.records == [(4, QUALTRICS[3]), (7, QUALTRICS[6])]
    assert [finding.severity for finding in sheet.findings] == ["warning", "warning"]
    assert str(sheet.findings[0]) == (
        "q.csv, row 5: warning: 1 answer is left out (the first is here): a preview or a test."
    )
    assert sheet.findings[1].row == 6
    assert sheet.header_row == 3


def test_qualtrics_legacy_format_has_two_header_rows_and_an_empty_column():
    rows = [
        ["V1", "V2", "V7", "V10", "Q1", ""],
        ["ResponseID", "ResponseSet", "Status", "Finished", "Hur är det?", ""],
        ["R_1", "Standard", "0", "1", "2", ""],
        ["R_2", "Standard", "0", "0", "3", ""],
    ]
    data = table(rows, bom="\ufeff")
    assert qualtrics.matches(data, "any")
    (sheet,) = qualtrics.sheets(data, "q.csv")
    assert sheet.header == ["V1", "V2", "V7", "V10", "Q1"]
    assert sheet.questions["Q1"] == "Hur är det?"
    assert sheet.records == [(3, ["R_1", "Standard", "0", "1", "2"])]


def test_qualtrics_without_answers_is_refused():
    with pytest.raises(Unreadable, match="questions but no answers"):
        qualtrics.sheets(table(QUALTRICS[:3]), "q.csv")


LIME = [
    [
        "id",
        "submitdate",
        "lastpage",
        "startlanguage",
        "seed",
        "G1Q1",
        "G1Q2[SQ001]",
        "G1Q2[SQ002]",
        "G1Q2[other]",
        "age",
    ],
    ["1", "2016-05-01 10:00:00", "3", "sv", "11", "A1", "Y", "", "annat", "44.0000000000"],
    ["2", "", "1", "sv", "12", "A2", "", "", "", ""],
    ["3", "2016-05-02 10:00:00", "3", "en", "13", "A5", "", "", "", "31.5000000000"],
]


@pytest.mark.parametrize(
    "data",
    [table(LIME, quoting=csv.QUOTE_ALL), table(LIME, ";"), workbook(("Sheet1", LIME))],
    ids=["comma", "semicolon", "xlsx"],
)
def test_limesurvey_leaves_out_what_was_not_sent_in_and_writes_choices_as_numbers(data):
    assert limesurvey.matches(data, "any")
    (sheet,) = limesurvey.sheets(data, "results-survey1.csv")
    assert sheet.records == [
        (2, ["1", "2016-05-01 10:00:00", "3", "sv", "11", "A1", "1", "0", "annat", "44"]),
        (4, ["3", "2016-05-02 10:00:00", "3", "en", "13", "A5", "", "", "", "31.5"]),
    ]
    assert str(sheet.findings[0]) == (
        "results-survey1.csv, row 3: warning: 1 answer is left out (the first is here): it was not sent in (no submitdate)."
    )


def test_limesurvey_headers_of_codes_and_texts_are_taken_apart():
    header = [
        "id. Response ID",
        "submitdate. Date submitted",
        "lastpage. Last page",
        "G1Q1. Hur är det?",
        "G2[SQ1]. Val [Ett]",
    ]
    data = table([header, ["1", "2016-05-01", "3", "A1", "Y"]])
    (sheet,) = limesurvey.sheets(data, "r.csv")
    assert sheet.header == ["id", "submitdate", "lastpage", "G1Q1", "G2[SQ1]"]
    assert sheet.questions["G1Q1"] == "Hur är det?"
    english = ["Response ID", "Date submitted", "Last page", "Seed", "How is it?"]
    assert limesurvey.matches(table([english, ["1", "x", "1", "2", "A"]]), "any")


def test_limesurvey_headed_in_another_language_is_told_by_what_its_first_columns_hold():
    swedish = ["Svars-ID", "Datum då svaret sändes", "Sista sida", "Språk", "Slumpfrö", *LIME[0][5:]]
    data = table([swedish, *LIME[1:]])
    assert limesurvey.matches(data, "any")
    (sheet,) = limesurvey.sheets(data, "r.csv")
    (english,) = limesurvey.sheets(table(LIME), "r.csv")
    assert sheet.records == english.records
    assert sheet.header == ["id", "submitdate", "lastpage", "startlanguage", "Slumpfrö", *LIME[0][5:]]
    assert not limesurvey.matches(
        table([["Kommun", "Datum", "Antal", "Kod"], ["1280", "2016-05-01", "3", "sv"]]), "any"
    )


def test_limesurvey_choices_with_other_answers_stay_as_they_are():
    rows = [LIME[0], ["1", "2016", "3", "sv", "1", "A1", "Y", "maybe", "", ""]]
    (sheet,) = limesurvey.sheets(table(rows), "r.csv")
    assert sheet.records[0][1][6:8] == ["Y", "maybe"]


def test_limesurvey_free_texts_and_comments_stay_beside_the_choices():
    header = ["id", "submitdate", "lastpage", "Q[A]", "Q[Acomment]", "Q[B]", "Q[other]"]
    data = table([header, ["1", "2016", "3", "Y", "ofta", "", ""], ["2", "2016", "3", "", "", "", "annat"]])
    (sheet,) = limesurvey.sheets(data, "r.csv")
    assert [cells[3:] for _, cells in sheet.records] == [["1", "ofta", "0", ""], ["0", "", "0", "annat"]]


def test_limesurvey_headed_by_texts_has_the_same_choices():
    header = ["Response ID", "Date submitted", "Last page", "Vilka insatser? [Praktik]", "Vilka insatser? [Kurs]",
              "Vilka insatser? [Annat]", "Håller med? [Om a]", "Håller med? [Om b]"]  # fmt: skip
    rows = [["1", "2016", "3", "Yes", "No", "Egen text", "Delvis", "Helt"], ["2", "2016", "3", "", "", "", "Helt", ""]]
    (sheet,) = limesurvey.sheets(table([header, *rows]), "r.csv")
    assert [cells[3:] for _, cells in sheet.records] == [
        ["1", "0", "Egen text", "Delvis", "Helt"], ["", "", "", "Helt", ""],
    ]  # fmt: skip


def test_qualtrics_choices_are_1_and_0_in_words_and_in_numbers():
    start = ["ResponseId", "Q1", "Q2_1", "Q2_2", "Q2_2_TEXT", "Q3_1", "Q3_2"]
    words = ["Svars-ID", "Roll", "Vilka? - Selected Choice - Praktik", "Vilka? - Selected Choice - Annat, ange",
             "Vilka? - Annat, ange - Text", "Nöjd? - Med a", "Nöjd? - Med b"]  # fmt: skip
    ids = imported("_recordId", "QID1", "QID2_1", "QID2_2", "QID2_2_TEXT", "QID3_1", "QID3_2")
    for first, second in (("Praktik", "Annat, ange"), ("1", "1")):
        rows = [
            ["R_1", "2", first, "", "", "1", "3"],
            ["R_2", "1", "", second, "kurs", "2", ""],
            ["R_3", "1"] + [""] * 5,
        ]
        (sheet,) = qualtrics.sheets(table([start, words, ids, *rows]), "q.csv")
        assert [cells[2:] for _, cells in sheet.records] == [
            ["1", "0", "", "1", "3"], ["0", "1", "kurs", "2", ""], [""] * 5,
        ]  # fmt: skip


def test_surveymonkey_questions_of_another_kind_stay_whatever_their_last_column_holds():
    rows = [
        ["Respondent ID", "Collector ID", "Agree?", "", ""],
        ["", "", "A", "B", "Why?"],
        ["1", "9", "Yes", "No", "So"],
    ]
    (sheet,) = surveymonkey.sheets(table(rows), "m.csv")
    assert sheet.records[0][1][2:] == ["Yes", "No", "So"]


REDCAP = [
    ["record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance", "height", "race___1",
     "race___2", "demo_complete", "visit_day", "visit_complete"],
    ["1", "base_arm_1", "", "", "1,54", "1", "0", "2", "", ""],
    ["1", "base_arm_1", "visit", "1", "", "", "", "", "2016-05-01", "2"],
    ["1", "base_arm_1", "visit", "2", "", "", "", "", "2016-06-01", "1"],
    ["2", "base_arm_1", "", "", "2", "0", "1", "0", "", ""],
]  # fmt: skip


def test_redcap_takes_repeating_instruments_apart():
    data = table(REDCAP)
    assert redcap.matches(data, "any")
    records, visits = redcap.sheets(data, "r.csv")
    assert records.header == ["record_id", "redcap_event_name", "height", "race___1", "race___2", "demo_complete"]
    assert records.records == [
        (2, ["1", "base_arm_1", "1.54", "1", "0", "2"]),
        (5, ["2", "base_arm_1", "2", "0", "1", "0"]),
    ]
    assert visits.name == "visit"
    assert visits.header == ["record_id", "redcap_event_name", "redcap_repeat_instance", "visit_day", "visit_complete"]
    assert visits.records[1] == (4, ["1", "base_arm_1", "2", "2016-06-01", "1"])


def test_redcap_with_labels_and_mixed_decimal_signs():
    header = ["Record ID", "Height", "BMI", "Race (choice=Blue)", "Complete?", "Notes", "Complete?"]
    rows = [header, ["1", "1,54", "22.1", "Checked", "Complete", "a,b", "Incomplete"],
            ["2", "2", "3,5", "Unchecked", "Unverified", "", "Complete"]]  # fmt: skip
    data = table(rows, ";")
    assert redcap.matches(data, "any")
    (sheet,) = redcap.sheets(data, "r.csv")
    assert sheet.header[-1] == "Complete? (2)"
    assert [cells[:4] for _, cells in sheet.records] == [["1", "1.54", "22.1", "1"], ["2", "2", "3,5", "0"]]
    assert sheet.records[0][1][5] == "a,b"


def test_redcap_data_dictionary_is_named_for_what_it_is():
    data = table([["Variable / Field Name", "Form Name"], ["record_id", "form_1"]])
    assert redcap.matches(data, "any")
    with pytest.raises(Unreadable, match="data dictionary"):
        redcap.sheets(data, "d.csv")


MONKEY = [
    [
        "Respondent ID",
        "Collector ID",
        "Date Created",
        "How is it?",
        "Which measures?",
        "",
        "",
        "Anything else?",
        "Agree?",
        "",
    ],
    ["", "", "", "Response", "Education", "Work practice", "Other (please specify)", "Open-Ended Response", "A", "B"],
    ["11", "9", "05/01/2016", "Good", "Education", "", "", "No, nothing", "Yes", "No"],
    ["12", "9", "05/02/2016", "Bad", "", "", "", "", "", "Yes"],
    ["13", "9", "05/03/2016", "Bad", "Education", "Work practice", "", "", "No", "No"],
]


@pytest.mark.parametrize("data", [table(MONKEY), workbook(("Sheet", MONKEY))], ids=["csv", "xlsx"])
def test_surveymonkey_questions_are_filled_to_the_right(data):
    assert surveymonkey.matches(data, "any")
    (sheet,) = surveymonkey.sheets(data, "m.csv")
    assert sheet.header == [
        "Respondent ID", "Collector ID", "Date Created", "How is it?", "Which measures? [Education]",
        "Which measures? [Work practice]", "Which measures? [Other (please specify)]", "Anything else?", "Agree? [A]",
        "Agree? [B]",
    ]  # fmt: skip
    assert [cells[3:] for _, cells in sheet.records] == [
        ["Good", "1", "0", "0", "No, nothing", "Yes", "No"],
        ["Bad", "", "", "", "", "", "Yes"],
        ["Bad", "1", "1", "0", "", "No", "No"],
    ]
    assert sheet.questions["Agree? [B]"] == "Agree?"
    assert [row for row, _ in sheet.records] == [3, 4, 5]


KOBO = [
    ["start", "end", "group/actor", "group/measures", "group/measures/education", "group/measures/practice", "_id", "_uuid",
     "_submission_time", "_index"],
    ["2016-05-01", "2016-05-01", "social_worker", "education practice", 1, 1, 501, "u-1", "2016-05-01T10:00:00", 1],
    ["2016-05-01", "2016-05-01", "participant", "", "", "", 502, "u-2", "2016-05-01T11:00:00", 2],
    ["2016-05-01", "2016-05-01", "participant", "practice", 0, 1, 503, "u-3", "2016-05-01T12:00:00", 3],
]  # fmt: skip
REPEAT = [["kids/age", "_index", "_parent_table_name", "_parent_index"], [4, 1, "Study", 1], [7, 2, "Study", 1]]


def test_kobo_workbooks_give_submissions_and_repeats():
    data = workbook(("Study", KOBO), ("kids", REPEAT))
    assert kobo.matches(data, "any")
    main, kids = kobo.sheets(data, "k.xlsx")
    assert (main.name, kids.name) == ("Study", "kids")
    assert [cells[3:7] for _, cells in main.records] == [
        ["education practice", "1", "1", "501"], ["", "", "", "502"], ["practice", "0", "1", "503"],
    ]  # fmt: skip
    assert kids.records == [(2, ["4", "1", "Study", "1"]), (3, ["7", "2", "Study", "1"])]


def test_kobo_csv_is_separated_by_semicolons():
    rows = [[str(cell) for cell in row] for row in KOBO]
    rows[1][4] = "True"
    data = table(rows, ";", quoting=csv.QUOTE_ALL)
    assert kobo.matches(data, "any")
    (sheet,) = kobo.sheets(data, "k.csv")
    assert sheet.records[0][1][4:6] == ["1", "1"]


def test_kobo_headed_by_texts_may_have_slashes_in_its_answers():
    header = ["Vilka?", "Vilka?/Kurs", "Vilka?/Praktik/jobb", "_id", "_uuid", "_submission_time"]
    data = table([header, ["Kurs", "True", "False", "5", "u", "2016"]], ";")
    (sheet,) = kobo.sheets(data, "k.csv")
    assert sheet.records[0][1][1:3] == ["1", "0"]


@pytest.mark.parametrize("reader", [qualtrics, limesurvey, redcap, surveymonkey, kobo])
@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"PK\x03\x04", b"\0" * 500, b'"', b"Respondent ID\n", b"{}"])
def test_other_files_do_not_match(reader, data):
    assert reader.matches(data, "x.csv") is False


@pytest.mark.parametrize("held", ["ja", "man"])
def test_a_table_with_short_words_is_not_limesurveys(held):
    data = f"lopnr,tid,alder,deltar,betyg\n1,2024-01-01 10:00,34,{held},5\n2,,51,{held},3\n".encode()
    assert not limesurvey.matches(data, "a.csv")
