"""Every finding of these tests must have Swedish."""

from tests.report_engine.words.messages.recorded import all_found_is_said  # noqa: F401  (a fixture)
