"""What people said stays in the raw file and its tidy table, and who said it: nothing that a build makes repeats either."""

import csv
import html

from tests.workflow.conftest import Project

FOLDERS = ("data/results", "figures", "report/_output", "logs")
TEXT = {".html", ".json", ".csv", ".md", ".svg", ".txt", ".log", ".jsonl"}


def column(project: Project, name: str, column: str) -> set[str]:
    with project.path(f"data/raw/{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row[column] for row in csv.DictReader(file)}


def test_no_utterance_and_no_respondent_reaches_anything_that_is_made(built: Project) -> None:
    kept = {text for text in column(built, "interviews/segments", "text") if len(text) >= 25}
    kept |= column(built, "survey/actors", "respondent_id")
    assert len(kept) > 1000
    read = 0
    for name, content in built.bytes(*FOLDERS).items():
        if "." + name.rpartition(".")[2] in TEXT:
            text = html.unescape(content.decode("utf-8", "replace"))
            assert [one for one in kept if one in text] == [], name
            read += 1
    assert read > 100
