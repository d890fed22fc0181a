"""Whether a step is due: something that its result rests on has another content, or what it made is not as it left it.

Time stamps decide nothing. Light to import, because every step asks: what each step reads and makes is found out once for a
run of the workflow, in ``report_engine.pipeline.planning``.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from report_engine.provenance.digests import digest, files

FOLDER = Path(".snakemake/report")
PLAN = FOLDER / "plan.json"
RECORDS = FOLDER / "records"
CURRENT = FOLDER / "current"
"""An empty file here says to Snakemake that a step is not due; it mirrors the records, and decides nothing by itself."""

SETTING = "config.yaml, "
"""What names of settings begin with among what a step rests on besides files."""

UNENDED = "it has not come to its end"
"""Why a step is due of which there is no record."""

RUN = "REPORT_RUN"
"""Set for the steps of a workflow that has made a plan: they go by it."""


@dataclass(frozen=True)
class Planned:
    """A step with all that decides whether it is due.

    ``reads`` and ``makes`` are paths of files and folders (which stand for every file in them) below the project's folder;
    ``beside`` is what it rests on besides files, in words by name: settings, the environment, the engine.
    """

    name: str
    reads: tuple[str, ...]
    makes: tuple[str, ...]
    beside: Mapping[str, str]

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings that the step rests on."""
        return tuple(name.removeprefix(SETTING) for name in self.beside if name.startswith(SETTING))

    def inputs(self) -> dict[str, str]:
        """Return what the step rests on as it is now: digests by path, and what it rests on besides."""
        return {f"{name}: {value}": "yes" for name, value in self.beside.items()} | contents(self.reads)


@dataclass(frozen=True)
class Record:
    """What a step that came to its end read (as ``Planned.inputs`` has it) and made (digests by path).

    It stays true of these contents whatever fails later: where they come back, the step is not due.
    """

    read: Mapping[str, str]
    made: Mapping[str, str]


def contents(paths: Iterable[str]) -> dict[str, str]:
    """Return the digest of each of these files and of every file in these folders, by path; empty where there is none."""
    found: dict[str, str] = {}
    for path in paths:
        found |= {each.as_posix(): digest(each) for each in files(Path(path))} or {path: ""}
    return found


def recorded(name: str) -> Record | None:
    """Read what a step recorded when it last came to its end; None where it never did."""
    try:
        content = json.loads((RECORDS / f"{name}.json").read_text("utf-8"))
        return Record(dict(content["read"]), dict(content["made"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def reasons(step: Planned, inputs: Mapping[str, str]) -> list[str]:
    """Name what has changed since the step last came to its end, of what it rests on and what it made; nothing if not due."""
    record = recorded(step.name)
    if record is None:
        return [UNENDED]
    return [*differences(record.read, inputs), *differences(record.made, contents(step.makes))]


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Name the keys that are new, gone, or have another value; an empty value is none."""
    return sorted(name for name in before.keys() | now.keys() if before.get(name, "") != now.get(name, ""))


def end(step: Planned, inputs: Mapping[str, str]) -> None:
    """Take down that a step which read ``inputs`` has come to its end, with what it made."""
    content = {"read": dict(sorted(inputs.items())), "made": contents(step.makes)}
    _write(RECORDS / f"{step.name}.json", json.dumps(content, indent=0))


def mark(name: str) -> None:
    """Say to Snakemake that a step is not due."""
    CURRENT.mkdir(parents=True, exist_ok=True)
    (CURRENT / name).touch()


def mark_all(steps: Sequence[Planned]) -> dict[str, list[str]]:
    """Say to Snakemake which steps are due and which are not; return why, by name, for those that are."""
    due: dict[str, list[str]] = {}
    for step in steps:
        if why := reasons(step, step.inputs()):
            due[step.name] = why
            (CURRENT / step.name).unlink(missing_ok=True)
        else:
            mark(step.name)
    return due


def keep_plan(steps: Iterable[Planned], settings: str) -> None:
    """Write down what the steps read and make, for the steps themselves; ``settings`` is the file that the plan obeys."""
    plan = {"settings": {settings: digest(Path(settings))}, "steps": {step.name: asdict(step) for step in steps}}
    _write(PLAN, json.dumps(plan))


def planned(name: str) -> Planned:
    """Read what ``keep_plan`` wrote down of a step."""
    return _planned(_plan()["steps"][name])


def late(but: str) -> list[str]:
    """Name what has changed since the steps of the plan ran, the settings included; ``but`` is the step that asks."""
    plan = _plan()
    found = set(differences(plan["settings"], contents(plan["settings"])))
    for each in plan["steps"].values():
        if each["name"] != but:
            step = _planned(each)
            found |= set(reasons(step, step.inputs()))
    return sorted(found)


def _plan() -> Any:
    return json.loads(PLAN.read_text("utf-8"))


def _planned(each: Mapping[str, Any]) -> Planned:
    return Planned(each["name"], tuple(each["reads"]), tuple(each["makes"]), each["beside"])


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        new.write_text(text, "utf-8", newline="\n")
        os.replace(new, path)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error  # a full disk names no file
