"""The way from a sentence of the report back to the rows of the raw files, for one fact, claim, figure or table."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from report_engine.changes import places
from report_engine.prose.text import chapter
from report_engine.results import sidecars
from report_engine.trace import code
from report_engine.words.editions import EDITIONS

Plain = Mapping[str, Any]

_FACT = re.compile(r"\{\{<\s*fact\s+[\"']?([^\s\"'>]+)[\"']?\s*>\}\}")
_ABOUT_CLAIM = (".verdict", ".statement", ".reason")
_NEAREST = 5


class Untraceable(Exception):
    """An id that nothing has, or results that are not there; ``lines`` say what to do."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


@dataclass(frozen=True)
class Results:
    """What the last build made: facts, claims, names of figures and tables, sources of the tidy tables, chapters by path."""

    root: Path
    facts: Mapping[str, Plain]
    claims: Mapping[str, Plain]
    figures: tuple[str, ...]
    tables: tuple[str, ...]
    sources: Mapping[str, Plain]
    chapters: Mapping[str, str] = field(default_factory=dict)


TableLines = Callable[[str, frozenset[str]], list[str]]
"""Writes a tidy table (its name, the words of the section's code) down to rows of its raw files."""


def load(root: Path) -> Results:
    """Read what the last build made below ``root``; ``Untraceable`` where there was none."""
    names = (*(f"data/results/{kind}.json" for kind in ("facts", "claims", "placements")), sidecars.SOURCES)
    try:
        facts, claims, placements, sources = (json.loads((root / name).read_text("utf-8")) for name in names)
    except FileNotFoundError:
        raise Untraceable("There are no results to trace yet: run `report build` first.") from None
    texts = {
        path.relative_to(root / "report").as_posix(): path.read_text("utf-8-sig", errors="replace")
        for edition in EDITIONS
        for pattern in ("*.qmd", "slides/*.md")
        for path in sorted((root / "report" / edition).glob(pattern))
    }
    return Results(root, facts, claims, tuple(placements["figures"]), tuple(placements["tables"]), sources, texts)


def trace(results: Results, name: str, table: TableLines) -> list[str]:
    """Write the way back from everything of this id: ``section.name`` of a fact or claim, ``section/name`` of a figure or table.

    The ids of the chapters will do as well (``claim-…``, ``fig-…``, ``tbl-…``). Raises ``Untraceable`` with the nearest ids.
    """
    sought = name.strip().lstrip("#@")
    said: list[str] = []
    for key in _matching(sought, results.facts, ""):
        said += _fact(results, key, table)
    for key in _matching(sought, results.claims, "claim"):
        said += _claim(results, key, table)
    for kind, prefix, names in (("figure", "fig", results.figures), ("table", "tbl", results.tables)):
        for key in _matching(sought, names, prefix):
            said += _placed(results, kind, key, table)
    if not said:
        raise Untraceable(*_unknown(results, sought))
    return said


def _matching(sought: str, known: Mapping[str, Plain] | tuple[str, ...], prefix: str) -> list[str]:
    """Find the ids that a name means, whichever way it is written."""
    flat = _flat(sought.removeprefix(f"{prefix}-") if prefix else sought)
    exact = [key for key in known if key == sought]
    return exact or [key for key in known if _flat(key) == flat and (prefix or "." in sought)]


def _flat(name: str) -> str:
    return re.sub(r"[./_-]", "-", name)


def _unknown(results: Results, sought: str) -> list[str]:
    known = sorted({*results.facts, *results.claims, *results.figures, *results.tables})
    flat = {_flat(key): key for key in known}
    near = [flat[key] for key in get_close_matches(_flat(sought), flat, n=_NEAREST, cutoff=0.5)]
    near = near or [key for key in known if sought and sought in key][:_NEAREST]
    said = f"There is no fact, claim, figure or table {sought!r}."
    return [said, "Nearest: " + ", ".join(near) + "."] if near else [said]


def _fact(results: Results, key: str, table: TableLines) -> Iterator[str]:
    fact = results.facts[key]
    yield f"fact {key}"
    if fact["value"] is not None:
        yield f"  value: {fact['value']} ({fact['unit']})"
    yield "  written: " + ", ".join(f"“{fact['text'][edition]}”" for edition in EDITIONS)
    if fact.get("low") is not None:
        yield f"  95 per cent interval: {fact['low']} to {fact['high']}"
    yield f"  {_cases(fact)}origin: {fact['origin']}"
    yield "where it stands:"
    yield from _indented(_sentences(results, key)) or ["  nowhere"]
    claim = next((key.removesuffix(e) for e in _ABOUT_CLAIM if key.endswith(e)), "")
    if claim in results.claims:
        yield f"it is said of the claim {claim}:"
        yield from _indented(_claim(results, claim, table))
        return
    section, _, name = key.partition(".")
    yield from _computed(results, section, name.removesuffix(".caption"))
    yield from _tables(results, section, fact["tables"], table)


def _claim(results: Results, key: str, table: TableLines) -> Iterator[str]:
    claim = results.claims[key]
    yield f"claim {key}"
    yield from _indented(_verdict(claim))
    yield "where it stands:"
    yield from _indented(_claimed(results, key)) or ["  nowhere"]
    if claim["figure"]:
        yield f"it is shown by: {claim['figure']}"
    section, _, name = key.partition(".")
    yield from _computed(results, section, name)
    if claim["rests_on"]:
        yield "it rests on:"
        yield from _indented(_chain(results, claim["rests_on"], frozenset({key})))
    yield from _tables(results, section, claim["tables"], table)


def _verdict(claim: Plain) -> Iterator[str]:
    verdict = claim["verdict"]
    yield f"verdict: {verdict['outcome']}"
    yield from (f"reason: {verdict['reason'][edition]}" for edition in EDITIONS)
    if verdict["numbers"]:
        yield "numbers: " + ", ".join(f"{name} {value}" for name, value in verdict["numbers"].items())
    if effect := verdict.get("effect"):
        ends = f", {effect['low']} to {effect['high']}" if effect["low"] is not None else ""
        yield f"effect: {effect['value']} ({effect['unit']}{ends}): {effect['what']['en']}"
    if firm := claim.get("robustness"):
        yield f"the same in {firm['same']} of {firm['draws']}: {firm['over']['en']}"
    for kind in ("citations", "dissent"):
        if claim.get(kind):
            yield f"{kind}: {', '.join(claim[kind])}"
    yield f"origin: {claim['origin']}"


def _chain(results: Results, ids: list[str], above: frozenset[str]) -> Iterator[str]:
    for key in ids:
        claim = results.claims.get(key)
        yield f"{key}: {claim['verdict']['outcome'] if claim else 'unknown'}"
        if claim and key not in above:
            yield from _indented(_chain(results, claim["rests_on"], above | {key}))


def _placed(results: Results, kind: str, key: str, table: TableLines) -> Iterator[str]:
    section, _, name = key.partition("/")
    folder = "figures/{}/" if kind == "figure" else "data/results/{}/tables/"
    paths: dict[str, str] = {edition: f"{folder.format(edition)}{key}" for edition in EDITIONS}
    beside: dict[str, Plain] = {}
    for edition, path in paths.items():
        file = results.root / f"{path}.json"
        beside[edition] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    about = next((each for each in beside.values() if each), {})
    yield f"{kind} {key}"
    for edition, each in beside.items():
        yield f"  caption ({edition}): {each.get('caption', '')}"
    if about:
        yield f"  {_cases(about)}origin: {about['origin']}; suppressed cells: {about['suppressed']}"
        yield f"  data: {', '.join(f'{path}.csv' for path in paths.values())}"
    if about and (made := results.root / sidecars.provenance_file(section)).is_file():
        its = json.loads(made.read_text("utf-8"))
        settings = ", ".join(f"{name} {json.dumps(value)}" for name, value in its["parameters"].items())
        yield f"  code: {its['code']['module']}, hash {its['code']['hash']}; settings: {settings}"
    yield "where it stands:"
    yield from _indented(_mentions(results, paths)) or ["  nowhere"]
    yield from _computed(results, section, name)
    yield from _tables(results, section, about.get("tables", []), table)


def _computed(results: Results, section: str, name: str) -> Iterator[str]:
    yield "how it is computed:"
    yield from _indented(map(str, code.spots(results.root, section, name))) or ["  by no section of this project"]


def _tables(results: Results, section: str, names: list[str], table: TableLines) -> Iterator[str]:
    yield "what it is computed from:"
    used = code.words(results.root, section)
    for name in sorted(names):
        known = name in results.sources
        yield from _indented(table(name, used) if known else [f"{name}: not among the tidy tables"])
    if not names:
        yield "  no table of its own: the settings, or results of other sections"


def _sentences(results: Results, key: str) -> Iterator[str]:
    found = places.of_facts(results.chapters, results.facts).get(key, [])
    for place in sorted(found, key=lambda place: _order(place.file)):
        sentence = "".join(text for _, text in place.sentence).replace(":::", "")
        yield f"report/{place.file}, line {place.line}: {' '.join(sentence.split())}"


def _claimed(results: Results, key: str) -> Iterator[str]:
    """Yield the marked sentences of a claim."""
    mark = re.compile(rf"\{{[^{{}}]*#{re.escape(places.span_id(key))}(?![\w-])[^{{}}]*\}}")
    for file, text in sorted(results.chapters.items(), key=lambda item: _order(item[0])):
        ends = {end: start for start, end in chapter(text).tested}
        for found in mark.finditer(text):
            start = ends.get(found.start())
            if start is not None:
                line = text.count("\n", 0, start) + 1
                yield f"report/{file}, line {line}: {_plain(text[start + 1 : found.start() - 1], results, file[:2])}"


def _mentions(results: Results, paths: Mapping[str, str]) -> Iterator[str]:
    for file, text in sorted(results.chapters.items(), key=lambda item: _order(item[0])):
        for edition, path in paths.items():
            for found in re.finditer(rf"/{re.escape(path)}\.(?:svg|md)\b", text):
                if file.startswith(f"{edition}/"):
                    yield f"report/{file}, line {text.count(chr(10), 0, found.start()) + 1}"


def _plain(text: str, results: Results, edition: str) -> str:
    def wording(found: re.Match[str]) -> str:
        fact = results.facts.get(found[1])
        return str(fact["text"].get(edition, found[1])) if fact else found[1]

    return " ".join(_FACT.sub(wording, text).split())


def _order(file: str) -> tuple[int, str]:
    """Sort chapters by edition, the first one first."""
    edition, _, name = file.partition("/")
    return [*EDITIONS, edition].index(edition), name


def _cases(item: Plain) -> str:
    return f"n: {item['n']}; " if item.get("n") is not None else ""


def _indented(lines: "Iterator[str] | list[str] | map[str]") -> list[str]:
    return [f"  {line}" for line in lines]
