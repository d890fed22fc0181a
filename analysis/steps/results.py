"""Gather the facts and claims of all sections for the chapters."""

from analysis import fingerprint
from analysis.model import EDITIONS
from analysis.pipeline.step import ROOT, Needs, Project
from analysis.progress import step
from analysis.sections import SECTIONS

MAKES = (
    *(f"data/results/{name}.json" for name in ("facts", "claims", "placements", "environment")),
    *(f"data/results/{edition}/{name}" for edition in EDITIONS for name in ("tables/report", "notes.json")),
)


def needs(project: Project) -> Needs:
    """Say what the gathered results rest on."""
    keys = type(project.settings).model_fields
    return Needs(
        reads=(*(f"data/results/sections/{section}.json" for section in SECTIONS), "analysis/contracts"),
        makes=MAKES,
        settings=("sources", *fingerprint.settings_used("analysis.outputs", "analysis.ledger", keys=keys)),
    )


def run() -> None:
    """Write the gathered facts and claims, the ledger, and the notes on each."""
    from analysis import config, contract, notes, outputs, sidecars, workspace
    from analysis.pipeline import environment
    from analysis.pipeline.aside import making

    with step("results"), making("results", MAKES) as folder:
        settings = config.load(ROOT)
        made = sidecars.made(ROOT, "analysis.ledger", (), SECTIONS, settings)
        outputs.merge(ROOT, folder, SECTIONS, settings, made)
        sources = workspace.sources(settings, contract.load_all())
        notes.write(ROOT, folder, SECTIONS, {name: notes.named(source.files) for name, source in sources.items()})
        target = folder / "data" / "results" / "environment.json"
        target.write_text(sidecars.dumps(environment.describe()), "utf-8", newline="\n")
