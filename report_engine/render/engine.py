"""Which engine renders: Quarto where it is there and new enough, else the embedded one."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from report_engine.model.problems import Problem, RenderError
from report_engine.words.messages import Message

Engine = Literal["quarto", "embedded"]
Setting = Literal["auto", "quarto", "embedded"]

OLDEST = (1, 9)


@dataclass(frozen=True)
class Choice:
    """The engine to render with, and why in words that follow its name; ``program`` is Quarto's path."""

    engine: Engine
    reason: Message
    program: str = ""


def choose(setting: Setting) -> Choice:
    """Choose the engine for the config's ``engine``; raises RenderError where Quarto is insisted on but can't be used."""
    if setting == "embedded":
        return Choice("embedded", Message("build.asked_for"))
    program, found = find_quarto()
    if program:
        reason = Message("build.found_and_asked", {"found": found}) if setting == "quarto" else found
        return Choice("quarto", reason, program)
    if setting == "quarto":
        message = Message("chapters.quarto_wanted", {"reason": found, "oldest": _OLDEST})
        raise RenderError([Problem("config.yaml", None, message)])
    return Choice("embedded", found)


_OLDEST = ".".join(map(str, OLDEST))


def find_quarto() -> tuple[str, Message]:
    """Return Quarto's path (empty where it can't be used) and what was found, in words."""
    named = os.environ.get("QUARTO_PATH")
    program = shutil.which(named) if named else shutil.which("quarto")
    if named and not program and Path(named).is_dir():
        program = shutil.which("quarto", path=os.pathsep.join([named, str(Path(named) / "bin")]))
    if not program:
        return "", Message("chapters.quarto_path") if named else Message("chapters.quarto_missing")
    version = _version(program)
    if version is None:
        return "", Message("chapters.quarto_version")
    words = ".".join(map(str, version))
    if version[:2] < OLDEST:
        return "", Message("chapters.quarto_old", {"version": words, "oldest": _OLDEST})
    return program, Message("chapters.quarto_found", {"version": words})


def _version(program: str) -> tuple[int, ...] | None:
    try:
        run = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", run.stdout.strip())
    return tuple(int(part) for part in found.groups(default="0")) if found and not run.returncode else None
