"""Another study in the real thing: nothing but spending, one municipality, three; the report builds and says what is lacking."""

import json

import pytest

from report_engine.contracts import study
from tests import other_data
from tests.workflow.conftest import Project, copy_project

pytestmark = pytest.mark.long  # `make test-long`

CODES = ("0581", "1980", "2580")


def claims(project: Project, section: str) -> dict[str, str]:
    """Return the section's verdicts by the claim's name."""
    held = json.loads(project.path(f"data/results/sections/{section}.json").read_text("utf-8"))["claims"]
    return {id_.split(".")[1]: claim["verdict"]["outcome"] for id_, claim in held.items()}


def test_a_report_on_spending_alone_is_published(tmp_path):
    project = Project(copy_project(tmp_path / "spending"))
    other_data.settings(project.root, sources=other_data.SPENDING_ONLY, editions="[sv]", formats="[html]")
    outcome = project.build()
    assert outcome.status == 0, outcome.output

    page = project.path("report/_output/sv/report.html").read_text("utf-8")
    assert "<strong>Utelämnat:</strong> Kommunal aktivering; Verksamhetschefer; " in page
    assert "Visas inte" not in page and 'id="sec-managers"' not in page
    assert claims(project, "background")["costs_up"] == "holds"
    assert set(claims(project, "managers").values()) == {"untestable"}
    assert claims(project, "recommendations")["exits_go_with_resources"] == "untestable"


@pytest.mark.parametrize("count", [1, 3])
def test_every_section_is_made_of_few_municipalities(tmp_path, count):
    project = Project(copy_project(tmp_path / str(count)))
    other_data.settings(project.root, municipalities=json.dumps(CODES[:count]))
    assert project.run("report_engine.pipeline.jobs", "tidy").status == 0

    for section in study.sections():
        outcome = project.run("report_engine.pipeline.jobs", "section", section)
        assert outcome.status == 0, f"{section}: {outcome.output}"
    assert claims(project, "study")["interviews_cover_all"] == "holds"
    assert (claims(project, "municipal_activation")["measures_heterogeneous"] == "untestable") == (count == 1)
    assert claims(project, "recommendations")["exits_go_with_resources"] == "untestable"
