"""Every reader is given files that chance has damaged, about half a minute in all; one without a file here is found."""

import pytest
from hypothesis import HealthCheck, given, settings

from report_engine.readers import READERS, sheets
from report_engine.readers.tables import delimited
from tests.hostile.samples import SAMPLES
from tests.report_engine.readers.test_exports_damaged import damaged, damages, read

EXAMPLES = {"spss": 4, "xls": 4, "xlsb": 4}
"""Each of these files takes a process of its own; of the other readers' files, many more are tried."""


def test_every_reader_is_fuzzed() -> None:
    tried = {sheets(data, "sample")[0].form for data in SAMPLES.values()}
    expected = {reader.FORM for reader in READERS} | {delimited.FORM}
    assert expected <= tried, f"add a file of {sorted(expected - tried)} to SAMPLES"


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_damaged_file_is_read_or_refused(name: str) -> None:
    @settings(
        max_examples=EXAMPLES.get(name.partition(":")[0], 60), deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(places=damages)
    def run(places: list[tuple[float, int | bytes | None]]) -> None:
        read(damaged(SAMPLES[name], places))

    run()
