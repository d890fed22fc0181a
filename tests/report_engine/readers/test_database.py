"""Databases are read in so many steps, whatever else the computer does meanwhile."""

import pytest

from report_engine.readers.raw import Unreadable
from report_engine.readers.tables import database
from tests.report_engine.readers.qda_files import QUALCODER
from tests.report_engine.readers.qda_files import database as written

WANTED = {"code_name": ("cid", "name")}
MANY = written(QUALCODER, {"code_name": [(at, f"code {at}", "", None, None, "", "") for at in range(1, 3001)]})


def test_a_table_is_read_whole():
    found = database.read(MANY, "a.qda", WANTED)
    assert found["code_name"][::2999] == [("1", "code 1"), ("3000", "code 3000")]


def test_more_steps_than_allowed_are_refused(monkeypatch):
    monkeypatch.setattr(database, "MOST_STEPS", 9_999)
    with pytest.raises(Unreadable, match="reading the database takes more work than it may"):
        database.read(MANY, "a.qda", WANTED)


def test_a_damaged_database_is_refused():
    with pytest.raises(Unreadable, match="the database is damaged"):
        database.read(MANY[: len(MANY) // 2], "a.qda", WANTED)
