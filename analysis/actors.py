"""The actors whom the survey and the interviews asked."""

from report_engine.contracts import contract

ACTORS = tuple(str(category.value) for category in contract.load("actors").field("actor").categories)
"""In the contract's order: managers, staff, participants."""
