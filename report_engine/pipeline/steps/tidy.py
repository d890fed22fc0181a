"""Check every dataset against its contract and, only if all of them pass, write them as typed tables."""

from typing import TYPE_CHECKING

from report_engine.pipeline import workspace
from report_engine.pipeline.progress import step
from report_engine.pipeline.step import ROOT, Needs, Project
from report_engine.pipeline.steps import BadInput
from report_engine.words.messages import speak
from report_engine.words.spoken import language

if TYPE_CHECKING:
    from report_engine.checks.examined import Examined
    from report_engine.checks.validate import Checked
    from report_engine.contracts.plausibility_check import Asked
    from report_engine.settings.settings import Settings

MAKES = ("data/tidy", "data/results/sources.json")


def needs(project: Project) -> Needs:
    """Say what the tidy tables rest on."""
    files = workspace.inputs(project.sources)
    return Needs(
        reads=("analysis/contracts", *(str(path) for path in files)),
        makes=MAKES,
        settings=("sources", "municipalities", "years", "price_base", "index_base"),
    )


def run() -> None:
    """Write the tidy tables, and which files they come from."""
    from report_engine.checks import tidy
    from report_engine.contracts import contract, study
    from report_engine.pipeline import workspace
    from report_engine.pipeline.aside import making
    from report_engine.results import sidecars
    from report_engine.settings import config

    with step(speak("steps.check")):
        tables = check()
    with step(speak("steps.tidy")), making("tidy", MAKES) as folder:
        tidy.write(tables, folder / "data" / "tidy")
        if survey := tables.get(study.load().roles.answers or ""):
            tidy.write_questions(survey, folder)
        read = workspace.sources(config.load(ROOT), contract.load_all())
        target = folder / sidecars.SOURCES
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(sidecars.dumps(sidecars.sources(folder, tables, read)), "utf-8", newline="\n")


def asked(settings: "Settings") -> "Asked":
    """Say what the settings ask the data for."""
    from report_engine.contracts.plausibility_check import Asked

    years = {
        "years": range(settings.years.first, settings.years.last + 1),
        "price_base": (settings.price_base,),
        "index_base": (settings.index_base,),
    }
    return Asked(settings.municipalities, years)


def examine() -> "Examined":
    """Read and check every dataset, and write all findings to the full list; what stops the report is among them."""
    from report_engine.checks import tidy
    from report_engine.checks.examined import Examined
    from report_engine.contracts import contract
    from report_engine.model import findings
    from report_engine.pipeline import workspace
    from report_engine.settings import config

    contracts = contract.load_all()
    settings = config.load(ROOT)
    sources = workspace.sources(settings, contracts)
    found, tables = tidy.check(sources, contracts, asked(settings))
    record = ROOT / findings.FULL_LIST
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text(
        "".join(f"{findings.line(finding, language(), findings.MOST)}\n" for finding in findings.ordered(found)),
        "utf-8",
        newline="\n",
    )
    return Examined(found, tables, sources, contracts)


def check() -> "dict[str, Checked]":
    """Read and check every dataset; return the tables by name, or raise ``BadInput`` with all findings."""
    from report_engine.model import findings

    examined = examine()
    lines = findings.summary(examined.findings, edition=language())
    if examined.of("error"):
        raise BadInput(lines)
    for line in lines:
        print(line)
    return {**examined.tables}
