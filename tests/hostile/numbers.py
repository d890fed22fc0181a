"""Numbers and dates that no measurement has, in every form that stores numbers."""

import io
import json
from functools import partial

import pandas as pd

from tests.hostile.harness import Family
from tests.report_engine.readers.official import as_bytes, json_stat, kolada_page, kolada_row
from tests.report_engine.readers.workbooks import with_parts, workbook

family = Family("numbers")

WORDS = {
    "infinite": "inf",
    "not a number": "NaN",
    "too large": "1e999",
    "too small": "1e-999",
    "of many digits": "9" * 5_000,
    "of very many digits": "9" * 90_000,
    "hexadecimal": "0x7fffffff",
    "beyond 64 bits": str(2**64),
    "minus nothing": "-",
    "signs only": "--++--",
    "with underscores": "1_000",
    "of full width": "１２３",
    "of zeros": "0" * 60_000,
    "with an exponent of many digits": "1e" + "9" * 30_000,
    "of points": "." * 50_000,
    "of groups": "1" + " 000" * 20_000,
    "of groups that end wrongly": "1" + ".000" * 20_000 + "x",
    "a fraction of many digits": "0," + "1" * 50_000,
}


def lines(number: str) -> bytes:
    """Put a number between ordinary ones."""
    return f"key;name;amount;count;flag\n1;a;1,5;2;yes\n2;b;{number};{number};no\n3;{number};2,5;3;yes\n".encode()


for about, number in WORDS.items():
    family.case(f"{about}, csv", "data.csv")(partial(lines, number))

DATES = ("0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01", "-0001-01-01", "2016-02-30", "1900-02-29", "31/31/31")
for date in DATES:
    family.case(f"the date {date.replace('/', '.')}, csv", "data.csv")(partial(lines, date))


def stored(value: bytes) -> bytes:
    """Return a workbook in which this stands for a number."""
    book = workbook(("Data", [["key", "name", "amount", "count", "flag"], ["1", "a", 12345, 777, "yes"]]))
    return with_parts(book, sheet1=lambda part: part.replace(b"12345", value).replace(b"777", value))


for value in (b"NaN", b"INF", b"-1e999", b"1e-999", b"9" * 400, b"0x10", b"", b"=1+1", b"1,5", b"\xff\xfe"):
    family.case(f"{value[:8].decode('latin-1')} stored in xlsx", "data.xlsx")(partial(stored, value))


def dated(serial: float) -> bytes:
    """Return a workbook with a date by its serial number."""
    rows = [["key", "name", "amount", "count", "flag"], [serial, serial, serial, serial, "yes"]]
    return workbook(("Data", rows), formats={(1, at): "yyyy-mm-dd" for at in range(4)})


for serial in (-1, 0, 60, 2958466, 1e9, 1e15, 1e300):
    family.case(f"the date number {serial:g} in xlsx", "data.xlsx")(partial(dated, serial))


def parquet(**columns: object) -> bytes:
    """Return a Parquet file of these columns."""
    target = io.BytesIO()
    pd.DataFrame(columns).to_parquet(target)
    return target.getvalue()


family.case("infinite and not a number, Parquet", "data.parquet")(
    lambda: parquet(
        key=["1", "2", "3"],
        name=["a", "b", "c"],
        note=["a"] * 3,
        amount=[float("inf"), float("nan"), float("-inf")],
        count=[2**62, -(2**63), 0],
        flag=["yes"] * 3,
    )
)
family.case("whole numbers that are infinite, Parquet", "data.parquet", refused=True)(
    lambda: parquet(key=["1"], name=["a"], note=["b"], amount=[1.0], count=[float("inf")], flag=["yes"])
)
family.case("dates of the first and last year, Parquet", "data.parquet")(
    lambda: parquet(key=["1", "2"], name=pd.array(["0001-01-01", "9999-12-31"], dtype="date32[pyarrow]"))
)
family.case("lists in lists, Parquet", "data.parquet")(lambda: parquet(key=["1"], name=[[["=1+1"], ["x"]]]))

for about, value in {"infinite": float("inf"), "not a number": float("nan"), "very large": 10**400}.items():
    family.case(f"{about}, JSON-stat", "data.json", refused=True)(
        partial(lambda value: json.dumps(json_stat(values=[value, *range(11)])).encode(), value)
    )
    family.case(f"{about}, Kolada", "data.json", refused=True)(
        partial(lambda value: as_bytes(kolada_page([kolada_row("U40455", "0581", 2023, value)])), value)
    )
