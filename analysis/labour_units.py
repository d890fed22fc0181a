"""The measures that municipal labour-market units report participation in (``labour_units``)."""

MEASURES = ("task_work", "work_practice", "job_search", "assessment", "subsidised_employment", "education")
"""From what the slides describe as of low quality to what builds competence; columns are ``measure_<name>``."""

COMPETENCE = ("subsidised_employment", "education")
"""The measures that build competence."""
