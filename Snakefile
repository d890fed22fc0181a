"""From raw data to the published report.

Read from top to bottom: one rule a stage, in the order of the stages. `report build` runs this workflow, and so does
`snakemake` alone; both give the same report. What has to run is decided by content, never by time stamps (docs/rebuild.md):
each step's module in report_engine/pipeline/steps says what it reads and makes. Snakemake is told by an empty file a step, which is there
while nothing that the step rests on has changed; those that follow a step that runs look again when their turn comes.
"""

import os
import sys

sys.path.insert(0, workflow.basedir)  # this folder's code, even where another copy is installed

from report_engine.words import obstacles

if foreign := obstacles.foreign_modules(workflow.basedir):
    raise WorkflowError(foreign)

from snakemake.utils import min_version

from report_engine.words.editions import EDITIONS
from report_engine.words.messages import speak, told
from report_engine.pipeline import build_state, lock, planning
from report_engine.contracts import study
from report_engine.pipeline.steps.section import rests_on

min_version("9.13")


workdir: workflow.basedir


if config:
    raise WorkflowError(speak("jobs.no_settings"))

try:
    if workflow.is_main_process:  # not where a cluster's node reads this for one step
        lock.open_for_build()
    PROJECT = planning.workflow() if workflow.is_main_process else planning.project()
except (*planning.STOPPED, obstacles.Obstacle, OSError, MemoryError) as error:
    raise WorkflowError(obstacles.plain(error) or told(error))

os.environ[build_state.RUN] = "1"
JOB = f'"{sys.executable}" -m report_engine.pipeline.jobs'
CURRENT = build_state.CURRENT.as_posix()
PUBLISHED = PROJECT.settings.editions
SLIDES = ["slides"] if "slides" in PROJECT.settings.formats else []


wildcard_constraints:
    section="|".join(study.sections()),
    edition="|".join(EDITIONS),


rule all:
    """The published report, in every edition that config.yaml names, and everything on the way to it.

    Snakemake would not make again what is missing in the middle.
    """
    input:
        f"{CURRENT}/tidy",
        expand(f"{CURRENT}/section-{{section}}", section=study.sections()),
        f"{CURRENT}/results",
        f"{CURRENT}/quality",
        f"{CURRENT}/chapters",
        expand(f"{CURRENT}/{{step}}-{{edition}}", step=["render", *SLIDES, "publish"], edition=PUBLISHED),
        f"{CURRENT}/finish",


rule tidy:
    """Check every dataset against its contract and, only if all of them pass, write them as typed tables."""
    output:
        f"{CURRENT}/tidy",
    log:
        "logs/tidy.log",
    message:
        speak("jobs.tidy")
    shell:
        "{JOB} tidy > {log} 2>&1"


rule section:
    """Compute a section's figures, tables, facts and claims in one process: loading packages costs more than drawing."""
    input:
        f"{CURRENT}/tidy",
        lambda w: expand(f"{CURRENT}/section-{{earlier}}", earlier=rests_on(w.section)),
    output:
        f"{CURRENT}/section-{{section}}",
    log:
        "logs/section-{section}.log",
    message:
        speak("jobs.section", name="{wildcards.section}")
    shell:
        "{JOB} section {wildcards.section} > {log} 2>&1"


rule results:
    """Gather the facts and claims of all sections for the chapters."""
    input:
        expand(f"{CURRENT}/section-{{section}}", section=study.sections()),
    output:
        f"{CURRENT}/results",
    log:
        "logs/results.log",
    message:
        speak("jobs.results")
    shell:
        "{JOB} results > {log} 2>&1"


rule quality:
    """Execute the data-quality notebook; what it prints becomes an appendix of every edition."""
    input:
        f"{CURRENT}/tidy",
    output:
        f"{CURRENT}/quality",
    log:
        "logs/quality.log",
    priority: 10  # the longest step: it starts first
    message:
        speak("jobs.quality")
    shell:
        "{JOB} quality > {log} 2>&1"


rule chapters:
    """Compare the editions' chapters with one another, and refuse numbers that nobody computed."""
    output:
        f"{CURRENT}/chapters",
    log:
        "logs/chapters.log",
    priority: 20  # what it refuses should not wait for anything
    message:
        speak("jobs.chapters")
    shell:
        "{JOB} chapters > {log} 2>&1"


rule render:
    """Render the chapters of an edition to staging, and check what came out."""
    input:
        f"{CURRENT}/chapters",
        f"{CURRENT}/results",
        f"{CURRENT}/quality",
    output:
        f"{CURRENT}/render-{{edition}}",
    log:
        "logs/render-{edition}.log",
    threads: 64  # all there are: formats side by side, but one edition after the other, for the memory they take
    resources:
        quarto=int(PROJECT.engine.engine == "quarto"),  # Quarto's renders run one at a time: they share a folder
    message:
        speak("jobs.render", edition="{wildcards.edition}")
    shell:
        "{JOB} render {wildcards.edition} > {log} 2>&1"


rule slides:
    """Make an edition's slides from the same facts and figures, and check what came out."""
    input:
        f"{CURRENT}/chapters",
        f"{CURRENT}/results",
        f"{CURRENT}/quality",
    output:
        f"{CURRENT}/slides-{{edition}}",
    log:
        "logs/slides-{edition}.log",
    threads: 64
    message:
        speak("jobs.slides", edition="{wildcards.edition}")
    shell:
        "{JOB} slides {wildcards.edition} > {log} 2>&1"


rule publish:
    """Put a report that passed all checks in place of the last one, in one rename."""
    input:
        expand(f"{CURRENT}/{{step}}-{{{{edition}}}}", step=["render", *SLIDES]),
    output:
        f"{CURRENT}/publish-{{edition}}",
    log:
        "logs/publish-{edition}.log",
    message:
        speak("jobs.publish", edition="{wildcards.edition}")
    shell:
        "{JOB} publish {wildcards.edition} > {log} 2>&1"


rule finish:
    """See that what is published was made from what is there now; link the editions, and take away what was left out."""
    input:
        expand(f"{CURRENT}/publish-{{edition}}", edition=PUBLISHED),
    output:
        f"{CURRENT}/finish",
    log:
        "logs/finish.log",
    message:
        speak("jobs.finish")
    shell:
        "{JOB} finish > {log} 2>&1"
