"""The facts of survey shares and differences, by item, group and wave: what each must be."""

from tests.analysis.sections.recomputed.independent import (
    ACTORS,
    FIRST,
    LAST,
    MANAGERS,
    MUNICIPAL_MANAGERS,
    PARTICIPANTS,
    PES,
    STAFF,
    Recomputed,
    balance,
    change,
    gap,
    share,
    unaware,
)

SANCTIONS, EDUCATION = "sanctions_needed", "education_is_way"
SIDES = {"municipal_manager": MUNICIPAL_MANAGERS, "pes_manager": PES, "staff": STAFF}
SOCIAL_SERVICES = ("social_services_manager", "social_worker")
UNITS = ("labour_unit_manager", "labour_unit_staff")
RELATIONS = {"pes": "pes_collaboration", "internal": "municipal_collaboration", "fk": "fk_collaboration"}
OF_STAFF = {
    "closest": "resources_to_closest",
    "documented": "measures_documented",
    "effects": "effects_known",
    "fk": "fk_collaboration",
    "pes": "pes_collaboration",
    "support": "furthest_supported",
}
GROUPS = {"managers": MANAGERS, "staff": STAFF, "social_worker": STAFF[:1], "labour_unit_staff": STAFF[1:]}
OF_PARTICIPANTS = (
    "cheap_labour",
    "feel_controlled",
    "glad_to_have_something",
    "pes_reachable",
    "tasks_match_wishes",
    "tasks_useful",
    "unit_staff_help",
)
BY_AGE = ("cheap_labour", "glad_to_have_something", "tasks_match_wishes", "tasks_useful")
AGES = {"youngest": ("18-24",), "oldest": ("50-64",)}
LAST_WAVE_GAP = ((MUNICIPAL_MANAGERS, LAST), (STAFF, LAST))

FACTS: dict[str, Recomputed] = {
    "municipal_activation.documented_manager": share("measures_documented", MUNICIPAL_MANAGERS),
    "municipal_activation.documented_staff": share("measures_documented", STAFF),
    **{f"managers.sanctions_{side}": share(SANCTIONS, who) for side, who in SIDES.items()},
    **{f"managers.education_{side}": share(EDUCATION, who) for side, who in SIDES.items()},
    **{f"managers.lean_{side}": balance(SANCTIONS, EDUCATION, who) for side, who in SIDES.items()},
    "managers.sanctions_gap": gap(SANCTIONS, (MUNICIPAL_MANAGERS, LAST), (PES, LAST)),
    **{f"collaboration.pes_{actor}": share("pes_collaboration", (actor,)) for actor in ACTORS},
    **{f"collaboration.{name}_managers": share(item, MANAGERS) for name, item in RELATIONS.items()},
    **{f"collaboration.{name}_staff": share(item, STAFF) for name, item in RELATIONS.items()},
    "collaboration.internal_municipal_managers": share("municipal_collaboration", MUNICIPAL_MANAGERS),
    "collaboration.participants_unaware": unaware("pes_collaboration", PARTICIPANTS),
    "collaboration.managers_change": change("pes_collaboration", MANAGERS),
    "collaboration.pes_gap": gap("pes_collaboration", *LAST_WAVE_GAP),
    **{f"staff.{name}_{group}": share(item, who) for name, item in OF_STAFF.items() for group, who in GROUPS.items()},
    "staff.support_denied": share("furthest_supported", STAFF, answers=(1, 2)),
    "staff.caseload_social_services_first": share("caseload_manageable", SOCIAL_SERVICES, FIRST),
    "staff.caseload_social_services_last": share("caseload_manageable", SOCIAL_SERVICES, LAST),
    "staff.caseload_units_first": share("caseload_manageable", UNITS, FIRST),
    "staff.caseload_units_last": share("caseload_manageable", UNITS, LAST),
    "staff.caseload_change_social_services": change("caseload_manageable", SOCIAL_SERVICES),
    "staff.caseload_change_labour_unit": change("caseload_manageable", UNITS),
    **{f"participants.{item}": share(item, PARTICIPANTS) for item in OF_PARTICIPANTS},
    **{f"participants.{item}_against": share(item, PARTICIPANTS, answers=(1, 2)) for item in OF_PARTICIPANTS},
    **{
        f"participants.{item}_{name}": share(item, PARTICIPANTS, ages=ages)
        for item in BY_AGE
        for name, ages in AGES.items()
    },
}
