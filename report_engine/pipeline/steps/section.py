"""Compute a section's figures, tables, facts and claims in one process: loading packages costs more than drawing."""

import hashlib
import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol, cast

from report_engine.contracts import contract, study, tidy_tables
from report_engine.disclosure.keys import FILE as KEY
from report_engine.pipeline import build_state
from report_engine.pipeline.progress import step
from report_engine.pipeline.step import ROOT, Needs, Project
from report_engine.provenance import fingerprint, place
from report_engine.results.sidecars import provenance_file
from report_engine.words import texts
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import speak
from report_engine.words.spoken import language

if TYPE_CHECKING:
    from report_engine.model.section import Section
    from report_engine.results.drawings import Drawings
    from report_engine.results.inputs import Inputs

FONTS = "report/theme/fonts"


class SectionPackage(Protocol):
    """What a section's package offers: what it rests on, as literals, and what it gives.

    One that names the ``QUESTIONS`` of the survey that it reads is not run again where only answers to others have changed.
    """

    __name__: str
    TABLES: tuple[str, ...]
    SETTINGS: tuple[str, ...]
    RESTS_ON: tuple[str, ...]

    def build(self, inputs: "Inputs") -> "Section":
        """Build the section's figures, tables, facts and claims."""


def needs(project: Project, name: str) -> Needs:
    """Say what a section rests on."""
    module = f"analysis.sections.{name}"
    declared = fingerprint.literals(module)
    keys = type(project.settings).model_fields
    return Needs(
        modules=(module,),
        reads=(
            *_tidy(declared["TABLES"], declared.get("QUESTIONS")),
            *_contracts(name),
            *(f"data/results/sections/{earlier}.json" for earlier in declared["RESTS_ON"]),
            FONTS,
            *((KEY,) if contract.on_persons(declared["TABLES"]) else ()),
            *(texts.path(each, edition) for each in (name, texts.SHARED, texts.COLUMNS) for edition in EDITIONS),
        ),
        makes=makes(name),
        settings=(*fingerprint.settings_used(module, keys=keys), "smallest_cell"),
    )


def _tidy(tables: Iterable[str], questions: Iterable[str] | None) -> list[str]:
    """Name the tidy files that a section reads."""
    return [file for files in tidy_tables.read_for(tables, questions).values() for file in files]


def _contracts(name: str) -> list[str]:
    """Name the contracts that a section asks for titles and labels: of its tables, and of answers."""
    named = {*_tables(name), *filter(None, [study.load().roles.answers])}
    return [f"analysis/contracts/{table}.yaml" for table in sorted(named)]


def _tables(name: str) -> set[str]:
    """Name the tables whose contracts a section asks for titles and labels: its own, and those of claims it takes up."""
    own = set(fingerprint.literals(f"analysis.sections.{name}")["TABLES"])
    return own.union(*(_tables(earlier) for earlier in rests_on(name)))


def rests_on(name: str) -> tuple[str, ...]:
    """Name the earlier sections whose facts and claims a section takes up."""
    earlier: tuple[str, ...] = fingerprint.literals(f"analysis.sections.{name}")["RESTS_ON"]
    return earlier


def makes(name: str) -> tuple[str, ...]:
    """Name what a section makes."""
    return (
        f"data/results/sections/{name}.json",
        provenance_file(name),
        *(f"figures/{edition}/{name}" for edition in EDITIONS),
        *(f"data/results/{edition}/tables/{name}" for edition in EDITIONS),
    )


def run(name: str) -> None:
    """Write what a section makes."""
    import importlib

    from report_engine.pipeline.aside import making
    from report_engine.results import outputs, protection_log, reading, sidecars

    with (
        step(speak("steps.section", name=name)),
        making(f"section-{name}", makes(name)) as folder,
        fingerprint.at_one_moment(),  # each drawing asks for the code that it rests on
    ):
        for edition in EDITIONS:  # a section without figures still has a folder for them
            (folder / "figures" / edition / name).mkdir(parents=True, exist_ok=True)
        module = cast(SectionPackage, importlib.import_module(f"analysis.sections.{name}"))
        questions = getattr(module, "QUESTIONS", None)
        given = reading.read(ROOT, module.TABLES, module.RESTS_ON, questions)
        drawings = _drawings(name)
        section = published(module, given)
        outputs.write(section, folder, given.settings.smallest_cell, drawings)
        if persons := sorted(contract.on_persons(module.TABLES)):
            hidden = sum(item.provenance.suppressed for item in section.figures + section.tables)
            smallest = given.settings.smallest_cell
            print(speak("steps.protected", tables=persons, hidden=hidden, smallest=smallest))
            _log("\n".join(each.say(language()) for each in protection_log.told(section, smallest)))
        made = sidecars.made(ROOT, module.__name__, _tidy(module.TABLES, questions), module.RESTS_ON, given.settings)
        sidecars.write(folder, name, made)


def _log(text: str) -> None:
    """Print for the log what may hold letters that its encoding lacks: a log in ASCII names a cell with å as well."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))


def published(module: SectionPackage, given: "Inputs") -> "Section":
    """Build a section: where its tables hold persons, verdicts from exact and all that is published from protected numbers."""
    import dataclasses

    from report_engine.results import reading

    if not contract.on_persons(module.TABLES):
        return module.build(given)
    judged = module.build(dataclasses.replace(given, verdicts_only=True))
    exact = {claim.id: claim for claim in judged.claims}
    return module.build(dataclasses.replace(reading.protected(given, ROOT), exact=exact))


def _drawings(name: str) -> "Drawings":
    """Say what a section drew last, and what every drawing rests on besides its arguments and its code.

    That is, of what is in the section's key: fonts, contracts, what all sections share, and packages.
    """
    from report_engine.results.drawings import Drawings

    try:
        planned = build_state.planned(f"section-{name}")
    except (OSError, ValueError, LookupError):  # outside of a workflow run, before there was one
        return Drawings()
    shared = {FONTS, place.FILE, *(texts.path(texts.SHARED, edition) for edition in EDITIONS)}
    found = build_state.contents(
        path for path in planned.reads if path in shared or path.startswith("analysis/contracts/")
    )
    beside = hashlib.sha256(json.dumps([planned.beside["environment"], found]).encode()).hexdigest()
    return Drawings(build_state.FOLDER / "drawings" / f"{name}.json", ROOT, beside)
