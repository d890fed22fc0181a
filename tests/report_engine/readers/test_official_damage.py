"""Files of SCB and Kolada with bytes changed, lost and repeated: each is read or refused, whatever the damage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report_engine.readers.raw import Unreadable
from report_engine.readers.statistics import kolada, px, pxweb, pxweb_csv
from tests.report_engine.readers.official import as_bytes, json_stat, kolada_page, kolada_row
from tests.report_engine.readers.test_px import file
from tests.report_engine.readers.test_pxweb import V1
from tests.report_engine.readers.test_pxweb_csv import WIDE

WHOLE = {
    "json-stat2": (pxweb, as_bytes(json_stat(status={"6": ".."}))),
    "v1": (pxweb, as_bytes(V1)),
    "kolada": (kolada, as_bytes([kolada_page([kolada_row("U40455", "0581", year, 1.5)]) for year in (2022, 2023)])),
    "px": (px, file()),
    "csv": (pxweb_csv, WIDE.encode()),
}


@pytest.mark.parametrize("form", WHOLE)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(form: str, data: st.DataObject) -> None:
    reader, whole = WHOLE[form]
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(damaged)))
        to = min(len(damaged), at + data.draw(st.integers(0, 20)))
        damaged[at:to] = data.draw(st.one_of(st.binary(max_size=4), st.just(bytes(damaged[at:to]) * 2)))
    content = bytes(damaged)
    reader.matches(content, "f")
    try:
        sheets = reader.sheets(content, "f")
    except Unreadable as error:
        assert str(error).startswith("f")
    else:
        assert all(len(cells) == len(sheet.header) for sheet in sheets for _, cells in sheet.records)
