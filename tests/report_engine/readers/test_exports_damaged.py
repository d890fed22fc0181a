"""Every reader of a tool's export, given files that were damaged in ways that chance finds: a table or one clear refusal."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from report_engine.readers import READERS, Unreadable, sheets
from tests.report_engine.readers.qda_files import qdpx, qualcoder, taguette
from tests.report_engine.readers.test_qualcoder import MARKS as QUALCODER_MARKS
from tests.report_engine.readers.test_qualcoder import TEXTS as QUALCODER_TEXTS
from tests.report_engine.readers.test_quotations import ATLAS, MAXQDA
from tests.report_engine.readers.test_refi import MARKS, TEXTS
from tests.report_engine.readers.test_spss import FRAME, OPTIONS, written
from tests.report_engine.readers.test_survey_tools import KOBO, LIME, MONKEY, QUALTRICS, REDCAP, table
from tests.report_engine.readers.test_taguette import HIGHLIGHTS
from tests.report_engine.readers.test_taguette import MARKS as TAGUETTE_MARKS
from tests.report_engine.readers.test_taguette import TEXTS as TAGUETTE_TEXTS
from tests.report_engine.readers.workbooks import workbook

FILES = {
    "refi-qda": qdpx(TEXTS, MARKS),
    "taguette": taguette(TAGUETTE_TEXTS, TAGUETTE_MARKS),
    "taguette table": table(HIGHLIGHTS),
    "qualcoder": qualcoder(QUALCODER_TEXTS, QUALCODER_MARKS),
    "qualtrics": table(QUALTRICS),
    "limesurvey": table(LIME),
    "redcap": table(REDCAP),
    "surveymonkey": table(MONKEY),
    "kobo": workbook(("Study", KOBO)),
    "kobo csv": table([[str(cell) for cell in row] for row in KOBO], ";"),
    "maxqda": workbook(("Segments", MAXQDA)),
    "atlas": table(ATLAS),
}

damages = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True), st.one_of(st.integers(0, 255), st.none(), st.binary(min_size=1, max_size=8))
    ),
    min_size=1,
    max_size=6,
)


def damaged(data, places):
    """Change bytes (a number), cut the file off (None) or put bytes in, each at a share of its length."""
    content = bytearray(data)
    for share, what in places:
        at = int(share * len(content))
        if what is None:
            del content[at:]
        elif isinstance(what, bytes):
            content[at:at] = what
        elif content:
            content[at] = what
    return bytes(content)


def read(data):
    """Read a file as the catalog does; a refusal has one line a finding, a table has cells for each column."""
    try:
        found = sheets(data, "damaged")
    except Unreadable as error:
        assert error.findings
        assert all(len(str(finding).splitlines()) == 1 for finding in error.findings)
        return []
    for sheet in found:
        assert all(isinstance(cell, str) for _, cells in sheet.records for cell in cells)
        assert not sheet.header or all(len(cells) == len(sheet.header) for _, cells in sheet.records)
        assert all(len(str(finding).splitlines()) == 1 for finding in sheet.findings)
    return found


@pytest.mark.parametrize("name", sorted(FILES))
def test_an_undamaged_file_is_read_by_its_own_reader(name):
    (first, *_) = read(FILES[name])
    assert first.form == {
        "taguette table": "taguette",
        "kobo csv": "kobo",
        "maxqda": "qda-table",
        "atlas": "qda-table",
    }.get(name, name)
    assert first.form in {reader.FORM for reader in READERS}
    assert first.records


@pytest.mark.parametrize("name", sorted(FILES))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places=damages)
@example(places=[(0.5, None)])
@example(places=[(0.0, b"\0")])
def test_a_damaged_file_is_read_or_refused(name, places):
    read(damaged(FILES[name], places))


SAV = written(FRAME, **OPTIONS)
LONG = written(pd.DataFrame({"text": ["x" * 300, "y"], "a": [1.0, 2.0]}), compress=True)


@pytest.mark.parametrize("data", [SAV, LONG], ids=["sav", "zsav"])
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(places=damages)
def test_a_damaged_spss_file_is_read_or_refused(data, places):
    read(damaged(data, places))
