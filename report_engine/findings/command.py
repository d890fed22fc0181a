"""The command ``report check``: read and check everything, say what was found, write the page; build nothing."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from report_engine import prose
from report_engine.checks.examined import Examined
from report_engine.contracts import study
from report_engine.findings import chapters, page
from report_engine.model import findings
from report_engine.model.document import DocumentError
from report_engine.pipeline.steps import BAD_INPUT, tidy
from report_engine.prose import summary
from report_engine.render.project import FORMATS, main_document
from report_engine.render.rehearsal import Refused, rehearse
from report_engine.settings import config
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import say
from report_engine.words.spoken import language

PAGE = Path("report/_output/check.html")
TEMPLATE = Path("report/theme/check.html")

Say = Callable[[str], None]
"""Prints one line."""


def run(lang: Edition | None, excel: bool, echo: Say) -> int:
    """Check the project in the current folder; return 0, or 2 where something stops the report.

    ``lang`` is the language of what is printed and of the page; without it the one asked for, and the page in that of the
    report's first edition. Where settings can't be used there is no page. ``excel`` marks what is wrong in copies of the files.
    """
    spoken = lang or language()
    with ThreadPoolExecutor(max_workers=1) as pool:  # the filters run beside the check of the data
        rehearsed = pool.submit(_rehearse)
        texts_found = prose.check(Path())
        summary.write(texts_found, Path(summary.FULL_LIST), spoken)
        only_errors = prose.Found(texts_found.errors)
        try:
            examined = tidy.examine()
        except DocumentError as error:
            PAGE.unlink(missing_ok=True)  # what it says is not about these settings
            refused = rehearsed.result()
            for line in (error.say(spoken), *summary.lines(only_errors, spoken), *chapters.lines(refused, spoken)):
                echo(line)
            return BAD_INPUT
        refused = rehearsed.result()
    errors, remarks = len(examined.of("error")), len(examined.of("warning"))
    for line in findings.summary(examined.findings, edition=spoken):
        echo(line)
    datasets = len(examined.sources)
    if not errors and remarks:
        echo(say("check.nothing_stops", spoken, datasets=datasets, n=remarks))
    elif not errors:
        echo(say("check.nothing_wrong", spoken, datasets=datasets))
    for line in summary.lines(only_errors if errors else texts_found, spoken):
        echo(line)
    for line in chapters.lines(refused, spoken):
        echo(line)
    written = lang or config.load(Path()).editions[0]
    write(examined, texts_found, refused, written)
    echo(say("check.page", spoken, path=PAGE.as_posix()))
    if excel:
        from report_engine.findings import marked

        for line in marked.write_all(examined, written, spoken):
            echo(line)
    return BAD_INPUT if errors or texts_found.errors or refused.problems else 0


def _rehearse() -> Refused:
    """Check chapters and slides as the settings want them, or as a whole where the settings can't be used."""
    try:
        study.load()
    except DocumentError:
        return Refused()  # what the sections are is not known; `tidy` says why
    try:
        settings = config.load(Path())
    except DocumentError:
        there = [edition for edition in EDITIONS if Path(main_document(edition)).is_file()]
        return rehearse(Path(), there, (*FORMATS, "slides"), "auto")
    return rehearse(Path(), settings.editions, settings.formats, settings.engine)


def write(examined: Examined, found: prose.Found, refused: Refused, edition: Edition) -> None:
    """Write the page, whole or not at all."""
    text = page.page(TEMPLATE.read_text("utf-8"), examined, found, refused, edition)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    unfinished = PAGE.with_name(f".{PAGE.name}.new")
    unfinished.write_text(text, "utf-8", newline="\n")
    unfinished.replace(PAGE)
