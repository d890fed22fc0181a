"""Workbooks for tests: as Excel would store them, and as nobody should."""

import io
import zipfile

import xlsxwriter


def workbook(*sheets, hidden=(), formats=None, merged=()):
    """Write sheets (name, rows) to the bytes of a workbook; ``formats`` maps (row, column) to a number format.

    ``merged`` lists areas (first row, first column, last row, last column) of every sheet, from 0.
    """
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_numbers": False})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                style = (formats or {}).get((row, column))
                options = [book.add_format({"num_format": style})] if style else []
                if isinstance(cell, tuple):
                    sheet.write_formula(row, column, cell[0], None, cell[1])
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell, *options)
                else:
                    sheet.write(row, column, cell, *options)
        for area in merged:
            style = book.add_format()
            cell = rows[area[0]][area[1]]
            sheet.merge_range(*area, cell, style)
        if name in hidden:
            sheet.hide()
    book.close()
    return target.getvalue()


def with_parts(data, **changes):
    """Return a workbook in which parts (``worksheets/sheet1.xml``) were changed by functions of their bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            change = changes.get(member.filename.rsplit("/", 1)[-1].removesuffix(".xml"))
            new.writestr(member.filename, change(content) if change else content)
    return target.getvalue()


def archive(**parts):
    """Return a zip archive of parts named by their path with ``__`` for a slash and ``_`` for a dot."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        for name, content in parts.items():
            new.writestr(name.replace("__", "/").replace("_", "."), content)
    return target.getvalue()
