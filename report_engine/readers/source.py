"""Where a dataset comes from: its files, and what a person says about them in ``config.yaml``."""

import errno
import os
import stat
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.words import system_errors
from report_engine.words.messages import Message

if TYPE_CHECKING:
    from report_engine.readers.mapping import Mapping

_OF_NAMES = (0, errno.ENAMETOOLONG)  # errors of a path that no file can have
LARGEST_FILE = 2_000_000_000  # bytes; how much of it may be taken apart, `limits` says


@dataclass(frozen=True)
class Coded:
    """What turns the coded passages of a qualitative tool into a dataset: our columns for ids and documents, and our codes.

    ``codes`` gives the codes of our codebook (the dataset ``codebook``) by what they may be called; none where there is none.
    """

    id: str
    document: str
    codebook: str
    codes: Callable[[], Dict[str, str]]


@dataclass(frozen=True)
class Source:
    """The files of one dataset, read one after the other and put together.

    ``form`` is the format they must have, ``sheet`` the one to read (``*`` stands for any letters: then every sheet of such a
    name), ``encoding`` that of text files; ``None`` where the content decides. ``mapping`` says how their columns and values
    become ours; ``coded`` is there where the dataset holds coded passages.
    """

    files: Sequence[Path]
    form: str | None = None
    sheet: str | None = None
    encoding: str | None = None
    mapping: "Mapping | None" = None
    coded: Coded | None = None


def shown_path(path: Path) -> str:
    """Return a path as the person knows it: from the working folder where it lies below it."""
    full = Path(os.path.abspath(path))
    return full.relative_to(Path.cwd()).as_posix() if full.is_relative_to(Path.cwd()) else path.as_posix()


def content(path: Path, dataset: str) -> bytes:
    """Read a file; ``Unreadable`` where it is missing, is no ordinary file, or is larger than the limit."""
    file = shown_path(path)
    if path.name.startswith(("~$", ".~lock.")):
        advice = Message("files.close_workbook")
        raise Unreadable(Finding(file, "file", Message("files.lock_file"), advice=advice))
    try:
        status = path.stat()
        if _leads_away(path):
            advice = Message("files.name_file_itself")
            raise Unreadable(Finding(file, "file", Message("files.link_leads_out"), advice=advice))
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable(Finding(file, "file", Message("files.folder"), advice=Message("files.name_file_inside")))
        if not stat.S_ISREG(status.st_mode):  # reading a pipe or a device might never end
            raise Unreadable(Finding(file, "file", Message("files.not_ordinary")))
        if status.st_size > LARGEST_FILE:
            problem = Message("files.too_many_mb", {"mb": status.st_size / 1e6, "limit": LARGEST_FILE // 1_000_000})
            raise Unreadable(Finding(file, "file", problem))
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(_missing(path, file, dataset)) from None
    except (OSError, ValueError) as error:
        number = getattr(error, "errno", None) or 0
        reason = Message("files.name_invalid") if number in _OF_NAMES else system_errors.said(error)
        raise Unreadable(Finding(file, "file", Message("files.unreadable", {"reason": reason}))) from None


def _leads_away(path: Path) -> bool:
    """Say whether a link leads to another place than the folder it stands in, or the project's."""
    target = path.resolve()
    return path.is_symlink() and not any(target.is_relative_to(home.resolve()) for home in (path.parent, Path.cwd()))


def _missing(path: Path, file: str, dataset: str) -> Finding:
    try:
        neighbours = sorted(entry.name for entry in path.parent.iterdir() if not entry.name.startswith(("~$", ".")))
    except OSError:
        neighbours = []
    near = get_close_matches(path.name, neighbours, n=1) or [n for n in neighbours if Path(n).stem == path.stem]
    nearest = (Path(file).parent / near[0]).as_posix() if near else None
    advice = Message("files.put_file_there")
    return Finding(file, "file", Message("files.dataset_missing", {"dataset": dataset}), nearest=nearest, advice=advice)
