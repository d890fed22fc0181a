"""What a build would refuse of chapters and slides, found without rendering: by the build's own checks and filters."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report_engine.contracts import study
from report_engine.model.problems import Problem, RenderError
from report_engine.render import checks, claims, editions, embedded, hints, slides, source
from report_engine.render.engine import Engine, Setting, choose
from report_engine.render.filtered import look
from report_engine.render.project import Project, load, main_document, metadata
from report_engine.words.editions import EDITIONS, Edition

if TYPE_CHECKING:
    from report_engine.render import Output

_TABLE = re.compile(r"^```\{=html\}$.*?^```$", re.MULTILINE | re.DOTALL)
_FACT = re.compile(r'\[\]\{\.fact data-fact="[^"]*"\}')
_OF_EVERY_ENGINE = frozenset(
    {
        "chapters.unknown_fact", "chapters.file_missing", "chapters.missing_path", "filters.refers_to_nothing",
        "chapters.not_in_bibliography", "filters.id_twice", "chapters.link_leads_nowhere", "chapters.figure_without",
        "chapters.figure_without_alt", "chapters.not_utf8", "chapters.includes_itself", "chapters.outside_project",
        "filters.picture_outside",
    }
)  # fmt: skip
"""What Quarto refuses as the embedded engine does; it renders more of Pandoc's syntax."""

_REFUSE_NOTHING = ("report/filters/missing.lua", "report/filters/blocks.lua", "report/filters/claims.lua")
"""Filters that would hide what the data at hand have no use for, or take as long as all others together."""

_MADE = re.compile(r"\b(?:figures|data/results)/")
"""What a build makes."""


@dataclass(frozen=True)
class Refused:
    """What a build would refuse, and whether there are results of an earlier one in which facts can be looked up."""

    problems: Sequence[Problem] = ()
    built: bool = True


def rehearse(root: Path, wanted: Sequence[Edition], formats: Sequence["Output"], engine: Setting) -> Refused:
    """Return what a build of these editions and formats would refuse, in the order of the files; raises nothing.

    Facts, claims, figures and tables are those of the last build; without one, what names them is left alone. How much
    fits on a page or slide only a render knows.
    """
    root = root.resolve()
    try:
        chosen, project = choose(engine).engine, load(root)
    except RenderError as error:
        return Refused([*error.problems, *editions.check(root)], _built(root))
    # "<section>.*" stands for every fact of a section: which ones there are shows after the first build
    any_fact: Mapping[str, Any] = {f"{name}.*": {} for name in (*study.sections(), "report")}
    with ThreadPoolExecutor() as pool:
        waiting = []
        for edition in wanted:
            facts = source.load_facts(root, edition) if _built(root) else any_fact
            if set(formats) - {"slides"}:
                waiting.append(pool.submit(_report, root, project, chosen, edition, facts))
            if "slides" in formats:
                waiting.append(pool.submit(_slides, root, edition, facts))
        differences = editions.check(root)
        problems = [*chain.from_iterable(one.result() for one in waiting), *differences]
    if not _built(root):
        problems = [problem for problem in problems if not _unbuilt(problem)]
    return Refused(list(dict.fromkeys(problems)), _built(root))


def _built(root: Path) -> bool:
    return all((root / "data" / "results" / edition / "facts.json").is_file() for edition in EDITIONS)


def _unbuilt(problem: Problem) -> bool:
    """Say whether something is wrong for want of a first build."""
    empty = problem.message.key == "filters.no_content" and str(problem.message.values["id"]).startswith("tbl-")
    return empty or bool(_MADE.search(problem.said("en")))


def _report(root: Path, project: Project, engine: Engine, edition: Edition, facts: Mapping[str, Any]) -> list[Problem]:
    try:
        document = source.read(root, main_document(edition), metadata(root, edition), facts)
    except RenderError as error:
        return [*error.problems]
    found = {*document.problems, *_filtered(root, project, edition, document)}
    if engine == "quarto":
        found = {problem for problem in found if problem.message.key in _OF_EVERY_ENGINE}
    return [*sorted(found, key=embedded.by_place(document)), *checks.check_chapters(root, edition, document)]


def _filtered(root: Path, project: Project, edition: Edition, document: source.Source) -> Iterator[Problem]:
    """Yield what the build's filters report of a document, and what leads nowhere in the HTML that they leave."""
    main = document.lines[0].file if document.lines else "report"
    meta = {**document.meta, "document-folder": str(Path(main).parent)}
    tables = "".join(_TABLE.findall(document.text))
    # what stands in made tables and facts is the analysis's: without it the filters take half the time
    body = _FACT.sub("x", _TABLE.sub("```{=html}\n<table><tr><td>x</td></tr></table>\n```", document.text))
    text = f"---\n{json.dumps(meta, ensure_ascii=False)}\n---\n\n{body}"
    own = (path for path in project.filters if path not in _REFUSE_NOTHING)
    filters = [f"--lua-filter={path}" for path in (*embedded.FIRST, *own, *embedded.BETWEEN)]
    seen = look(root, edition, f"report-{edition}", document, text, ["--to=html5", *filters])
    ids = [*seen.named["id"], *re.findall(r'\sid="([^"]*)"', tables)]
    yield from seen.problems
    yield from hints.hinted(root, document, _dead_ends(root, document, seen.named, ids))


def _dead_ends(
    root: Path, document: source.Source, named: Mapping[str, Sequence[str]], ids: Sequence[str]
) -> Iterator[Problem]:
    """Yield a problem for every work, file and place that the chapters name and that is not there."""
    main = document.lines[0].file if document.lines else "report"
    known = hints.bibliography(root)
    if known is not None:
        for key in dict.fromkeys(" ".join(named["data-cites"]).split()):
            if key not in known:
                yield from embedded.locate(embedded.no_entry(key), f"@{key}", document, main)
        for claim, keys in _citations(root).items():
            for key in sorted(keys - known):
                yield from embedded.locate(embedded.no_entry(key), f"#{claims.span_id(claim)}", document, main)
    for path in dict.fromkeys(named["src"]):
        of_analysis = path.startswith("figures/") and not (root / path).with_suffix(".json").is_file()
        if not (root / path).is_file() and not of_analysis and ":" not in path:  # figure.lua has said it of those
            yield from embedded.missing_file(path, document, main)
    anchors = [address.removeprefix("#") for address in named["href"] if address.startswith("#")]
    for target in checks.dead_ends(ids, anchors):
        yield from embedded.locate(checks.leads_nowhere(target), f"](#{target})", document, main)


def _citations(root: Path) -> dict[str, set[str]]:
    """Return the works that the analysis cites for and against each claim; none before the first build."""
    path = root / "data" / "results" / "claims.json"
    found = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return {claim: {*of.get("citations", ()), *of.get("dissent", ())} for claim, of in found.items()}


def _slides(root: Path, edition: Edition, facts: Mapping[str, Any]) -> list[Problem]:
    try:
        document = slides.read(root, edition, facts)
    except RenderError as error:
        return [*error.problems]
    if document.problems or not _built(root):  # without results the verdicts have no marks yet
        return document.problems
    return list(look(root, edition, f"slides-{edition}", document, *slides.for_filters(document)).problems)
