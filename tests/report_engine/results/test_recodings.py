"""A recoding that a mapping declares is told in every edition, and nothing is where none is declared."""

from pathlib import Path

import pytest

from report_engine.contracts.contract import load
from report_engine.model.document import Document
from report_engine.pipeline.steps import results
from report_engine.provenance import place
from report_engine.readers import Source, mapping
from report_engine.results import recodings
from report_engine.words.editions import EDITIONS, Edition

ACTORS = load("actors")


def source(**scale: object) -> Source:
    rules = {"dataset": "actors", **({"scale": scale} if scale else {})}
    return Source((), mapping=mapping.parse(Document("data/mappings/m.yaml", rules), ACTORS, dict))


def told(tmp_path: Path, *sources: Source) -> list[str]:
    given = {"actors": sources[0]} if sources else {"actors": Source(())}
    recodings.write(tmp_path, given, {"actors": ACTORS})
    return [(tmp_path / recodings.file(edition)).read_text("utf-8") for edition in ("sv", "en")]


@pytest.mark.parametrize("sources", [(), (source(),)], ids=["no mapping", "a mapping without"])
def test_nothing_is_said_where_no_recoding_was_declared(tmp_path: Path, sources: tuple[Source, ...]) -> None:
    assert told(tmp_path, *sources) == ["", ""]


def test_a_declared_recoding_is_told_with_its_rule(tmp_path: Path) -> None:
    sv, en = told(tmp_path, source(**{"from": "7", "to": "5", "rule": "nearest"}))
    assert sv.startswith(
        "*Aktörsenkäten.* Svaren gavs på en skala med sju steg och har räknats om till fem: varje steg har blivit det närmaste, av "
        "två lika nära det som ligger närmast mitten. Den omräknade skalan är inte den som besvarades"
    )
    assert en.startswith(
        "*The actors’ survey.* Answers were given on a scale of seven steps and have been recoded to five: each step has become the "
        "nearest, of two equally near the one nearer the middle. The recoded scale is not the one that people answered"
    )


def test_a_table_and_single_questions_are_named(tmp_path: Path) -> None:
    columns = ["effects_known", "tasks_useful"]
    sv, en = told(
        tmp_path, source(**{"from": "3", "to": "5", "rule": {"1": "1", "2": "3", "<3>": "5"}, "columns": columns})
    )
    assert (
        "Svaren på *Vi vet vilka effekter insatserna har* och *Uppgifterna är till nytta* gavs på en skala med tre steg"
        in sv
    )
    assert r"to five: 1 has become 1, 2 has become 3 and \<3\> has become 5." in en


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_method_appendix_includes_it(edition: Edition) -> None:
    chapter = (place.ROOT / f"report/{edition}/appendix_method.qmd").read_text("utf-8")
    assert f"\n\n{{{{< include /{recodings.file(edition)} >}}}}\n\n" in chapter
    assert recodings.file(edition) in results.MAKES
