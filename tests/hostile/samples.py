"""A sound file of every reader and every shape that it reads, and all that the project does with such a file."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

import pandas as pd

from report_engine.checks.validate import validate
from report_engine.contracts.contract import Contract
from report_engine.findings import places
from report_engine.mappings import proposal, writing
from report_engine.mappings.likeness import Known
from report_engine.model import findings
from report_engine.readers import Source, Unreadable, parse, sheets
from report_engine.readers.interviews import segments
from report_engine.readers.source import Coded
from report_engine.readers.tables.header import headed, named
from report_engine.readers.tables.table import Wanted
from report_engine.words.editions import EDITIONS
from tests.contracts import contract, field
from tests.hostile.archives import BOOK
from tests.hostile.documents import ZSAV
from tests.hostile.numbers import parquet
from tests.report_engine.readers.qda_files import Mark, qdpx
from tests.report_engine.readers.test_binary_workbooks import BINARY, OLD
from tests.report_engine.readers.test_exports_damaged import FILES, SAV
from tests.report_engine.readers.test_official_damage import WHOLE
from tests.report_engine.readers.test_opendocument import document
from tests.report_engine.readers.test_px import file as px
from tests.report_engine.readers.test_several_answers import MICROSOFT, google
from tests.report_engine.readers.workbooks import workbook as book

_ROWS = [["key", "name", "amount", "flag"], ["1", "a", 1.5, "yes"], ["2", "Å", 0.25, "no"], ["3", "Å", 42370, None]]
_TYPED = {
    "key": ["a", "b", "a"],
    "kind": pd.Categorical(["x", "y", "x"]),
    "day": pd.to_datetime(["2016-05-01", "2017-05-01", None]).tz_localize("Europe/Stockholm"),
    "amount": [1.5, None, -2.0],
    "exact": [Decimal("1.25"), None, Decimal("-3.50")],
    "flag": [True, None, False],
    "many": [[1, 2], None, []],
    "parts": [{"a": 1}, {"a": 2}, None],
    "raw": [b"\xff", b"x", None],
    "long": [2**62, 1, -1],
}


def _long_parquet() -> bytes:
    target = io.BytesIO()
    frame = pd.DataFrame({"key": [f"k{at % 7}" for at in range(3_000)], "count": range(3_000)})
    frame.to_parquet(target, row_group_size=500, data_page_version="2.0", compression="zstd")
    return target.getvalue()


SAMPLES: dict[str, bytes] = {
    **{f"{'qda-table' if name in ('maxqda', 'atlas') else name.split()[0]}: {name}": data for name, data in FILES.items()},
    **{f"{'pxweb' if name in ('json-stat2', 'v1') else 'pxweb-csv' if name == 'csv' else name}: {name}": data
       for name, (_, data) in WHOLE.items()},
    "px: keys": px(data='KEYS("region")=CODES;\nKEYS("ålder")=VALUES;\nDATA=\n"0114","21",7 8\n"0581","20",1 2;\n'),
    "refi-qda: inline": qdpx({"D1": "Rad ett 😀\nrad två."}, [Mark("D1", "rad", "Work")], inline=True),
    "ods: one": document(("Blad1", _ROWS), ("Blad2", [["a"], [1]]), hidden=("Blad2",)),
    "xlsx: one": BOOK,
    "xlsx: looks": book(("Data", _ROWS), ("Two", [["a", "b"], [("=1+1", 2), "x"], [1, "y"]]), hidden=("Two",),
                        formats={(1, 2): "0.0%", (3, 2): "yyyy"}, merged=((1, 1, 2, 1),)),
    "parquet: typed": parquet(**_TYPED),
    "parquet: long": _long_parquet(),
    "csv: semicolons": b'key;name;amount\n1;\xc3\xa5;1,5\n2;"b;c";2,5\n3;"d\ne";1 000,25\n',
    "csv: Windows": 'sep=,\r\n"key","name"\r\n1,"Åke ""x"""\r\n'.encode("cp1252"),
    "csv: UTF-16": "key\tname\r\n1\tÅ\r\n2\tö\r\n".encode("utf-16"),
    "forms: microsoft": book(("Sheet1", MICROSOFT)),
    "forms: google": google(("Praktik, Kurs", "4", "Ja, bra"), ("Kurs", "5", ""), ("Annat, ange", "5", ""), ("Praktik", "3", "")),
    "xls: old": OLD,
    "xlsb: binary": BINARY,
    "spss: sav": SAV,
    "spss: zsav": ZSAV,
}  # fmt: skip
"""By the reader's form and what is special about the file."""


@dataclass(frozen=True)
class Use:
    """How the data of a sound file are asked for: contracts of its columns and of none of them, and the codes in it."""

    contracts: tuple[Contract, ...]
    source: Source


def use(data: bytes) -> Use:
    """Return how a sound file is used, with numbers and words of all kinds among its columns."""
    found = sheets(data, "sound")
    first = headed(found[0], ())
    names = [name for name in dict.fromkeys(named(first.header)) if name][:30]
    fields = [field(name, ("string", "number", "integer")[at % 3]) for at, name in enumerate(names)]
    contracts = (contract(*fields, name="sound", key=names[:1]), contract(field("year", "integer"), name="other"))
    at = first.header.index("code") if segments.is_coded(first) else 0
    codes = {cells[at].casefold(): cells[at] for _, cells in first.records}
    return Use(contracts, Source((), coded=Coded("id", "document", "codebook", lambda: codes)))


def read(data: bytes, use: Use) -> None:
    """Do with a file what the project does; what it finds is a line each in both languages, and nothing is raised."""
    for finding in islice(found_in(data, use), 500):
        for edition in EDITIONS:
            said = findings.line(finding, edition)
            assert said.isprintable() and "Traceback" not in said, said


def found_in(data: bytes, use: Use) -> Iterator[findings.Finding]:
    """Give what is found while a file is read, checked and proposed a mapping for."""
    try:
        found = sheets(data, "damaged")
    except Unreadable as error:
        assert error.findings
        yield from error.findings
        return
    for sheet in found:
        assert all(isinstance(cell, str) for _, cells in sheet.records for cell in cells)
        assert not sheet.header or all(len(cells) == len(sheet.header) for _, cells in sheet.records)
        yield from sheet.findings
    for one in use.contracts:
        try:
            raw = parse(data, "damaged", one, use.source)
        except Unreadable as error:
            yield from error.findings
            continue
        wrong, _ = validate(raw, one, {})
        yield from wrong
        marks = places.tables(found, "damaged", Wanted.by(one).known)
        for finding in wrong[:200]:
            if finding.file in marks:
                places.cells(finding, marks[finding.file])
    for proposed in proposal.propose(found, use.contracts[:1], use.contracts, Known({}), "damaged"):
        writing.write(proposed, Known({}), "sv")
