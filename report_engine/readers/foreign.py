"""Files that no reader takes, told apart by their content so that a person hears what to do with the one at hand."""

import re

from report_engine.model.findings import Finding
from report_engine.readers.raw import Unreadable
from report_engine.words.messages import Message

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_IN_OLD_OFFICE = {  # what the parts are called, in the order in which they tell the most
    "EncryptedPackage": (Message("files.workbook_password"), Message("files.take_password_off")),
    "WordDocument": (Message("files.word"), Message("files.save_table")),
    "Workbook": (Message("files.old_excel"), Message("files.save_as_xlsx")),
    "Book": (Message("files.old_excel"), Message("files.save_as_xlsx")),
}
_BEGINNINGS = {
    b"PK\x05\x06": (Message("files.empty_archive"), Message("files.export_table")),
    b"\x1f\x8b": (Message("files.gzip"), Message("files.unpack_first")),
    b"%PDF": (Message("files.pdf"), Message("files.use_table_itself")),
    b"SQLite format 3\0": (Message("files.other_database"), Message("files.export_from_tool")),
}
_PORTABLE = b"SPSS PORT FILE"  # said in five alphabets before the file itself begins
_JSON = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*["}]|\[\s*[\[{])')


def refuse(data: bytes, file: str) -> None:
    """Raise ``Unreadable`` for a file that is known to be something else than a table of text."""
    if found := _known(data):
        problem, advice = found
        raise Unreadable(Finding(file, "file", problem, advice=advice))


def _known(data: bytes) -> tuple[Message, Message] | None:
    if data.startswith(_OLD_OFFICE):
        parts = (said for name, said in _IN_OLD_OFFICE.items() if name.encode("utf-16-le") in data)
        return next(parts, (Message("files.old_office"), Message("files.save_table")))
    if _PORTABLE in data[:200]:
        return Message("files.spss_portable"), Message("files.save_as_sav")
    if _JSON.match(data[:1000]):
        return Message("files.other_json"), Message("files.export_csv_or_xlsx")
    return next((said for beginning, said in _BEGINNINGS.items() if data.startswith(beginning)), None)
