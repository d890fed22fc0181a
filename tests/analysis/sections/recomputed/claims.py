"""The numbers that decide the claims: what each must be."""

from tests.analysis.sections.recomputed import accounts, interviews, registers, survey
from tests.analysis.sections.recomputed.deciding import (
    ACTIVATION,
    HALF,
    INTERVIEWED,
    Decided,
    between,
    chairs,
    common_ground,
    costs,
    discretion,
    documentation,
    estimated,
    everywhere,
    harmful,
    heard,
    known,
    of_facts,
    practice,
    rates,
    reach,
    referred,
    relief_reach,
    rose,
    stance_gap,
    studied,
    young,
)
from tests.analysis.sections.recomputed.independent import (
    MANAGERS,
    MUNICIPAL_MANAGERS,
    PARTICIPANTS,
    PES,
    STAFF,
    balance,
    change,
    places,
    share,
    stance,
)

RESULTS = ("helps", "no_effect", "harms", "mixed")
CLAIMS: dict[str, Decided] = {
    "background.costs_up": costs("cost_growth", accounts.real),
    "background.cost_per_participant_up": costs(
        "per_participant_growth", lambda tidy, year: accounts.real(tidy, year) / accounts.heads(tidy, year)
    ),
    "background.groups_differ_little": known(between=between, n=lambda tidy: len(accounts.ratios(tidy))),
    "background.unemployment_fell": of_facts(
        accounts.FACTS,
        first="background.unemployment_first",
        last="background.unemployment_presented",
        latest="background.unemployment_last",
        last_year="background.presented_year",
    ),
    "study.answers_from_all": known(
        combinations=lambda tidy: len(tidy["actors"].groupby(["municipality_code", "actor"]).size()),
        without=lambda tidy: 0,
    ),
    "study.codes_reliable": estimated(registers.FACTS["study.alpha_codes"], "alpha", "units"),
    "study.stances_reliable": estimated(registers.FACTS["study.alpha_stances"], "alpha", "units"),
    "study.interviews_cover_all": known(
        interviews=lambda tidy: len(tidy["interviews"]),
        municipalities=everywhere,
        lacking=lambda tidy: sum(
            set(own) != INTERVIEWED for _, own in tidy["interviews"].groupby("municipality_code")["group"]
        ),
    ),
    "study.response_over_half": known(
        lowest=lambda tidy: float(rates(tidy).min()),
        groups=lambda tidy: len(rates(tidy)),
        not_above_half=lambda tidy: int((rates(tidy) <= 0.5).sum()),
    ),
    "knowledge_review.effects_disagree": studied(
        "direction",
        {name: name for name in RESULTS},
        texts=False,
        studies=lambda rows: rows["direction"].isin(RESULTS).sum(),
    ),
    "knowledge_review.few_test_effects": studied(
        "method",
        {"quasi_experiments": "quasi_experiment"},
        read=lambda rows: rows["method"].ne("not_read").sum(),
        studies=len,
    ),
    "knowledge_review.research_descriptive": studied(
        "direction",
        {"descriptive": "descriptive"},
        read=lambda rows: rows["direction"].ne("not_read").sum(),
        studies=len,
    ),
    "knowledge_review.sanctions_mixed": studied(
        "sanctions", {name: name for name in ("harms", "helps", "mixed")}, texts=False
    ),
    "knowledge_review.reasons_voiced": known(
        fewest=lambda tidy: min(reach(tidy)),
        most=lambda tidy: max(reach(tidy)),
        reasons=lambda tidy: len(reach(tidy)),
        municipalities=everywhere,
    ),
    "municipal_activation.documentation_lacking": documentation,
    "municipal_activation.effects_not_followed_up": practice("effect_follow_up"),
    "municipal_activation.measures_heterogeneous": known(
        highest=lambda tidy: registers.spread(tidy).max(),
        unequal=lambda tidy: int((registers.spread(tidy) >= 0.25).sum()),
        measures=lambda tidy: len(registers.spread(tidy)),
        limit=lambda tidy: 0.25,
    ),
    "municipal_activation.poor_relief_municipal": estimated(
        interviews.FACTS["municipal_activation.relief_gap"], "difference"
    ),
    "municipal_activation.poor_relief_voiced": known(
        least=lambda tidy: min(relief_reach(tidy)),
        wide=lambda tidy: sum(found > everywhere(tidy) / 2 for found in relief_reach(tidy)),
        parts=lambda tidy: len(relief_reach(tidy)),
        municipalities=everywhere,
    ),
    "municipal_activation.task_work_dominates": known(
        leading=lambda tidy: registers.leading(registers.mix(tidy, accounts.ends(tidy)[1])),
        compared=everywhere,
        task_work=lambda tidy: registers.FACTS["municipal_activation.task_work"](tidy).value,
        competence=lambda tidy: registers.FACTS["municipal_activation.competence"](tidy).value,
    ),
    "managers.job_activation_interviews": estimated(interviews.FACTS["managers.job_activation_share"], **HALF),
    "managers.job_activation_survey": estimated(survey.FACTS["managers.lean_municipal_manager"], "difference"),
    "managers.municipal_entrepreneurs": estimated(interviews.FACTS["managers.entrepreneur_share"], **HALF),
    "managers.municipal_more_than_pes": estimated(survey.FACTS["managers.sanctions_gap"], "difference"),
    "managers.pes_central_rules": estimated(interviews.FACTS["managers.rules_gap"], "difference"),
    "managers.pes_discretion_varies": discretion,
    "collaboration.fk_fails_staff": estimated(share("fk_collaboration", STAFF), **HALF),
    "collaboration.internal_fails_staff": estimated(share("municipal_collaboration", STAFF), **HALF),
    "collaboration.internal_works_managers": estimated(share("municipal_collaboration", MUNICIPAL_MANAGERS), **HALF),
    "collaboration.interviews_agree": estimated(
        stance_gap(("collab_pes",), "group", "managers", "staff"), "difference"
    ),
    "collaboration.managers_see_improvement": estimated(change("pes_collaboration", MANAGERS), "difference"),
    "collaboration.managers_see_it_working": estimated(share("pes_collaboration", MANAGERS), **HALF),
    "collaboration.overlap_and_gaps": known(
        fall_between_chairs=lambda tidy: places(tidy, "fall_between_chairs"),
        parallel_tracks=lambda tidy: places(tidy, "parallel_tracks"),
        municipalities=everywhere,
    ),
    "collaboration.participants_unaware": estimated(survey.FACTS["collaboration.participants_unaware"], **HALF),
    "collaboration.pes_managers_positive": estimated(share("pes_collaboration", PES), **HALF),
    "collaboration.pes_managers_see_improvement": estimated(change("pes_collaboration", PES), "difference"),
    "collaboration.social_workers_negative": estimated(share("pes_collaboration", STAFF[:1]), **HALF),
    "collaboration.unit_staff_negative": estimated(share("pes_collaboration", STAFF[1:]), **HALF),
    "staff.between_chairs_fk": chairs,
    "staff.caseload_fell": estimated(change("caseload_manageable", survey.SOCIAL_SERVICES), "difference"),
    "staff.caseload_high": estimated(share("caseload_manageable", survey.UNITS), **HALF),
    "staff.effects_unknown": estimated(share("effects_known", STAFF), **HALF),
    "staff.greatest_need_unsupported": estimated(share("furthest_supported", STAFF), **HALF),
    "staff.resources_to_closest": estimated(share("resources_to_closest", STAFF), **HALF),
    "staff.social_workers_critical": estimated(stance_gap(ACTIVATION, "speaker_actor", *STAFF), "difference"),
    "staff.someone_else_answers": heard("someone_else_knows"),
    "participants.cheap_labour": estimated(
        balance("cheap_labour", "cheap_labour", PARTICIPANTS, against=(1, 2)), "balance"
    ),
    "participants.feel_controlled": estimated(share("feel_controlled", PARTICIPANTS), **HALF),
    "participants.glad": estimated(share("glad_to_have_something", PARTICIPANTS), **HALF),
    "participants.pes_out_of_reach": estimated(share("pes_reachable", PARTICIPANTS), **HALF),
    "participants.tasks_do_not_match": estimated(share("tasks_match_wishes", PARTICIPANTS), **HALF),
    "participants.tasks_not_useful": estimated(share("tasks_useful", PARTICIPANTS), **HALF),
    "participants.unit_wants_to_help": estimated(share("unit_staff_help", PARTICIPANTS), **HALF),
    "participants.young_more_positive": estimated(young, "difference"),
    "participants.stuck": estimated(stance(("stuck_in_system",), PARTICIPANTS, only=-1), "critical"),
    "recommendations.exits_go_with_resources": estimated(registers.FACTS["recommendations.association"], "spearman"),
    "recommendations.official_exits_agree": estimated(registers.FACTS["recommendations.official"], "spearman"),
    "recommendations.person_bound": heard("person_bound"),
    "recommendations.sanctions_raise_dependency": known(
        harm=lambda tidy: harmful(tidy, True), other=lambda tidy: harmful(tidy, False)
    ),
    **{f"conclusions.{name}_up": rose(name) for name in (*registers.INDICATORS, "subsidised")},
    "conclusions.from_social_services": referred,
    "conclusions.cofinancing_voiced": heard("pes_cofinancing"),
    "conclusions.professionalism_valued": estimated(stance(("new_professionalism",)), "mean_stance"),
    "conclusions.subsidised_valued": estimated(stance(("subsidised_jobs",)), "mean_stance"),
    "conclusions.quid_pro_quo_common": common_ground,
}
