"""Execute the data-quality notebook; what it prints becomes an appendix."""

from report_engine.contracts import contract
from report_engine.disclosure.keys import FILE as KEY
from report_engine.pipeline.progress import step
from report_engine.pipeline.step import ROOT, Needs, Project
from report_engine.provenance import fingerprint
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import speak

NOTEBOOK = "analysis/notebooks/data_quality.ipynb"

MAKES = tuple(f"data/results/{edition}/quality.md" for edition in EDITIONS)
"""What the notebook becomes, published or not: to run it for one edition more costs next to nothing."""


def needs(project: Project) -> Needs:
    """Say what the appendix rests on."""
    keys = type(project.settings).model_fields
    return Needs(
        modules=("report_engine.notebooks.kernel", NOTEBOOK),
        reads=("data/tidy", "analysis/contracts", *((KEY,) if contract.on_persons(contract.load_all()) else ())),
        makes=MAKES,
        settings=fingerprint.settings_used(NOTEBOOK, keys=keys),
    )


def run() -> None:
    """Write what the notebook shows in each edition."""
    from report_engine.notebooks import run as notebook
    from report_engine.pipeline.aside import making

    with step(speak("steps.quality")), making("quality", MAKES) as folder:
        texts = notebook.execute(ROOT / NOTEBOOK, EDITIONS, ROOT)
        for edition, name in zip(EDITIONS, MAKES, strict=True):
            target = folder / name
            target.parent.mkdir(parents=True)
            target.write_text(texts[edition], "utf-8", newline="\n")
