"""Publishing: a checked report takes the last one's place in one rename, or the last one stays."""

import ctypes
import hashlib
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from filelock import FileLock

from report_engine.model.problems import Problem, RenderError
from report_engine.words.editions import Edition
from report_engine.words.messages import Message


def publish(root: Path, edition: Edition, files: Mapping[Path, str]) -> list[Path]:
    """Put ``files`` in place of everything in ``report/_output/<edition>/`` and return the published files.

    ``files`` maps each to the SHA-256 that it was checked with; raises RenderError where one has another by now.
    Whoever looks sees the old report or the new one, whole. A process that dies on the way leaves either; the next call,
    or ``recover``, tidies up. Two processes publish one after the other.
    """
    folder = root / "report" / "_output" / edition
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.parent / f".{edition}.lock"):
        _recover(folder)
        new = _beside(folder, "new")
        new.mkdir()
        for path in files:
            _copy(path, new / path.name)
        if unchecked := [path for path, digest in files.items() if _sha256(new / path.name) != digest]:
            shutil.rmtree(new)
            raise RenderError(Problem(path.as_posix(), None, Message("made.changed")) for path in unchecked)
        _swap(new, folder)
        shutil.rmtree(new, ignore_errors=True)
    return [folder / path.name for path in files]


def recover(root: Path, edition: Edition) -> None:
    """Finish or undo what a publication that died left behind; does nothing where none did."""
    folder = root / "report" / "_output" / edition
    if folder.parent.is_dir():
        with FileLock(folder.parent / f".{edition}.lock"):
            _recover(folder)


def _recover(folder: Path) -> None:
    old, new = _beside(folder, "old"), _beside(folder, "new")
    if old.is_dir() and not folder.exists():  # died between two renames: the last good report comes back
        os.replace(old, folder)
    for rest in (old, new):
        shutil.rmtree(rest, ignore_errors=True)


def _beside(folder: Path, state: str) -> Path:
    return folder.parent / f".{folder.name}.{state}"


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _swap(new: Path, folder: Path) -> None:
    """Exchange two folders in one rename where the system can; else in two, with the old one kept until both are done."""
    if not folder.exists():
        os.replace(new, folder)
    elif not _exchange(new, folder):
        old = _beside(folder, "old")
        os.replace(folder, old)
        os.replace(new, folder)
        shutil.rmtree(old, ignore_errors=True)


_AT_FDCWD, _RENAME_EXCHANGE = -100, 2  # Linux: fcntl.h, fs.h
_RENAME_SWAP = 2  # macOS: stdio.h


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system or its file system can't."""
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            return bool(libc.renameat2(_AT_FDCWD, first, _AT_FDCWD, second, _RENAME_EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(first, second, _RENAME_SWAP) == 0)
    except (OSError, AttributeError, TypeError):
        pass
    return False
