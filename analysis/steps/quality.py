"""Execute the data-quality notebook; what it prints becomes an appendix."""

from typing import TYPE_CHECKING

from analysis import fingerprint
from analysis.pipeline.step import ROOT, Needs, Project
from analysis.progress import step

if TYPE_CHECKING:
    from analysis.model import Edition

NOTEBOOK = "analysis/notebooks/data_quality.ipynb"


def needs(project: Project, edition: "Edition") -> Needs:
    """Say what the appendix rests on."""
    keys = type(project.settings).model_fields
    return Needs(
        modules=("analysis.notebooks.kernel", NOTEBOOK),
        reads=("data/tidy", "analysis/contracts"),
        makes=makes(edition),
        settings=fingerprint.settings_used(NOTEBOOK, keys=keys),
    )


def makes(edition: "Edition") -> tuple[str, ...]:
    """Name what the notebook becomes."""
    return (f"data/results/{edition}/quality.md",)


def run(edition: "Edition") -> None:
    """Write what the notebook shows in an edition."""
    from analysis.notebooks import run as notebook
    from analysis.pipeline.aside import making

    with step(f"data-quality notebook {edition}"), making(f"quality-{edition}", makes(edition)) as folder:
        text = notebook.execute(ROOT / NOTEBOOK, edition, ROOT)
        target = folder / makes(edition)[0]
        target.parent.mkdir(parents=True)
        target.write_text(text, "utf-8", newline="\n")
