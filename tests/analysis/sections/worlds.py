"""For every section a world in which its claims hold and one in which they don't: the shipped data, bent.

A world is a function that changes a section's tables (name → frame, copies) in place. Every claim of every section must hold in
the first world and not in the second; ``NEVER`` names those that no data the project knows of could decide.
"""

from collections.abc import Callable

import pandas as pd

from analysis.actors import MANAGERS, MUNICIPAL_MANAGERS, STAFF
from tests.analysis.sections.bending import Tables, answer, backwards, new_code, of_one_mind, recode, silent, stance

World = Callable[[Tables], None]

NEVER = ("participants.want_paid_jobs", "recommendations.secrecy_in_the_way")
PARTICIPANTS = ("participant",)
PES = ("pes_manager",)


def _national(tables: Tables, participants: tuple[float, float], without: tuple[float, float], paid: float) -> None:
    rows = tables["labour_units_national"]
    own = rows[rows["indicator"] != "participants"]
    presented = rows[(rows["indicator"] == "participants") & (rows["basis"] == "presentation")]
    base = rows.iloc[[0]].assign(unit="persons", basis="approximate", indicator="participants")
    more = [base.assign(year=year, value=value) for year, value in zip((2012, 2017), participants, strict=True)]
    base = base.assign(indicator="unemployed_without_benefit", unit="percent", basis="derived")
    more += [base.assign(year=year, value=value) for year, value in zip((2009, 2017), without, strict=True)]
    tables["labour_units_national"] = pd.concat([own, presented, *more], ignore_index=True)
    state = tables["state_programmes"]
    its = (state["programme"] == "programmes_and_measures") & (state["year"] == 2017)
    state.loc[its, ["amount_tkr", "status", "origin"]] = [paid, "outturn", "official"]


def background_good(tables: Tables) -> None:
    _national(tables, (120_000, 100_300), (60.0, 40.0), 9_000_000)


def background_bad(tables: Tables) -> None:
    _national(tables, (90_000, 120_000), (40.0, 60.0), 20_000_000)
    backwards(tables, "municipal_accounts", ["net_cost_tkr"])
    rows = tables["labour_units_national"]
    rows.loc[rows["basis"] == "approximate", "value"] *= 3
    tables["unemployment"]["unemployment_percent"] = tables["unemployment"]["year"] - 2000.0
    cost = tables["municipal_net_cost"]
    group = tables["municipalities"].set_index("municipality_code")["skr_group_code"]
    far = cost["municipality_code"].map(group) == group.sort_values().iloc[0]
    cost["net_cost_tkr"] = 1_000
    cost.loc[far & (cost["area_code"] == "610"), "net_cost_tkr"] = 50_000


def study_good(tables: Tables) -> None:
    tables["survey_frame"]["invited"] = tables["actors"].groupby("stratum").size().reindex(
        tables["survey_frame"]["stratum"]
    ).to_numpy()  # fmt: skip


def study_bad(tables: Tables) -> None:
    place = "0581"
    interviews, actors = tables["interviews"], tables["actors"]
    gone = (interviews["municipality_code"] == place) & (interviews["group"] == "participants")
    tables["segments"] = tables["segments"][
        ~tables["segments"]["interview_id"].isin(interviews.loc[gone, "interview_id"])
    ]
    tables["interviews"] = interviews[~gone].reset_index(drop=True)
    tables["actors"] = actors[~((actors["municipality_code"] == place) & (actors["actor"] == "participant"))]
    tables["survey_frame"]["invited"] *= 3
    segments = tables["segments"].reset_index(drop=True)
    second = segments["segment_id"].isin(
        segments.loc[segments.duplicated(["interview_id", "start", "end"]), "segment_id"]
    )
    for column in ("code", "stance"):
        segments.loc[second, column] = segments.loc[second, column].sort_values().to_numpy()[::-1]
    tables["segments"] = segments


def knowledge_review_bad(tables: Tables) -> None:
    tables["studies"] = tables["studies"].assign(direction="helps", method="quasi_experiment", coding_basis="title")
    tables["studies"].loc[tables["studies"]["sanctions"].notna(), "sanctions"] = "helps"
    tables["studies"].loc[tables["studies"]["bib_key"] == "ulmestig2007", "coding_basis"] = "abstract"
    recode(tables, ("reason_passive_pes",), "control")


MEASURES = ("task_work", "work_practice", "job_search", "assessment", "subsidised_employment", "education")


def municipal_activation_good(tables: Tables) -> None:
    units = tables["labour_units"]
    for place, name in enumerate(MEASURES):  # a measure dominates in some municipalities and is rare in others
        units[f"measure_{name}"] = [5 + 40 * (int(code) % (place + 2) == 0) for code in units["municipality_code"]]
    units["measure_task_work"] = 500 + 300 * (units["municipality_code"].astype("int64") % 4)
    units["documented_goals"], units["effect_follow_up"] = False, False
    answer(tables, "measures_documented", (*MUNICIPAL_MANAGERS, *STAFF), 1)
    for code in ("project_form", "good_examples_not_spread", "goals_unclear"):
        row = (
            tables["codebook"]
            .iloc[[0]]
            .assign(code=code, parent="effects", name_sv=f"Ny {code}", name_en=f"New {code}")
        )
        tables["codebook"] = pd.concat([tables["codebook"], row], ignore_index=True)
    recode(tables, ("glad_activity",), "project_form")
    recode(tables, ("unit_staff_support",), "good_examples_not_spread")
    recode(tables, ("pes_unreachable",), "goals_unclear")


def municipal_activation_bad(tables: Tables) -> None:
    units = tables["labour_units"]
    for name in MEASURES:
        units[f"measure_{name}"] = 50
    units["documented_goals"], units["effect_follow_up"] = True, True
    answer(tables, "measures_documented", (*MUNICIPAL_MANAGERS, *STAFF), 5)
    relief = tables["codebook"].loc[tables["codebook"]["parent"] == "poor_relief", "code"].tolist()
    recode(tables, ("documentation_lacking",), "collab_pes")
    recode(tables, relief, "collab_pes", (*MUNICIPAL_MANAGERS, *STAFF, *PARTICIPANTS))
    recode(tables, ("work_compulsion", "suspicion", "control", "discipline", "sanctions"), "collab_pes")
    recode(tables, ("pes_discretion",), relief[0], PES)
    for code in ("project_form", "good_examples_not_spread", "goals_unclear"):
        new_code(tables, code, voiced=False)


def managers_good(tables: Tables) -> None:
    answer(tables, "sanctions_needed", MUNICIPAL_MANAGERS, 5)
    answer(tables, "education_is_way", MUNICIPAL_MANAGERS, 1)
    answer(tables, "sanctions_needed", PES, 1)
    recode(tables, ("resource_activation",), "job_activation", MUNICIPAL_MANAGERS)
    recode(tables, ("implementer", "central_rules"), "entrepreneur", MUNICIPAL_MANAGERS)
    _discretion(tables, (-1, 1))
    new_code(tables, "quick_action", voiced=True)


def managers_bad(tables: Tables) -> None:
    answer(tables, "sanctions_needed", MUNICIPAL_MANAGERS, 1)
    answer(tables, "education_is_way", MUNICIPAL_MANAGERS, 5)
    answer(tables, "sanctions_needed", PES, 5)
    recode(tables, ("job_activation",), "resource_activation", MUNICIPAL_MANAGERS)
    recode(tables, ("entrepreneur",), "implementer", MUNICIPAL_MANAGERS)
    recode(tables, ("implementer", "central_rules"), "entrepreneur", PES)
    _discretion(tables, (0, 0))
    new_code(tables, "quick_action", voiced=False)


def _discretion(tables: Tables, ends: tuple[int, int]) -> None:
    """Let what PES managers say of their discretion alternate between two stances."""
    segments = tables["segments"]
    rows = segments.index[(segments["code"] == "pes_discretion") & segments["speaker_actor"].isin(PES)]
    segments.loc[rows, "stance"] = [ends[place % 2] for place in range(len(rows))]


def collaboration_good(tables: Tables) -> None:
    first, last = sorted(tables["actors"]["wave"].unique())
    answer(tables, "pes_collaboration", MANAGERS, 2, first)
    answer(tables, "pes_collaboration", MANAGERS, 5, last)
    answer(tables, "pes_collaboration", STAFF, 1)
    silent(tables, "pes_collaboration", PARTICIPANTS)
    answer(tables, "municipal_collaboration", MUNICIPAL_MANAGERS, 5)
    answer(tables, "municipal_collaboration", STAFF, 1)
    answer(tables, "fk_collaboration", STAFF, 1)
    stance(tables, ("collab_pes",), 1, MANAGERS)
    stance(tables, ("collab_pes",), -1, STAFF)


def collaboration_bad(tables: Tables) -> None:
    first, last = sorted(tables["actors"]["wave"].unique())
    answer(tables, "pes_collaboration", MANAGERS, 5, first)
    answer(tables, "pes_collaboration", MANAGERS, 2, last)
    answer(tables, "pes_collaboration", STAFF, 5)
    answer(tables, "pes_collaboration", PARTICIPANTS, 3)
    answer(tables, "municipal_collaboration", MUNICIPAL_MANAGERS, 1)
    answer(tables, "municipal_collaboration", STAFF, 5)
    answer(tables, "fk_collaboration", STAFF, 5)
    stance(tables, ("collab_pes",), -1, MANAGERS)
    stance(tables, ("collab_pes",), 1, STAFF)
    recode(tables, ("parallel_tracks",), "control")


ACTIVATION = ("job_activation", "work_compulsion", "quid_pro_quo", "parallel_tracks")


def staff_good(tables: Tables) -> None:
    of_one_mind(tables)
    first, last = sorted(tables["actors"]["wave"].unique())
    for item, value in (("furthest_supported", 1), ("resources_to_closest", 5), ("effects_known", 1),
                        ("fk_collaboration", 1), ("pes_collaboration", 5)):  # fmt: skip
        answer(tables, item, STAFF, value)
    answer(tables, "caseload_manageable", ("social_services_manager", "social_worker"), 1, first)
    answer(tables, "caseload_manageable", ("social_services_manager", "social_worker"), 5, last)
    answer(tables, "caseload_manageable", ("labour_unit_manager", "labour_unit_staff"), 1)
    stance(tables, ("managers_dont_listen",), -1)
    stance(tables, ("collab_fk",), -1)
    stance(tables, ("collab_pes",), 1)
    stance(tables, ACTIVATION, -1, ("social_worker",))
    stance(tables, ACTIVATION, 1, ("labour_unit_staff",))


def staff_bad(tables: Tables) -> None:
    of_one_mind(tables)
    first, last = sorted(tables["actors"]["wave"].unique())
    for item, value in (("furthest_supported", 5), ("resources_to_closest", 1), ("effects_known", 5),
                        ("fk_collaboration", 5), ("pes_collaboration", 1)):  # fmt: skip
        answer(tables, item, STAFF, value)
    answer(tables, "caseload_manageable", ("social_services_manager", "social_worker"), 5, first)
    answer(tables, "caseload_manageable", ("social_services_manager", "social_worker"), 1, last)
    answer(tables, "caseload_manageable", ("labour_unit_manager", "labour_unit_staff"), 5)
    stance(tables, ("managers_dont_listen",), 1)
    stance(tables, ("collab_fk",), 1)
    stance(tables, ("collab_pes",), -1)
    stance(tables, ACTIVATION, 1, ("social_worker",))
    stance(tables, ACTIVATION, -1, ("labour_unit_staff",))
    recode(tables, ("someone_else_knows",), "control")


GOOD_ANSWERS = {"glad_to_have_something": 5, "tasks_useful": 1, "tasks_match_wishes": 1, "cheap_labour": 5,
                "pes_reachable": 1, "unit_staff_help": 5, "feel_controlled": 5}  # fmt: skip


def participants_good(tables: Tables) -> None:
    for item, value in GOOD_ANSWERS.items():
        answer(tables, item, PARTICIPANTS, value)
    young = (tables["actors"]["actor"] == "participant") & (tables["actors"]["age_group"] == "18-24")
    tables["actors"].loc[young, ["tasks_useful", "tasks_match_wishes"]] = 3
    stance(tables, ("stuck_in_system",), -1)


def participants_bad(tables: Tables) -> None:
    for item, value in GOOD_ANSWERS.items():
        answer(tables, item, PARTICIPANTS, 6 - value)
    young = (tables["actors"]["actor"] == "participant") & (tables["actors"]["age_group"] == "18-24")
    tables["actors"].loc[young, ["tasks_useful", "tasks_match_wishes"]] = 4
    stance(tables, ("stuck_in_system",), 1)


NEW = ("staff_with_relevant_degree_share", "individual_plan_share", "pes_cofinanced_share")


def conclusions_good(tables: Tables) -> None:
    units = tables["labour_units"]
    units["purpose_built_premises"] = units["year"] > 2015


def conclusions_bad(tables: Tables) -> None:
    units = tables["labour_units"]
    units["purpose_built_premises"] = units["year"] < 2015
    units["referred_by_social_services_share"], units["referred_by_pes_share"] = 0.1, 0.6
    backwards(tables, "labour_units", [*NEW, *(f"measure_{name}" for name in MEASURES)])
    stance(tables, ("new_professionalism", "subsidised_jobs"), -1)
    recode(tables, ("quid_pro_quo", "pes_cofinancing"), "control", (*MUNICIPAL_MANAGERS, *STAFF, *PARTICIPANTS, *PES))


def _exits(tables: Tables, sign: int) -> None:
    """Let exits rise (``sign`` 1) or fall with the share of education and subsidised employment."""
    units = tables["labour_units"]
    ranks = {code: place for place, code in enumerate(sorted(units["municipality_code"].unique()))}
    rank = units["municipality_code"].map(ranks).astype("int64")
    for name in MEASURES:
        units[f"measure_{name}"] = 100
    units["measure_education"] = 10 + 20 * rank
    units["exits_total"], units["exits_study"] = 1000, 0
    units["exits_work"] = 400 + sign * 20 * rank
    place = tables["exits"]["municipality_code"].map(ranks).fillna(0).astype("float64")
    tables["exits"]["exit_to_work_or_study_percent"] = 40.0 + sign * 2 * place


def recommendations_good(tables: Tables) -> None:
    _exits(tables, 1)
    tables["studies"].loc[tables["studies"]["sanctions"].notna(), "sanctions"] = "harms"


def recommendations_bad(tables: Tables) -> None:
    _exits(tables, -1)
    recode(tables, ("person_bound",), "control")


def literature_good(tables: Tables) -> None:
    studies = tables["studies"]
    tables["studies"] = studies[studies["method"] != "not_read"].reset_index(drop=True)
    tables["studies"].loc[tables["studies"]["bib_key"] == "ulmestigpanican2018", "coding_basis"] = "abstract"
    tables["studies"].loc[tables["studies"]["sanctions"].notna(), "coding_basis"] = "report"


WORLDS: dict[str, tuple[World, World]] = {
    "background": (background_good, background_bad),
    "study": (study_good, study_bad),
    "knowledge_review": (literature_good, knowledge_review_bad),
    "municipal_activation": (municipal_activation_good, municipal_activation_bad),
    "managers": (managers_good, managers_bad),
    "collaboration": (collaboration_good, collaboration_bad),
    "staff": (staff_good, staff_bad),
    "participants": (participants_good, participants_bad),
    "conclusions": (conclusions_good, conclusions_bad),
    "recommendations": (recommendations_good, recommendations_bad),
}
