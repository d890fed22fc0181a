"""Readers: the bytes of a file in, a table of text out. They know the columns to look for and nothing else."""

import os
import stat
from difflib import get_close_matches
from pathlib import Path

from analysis.contract import Contract
from analysis.findings import Finding
from analysis.sources import delimited, workbook
from analysis.sources.raw import Column, Raw, Unreadable

__all__ = ["Column", "Raw", "Unreadable", "read", "shown_path"]

LARGEST_FILE = 200_000_000  # bytes

_ZIP = b"PK\x03\x04"
_FOREIGN = {
    b"\xd0\xcf\x11\xe0": ("the file is an old Excel workbook (.xls) or one with a password", "Save it as .xlsx."),
    b"PK\x05\x06": ("the file is an empty zip archive", "Export the table again."),
    b"\x1f\x8b": ("the file is compressed (gzip)", "Unpack it first."),
    b"%PDF": ("the file is a PDF", "Use the table that it was made from."),
    b"PAR1": ("the file is Parquet", "Save the table as CSV UTF-8."),
    b"$FL": ("the file is an SPSS file", "Save the table as CSV UTF-8."),
}


def read(path: Path, contract: Contract) -> Raw:
    """Read one table from a ``.csv``, ``.txt`` or ``.xlsx`` file, told apart by content, not by name.

    Raises ``Unreadable`` with one finding where the file is missing, is no such file, or exceeds the limits.
    """
    file = shown_path(path)
    data = _content(path, file, contract)
    if data.startswith(_ZIP):
        return workbook.parse(data, file, contract)
    for magic, (problem, advice) in _FOREIGN.items():
        if data.startswith(magic):
            raise Unreadable(Finding(file, "file", problem, advice=advice))
    return delimited.parse(data, file, contract)


def shown_path(path: Path) -> str:
    """Return a path as the person knows it: from the working folder where it lies below it."""
    full = Path(os.path.abspath(path))
    return full.relative_to(Path.cwd()).as_posix() if full.is_relative_to(Path.cwd()) else path.as_posix()


def _content(path: Path, file: str, contract: Contract) -> bytes:
    if path.name.startswith(("~$", ".~lock.")):
        advice = "Close the workbook and name the file without that beginning."
        raise Unreadable(Finding(file, "file", "this is the lock file of an open workbook", advice=advice))
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise Unreadable(Finding(file, "file", "this is a folder, not a file", advice="Name the file inside it."))
        if not stat.S_ISREG(status.st_mode):  # reading a pipe or a device might never end
            raise Unreadable(Finding(file, "file", "this is no ordinary file"))
        if status.st_size > LARGEST_FILE:
            problem = f"the file has {status.st_size / 1e6:,.0f} MB, the limit is {LARGEST_FILE // 1_000_000} MB"
            raise Unreadable(Finding(file, "file", problem))
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(_missing(path, file, contract)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name is not valid"
        raise Unreadable(Finding(file, "file", f"the file can't be read ({reason})")) from None


def _missing(path: Path, file: str, contract: Contract) -> Finding:
    try:
        neighbours = sorted(entry.name for entry in path.parent.iterdir() if not entry.name.startswith(("~$", ".")))
    except OSError:
        neighbours = []
    near = get_close_matches(path.name, neighbours, n=1) or [n for n in neighbours if Path(n).stem == path.stem]
    nearest = (Path(file).parent / near[0]).as_posix() if near else None
    advice = "Put the file there, or name another one in config.yaml."
    return Finding(file, "file", f"the file of the dataset {contract.name} is missing", nearest=nearest, advice=advice)
