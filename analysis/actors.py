"""The actors whom the survey and the interviews asked."""

from report_engine.contracts import contract

ACTORS = tuple(str(category.value) for category in contract.load("actors").field("actor").categories)
"""In the contract's order: managers, staff, participants."""

MUNICIPAL_MANAGERS = ("social_services_manager", "labour_unit_manager")

MANAGERS = ("pes_manager", *MUNICIPAL_MANAGERS)

STAFF = ("social_worker", "labour_unit_staff")

# Groups of actors for interview results that six actors would make too thin.
GROUPS = ("pes_manager", "municipal_manager", "social_worker", "labour_unit_staff", "participant")
