"""What a saved file makes necessary: the page alone, some sections, or the workflow."""

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from report_engine.contracts import study
from report_engine.provenance import fingerprint
from report_engine.words.texts import COLUMNS, SHARED

_MADE = (("data", "tidy"), ("data", "results"), ("report", "_output"), ("report", "_staging"))
_CODE = re.compile(r"(analysis|report_engine)/.*\.py|report_engine/.*\.yaml")
_ROOT_FILES = ("Snakefile", "_quarto.yml", "config.yaml")


@dataclass(frozen=True)
class Plan:
    """What to do before the page: run the workflow, or only compute sections (in the report's order).

    ``again`` says that packages that are kept loaded have changed; ``own`` names modules that only a new start would load.
    """

    page: bool = False
    sections: tuple[str, ...] = ()
    workflow: bool = False
    again: bool = False
    own: tuple[str, ...] = ()


def watched(path: PurePath) -> bool:
    """Say whether a file (path below the project's folder) is one that people write and the page rests on."""
    if len(path.parts) == 1:
        return path.name in _ROOT_FILES
    return not any(path.parts[: len(made)] == made for made in _MADE) and "__pycache__" not in path.parts


def plan(changed: Iterable[str], loaded: Container[str]) -> Plan:
    """Say what these changed files (paths below the project's folder) make necessary; ``loaded`` names modules in use."""
    code, prose, other = [], [], []
    texts: set[str] = set()
    for name in sorted(changed):
        if text := re.fullmatch(r"report/\w+/texts/(\w+)\.yaml", name):
            texts.add(text[1])
        elif name.startswith("report/") or name == "_quarto.yml":
            prose.append(name)
        elif _CODE.fullmatch(name):
            code.append(name)
        else:
            other.append(name)
    if not code and not other and not texts:  # the commonest case, and the one that must be quick
        return Plan(page=bool(prose))
    steps = _closure("report_engine.checks.tidy", "report_engine.notebooks.run", "report_engine.notebooks.kernel")
    sections = (
        {name: _closure(f"analysis.sections.{name}", "report_engine.results.outputs") for name in study.sections()}
        if code
        else {}
    )
    spoken = set(study.sections()) if texts & {SHARED, COLUMNS} else texts
    affected = tuple(name for name in study.sections() if name in spoken or sections.get(name, frozenset()) & set(code))
    workflow = bool(other) or bool(steps & set(code))
    return Plan(
        page=bool(prose or affected or workflow),
        sections=() if workflow else affected,
        workflow=workflow,
        again=bool(_closure("report_engine.pipeline.warm", *_kept_loaded()) & set(code)),
        own=tuple(name for name in code if _module(PurePath(name)) in loaded),
    )


def _module(path: PurePath) -> str:
    """Name the module that a file of code belongs to; texts of the engine's belong to the package they lie in."""
    return ".".join(path.with_suffix("").parts if path.suffix == ".py" else path.parent.parts)


def _kept_loaded() -> tuple[str, ...]:
    from report_engine.pipeline import warm

    return tuple(name for name in warm.HEAVY if name.partition(".")[0] in fingerprint.PACKAGES)


def _closure(*names: str) -> frozenset[str]:
    """Name the project's files that these modules run, as paths below its folder; a broken module counts alone."""
    try:
        return frozenset(fingerprint.shown(path) for path in fingerprint.modules(*names))
    except fingerprint.BrokenModule as error:  # the file that was just saved: computing with it will say what is wrong
        return frozenset({str(error).partition(",")[0].partition(":")[0]})
