"""Each section has the same five files, with the same names in them (docs/architecture.md)."""

import importlib

import pytest

from report_engine.contracts import study
from report_engine.pipeline.steps.section import SectionPackage
from report_engine.results import drawings
from report_engine.results.claims import Declared

NAMES = {"frames": "Frames", "figures": "FIGURES", "facts": "groups", "claims": None}


@pytest.mark.parametrize("section", study.sections())
def test_a_section_offers_what_the_workflow_asks_for(section):
    package = importlib.import_module(f"analysis.sections.{section}")
    asked = {*SectionPackage.__annotations__, "build"}
    assert sorted(name for name in asked if not hasattr(package, name)) == []


@pytest.mark.parametrize("section", study.sections())
@pytest.mark.parametrize("module", NAMES)
def test_a_section_has_the_same_files_with_the_same_names(section, module):
    found = importlib.import_module(f"analysis.sections.{section}.{module}")
    if name := NAMES[module]:
        assert hasattr(found, name)
    else:
        declared = [each for value in vars(found).values() if isinstance(value, tuple) for each in value]
        assert any(isinstance(each, Declared) for each in declared)


@pytest.mark.parametrize("section", study.sections())
def test_every_drawing_follows_from_its_arguments(shipped, section):
    """One of which that can't be told would be drawn at every build."""
    untold = [figure.name for figure in shipped.section(section).figures if drawings.shows(figure) is None]
    assert untold == []
