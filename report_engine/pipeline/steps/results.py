"""Gather the facts and claims of all sections for the chapters."""

from report_engine.contracts import statements, study
from report_engine.pipeline.progress import step
from report_engine.pipeline.step import ROOT, Needs, Project
from report_engine.provenance import fingerprint
from report_engine.results.sidecars import provenance_file
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import speak

REPORT = "report"
"""What results of no section are filed under."""

MAKES = (
    provenance_file(REPORT),
    *(f"data/results/{name}.json" for name in ("facts", "claims", "placements", "environment")),
    *(
        f"data/results/{edition}/{name}"
        for edition in EDITIONS
        for name in ("tables/report", "facts.json", "claims.json", "notes.json", "recoded.md")
    ),
)


def needs(project: Project) -> Needs:
    """Say what the gathered results rest on."""
    keys = type(project.settings).model_fields
    return Needs(
        reads=(
            *(f"data/results/sections/{section}.json" for section in study.sections()),
            "analysis/contracts",
            "pyproject.toml",
            statements.FILE,
            *(its.mapping.file for its in project.sources.values() if its.mapping),
        ),
        makes=MAKES,
        settings=(
            "sources",
            *fingerprint.settings_used("report_engine.results.outputs", "report_engine.results.ledger", keys=keys),
        ),
    )


def run() -> None:
    """Write the gathered facts and claims, the ledger, and the notes on each."""
    from report_engine.contracts import contract
    from report_engine.pipeline import environment, workspace
    from report_engine.pipeline.aside import making
    from report_engine.results import claim_notes as notes
    from report_engine.results import outputs, recodings, sidecars
    from report_engine.settings import config

    with step(speak("steps.results")), making("results", MAKES) as folder:
        settings = config.load(ROOT)
        outputs.merge(ROOT, folder, study.sections(), settings)
        made = sidecars.made(ROOT, "report_engine.results.ledger", (), study.sections(), settings)
        sidecars.write(folder, REPORT, made)
        contracts = contract.load_all()
        sources = workspace.sources(settings, contracts)
        recodings.write(folder, sources, contracts)
        notes.write(
            ROOT, folder, study.sections(), {name: notes.named(source.files) for name, source in sources.items()}
        )
        target = folder / "data" / "results" / "environment.json"
        target.write_text(sidecars.dumps(environment.describe()), "utf-8", newline="\n")
