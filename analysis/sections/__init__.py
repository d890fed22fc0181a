"""The sections of the report, in its order; each has a module of its own with ``build(inputs) -> Section``."""

SECTIONS = (
    "background",
    "study",
    "knowledge_review",
    "municipal_activation",
    "managers",
    "collaboration",
    "staff",
    "participants",
    "conclusions",
    "recommendations",
)
