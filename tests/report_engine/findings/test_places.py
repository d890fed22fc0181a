"""The cells that a finding is about."""

import pytest

from report_engine.findings.places import Table, cells
from report_engine.model.findings import Finding

TABLE = Table("Blad1", 3, {"code": 1, "year": 2, "a, b": 4}, 4)


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (Finding("f", "value", row=5, column="year"), [(5, 2)]),
        (Finding("f", "key", row=5, column="code, year"), [(5, 1), (5, 2)]),
        (Finding("f", "value", row=5, column="a, b"), [(5, 4)]),
        (Finding("f", "row", row=5), [(5, 1), (5, 2), (5, 3), (5, 4)]),
        (Finding("f", "extra", column="year"), [(3, 2)]),
        (Finding("f", "column", column="years", nearest="year"), [(3, 2)]),
        (Finding("f", "column", column="count"), [(3, 1)]),
        (Finding("f", "file"), []),
        (Finding("f", "odd", column="count"), []),
    ],
)
def test_cells_of_a_finding(finding, expected):
    assert cells(finding, TABLE) == expected


def test_a_row_without_end_is_coloured_at_its_beginning():
    assert len(cells(Finding("f", "row", row=5), Table("", 1, {}, 900))) == 50
