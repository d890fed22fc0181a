"""The slides that are shipped."""

import re

import pytest

from report_engine.contracts import study
from report_engine.model.verdicts import VERDICT_WORDS
from report_engine.render.office import slides_reference
from report_engine.results.tables import VERDICT_MARKS
from report_engine.words.editions import EDITIONS
from tests.report_engine.render.conftest import REPOSITORY

SHIPPED = sorted(path.relative_to(REPOSITORY).as_posix() for path in REPOSITORY.glob("report/*/slides/*.md"))


def test_the_reference_presentation_is_what_its_module_makes() -> None:
    assert (REPOSITORY / slides_reference.PATH).read_bytes() == slides_reference.build(), (
        "run python -m report_engine.render.office.slides_reference"
    )


def test_every_section_has_slides_in_every_edition() -> None:
    expected = {f"report/{edition}/slides/{name}.md" for edition in EDITIONS for name in ("title", *study.sections())}
    assert set(SHIPPED) == expected


@pytest.mark.parametrize("path", SHIPPED)
def test_numbers_on_slides_come_from_facts(path: str) -> None:
    text = (REPOSITORY / path).read_text("utf-8")
    typed = re.sub(r"\{\{<.*?>\}\}|\{#[^}]*\}|!\[\]\([^)]*\)", "", text)
    assert not re.search(r"\d", typed)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_marks_that_are_explained_are_those_of_the_report(edition: str) -> None:
    text = (REPOSITORY / f"report/{edition}/slides/title.md").read_text("utf-8")
    for outcome, mark in VERDICT_MARKS.items():
        assert f"**{mark} {VERDICT_WORDS[outcome][edition]}**" in text
        assert f'{outcome} = "{mark}"' in (REPOSITORY / "report/filters/embedded/slides.lua").read_text("utf-8")
