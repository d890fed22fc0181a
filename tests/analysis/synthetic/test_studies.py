import re

from tests.analysis.synthetic.shipped import shipped

UNREAD = {"not_read"}


def test_about_thirty_studies_each_once():
    studies = shipped("studies")
    assert 27 <= len(studies) <= 32
    assert studies["bib_key"].is_unique
    assert studies["title"].is_unique


def test_a_result_is_coded_only_from_a_report_or_an_abstract():
    studies = shipped("studies")
    results = studies[studies["direction"].isin(["helps", "no_effect", "harms", "mixed"])]
    assert not results["coding_basis"].eq("title").any()
    assert results["outcome"].notna().all()


def test_a_result_for_sanctions_comes_with_a_read_result():
    studies = shipped("studies")
    tested = studies[studies["sanctions"].notna()]
    assert {"helps", "harms"} <= set(tested["sanctions"])
    assert not tested["direction"].isin(UNREAD).any()


def test_notes_hold_no_path_and_every_study_has_one():
    notes = shipped("studies")["source_note"]
    assert notes.notna().all()
    assert not notes.str.contains(re.compile(r"(?:^|\s)/|\.bib|\.md")).any()
