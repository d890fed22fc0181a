"""What a build would refuse of chapters and slides: the lines that the terminal has, and a section of the page."""

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby

from report_engine.model.problems import Problem
from report_engine.render.rehearsal import Refused
from report_engine.words.editions import Edition
from report_engine.words.messages import say

_LINES = 40  # problems that are printed one by one

_ADVICE: Mapping[str, frozenset[str]] = {
    "advice.fact": frozenset({"chapters.unknown_fact"}),
    "advice.work": frozenset({"chapters.not_in_bibliography"}),
    "advice.reference": frozenset({"filters.refers_to_nothing", "chapters.link_leads_nowhere"}),
    "advice.place_once": frozenset({"chapters.placed_nowhere"}),
    "advice.keep_one": frozenset({"chapters.placed_twice"}),
    "advice.mark_claims": frozenset(
        {
            "chapters.claim_without_id",
            "chapters.sentence_without_claim",
            "chapters.second_sentence",
            "chapters.claim_without_sentence",
        }
    ),
    "advice.same_in_editions": frozenset(
        {
            "chapters.other_edition",
            "chapters.missing_in",
            "chapters.missing_in_instead",
            "chapters.more_often",
            "chapters.level",
            "chapters.order",
            "chapters.other_exists",
            "chapters.slides_exist",
        }
    ),
    "advice.name_or_file": frozenset(
        {"chapters.file_missing", "chapters.file_absent", "chapters.missing_path", "chapters.figure_without"}
    ),
    "advice.another_id": frozenset({"filters.id_twice"}),
    "advice.every_format": frozenset(
        {
            "chapters.code_cell",
            "chapters.raw_block",
            "chapters.html_block",
            "chapters.front_matter_shortcode",
            "filters.class_unsupported",
            "filters.attribute_unsupported",
            "filters.id_prefix",
            "filters.reference_prefix",
            "filters.raw",
            "filters.formula",
            "slides.no_references",
            "slides.no_formulas",
            "slides.no_footnotes",
            "slides.no_raw_text",
        }
    ),
}
"""What to do about problems of these keys."""


def said(problem: Problem, edition: Edition) -> tuple[str, str]:
    """Return what is wrong, with what was probably meant, and what to do about it."""
    what = problem.said(edition)
    advice = next((advice for advice, keys in _ADVICE.items() if problem.message.key in keys), "advice.correct")
    return f"{what}{'' if what.endswith('?') else '.'}", say(advice, edition)


def lines(refused: Refused, edition: Edition) -> list[str]:
    """Return what the terminal says of chapters and slides."""
    first, rest = refused.problems[:_LINES], refused.problems[_LINES:]
    printed = [f"{_where(problem, edition)}: {' '.join(said(problem, edition))}" for problem in first]
    if rest:
        printed.append(say("check.refused_more", edition, n=len(rest)))
    return printed if refused.built else [*printed, say("check.unbuilt", edition)]


def _where(problem: Problem, edition: Edition) -> str:
    return f"{problem.file}, {_line(problem, edition)}" if problem.line else problem.file


def _line(problem: Problem, edition: Edition) -> str:
    return say("check.line", edition, n=problem.line) if problem.line else say("check.whole", edition)


def section(refused: Refused, edition: Edition) -> str:
    """Write the page's section: a table of what would be refused, file by file."""
    problems = refused.problems
    parts = [f'<p class="about">{escape(say("check.refused_about", edition))}</p>']
    if not problems:
        parts.append(f"<p>{escape(say('check.refused_fine', edition))}</p>")
    if not refused.built:
        parts.append(f"<p>{escape(say('check.unbuilt', edition))}</p>")
    if problems:
        head = "".join(
            f'<th scope="col">{escape(say(key, edition))}</th>' for key in ("check.where", "check.wrong", "check.do")
        )
        bodies = "\n".join(_body(file, list(of), edition) for file, of in groupby(problems, key=lambda one: one.file))
        parts.append(f'<table aria-labelledby="report">\n<thead><tr>{head}</tr></thead>\n{bodies}\n</table>')
    title = escape(say("check.refused", edition))
    return f'<section aria-labelledby="report">\n<h2 id="report">{title}</h2>\n{"".join(parts)}\n</section>'


def _body(file: str, problems: Sequence[Problem], edition: Edition) -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(_line(problem, edition))}</th>'
        f"{''.join(f'<td>{escape(text)}</td>' for text in said(problem, edition))}</tr>\n"
        for problem in problems
    )
    severity = f'<span class="error">{escape(say("severities.error", edition))}</span>'
    return f'<tbody><tr><th scope="rowgroup" colspan="3">{escape(file)} <span>· {severity}</span></th></tr>\n{rows}</tbody>'
