"""How much of a table may be read, by the memory that reading may take."""

import pytest

from report_engine.readers import Unreadable, limits
from report_engine.readers.tables import delimited


@pytest.fixture(autouse=True)
def _as_before(monkeypatch):
    monkeypatch.setattr(limits, "_given", None)


def test_what_the_settings_say_counts():
    limits.allow(3)
    assert limits.memory() == 3_000_000_000


def test_else_half_of_the_machine(monkeypatch):
    limits.allow(None)
    sizes = {"SC_PHYS_PAGES": 4_000_000, "SC_PAGE_SIZE": 1_000}
    monkeypatch.setattr(limits.os, "sysconf", sizes.__getitem__, raising=False)
    assert limits.memory() == 2_000_000_000


def test_a_small_machine_reads_what_it_always_could(monkeypatch):
    sizes = {"SC_PHYS_PAGES": 1_000, "SC_PAGE_SIZE": 1_000}
    monkeypatch.setattr(limits.os, "sysconf", sizes.__getitem__, raising=False)
    assert limits.memory() == limits.LEAST
    limits.refuse_cells(5_000_000, "x.csv")
    limits.refuse_text(30_000_000, "x.csv")


def test_a_larger_text_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(limits, "_given", 2_000 * limits.TEXT)
    with pytest.raises(Unreadable) as error:
        delimited.sheet(b"code,cost\n" + b"1,2\n" * 1_000, "x.csv")
    assert "memory_gb in config.yaml" in str(error.value)


def test_more_cells_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "_given", 1_000 * limits.CELL)
    with pytest.raises(Unreadable, match="more than 1,000 cells"):
        delimited.sheet(b"code,cost\n" + b"1,2\n" * 1_000, "x.csv")
