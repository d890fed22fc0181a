"""New answers, from the raw file to the reviewer's tick: the right claims flip, everybody is told, and nothing else changes."""

import csv
import io
import json
import re
import shutil
from typing import Any

import pytest

from report_engine.changes import places
from report_engine.contracts import study
from report_engine.pipeline.steps import section as section_step
from report_engine.provenance import fingerprint
from tests.workflow.conftest import EDITIONS, Outcome, Project, once

ACTORS = "data/raw/survey/actors.csv"
MANAGERS = ("pes_manager", "social_services_manager", "labour_unit_manager")
STAFF = ("social_worker", "labour_unit_staff")
ASKED = ("pes_collaboration", "municipal_collaboration")

FALLEN = {
    "collaboration.internal_fails_staff",
    "collaboration.social_workers_negative",
    "collaboration.unit_staff_negative",
}
"""What the report says of staff's view of collaboration, and can no longer say when they see it as managers do."""


def staff_answer_as_managers(text: str) -> str:
    """Give staff, in each wave, the managers' own answers on collaboration, one after the other."""
    rows = list(csv.DictReader(io.StringIO(text)))
    for item in ASKED:
        for wave in sorted({row["wave"] for row in rows}):
            ours = [row for row in rows if row["wave"] == wave and row["actor"] in STAFF and row[item]]
            theirs = [row[item] for row in rows if row["wave"] == wave and row["actor"] in MANAGERS and row[item]]
            for at, row in enumerate(ours):
                row[item] = theirs[at % len(theirs)]
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def untouched() -> set[str]:
    """Sections that neither read the survey nor rest on one that does."""
    declared = {section: fingerprint.literals(f"analysis.sections.{section}") for section in study.sections()}
    touched: set[str] = set()
    for section in study.sections():
        if "actors" in declared[section]["TABLES"] or touched & set(declared[section]["RESTS_ON"]):
            touched.add(section)
    return set(study.sections()) - touched


def results(project: Project, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(project.path(f"data/results/{name}.json").read_text("utf-8"))
    return content


def made_by(files: dict[str, bytes], sections: set[str]) -> dict[str, bytes]:
    return {
        name: content
        for name, content in files.items()
        if sections & {*name.split("/"), name.split("/")[-1].removesuffix(".json")}
    }


MADE = ("data/results", "figures")


@pytest.fixture(scope="module")
def released(light: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A built project with a release, of which staff then give other answers: copy it, don't change it."""

    def make(project: Project) -> Outcome:
        shutil.copytree(light.root, project.root)
        kept = project.run("report_engine.cli", "release", "v1")
        assert kept.status == 0, kept.output
        path = project.path(ACTORS)
        path.write_text(staff_answer_as_managers(path.read_text("utf-8")), "utf-8", newline="")
        built = project.run("report_engine.cli", "build", "--strict")
        return Outcome(0 if built.status == 1 else 99, built.output)

    return once(tmp_path_factory, "released", make)


@pytest.fixture
def strict(released: Project) -> str:
    """What `report build --strict` said; that it ended with status 1 is seen to where it runs."""
    return str(json.loads((released.root.parent / "released.json").read_text("utf-8"))[1])


def test_the_claims_that_staff_see_it_otherwise_fall_and_no_other(
    light: Project, released: Project, strict: str
) -> None:
    old, new = results(light, "claims"), results(released, "claims")
    verdicts = {key: (old[key]["verdict"]["outcome"], claim["verdict"]["outcome"]) for key, claim in new.items()}
    assert {key: both for key, both in verdicts.items() if both[0] != both[1]} == dict.fromkeys(
        FALLEN, ("holds", "fails")
    )
    assert old.keys() == new.keys()
    for key in FALLEN:
        assert f"  {key}: holds → fails" in strict
    assert "3 claims changed verdict since v1." in strict
    assert "3 of them held in v1 and no longer do:" in strict
    assert {line.split(":")[0].strip() for line in strict.splitlines() if "→" in line} == FALLEN


def test_only_sections_that_use_the_survey_ran_and_what_rests_on_them(strict: str) -> None:
    outcome = Outcome(1, strict)
    assert {key.partition(".")[0] for key in FALLEN} <= outcome.sections <= set(study.sections()) - untouched()
    assert outcome.steps >= {"results", "finish", *(f"{step} {e}" for step in ("render", "publish") for e in EDITIONS)}


def test_what_does_not_use_the_survey_is_the_same_to_the_byte(light: Project, released: Project) -> None:
    sections = untouched()
    before, after = (made_by(project.bytes(*MADE), sections) for project in (light, released))
    assert sections and len(before) > 20
    assert before == after
    for kind in ("facts", "claims"):
        old, new = results(light, kind), results(released, kind)
        assert old.keys() == new.keys()
        moved = {key for key in old if old[key] != new[key]}
        assert moved and not {key.split(".")[0] for key in moved} & sections
        used = {name for key in moved for name in new[key]["tables"]}
        assert all(
            "actors" in new[key]["tables"] or key.startswith("report.") or section_step.rests_on(key.partition(".")[0])
            for key in moved
        ), used


def marks(page: str) -> dict[str, str]:
    """Return how each sentence of a published page is marked, by the id of its span."""
    return dict(re.findall(r'<span\s+id="(claim-[\w-]+)"\s+class="claim\s+claim-(\w+)"', page))


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_right_sentences_are_marked(light: Project, released: Project, edition: str) -> None:
    old, new = (
        marks(project.path(f"report/_output/{edition}/report.html").read_text("utf-8")) for project in (light, released)
    )
    claims = results(released, "claims")
    assert new == {places.span_id(key): claim["verdict"]["outcome"] for key, claim in claims.items()}
    assert {span for span in new if old[span] != new[span]} == {places.span_id(key) for key in FALLEN}


def test_the_change_report_names_them_and_only_them(released: Project, tmp_path: Any) -> None:
    project = Project(shutil.copytree(released.root, tmp_path / "project"))
    outcome = project.run("report_engine.cli", "diff")
    assert outcome.status == 0, outcome.output
    facts, claims = results(project, "facts"), results(project, "claims")
    repeated = {f"{key}.{word}" for key in claims for word in ("verdict", "statement", "reason")}
    figures = len(list(project.path("figures/sv").glob("*/*.svg")))
    assert f"Compared {len(facts.keys() - repeated)} facts, {len(claims)} claims, {figures} figures." in outcome.output
    assert "3 of them with another verdict" in outcome.output
    assert "Data:" not in outcome.output and "Contracts" not in outcome.output and "Prose" not in outcome.output

    page = project.path("report/_output/changes.html").read_text("utf-8")
    flips = page.split('class="change flip"')[1:]
    assert len(flips) == len(FALLEN)
    for key in FALLEN:
        assert sum(f"<code>{key}</code>" in flip for flip in flips) == 1
    assert "report/sv/collaboration.qmd:" in page
    figure = page.split("<code>collaboration/manager_staff_gap</code>")[1]
    assert figure.index("data:image/svg+xml;base64,") < figure.index('<p class="tick"')
    assert '<h2 id="data">' not in page and "R2016-" not in page


def test_a_release_waits_until_the_reviewer_has_seen_them(released: Project, tmp_path: Any) -> None:
    project = Project(shutil.copytree(released.root, tmp_path / "project"))
    refused = project.run("report_engine.cli", "release", "v2")
    assert refused.status == 1
    assert "3 changed verdicts since v1 that nobody has ticked as seen" in refused.output
    assert not project.path("report/releases/v2").exists()

    seen = project.run("report_engine.cli", "diff", "--seen", "claims")
    assert seen.status == 0 and "of them with another verdict, 0 not seen" in seen.output
    kept = project.run("report_engine.cli", "release", "v2")
    assert kept.status == 0, kept.output
    again = project.run("report_engine.cli", "build", "--strict")
    assert (again.status, again.steps) == (0, set()), again.output
    assert "Nothing has changed since the last build." in again.output
    assert "0 claims changed verdict since v2." in again.output


def test_what_is_not_built_is_not_released_or_compared(project: Project) -> None:
    assert project.run("report_engine.cli", "diff").output.startswith("There is no release yet to compare with.")
    project.append("report/sv/staff.qmd", "\nEn mening till.\n")
    for command in (("release", "v1"), ("release", "v 1")):
        outcome = project.run("report_engine.cli", *command)
        assert outcome.status == 1
        assert "Run: bin/report build" in outcome.output or "can't name a release" in outcome.output
    shutil.rmtree(project.path(".snakemake/report"))
    assert (
        project.run("report_engine.cli", "release", "v1").output
        == "Nothing has been built here yet. Run: bin/report build\n"
    )
    assert not project.path("report/releases").exists()
