"""Files made aside and put in place when all of them are there: what dies on the way leaves what there was."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from report_engine.pipeline.build_state import FOLDER


@contextmanager
def making(name: str, makes: Iterable[str]) -> Iterator[Path]:
    """Give a folder to make ``makes`` (files and folders, by their paths below the project's) in; at the end put them in place.

    A file that is the same as before is left alone; one in a folder of ``makes`` that was not made again is removed.
    """
    folder = FOLDER / "making" / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
        for path in makes:
            _put(folder / path, Path(path))
    except OSError as error:
        if error.errno and error.filename is None:  # a full disk names no file
            raise OSError(error.errno, error.strerror, str(folder)) from error
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put(new: Path, old: Path) -> None:
    if new.is_dir():
        if old.is_file() or old.is_symlink():
            old.unlink()
        old.mkdir(parents=True, exist_ok=True)
        for path in sorted(old.iterdir()):
            if not (new / path.name).exists():
                _remove(path)
        for path in sorted(new.iterdir()):
            _put(path, old / path.name)
    elif new.is_file():
        if old.is_dir():
            shutil.rmtree(old)
        if not (old.is_file() and old.read_bytes() == new.read_bytes()):
            old.parent.mkdir(parents=True, exist_ok=True)
            _move(new, old)
    else:
        _remove(old)


def _move(new: Path, old: Path) -> None:
    try:
        os.replace(new, old)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = old.with_name(f".{old.name}.new")  # a folder of results may lie on a disk of its own
        try:
            shutil.copyfile(new, beside)
            os.replace(beside, old)
        finally:
            beside.unlink(missing_ok=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
