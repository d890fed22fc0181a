"""Execute the data-quality notebook; what it prints becomes an appendix."""

from typing import TYPE_CHECKING

from report_engine.contracts import contract
from report_engine.disclosure.keys import FILE as KEY
from report_engine.pipeline.progress import step
from report_engine.pipeline.step import ROOT, Needs, Project
from report_engine.provenance import fingerprint
from report_engine.words.messages import speak

if TYPE_CHECKING:
    from report_engine.words.editions import Edition

NOTEBOOK = "analysis/notebooks/data_quality.ipynb"


def needs(project: Project, edition: "Edition") -> Needs:
    """Say what the appendix rests on."""
    keys = type(project.settings).model_fields
    return Needs(
        modules=("report_engine.notebooks.kernel", NOTEBOOK),
        reads=("data/tidy", "analysis/contracts", *((KEY,) if contract.on_persons(contract.load_all()) else ())),
        makes=makes(edition),
        settings=fingerprint.settings_used(NOTEBOOK, keys=keys),
    )


def makes(edition: "Edition") -> tuple[str, ...]:
    """Name what the notebook becomes."""
    return (f"data/results/{edition}/quality.md",)


def run(edition: "Edition") -> None:
    """Write what the notebook shows in an edition."""
    from report_engine.notebooks import run as notebook
    from report_engine.pipeline.aside import making

    with step(speak("steps.quality", edition=edition)), making(f"quality-{edition}", makes(edition)) as folder:
        text = notebook.execute(ROOT / NOTEBOOK, edition, ROOT)
        target = folder / makes(edition)[0]
        target.parent.mkdir(parents=True)
        target.write_text(text, "utf-8", newline="\n")
