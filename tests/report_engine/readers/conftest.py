"""Every finding of these tests must have Swedish."""

from tests.report_engine.words.messages.recorded import all_found_has_swedish  # noqa: F401  (a fixture)
