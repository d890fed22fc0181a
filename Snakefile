"""From raw data to the published report.

Read from top to bottom: one rule a stage, in the order of the stages. `report build` runs `tidy` first and then `all`,
so that data which change without changing a tidy table rerun nothing; `snakemake` alone gives the same report.
What has to run is decided by content: data by checksum, code by `params: code`, a hash of a step's modules.
"""

import sys

sys.path.insert(0, workflow.basedir)  # this folder's code, even where another copy is installed

from pathlib import Path

from snakemake.utils import min_version

from analysis import contract, fingerprint, prose, render, sidecars, workspace
from analysis.config import ConfigError
from analysis.model import EDITIONS
from analysis.render import editions
from analysis.sections import SECTIONS

min_version("9.13")


workdir: workflow.basedir


try:
    SETTINGS = workspace.open_for_build()
    SOURCES = workspace.sources(SETTINGS, contract.load_all())
    workspace.require(SOURCES)
    ENGINE = render.choose(SETTINGS.engine)
    DRIFT = "; ".join(str(problem) for problem in editions.check(Path()))
    TYPED = "; ".join(map(str, prose.check(Path()).errors))  # numbers that nobody computed
except (ConfigError, contract.ContractError, workspace.SourceMissing, render.RenderError) as error:
    raise WorkflowError(str(error))

if config:
    raise WorkflowError("Settings stand in config.yaml; --config and --configfile are not read.")

JOB = f'"{sys.executable}" -m analysis.jobs'
CONTRACTS = [f"analysis/contracts/{name}.yaml" for name in SOURCES]
TIDY = [f"data/tidy/{name}.parquet" for name in SOURCES]
NOTEBOOK = "analysis/notebooks/data_quality.ipynb"
DECLARED = {section: fingerprint.literals(f"analysis.sections.{section}") for section in SECTIONS}


def settings_of(*modules):
    """Return the settings that these modules read, as one plain value."""
    used = fingerprint.settings_used(*modules, keys=type(SETTINGS).model_fields)
    return "; ".join(f"{key}={getattr(SETTINGS, key)!r}" for key in used)


wildcard_constraints:
    section="|".join(SECTIONS),
    edition="|".join(EDITIONS),


rule all:
    """The published report, in every edition that config.yaml names, and everything on the way to it.

    Snakemake would not make a file again that is missing in the middle.
    """
    input:
        expand("data/results/{edition}/published.json", edition=SETTINGS.editions),
        expand("data/results/{edition}/quality.md", edition=SETTINGS.editions),
        expand("data/results/sections/{section}.json", section=SECTIONS),
        expand("figures/{edition}/{section}", edition=EDITIONS, section=SECTIONS),
        TIDY,
        sidecars.SOURCES,


rule tidy:
    """Check every dataset against its contract and, only if all of them pass, write them as typed tables."""
    input:
        sources=[str(path) for path in workspace.inputs(SOURCES)],
        contracts=CONTRACTS,
    output:
        update([*TIDY, sidecars.SOURCES]),  # kept where the check fails
    log:
        "logs/tidy.log",
    params:
        code=fingerprint.code("analysis.tidy"),
        sources=repr(sorted(SETTINGS.sources.items())),
    message:
        "Checking the data and writing the tidy tables"
    shell:
        "{JOB} tidy > {log} 2>&1"


rule section:
    """Compute a section's figures, tables, facts and claims in one process: loading packages costs more than drawing."""
    input:
        tables=lambda w: expand("data/tidy/{table}.parquet", table=DECLARED[w.section]["TABLES"]),
        contracts=lambda w: expand("analysis/contracts/{table}.yaml", table=DECLARED[w.section]["TABLES"]),
        rests_on=lambda w: expand("data/results/sections/{earlier}.json", earlier=DECLARED[w.section]["RESTS_ON"]),
        fonts=workspace.files("report/theme/fonts", "*.ttf"),
    output:
        results="data/results/sections/{section}.json",
        figures=directory(expand("figures/{edition}/{{section}}", edition=EDITIONS)),
        tables=directory(expand("data/results/{edition}/tables/{{section}}", edition=EDITIONS)),
    log:
        "logs/section-{section}.log",
    params:
        code=lambda w: fingerprint.code(f"analysis.sections.{w.section}", "analysis.outputs"),
        settings=lambda w: settings_of(f"analysis.sections.{w.section}"),
        smallest_cell=SETTINGS.smallest_cell,
    message:
        "Computing the section {wildcards.section}"
    shell:
        "{JOB} section {wildcards.section} > {log} 2>&1"


rule results:
    """Gather the facts and claims of all sections for the chapters."""
    input:
        sections=expand("data/results/sections/{section}.json", section=SECTIONS),
        contracts=CONTRACTS,
    output:
        facts="data/results/facts.json",
        claims="data/results/claims.json",
        placements="data/results/placements.json",
        tables=directory(expand("data/results/{edition}/tables/report", edition=EDITIONS)),
        notes=expand("data/results/{edition}/notes.json", edition=EDITIONS),
    log:
        "logs/results.log",
    params:
        code=fingerprint.code("analysis.outputs", "analysis.notes", "analysis.sections"),
        sources=repr(sorted(SETTINGS.sources.items())),
        settings=settings_of("analysis.outputs"),
    message:
        "Gathering facts and claims"
    shell:
        "{JOB} results > {log} 2>&1"


rule quality:
    """Execute the data-quality notebook; what it prints becomes an appendix."""
    input:
        tables=TIDY,
        contracts=CONTRACTS,
    output:
        "data/results/{edition}/quality.md",
    log:
        "logs/quality-{edition}.log",
    priority: 10  # the longest step: it starts first
    params:
        code=fingerprint.code("analysis.notebooks.run", "analysis.notebooks.kernel", NOTEBOOK),
        settings=settings_of(NOTEBOOK),
    message:
        "Running the data-quality notebook ({wildcards.edition})"
    shell:
        "{JOB} quality {wildcards.edition} > {log} 2>&1"


rule render:
    """Render the chapters of an edition to staging, and check what came out."""
    input:
        chapters=lambda w: [path for path in workspace.files(f"report/{w.edition}") if "/slides/" not in path],
        shared=workspace.files("report/theme") + workspace.files("report/filters"),
        project=["_quarto.yml", "report/references.bib"],
        results=rules.results.output,
        quality="data/results/{edition}/quality.md",
        figures=expand("figures/{{edition}}/{section}", section=SECTIONS),
        tables=expand("data/results/{{edition}}/tables/{section}", section=SECTIONS),
    output:
        expand("report/_staging/{{edition}}/{name}", name=render.names([f for f in SETTINGS.formats if f != "slides"])),
    log:
        "logs/render-{edition}.log",
    threads: 64  # all there are: formats side by side, but one edition after the other, for the memory they take
    resources:
        quarto=int(ENGINE.engine == "quarto"),  # Quarto's renders run one at a time: they share a folder
    params:
        code=fingerprint.code("analysis.render"),
        engine=f"{ENGINE.engine}: {ENGINE.reason}",
        links=",".join((*SETTINGS.editions, *SETTINGS.formats)),  # a page links to the other editions and formats
        drift=DRIFT,  # not the other edition's chapters: a change that keeps editions alike concerns one of them
        typed=TYPED,
    message:
        "Rendering the report ({wildcards.edition})"
    shell:
        "{JOB} render {wildcards.edition} > {log} 2>&1"


rule slides:
    """Make an edition's slides from the same facts and figures, and check what came out."""
    input:
        lambda w: workspace.files(f"report/{w.edition}"),  # the chapters, too: their titles stand on the slides
        workspace.files("report/theme") + workspace.files("report/filters") + ["_quarto.yml"],
        rules.results.output,
        expand("figures/{{edition}}/{section}", section=SECTIONS),
    output:
        expand("report/_staging/{{edition}}/{name}", name=render.names(["slides"])),
    log:
        "logs/slides-{edition}.log",
    threads: 64
    params:
        code=fingerprint.code("analysis.render"),
        typed=TYPED,
    message:
        "Making the slides ({wildcards.edition})"
    shell:
        "{JOB} slides {wildcards.edition} > {log} 2>&1"


rule publish:
    """Put a report that passed all checks in place of the last one, in one rename."""
    input:
        expand("report/_staging/{{edition}}/{name}", name=render.names(SETTINGS.formats)),
    output:
        "data/results/{edition}/published.json",  # the published files are no outputs: a failed job would delete them
    log:
        "logs/publish-{edition}.log",
    message:
        "Publishing the report ({wildcards.edition})"
    shell:
        "{JOB} publish {wildcards.edition} > {log} 2>&1"
