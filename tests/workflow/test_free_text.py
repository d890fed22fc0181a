"""What people said stays in the raw file and its tidy table: no log, sidecar, table or page repeats it."""

import csv
import html

from tests.workflow.conftest import Project

FOLDERS = ("data/results", "figures", "report/_output", "logs")
TEXT = {".html", ".json", ".csv", ".md", ".svg", ".txt", ".log", ".jsonl"}


def test_no_utterance_reaches_anything_that_is_made(built: Project) -> None:
    with built.path("data/raw/interviews/segments.csv").open(encoding="utf-8", newline="") as file:
        utterances = {row["text"] for row in csv.DictReader(file) if len(row["text"]) >= 25}
    assert len(utterances) > 100
    read = 0
    for name, content in built.bytes(*FOLDERS).items():
        if "." + name.rpartition(".")[2] in TEXT:
            text = html.unescape(content.decode("utf-8", "replace"))
            said = [utterance for utterance in utterances if utterance in text]
            assert said == [], name
            read += 1
    assert read > 100
