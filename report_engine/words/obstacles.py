"""Words for what is in the way of a command: a full disk, a folder that can't be written to, too little memory.

One line says what, and what to do about it. Needs nothing but Python itself, for a package may be what is missing.
"""

import errno
import importlib.machinery
import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from report_engine.words.obstacle_texts import say


class Obstacle(Exception):
    """Something is in the way; the message is one line that says what, and what to do."""


_WORDS: Mapping[int, str] = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "share",
    errno.EFBIG: "too_large",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "read_only",
    errno.ENAMETOOLONG: "long_path",
    errno.EISDIR: "in_the_way",
    errno.ENOTDIR: "in_the_way",
    errno.EEXIST: "in_the_way",
    errno.ELOOP: "loop",
    errno.EBUSY: "in_use",
    errno.ETXTBSY: "in_use",
    errno.EIO: "disk_fails",
    errno.ESTALE: "gone",
    errno.ENODEV: "gone",
    errno.ENXIO: "gone",
    errno.ENOTCONN: "gone",
    errno.EHOSTDOWN: "gone",
    errno.EMFILE: "many",
    errno.ENFILE: "many",
    errno.EAGAIN: "many",
    errno.ENOMEM: "no_memory",
}
"""What is said of the system's errors, by their number."""

_OURS = ("Snakefile", "_quarto.yml", "analysis/", "report_engine/", "profiles/", "report/theme/", "report/filters/")
"""What a clone of the project holds, and nobody means to remove."""


def plain(error: BaseException) -> str | None:
    """Return one line that says what is in the way and what to do; None for an error that is no such thing."""
    if isinstance(error, Obstacle):
        return str(error)
    if isinstance(error, MemoryError):
        return say("no_memory")
    if isinstance(error, RuntimeError) and "can't start new thread" in str(error):
        return say("many", why=str(error))
    if isinstance(error, ModuleNotFoundError):
        return _missing(error.name or "")
    return _of_system(error) if isinstance(error, OSError) else None


def of_program(name: str, status: int, output: str) -> Exception | None:
    """Find what was in the way of a program (Pandoc, Quarto) that ended with a status other than 0 and this output."""
    if status < 0 or status == 137:
        return Obstacle(say("program_killed", name=name))
    for number in _WORDS:
        if found := re.search(rf"^\w+: (\S.*?): .*\({re.escape(os.strerror(number))}\)", output, re.MULTILINE):
            return OSError(number, os.strerror(number), found[1])
    return None


def of_traceback(text: str) -> str | None:
    """Say what was in the way of a process of which no more is left than the traceback that it printed last."""
    last = text.rstrip().rpartition("\n")[2]
    if found := re.fullmatch(r"\w+: \[Errno (\d+)\] .*?(?:: '(.+?)')?(?: -> '.*')?", last):
        return plain(OSError(int(found[1]), os.strerror(int(found[1])), found[2]))
    if last.startswith("MemoryError"):
        return say("no_memory")
    return plain(RuntimeError(last)) if last.startswith("RuntimeError: ") else None


def told(log: Path) -> str:
    """Return the line with which a step ended that met an obstacle; empty where its log could not be written."""
    lines = log.read_text("utf-8", errors="replace").split("\n")
    return lines[-2] if len(lines) > 1 else ""


def _missing(module: str) -> str | None:
    name = module.partition(".")[0]
    if not name or name in {"analysis", "report_engine", "tests"} or name in sys.stdlib_module_names:
        return None
    return say("package", name=name)


def _of_system(error: OSError) -> str | None:
    number = error.errno or _number(str(error))
    path = _shown(error)
    if number == errno.ENOENT and path and path.startswith(_OURS):
        return say("own_missing", path=path)
    words = _WORDS.get(number or 0)
    if words is None:
        return None
    if words == "in_the_way":
        path, kind = _in_the_way(path or "")
        return say(f"{kind}_in_the_way", path=path)
    return say(words, path=path or say("a_file"), why=os.strerror(number or 0).lower())


def _number(text: str) -> int | None:
    """Find the system's number for an error in what a program written in Rust or C++ says of it."""
    found = re.search(r"\((?:os error|errno) (\d+)\)", text)
    return int(found[1]) if found else None


def _shown(error: OSError) -> str | None:
    """Name the file below the project's folder that an error is about; of two, the one that was to be written."""
    name = error.filename2 or error.filename
    if not isinstance(name, str | bytes | os.PathLike):
        return None
    path = os.path.abspath(os.fsdecode(name))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and not os.path.lexists(path):
        path = os.path.dirname(path)  # it is the folder that refuses
    here = os.getcwd() + os.sep
    return say("project_folder") if path + os.sep == here else path.removeprefix(here).replace(os.sep, "/")


def _in_the_way(path: str) -> tuple[str, str]:
    """Name the file or folder that is in the way of a path, and say which of the two it is."""
    for each in (Path(path), *Path(path).parents):
        if each.is_dir() and str(each) == str(Path(path)):
            return each.as_posix(), "folder"
        if each.exists() and not each.is_dir():
            return each.as_posix(), "file"
    return path, "file"


def foreign_modules(root: str) -> str | None:
    """Say which modules would be loaded in place of those that the report needs: from PYTHONPATH, or the project's folder."""
    given = os.environ.get("PYTHONPATH", "")
    if any(os.path.realpath(folder) != os.path.realpath(root) for folder in given.split(os.pathsep) if folder):
        return say("pythonpath", given=given)
    packages = [folder for folder in sys.path if os.path.basename(folder) in ("site-packages", "dist-packages")]
    for path in _modules(root):
        name = path.removesuffix(".py").removesuffix("/")
        if name in sys.stdlib_module_names or importlib.machinery.PathFinder.find_spec(name, packages):
            return say("foreign_module", path=path, name=name)
    return None


def _modules(root: str) -> Iterator[str]:
    """Yield the modules and packages that lie in a folder, our own left out."""
    for entry in os.scandir(root):
        if entry.name.endswith(".py") and entry.is_file():
            yield entry.name
        elif entry.name not in ("analysis", "report_engine", "tests") and os.path.isfile(
            os.path.join(entry.path, "__init__.py")
        ):
            yield f"{entry.name}/"
