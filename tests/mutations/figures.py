"""Faults in what figures show and their words tell: marks, labels, legends, captions and alt texts."""

from tests.mutations.plan import Mutation


def of(section: str, name: str, module: str, place: str, old: str, new: str) -> Mutation:
    """A fault in a section's chart or in its words, found by the tests that read figures back."""
    return Mutation(
        f"{section}: {name}", f"analysis/sections/{section}/{module}.py", place, old, new, ("tests/figures",)
    )


def chart(name: str, place: str, old: str, new: str) -> Mutation:
    """A fault in a kind of chart that sections share."""
    return Mutation(
        f"charts: {name}",
        "report_engine/drawing/charts.py",
        place,
        old,
        new,
        ("tests/report_engine/drawing/test_charts.py", "tests/figures"),
    )


MUTATIONS = (
    chart("rows labelled in reverse", "dots_with_interval",
          "axis.set_yticks(np.arange(len(labels))[::-1], labels)", "axis.set_yticks(np.arange(len(labels)), labels)"),
    chart("answers drawn in reverse", "likert_bars", "LIKERT_COLOURS[answer], LIKERT_COLOURS[merged",
          "LIKERT_COLOURS[6 - answer], LIKERT_COLOURS[merged"),
    chart("shares at the wrong ends", "likert_bars", "percent(share[4] + share[5], edition)", "percent(share[1] + share[2], edition)"),
    chart("legend of the answers in reverse", "likert_bars",
          "[answers[answer][edition] for answer in range(1, 6)]", "[answers[6 - answer][edition] for answer in range(1, 6)]"),
    chart("legend of the waves swapped", "dumbbell", 'linewidth=1.4, label=names[0]', 'linewidth=1.4, label=names[1]'),
    chart("parts of a bar under each other's label", "stacked_bars", "color=colours[key], label=label", "color=colours[list(labels)[-1]], label=label"),
    chart("lines labelled with the first point", "lines", "float(part[y].iloc[-1]), labels[key]", "float(part[y].iloc[0]), labels[key]"),
    chart("cells' texts beside their cells", "heat", "texts.iat[row, column]", "texts.iat[row, -1 - column]"),
    of("managers", "models on each other's side", "figures", "draw_activation_models",
       '{JOB: (-1, WARM, "s"), RESOURCE: (1, ACCENT, "o")}', '{JOB: (1, WARM, "s"), RESOURCE: (-1, ACCENT, "o")}'),
    of("managers", "headings of the models swapped", "figures", "draw_activation_models",
       "zip(MODELS, (-0.5, 0.5), strict=True)", "zip(MODELS, (0.5, -0.5), strict=True)"),
    of("managers", "two shares swapped in a caption", "figures", "activation_models",
       '(("job", JOB), ("resource", RESOURCE))', '(("job", RESOURCE), ("resource", JOB))'),
    of("managers", "alt text tells the lower bound", "figures", "activation_models",
       'cell(found.views, item=item, actor=actor)["estimate"]', 'cell(found.views, item=item, actor=actor)["low"]'),
    of("managers", "discretion's legend in reverse", "figures", "draw_pes_discretion",
       "[stances[stance][edition] for stance in STANCE_COLOURS]",
       "[stances[stance][edition] for stance in reversed(STANCE_COLOURS)]"),
    of("collaboration", "groups swapped in a caption", "figures", "same_collaboration",
       'for level in ("managers", "staff"))', 'for level in ("staff", "managers"))'),
    of("collaboration", "bars in the opposite order of their names", "views", "draw",
       "axis.set_yticks(range(len(rows)), names)", "axis.set_yticks(range(len(rows)), names[::-1])"),
    of("collaboration", "columns of the heat map swapped", "interview_figures", "draw_stance_heat",
       "[heads[actor][edition] for actor in ACTORS]", "[heads[actor][edition] for actor in reversed(ACTORS)]"),
    of("collaboration", "panels' titles swapped", "interview_figures", "draw_overlap_gaps",
       "axis.set_title(codes[code][edition])", "axis.set_title(codes[OVERLAP[code == OVERLAP[0]]][edition])"),
    of("collaboration", "sides of the gap swapped in words", "figures", "manager_staff_gap",
       'managers=top["managers"]', 'managers=top["staff"]'),
    of("collaboration", "more managers on the staff's side", "figures", "manager_staff_gap",
       '("more_staff", "more_managers")', '("more_managers", "more_staff")'),
    of("staff", "legend of two waves swapped", "figures", "draw_caseload", "label=str(wave)", "label=str(waves[wave == waves[0]])"),
    of("staff", "two items' legend swapped", "figures", "draw_knowledge",
       "label=items[item][edition]", "label=items[list(items)[item == list(items)[0]]][edition]"),
    of("staff", "codes' titles swapped", "figures", "draw_chairs",
       "fill(codes[code][edition], 28)", "fill(codes[list(codes)[code == list(codes)[0]]][edition], 28)"),
    of("participants", "streams' titles swapped", "figures", "draw_contentment",
       '((left, "survey", ACCENT, "o"), (right, "interviews", WARM, "s"))', '((right, "survey", ACCENT, "o"), (left, "interviews", WARM, "s"))'),
    of("participants", "ages in reverse", "figures", "draw_by_age", "reindex(list(ages)).reset_index()", "reindex(list(ages)[::-1]).reset_index()"),
    of("background", "first and last swapped in a caption", "figures", "net_cost_real", "first, last = found.final_ends", "last, first = found.final_ends"),
    of("conclusions", "indicators under each other's title", "figures", "draw_new",
       "fill(titles[name][edition], 26)", "fill(titles[names[-1 - names.index(name)]][edition], 26)"),
    of("conclusions", "marks of verdicts swapped", "figures", "draw_triangulation", "VERDICT_WORDS[outcome][edition]",
       'VERDICT_WORDS[{"holds": "fails", "fails": "holds"}.get(outcome, outcome)][edition]'),
    of("study", "rates beside the other wave", "figures", "draw_rates",
       "(value, row),", "(other, row),"),
    of("municipal_activation", "lines of the practices swapped", "figures", "_practice_lines",
       'parts = [units[units["practice"] == name].sort_values("year", kind="stable") for name in labels]',
       'parts = [units[units["practice"] == name].sort_values("year", kind="stable") for name in reversed(labels)]'),
)  # fmt: skip
