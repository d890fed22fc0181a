"""The part of the readers of .xls and .xlsb that runs in a process of its own: a JSON document a sheet, its rows from the first.

A damaged file can make the library ask for more memory than there is, which ends the process; here it harms nobody. It is
run by its path, so that it imports nothing of the project.
"""

import io
import json
import sys
from typing import Any

MEMORY = 2_000_000_000  # bytes
SECONDS = 30  # of computing


def main() -> None:
    """Read the workbook on standard input and write its worksheets to standard output.

    Texts are written as they are, numbers as numbers, dates and times as a list of their text.
    """
    _limit()
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_object(io.BytesIO(sys.stdin.buffer.read()))
    for about in workbook.sheets_metadata:
        if about.typ == SheetTypeEnum.WorkSheet:
            rows = workbook.get_sheet_by_name(about.name).to_python(skip_empty_area=False)
            hidden = about.visible != SheetVisibleEnum.Visible
            sheet = {"name": about.name, "hidden": hidden, "rows": [[_plain(cell) for cell in row] for row in rows]}
            sys.stdout.write(json.dumps(sheet) + "\n")


def _plain(cell: Any) -> Any:
    if isinstance(cell, bool):
        return str(cell).upper()
    return cell if isinstance(cell, str | int | float) else [str(cell)]


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    limits = {
        resource.RLIMIT_CPU: (SECONDS, SECONDS),
        resource.RLIMIT_DATA: (MEMORY, MEMORY),
        resource.RLIMIT_CORE: (0, 0),
    }
    for kind, bounds in limits.items():
        _, most = resource.getrlimit(kind)  # whoever started the program may allow less
        resource.setrlimit(
            kind, bounds if most == resource.RLIM_INFINITY else (min(bounds[0], most), min(bounds[1], most))
        )


if __name__ == "__main__":
    main()
