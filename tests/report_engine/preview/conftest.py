"""The small project to render that the tests of the renderer have."""

from tests.report_engine.render.conftest import project  # noqa: F401  (a fixture)
