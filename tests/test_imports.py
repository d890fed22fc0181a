"""No module waits for itself, late and type-checking imports counted; what may import what is import-linter's (pyproject.toml)."""

import graphlib

import grimp
import pytest


@pytest.fixture(scope="module")
def graph():
    return grimp.build_graph("analysis", "report_engine", cache_dir=None)


def test_there_are_no_circles(graph):
    imports = {module: graph.find_modules_directly_imported_by(module) for module in sorted(graph.modules)}
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_a_circle_would_be_found():
    with pytest.raises(graphlib.CycleError):
        graphlib.TopologicalSorter({"a": {"b"}, "b": {"a"}}).prepare()
