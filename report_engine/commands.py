"""The commands of ``report``; what their help says stands in the catalogues."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from report_engine.command_help import Command, Commands
from report_engine.words import obstacles, system_errors

if TYPE_CHECKING:
    from rich.console import Console

    from report_engine.words.editions import Edition
    from report_engine.words.messages import Word

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,  # report_engine.cli has words for them
    rich_markup_mode=None,
)


def _print_versions(asked: bool) -> None:
    """Print the versions of the engine and of what it rests on, and end."""
    if not asked:
        return
    from importlib import metadata

    for package in ("report-engine", "snakemake", "pandas", "matplotlib", "pypandoc-binary", "typst"):
        typer.echo(f"{package} {metadata.version(package)}")
    typer.echo(f"Python {sys.version.split()[0]}")
    raise typer.Exit()


@app.callback()
def report(
    version: Annotated[bool, typer.Option("--version", callback=_print_versions, is_eager=True)] = False,
    lang: str | None = None,
) -> None:
    """From raw data to a checked research report."""
    _asked(lang)


@app.command(cls=Command)
def build(
    strict: Annotated[bool, typer.Option("--strict")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v")] = False,
) -> None:
    """Bring the report up to date and publish it."""
    _enter_project()
    sys.dont_write_bytecode = False  # see report_engine.pipeline.jobs.ENVIRONMENT
    from report_engine.build import build as run

    raise typer.Exit(run(_console(quiet=quiet), strict=strict, verbose=verbose))


@app.command(cls=Command)
def release(
    name: Annotated[str, typer.Argument()],
    why: str | None = None,
) -> None:
    """Keep what is built under a name, for `report diff` to compare with (report/releases)."""
    _enter_project()
    from report_engine.build import say
    from report_engine.changes.commands import release as run

    console = _console()
    raise typer.Exit(run(name, why, lambda words: say(console, words)))


@app.command(cls=Command)
def diff(
    release: Annotated[str | None, typer.Argument()] = None,
    seen: list[str] | None = None,
) -> None:
    """Compare what is built with a release: a page (report/_output/changes.html) and a summary here."""
    _enter_project()
    from report_engine.build import say
    from report_engine.changes.commands import diff as run

    console = _console()
    raise typer.Exit(run(release, seen or [], lambda words: say(console, words)))


@app.command(cls=Command)
def check(
    lang: str | None = None,
    excel: Annotated[bool, typer.Option("--excel")] = False,
) -> None:
    """Check settings, data, chapters and slides and write a page about it (logs/check.html); build nothing."""
    _enter_project()
    from report_engine.findings.command import run

    raise typer.Exit(run(_asked(lang), excel, _echo))


@app.command(cls=Command)
def preview(
    edition: str | None = None,
    port: Annotated[int, typer.Option(min=0, max=65535)] = 0,
    browse: Annotated[bool, typer.Option("--open")] = False,
) -> None:
    """Show the page in a browser and make it again whenever something is saved."""
    _enter_project()
    from report_engine.model import document
    from report_engine.pipeline import steps
    from report_engine.preview import run
    from report_engine.settings import config
    from report_engine.words.messages import Message

    try:
        editions = config.load(Path()).editions
    except document.DocumentError as error:
        _echo(error, err=True)
        raise typer.Exit(steps.BAD_INPUT) from None
    chosen = next((each for each in editions if edition in (None, each)), None)
    if chosen is None:
        _echo(Message("preview.no_edition", {"edition": repr(edition), "known": editions}), err=True)
        raise typer.Exit(2)
    try:
        raise typer.Exit(run(chosen, port, _console(), browse=browse))
    except OSError as error:
        if error.filename or obstacles.plain(error):
            raise
        _echo(Message("preview.no_port", {"port": port, "reason": system_errors.said(error)}), err=True)
        raise typer.Exit(2) from None


@app.command(cls=Command)
def fetch(
    only: list[str] | None = None,
    yes: Annotated[bool, typer.Option("--yes")] = False,
) -> None:
    """Bring official statistics up to date from Kolada and SCB, showing first what changes."""
    _enter_project()
    from report_engine.fetch.run import Tools, run
    from report_engine.model import document
    from report_engine.pipeline import steps
    from report_engine.settings import config
    from report_engine.words.messages import speak

    def confirm() -> bool:
        return yes or (sys.stdin.isatty() and sys.stdout.isatty() and typer.confirm(speak("fetch.replace")))

    try:
        settings = config.load(Path())
    except document.DocumentError as error:
        _echo(error)
        raise typer.Exit(steps.BAD_INPUT) from None
    raise typer.Exit(run(settings, only or (), Tools(Path(), _echo, confirm)))


@app.command("map", cls=Command)
def map_columns(
    file: Annotated[Path, typer.Argument()],
    dataset: str | None = None,
    lang: str | None = None,
    replace: Annotated[bool, typer.Option("--replace")] = False,
) -> None:
    """Propose which of our columns and values those of a file are (data/mappings)."""
    file = file.absolute()  # from where it was typed
    _enter_project()
    from report_engine.mappings.command import run

    raise typer.Exit(run(file, dataset, _asked(lang), _echo, replace=replace))


@app.command(cls=Command)
def trace(
    id: Annotated[str, typer.Argument()],
) -> None:
    """Print the way from a number, claim, figure or table back to the rows of the raw files."""
    _enter_project()
    from report_engine import trace
    from report_engine.model import document
    from report_engine.pipeline import steps
    from report_engine.trace import command

    try:
        lines = command.lines(Path(), id)
    except (trace.Untraceable, document.DocumentError) as error:
        _echo(error, err=True)
    else:
        typer.echo("\n".join(lines))
        return
    raise typer.Exit(steps.BAD_INPUT)


@app.command(cls=Command)
def gallery() -> None:
    """Show all figures of both editions side by side on one page, for review."""
    _enter_project()
    from report_engine.preview import gallery as page
    from report_engine.words.spoken import language

    try:
        typer.echo(page.write(Path(), language()).as_posix())
    except page.NotDrawn as error:
        _echo(error, err=True)
        raise typer.Exit(2) from None


@app.command(cls=Command)
def explore(
    where: Annotated[str, typer.Argument()] = "analysis/notebooks",
) -> None:
    """Open JupyterLab on the notebooks and the tidy tables."""
    _enter_project()
    import importlib.util
    import subprocess

    from report_engine.words.messages import Message

    if importlib.util.find_spec("jupyterlab") is None:
        _echo(Message("commands.no_jupyter"), err=True)
        raise typer.Exit(1)
    raise typer.Exit(subprocess.run([sys.executable, "-m", "jupyterlab", where], check=False).returncode)


@app.command(cls=Command)
def new(folder: Annotated[Path, typer.Argument()]) -> None:
    """Write a small study to start from: data, contracts, a section, a chapter, a test."""
    from report_engine import starter
    from report_engine.words.messages import Message

    try:
        files = starter.write(folder)
    except starter.Refused as error:
        _echo(error, err=True)
        raise typer.Exit(2) from None
    _echo(Message("commands.started", {"folder": str(folder), "n": len(files)}))


def _enter_project() -> None:
    """Make the project's folder, here or above, the current one."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "Snakefile").is_file() and (folder / "config.yaml").is_file():
            os.chdir(folder)
            if foreign := obstacles.foreign_modules("."):
                raise obstacles.Obstacle(foreign)
            return
    from report_engine.words.messages import Message

    _echo(Message("commands.no_project", {"folder": str(here)}), err=True)
    raise typer.Exit(2)


def _asked(lang: str | None) -> "Edition | None":
    """Return the language that an option names, which is spoken from then on; end the command where there is none such."""
    from report_engine.words.editions import EDITIONS
    from report_engine.words.messages import Message
    from report_engine.words.spoken import ASKED

    chosen = next((edition for edition in EDITIONS if edition == lang), None)
    if chosen is not None:
        os.environ[ASKED] = chosen
    elif lang is not None:
        _echo(Message("commands.no_language", {"lang": lang, "known": EDITIONS}))
        raise typer.Exit(2)
    return chosen


def _echo(what: "Word | Exception", *, err: bool = False) -> None:
    """Say something, or what an error says, in the language asked for."""
    from report_engine.words.messages import told

    typer.echo(told(what), err=err)


def _console(*, quiet: bool = False) -> "Console":
    """Return a console on a copy of the standard output, which the build turns away for a while."""
    from rich.console import Console

    return Console(file=open(os.dup(1), "w", encoding=sys.stdout.encoding, errors="replace", buffering=1), quiet=quiet)
