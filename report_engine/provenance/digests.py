"""SHA-256 of files, remembered as long as the system says that a file has not been written to."""

import hashlib
import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

FILE = Path(".snakemake/report/digests.json")

# What a file system's clock may lag behind; a file written within it of its reading may be written again unseen (git's rule).
_YOUNG = 2_000_000_000  # ns
_CACHED = os.name != "nt"  # there ctime is when a file was created

LEFT_OUT = frozenset({"__pycache__", ".ipynb_checkpoints", ".DS_Store", "Thumbs.db", "desktop.ini"})
"""Names that no step reads, wherever they lie; nor does any read what begins with a dot, or ends as editors' copies do."""

_known: dict[str, list[object]] | None = None
_changed = False


def digest(path: Path) -> str:
    """Return the SHA-256 of a file's content; empty where there is no such file."""
    global _changed
    known = _load()
    try:
        found = os.stat(path)
        now = [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]
        kept = known.get(str(path))
        if _CACHED and kept and kept[:-1] == now:
            return str(kept[-1])
        begun = time.time_ns()
        with open(path, "rb") as file:
            value = hashlib.file_digest(file, "sha256").hexdigest()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""
    if max(found.st_mtime_ns, found.st_ctime_ns) < begun - _YOUNG:
        known[str(path)] = [*now, value]
        _changed = True
    elif known.pop(str(path), None):
        _changed = True
    return value


def files(path: Path) -> list[Path]:
    """List a file, or every file in a folder and its subfolders, sorted; nothing where there is neither."""
    if path.is_dir():
        return sorted(_walk(path))
    return [path] if path.is_file() else []


def _walk(folder: Path) -> Iterable[Path]:
    for entry in os.scandir(folder):
        if entry.name in LEFT_OUT or entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if entry.is_dir():
            yield from _walk(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


def keep() -> None:
    """Write down what is known, for the next process; where that can't be done, it will read the files again."""
    global _changed
    if not _changed:
        return
    with suppress(OSError):
        FILE.parent.mkdir(parents=True, exist_ok=True)
        new = FILE.with_name(f"{FILE.name}.{os.getpid()}")
        new.write_text(json.dumps(_load()), "utf-8")
        os.replace(new, FILE)
        _changed = False


def _load() -> dict[str, list[object]]:
    global _known
    if _known is None:
        try:
            content = json.loads(FILE.read_text("utf-8"))
            _known = {str(name): list(values) for name, values in content.items() if len(values) == 5}
        except (OSError, ValueError, AttributeError, TypeError):
            _known = {}
    return _known
