"""What is said in the synthetic interviews: how often each actor voices a code, and with what stance.

Columns are PES manager, social services manager, labour-market unit manager, social worker, unit staff, participant.
``WEIGHTS`` are relative frequencies, ``STANCES`` mean stances from -1 (critical) to 1 (supportive).
"""

from analysis.synthetic.survey_design import ACTORS

Six = tuple[float, float, float, float, float, float]

_TABLE: dict[str, tuple[Six, Six]] = {
    # reasons for municipal activation: municipal actors voice and endorse them, PES managers rarely and critically
    "reason_passive_pes": ((0.25, 3.0, 3.5, 3.0, 3.0, 0.0), (-0.5, 0.7, 0.7, 0.6, 0.7, 0.0)),
    "reason_low_quality_pes": ((0.25, 2.0, 2.5, 2.0, 2.2, 0.0), (-0.5, 0.6, 0.6, 0.5, 0.6, 0.0)),
    "reason_local_adaptation": ((0.5, 2.5, 3.0, 1.2, 1.6, 0.0), (-0.1, 0.7, 0.8, 0.5, 0.6, 0.0)),
    "reason_weak_cooperation": ((0.35, 2.0, 2.4, 2.6, 2.4, 0.0), (-0.3, 0.5, 0.5, 0.7, 0.7, 0.0)),
    # the logic of poor relief: managers half endorse it, participants don't
    "work_compulsion": ((0.4, 1.4, 1.4, 1.5, 0.9, 1.6), (0.1, 0.4, 0.4, -0.2, -0.2, -0.7)),
    "deserving_categorisation": ((0.3, 1.2, 0.9, 1.8, 0.9, 0.8), (0.0, 0.1, 0.1, -0.5, -0.4, -0.7)),
    "local_moralising": ((0.1, 1.0, 1.0, 1.1, 0.8, 0.6), (0.0, 0.2, 0.2, -0.4, -0.3, -0.4)),
    "discipline": ((0.2, 1.4, 1.6, 0.9, 1.0, 1.2), (0.1, 0.5, 0.5, -0.2, 0.1, -0.6)),
    "control": ((0.6, 1.8, 1.8, 1.4, 1.0, 2.0), (0.2, 0.5, 0.5, -0.1, -0.2, -0.7)),
    "suspicion": ((0.1, 0.8, 0.6, 1.0, 0.6, 1.6), (0.0, 0.1, 0.1, -0.5, -0.4, -0.8)),
    "individualisation": ((0.4, 1.0, 1.0, 1.0, 0.8, 0.8), (0.2, 0.3, 0.3, -0.4, -0.2, -0.6)),
    "sanctions": ((1.0, 2.4, 1.9, 1.6, 0.9, 1.4), (0.1, 0.6, 0.5, -0.1, -0.3, -0.7)),
    # the same collaboration, seen differently
    "collab_pes": ((4.0, 4.0, 4.0, 4.0, 4.0, 1.2), (0.45, 0.50, 0.45, -0.60, -0.72, -0.50)),
    "collab_internal": ((0.8, 3.0, 3.0, 3.0, 3.0, 0.9), (0.1, 0.6, 0.6, -0.3, -0.35, -0.4)),
    "collab_fk": ((0.8, 1.3, 1.0, 2.4, 2.0, 0.7), (-0.1, -0.2, -0.2, -0.75, -0.7, -0.6)),
    "person_bound": ((1.4, 1.5, 1.6, 1.3, 1.5, 0.0), (0.1, 0.1, 0.1, -0.2, -0.1, 0.0)),
    "parallel_tracks": ((1.0, 2.0, 2.2, 3.2, 2.6, 0.4), (-0.2, -0.5, -0.5, -0.7, -0.7, -0.5)),
    "fall_between_chairs": ((0.6, 1.2, 1.2, 3.2, 2.8, 1.6), (-0.3, -0.4, -0.4, -0.8, -0.75, -0.8)),
    # job activation among municipal managers, resource activation among staff and participants
    "job_activation": ((1.4, 3.4, 3.6, 1.6, 1.8, 0.6), (0.2, 0.6, 0.6, -0.2, 0.0, -0.5)),
    "resource_activation": ((1.4, 1.4, 1.6, 1.8, 2.2, 1.4), (0.3, 0.2, 0.25, 0.6, 0.6, 0.7)),
    # municipal entrepreneurs, PES implementers; PES managers' freedom from none to much
    "entrepreneur": ((0.3, 3.0, 3.6, 0.4, 0.8, 0.0), (0.2, 0.7, 0.7, 0.1, 0.3, 0.0)),
    "implementer": ((3.2, 0.5, 0.4, 0.9, 0.7, 0.0), (0.1, -0.1, -0.1, -0.2, -0.2, 0.0)),
    "pes_discretion": ((4.6, 0.3, 0.3, 0.6, 0.5, 0.0), (-0.05, -0.4, -0.4, -0.5, -0.5, 0.0)),
    "central_rules": ((4.2, 0.5, 0.5, 1.2, 1.0, 0.3), (-0.05, -0.4, -0.4, -0.5, -0.5, -0.5)),
    # nobody knows what comes of it
    "effects_unknown": ((0.8, 1.2, 1.2, 2.6, 2.6, 0.0), (-0.2, -0.2, -0.1, -0.6, -0.55, 0.0)),
    "someone_else_knows": ((0.4, 0.5, 0.5, 1.8, 2.0, 0.0), (0.0, 0.0, 0.0, -0.2, -0.2, 0.0)),
    "documentation_lacking": ((0.5, 1.0, 1.0, 2.2, 2.0, 0.0), (-0.1, -0.3, -0.2, -0.7, -0.6, 0.0)),
    "closest_first": ((1.0, 0.8, 0.7, 3.0, 2.4, 0.5), (0.0, 0.1, 0.1, -0.75, -0.65, -0.6)),
    "managers_dont_listen": ((0.0, 0.0, 0.0, 1.2, 1.0, 0.0), (0.0, 0.0, 0.0, -0.35, -0.30, 0.0)),
    "caseload": ((1.0, 1.2, 1.2, 2.2, 3.0, 0.0), (-0.1, 0.2, -0.2, 0.05, -0.7, 0.0)),
    # what only participants tell
    "glad_activity": ((0.0, 0.0, 0.0, 0.0, 0.0, 3.5), (0.0, 0.0, 0.0, 0.0, 0.0, 0.75)),
    "tasks_meaningless": ((0.0, 0.0, 0.0, 0.0, 0.0, 3.0), (0.0, 0.0, 0.0, 0.0, 0.0, -0.7)),
    "felt_cheap_labour": ((0.0, 0.0, 0.0, 0.0, 0.0, 2.4), (0.0, 0.0, 0.0, 0.0, 0.0, -0.6)),
    "felt_controlled": ((0.0, 0.0, 0.0, 0.0, 0.0, 2.0), (0.0, 0.0, 0.0, 0.0, 0.0, -0.65)),
    "stuck_in_system": ((0.0, 0.0, 0.0, 0.0, 0.0, 2.4), (0.0, 0.0, 0.0, 0.0, 0.0, -0.7)),
    "pes_unreachable": ((0.0, 0.0, 0.0, 0.0, 0.0, 3.0), (0.0, 0.0, 0.0, 0.0, 0.0, -0.8)),
    "unit_staff_support": ((0.0, 0.0, 0.0, 0.0, 0.0, 3.0), (0.0, 0.0, 0.0, 0.0, 0.0, 0.75)),
    # what is new
    "new_professionalism": ((0.3, 1.4, 2.4, 0.5, 1.6, 0.0), (0.2, 0.6, 0.7, 0.2, 0.5, 0.0)),
    "premises": ((0.1, 0.5, 1.2, 0.2, 0.8, 0.5), (0.0, 0.1, 0.1, -0.2, -0.1, -0.1)),
    "individual_needs": ((0.6, 1.4, 1.8, 1.2, 1.6, 0.6), (0.2, 0.5, 0.6, 0.0, 0.3, -0.2)),
    "subsidised_jobs": ((1.0, 1.8, 2.4, 0.8, 1.4, 0.6), (0.4, 0.7, 0.8, 0.3, 0.5, 0.4)),
    "pes_cofinancing": ((1.4, 0.9, 1.6, 0.2, 0.5, 0.0), (0.4, 0.5, 0.6, 0.0, 0.2, 0.0)),
    "quid_pro_quo": ((0.5, 2.4, 2.0, 1.8, 1.2, 1.6), (0.1, 0.6, 0.5, 0.0, 0.1, -0.3)),
}

WEIGHTS: dict[str, dict[str, float]] = {
    actor: {code: weights[n] for code, (weights, _) in sorted(_TABLE.items()) if weights[n]}
    for n, actor in enumerate(ACTORS)
}
STANCES: dict[tuple[str, str], float] = {
    (code, actor): stances[n] for code, (_, stances) in _TABLE.items() for n, actor in enumerate(ACTORS)
}

NEUTRAL = 0.20  # share of utterances with a neutral stance
NO_STANCE = 0.11  # share that takes none

# How likely the second coder gives the same code, by parent code: coders agree well enough on all groups but one, whose claims
# the report therefore takes for untestable.
SAME_CODE = {
    "why_activation": 0.97,
    "poor_relief": 0.94,
    "collaboration": 0.97,
    "overlap_gaps": 0.96,
    "activation_model": 0.95,
    "role": 0.95,
    "effects": 0.95,
    "priorities": 0.45,
    "participant_experience": 0.96,
    "institutionalisation": 0.96,
    "conditionality": 0.94,
}
SAME_STANCE = 0.92
