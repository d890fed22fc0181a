"""Every reader is given files that chance has damaged, about half a minute in all; one without a file here is found."""

import pytest
from hypothesis import HealthCheck, given, settings

from report_engine.readers import READERS, sheets
from report_engine.readers.tables import delimited
from tests.hostile.archives import BOOK
from tests.hostile.documents import PARQUET, SAV
from tests.report_engine.readers.test_exports_damaged import FILES, damaged, damages, read
from tests.report_engine.readers.test_official_damage import WHOLE
from tests.report_engine.readers.test_opendocument import SAMPLE as ODS

SAMPLES = {
    **FILES,
    **{form: data for form, (_, data) in WHOLE.items()},
    "ods": ODS,
    "xlsx": BOOK,
    "parquet": PARQUET,
    "plain csv": b'key;name;amount\n1;\xc3\xa5;1,5\n2;"b;c";2,5\n',
    "spss": SAV,
}
EXAMPLES = {"spss": 4}
"""Each SPSS file takes a process of its own; of the other readers' files, many more are tried."""


def test_every_reader_is_fuzzed() -> None:
    tried = {sheets(data, "sample")[0].form for data in SAMPLES.values()}
    expected = {reader.FORM for reader in READERS} | {delimited.FORM}
    assert expected <= tried, f"add a file of {sorted(expected - tried)} to SAMPLES"


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_damaged_file_is_read_or_refused(name: str) -> None:
    @settings(max_examples=EXAMPLES.get(name, 100), deadline=None, suppress_health_check=list(HealthCheck))
    @given(places=damages)
    def run(places: list[tuple[float, int | bytes | None]]) -> None:
        read(damaged(SAMPLES[name], places))

    run()
