"""For every claim with a figure or table, what that must show (``shown``)."""

from tests.analysis.sections.recomputed.independent import MANAGERS, MUNICIPAL_MANAGERS, PES, STAFF
from tests.analysis.sections.recomputed.shown import (
    Shown,
    answers,
    balance,
    between,
    caseload,
    code_gap,
    code_share,
    conclusion,
    correlation,
    counts,
    descriptive,
    discretion,
    growth,
    interviews,
    item_gap,
    material,
    mix,
    named,
    of_staff,
    practice,
    presented,
    responses,
    rose,
    row,
    rows,
    spread,
    stances,
    unemployment,
    within,
)  # fmt: skip

SANCTIONS, EDUCATION = "sanctions_needed", "education_is_way"
RULES = ("central_rules", "implementer")
LAST = "2018"  # the last wave of the shipped survey
RESULTS = {name: name for name in ("helps", "no_effect", "harms", "mixed")}
ON_TASKS = ("glad_to_have_something", "tasks_useful", "tasks_match_wishes")

SHOWN: dict[str, Shown] = {
    "background.costs_up": growth("net_cost_real_tkr", panel="studied"),
    "background.cost_per_participant_up": growth("sek", series="all"),
    "background.groups_differ_little": between,
    "background.national_figures_agree": presented,
    "background.unemployment_fell": unemployment,
    "study.answers_from_all": material,
    "study.interviews_cover_all": interviews,
    "study.response_over_half": responses,
    "knowledge_review.effects_disagree": counts("direction", RESULTS),
    "knowledge_review.few_test_effects": counts("method", {"quasi_experiments": "quasi_experiment"}),
    "knowledge_review.reasons_voiced": named("code", "reasons", "reason_"),
    "knowledge_review.research_descriptive": descriptive,
    "knowledge_review.sanctions_mixed": counts("sanctions", {name: name for name in ("harms", "helps", "mixed")}),
    # The figure draws who answers for whom; the verdict counts the studies that say so.
    "knowledge_review.two_tracks": lambda frame, _: len(rows(frame, track=["state", "municipal"])) > 1,
    "municipal_activation.documentation_lacking": within(
        "survey", "estimate", part="survey", actor=[*MUNICIPAL_MANAGERS, *STAFF]
    ),
    "municipal_activation.effects_not_followed_up": practice("effect_follow_up"),
    "municipal_activation.measures_heterogeneous": spread,
    "municipal_activation.poor_relief_municipal": code_gap("side", ("municipal_manager",), PES),
    "municipal_activation.poor_relief_voiced": named("code", "parts"),
    "municipal_activation.task_work_dominates": mix,
    "managers.job_activation_interviews": code_share("job_activation", ("job_activation", "resource_activation")),
    "managers.job_activation_survey": item_gap(
        *(({"item": SANCTIONS, "actor": actor}, {"item": EDUCATION, "actor": actor}) for actor in MUNICIPAL_MANAGERS)
    ),
    "managers.municipal_entrepreneurs": code_share("entrepreneur", ("entrepreneur", *RULES)),
    "managers.municipal_more_than_pes": item_gap(
        *(
            ({"item": SANCTIONS, "actor": actor}, {"item": SANCTIONS, "actor": "pes_manager"})
            for actor in MUNICIPAL_MANAGERS
        )
    ),
    "managers.pes_central_rules": code_gap("actor", PES, MUNICIPAL_MANAGERS, RULES),
    "managers.pes_discretion_varies": discretion,
    "collaboration.fk_fails_staff": within("estimate", f"{LAST}_estimate", item="fk_collaboration", actor=[*STAFF]),
    "collaboration.internal_fails_staff": within(
        "estimate", f"{LAST}_estimate", item="municipal_collaboration", actor=[*STAFF]
    ),
    "collaboration.internal_works_managers": within(
        "estimate", f"{LAST}_estimate", item="municipal_collaboration", actor=[*MUNICIPAL_MANAGERS]
    ),
    "collaboration.interviews_agree": stances,
    "collaboration.managers_see_improvement": within("difference", "change", item="pes_collaboration", actor=[*MANAGERS]),
    "collaboration.managers_see_it_working": within("estimate", "share", step="agree", actor=[*MANAGERS]),
    # How often each is brought up, not in how many municipalities.
    "collaboration.overlap_and_gaps": lambda frame, numbers: set(frame["code"]) | {"municipalities"} == set(numbers),
    "collaboration.participants_unaware": row("estimate", "estimate", part="dont_know", actor="participant"),
    "collaboration.pes_managers_positive": row("estimate", "share", step="agree", actor="pes_manager"),
    "collaboration.pes_managers_see_improvement": row(
        "difference", "change", item="pes_collaboration", actor="pes_manager"
    ),
    "collaboration.social_workers_negative": row("estimate", "share", step="agree", actor="social_worker"),
    "collaboration.unit_staff_negative": row("estimate", "share", step="agree", actor="labour_unit_staff"),
    # Segments on Försäkringskassan by municipality; the verdict compares how critical they are with those on the PES.
    "staff.between_chairs_fk": lambda frame, _: set(frame["code"]) == {"fall_between_chairs", "collab_fk"},
    "staff.caseload_fell": caseload,
    "staff.caseload_high": row("estimate", "estimate", row="labour_unit", wave=int(LAST)),
    "staff.effects_unknown": within("estimate", "estimate", item="effects_known", actor=[*STAFF]),
    "staff.greatest_need_unsupported": of_staff("furthest_supported"),
    "staff.resources_to_closest": of_staff("resources_to_closest"),
    "participants.cheap_labour": balance,
    "participants.feel_controlled": answers("feel_controlled"),
    "participants.glad": answers("glad_to_have_something"),
    "participants.pes_out_of_reach": row("estimate", "estimate", whom="pes", stream="survey"),
    "participants.tasks_do_not_match": answers("tasks_match_wishes"),
    "participants.tasks_not_useful": answers("tasks_useful"),
    "participants.unit_wants_to_help": row("estimate", "estimate", whom="unit", stream="survey"),
    # Shares agreeing by age; the verdict compares means of the same items on the scale of answers.
    "participants.young_more_positive": lambda frame, _: set(rows(frame, item=[*ON_TASKS])["age_group"]) >= {"18-24"},
    "recommendations.exits_go_with_resources": correlation,
    **{f"conclusions.{name}_up": rose(name) for name in ("degrees", "premises", "plans", "cofinancing", "subsidised")},
    **{
        f"conclusions.{name}": conclusion(name)
        for name in (
            "better_collaboration", "cofinancing", "heterogeneous", "institutionalised", "job_activation",
            "quid_pro_quo", "subsidised_employment", "two_tracks",
        )
    },
}  # fmt: skip
