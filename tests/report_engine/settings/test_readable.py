"""A step reads those settings alone whose change makes it due."""

from pathlib import Path

import pytest

from report_engine.settings import config, readable

ROOT = Path(__file__).resolve().parents[3]


def test_where_nothing_is_said_all_settings_can_be_read(monkeypatch):
    monkeypatch.delenv(readable.VARIABLE, raising=False)
    assert config.load(ROOT).smallest_cell == 5


@pytest.mark.parametrize("keys", [(), ("years",), ("years", "bootstrap")])
def test_what_is_not_allowed_is_refused(monkeypatch, keys):
    monkeypatch.setenv(readable.VARIABLE, "")
    readable.allow(keys)
    settings = config.load(ROOT)
    for name in type(settings._settings).model_fields:
        if name in keys:
            assert getattr(settings, name) is not None
        else:
            with pytest.raises(readable.Unseen, match=f"the setting '{name}' of config.yaml"):
                getattr(settings, name)


def test_what_is_no_setting_can_be_asked_for(monkeypatch):
    monkeypatch.setenv(readable.VARIABLE, "years")
    assert config.load(ROOT).model_dump(mode="json")["smallest_cell"] == 5
