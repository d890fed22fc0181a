"""The way from a sentence of the report back to the rows of the raw files, for one fact, claim, figure or table."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from report_engine.changes import places
from report_engine.prose.text import chapter
from report_engine.results import sidecars
from report_engine.trace import code
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message, Value, Word, said, say

Plain = Mapping[str, Any]

_FACT = re.compile(r"\{\{<\s*fact\s+[\"']?([^\s\"'>]+)[\"']?\s*>\}\}")
_ABOUT_CLAIM = (".verdict", ".statement", ".reason")
_NEAREST = 5


class Untraceable(Exception):
    """An id that nothing has, or results that are not there; ``lines`` say what to do."""

    def __init__(self, *lines: Message) -> None:
        super().__init__(*lines)
        self.lines = lines

    def __str__(self) -> str:
        return self.say("en")

    def say(self, edition: Edition) -> str:
        """Say every line in a language."""
        return "\n".join(line.say(edition) for line in self.lines)


@dataclass(frozen=True)
class Results:
    """What the last build made: facts, claims, names of figures and tables, sources of the tidy tables, chapters by path.

    ``spoken`` is the language in which the way back is written.
    """

    root: Path
    facts: Mapping[str, Plain]
    claims: Mapping[str, Plain]
    figures: tuple[str, ...]
    tables: tuple[str, ...]
    sources: Mapping[str, Plain]
    chapters: Mapping[str, str] = field(default_factory=dict)
    spoken: Edition = "en"

    def say(self, key: str, /, **values: Value) -> str:
        """Say a text of the catalogues."""
        return say(key, self.spoken, **values)


TableLines = Callable[[str, frozenset[str]], list[str]]
"""Writes a tidy table (its name, the words of the section's code) down to rows of its raw files."""


def load(root: Path, spoken: Edition) -> Results:
    """Read what the last build made below ``root``; ``Untraceable`` where there was none."""
    names = (*(f"data/results/{kind}.json" for kind in ("facts", "claims", "placements")), sidecars.SOURCES)
    try:
        facts, claims, placements, sources = (json.loads((root / name).read_text("utf-8")) for name in names)
    except FileNotFoundError:
        raise Untraceable(Message("trace.unbuilt")) from None
    texts = {
        path.relative_to(root / "report").as_posix(): path.read_text("utf-8-sig", errors="replace")
        for edition in EDITIONS
        for pattern in ("*.qmd", "slides/*.md")
        for path in sorted((root / "report" / edition).glob(pattern))
    }
    figures, tables = tuple(placements["figures"]), tuple(placements["tables"])
    return Results(root, facts, claims, figures, tables, sources, texts, spoken)


def trace(results: Results, name: str, table: TableLines) -> list[str]:
    """Write the way back from everything of this id: ``section.name`` of a fact or claim, ``section/name`` of a figure or table.

    The ids of the chapters will do as well (``claim-…``, ``fig-…``, ``tbl-…``). Raises ``Untraceable`` with the nearest ids.
    """
    sought = name.strip().lstrip("#@")
    found: list[str] = []
    for key in _matching(sought, results.facts, ""):
        found += _fact(results, key, table)
    for key in _matching(sought, results.claims, "claim"):
        found += _claim(results, key, table)
    for kind, prefix, names in (("figure", "fig", results.figures), ("table", "tbl", results.tables)):
        for key in _matching(sought, names, prefix):
            found += _placed(results, kind, key, table)
    if not found:
        raise Untraceable(*_unknown(results, sought))
    return found


def _matching(sought: str, known: Mapping[str, Plain] | tuple[str, ...], prefix: str) -> list[str]:
    """Find the ids that a name means, whichever way it is written."""
    flat = _flat(sought.removeprefix(f"{prefix}-") if prefix else sought)
    exact = [key for key in known if key == sought]
    return exact or [key for key in known if _flat(key) == flat and (prefix or "." in sought)]


def _flat(name: str) -> str:
    return re.sub(r"[./_-]", "-", name)


def _unknown(results: Results, sought: str) -> list[Message]:
    known = sorted({*results.facts, *results.claims, *results.figures, *results.tables})
    flat = {_flat(key): key for key in known}
    near = [flat[key] for key in get_close_matches(_flat(sought), flat, n=_NEAREST, cutoff=0.5)]
    near = near or [key for key in known if sought and sought in key][:_NEAREST]
    unknown = Message("trace.unknown", {"name": repr(sought)})
    return [unknown, Message("trace.nearest", {"names": near})] if near else [unknown]


def _fact(results: Results, key: str, table: TableLines) -> Iterator[str]:
    fact = results.facts[key]
    yield results.say("trace.fact", id=key)
    yield from _indented(_number(results, fact))
    yield from _standing(results, _sentences(results, key))
    claim = next((key.removesuffix(e) for e in _ABOUT_CLAIM if key.endswith(e)), "")
    if claim in results.claims:
        yield results.say("trace.said_of", claim=claim)
        yield from _indented(_claim(results, claim, table))
        return
    section, _, name = key.partition(".")
    yield from _computed(results, section, name.removesuffix(".caption"))
    yield from _tables(results, section, fact["tables"], table)


def _number(results: Results, fact: Plain) -> Iterator[str]:
    if fact["value"] is not None:
        yield results.say("trace.value", value=str(fact["value"]), unit=str(fact["unit"]))
    yield results.say("trace.written", texts=[f"“{fact['text'][edition]}”" for edition in EDITIONS])
    if fact.get("low") is not None:
        yield results.say("trace.interval", low=str(fact["low"]), high=str(fact["high"]))
    yield _cases(results, fact, Message("trace.origin", {"origin": fact["origin"]}))


def _standing(results: Results, places: Iterator[str]) -> Iterator[str]:
    yield results.say("trace.stands")
    yield from _indented(places) or _indented([results.say("trace.nowhere")])


def _claim(results: Results, key: str, table: TableLines) -> Iterator[str]:
    claim = results.claims[key]
    yield results.say("trace.claim", id=key)
    yield from _indented(_verdict(results, claim))
    yield from _standing(results, _claimed(results, key))
    if claim["figure"]:
        yield results.say("trace.shown_by", figure=claim["figure"])
    section, _, name = key.partition(".")
    yield from _computed(results, section, name)
    if claim["rests_on"]:
        yield results.say("trace.rests_on")
        yield from _indented(_chain(results, claim["rests_on"], frozenset({key})))
    yield from _tables(results, section, claim["tables"], table)


def _verdict(results: Results, claim: Plain) -> Iterator[str]:
    verdict = claim["verdict"]
    yield results.say("trace.verdict", outcome=Message(f"outcomes.{verdict['outcome']}"))
    for edition in EDITIONS:
        yield results.say("trace.reason", reason=verdict["reason"][edition])
    if verdict["numbers"]:
        yield results.say("trace.numbers", numbers=[f"{name} {value}" for name, value in verdict["numbers"].items()])
    if effect := verdict.get("effect"):
        about = {name: str(effect[name]) for name in ("value", "unit")} | {"what": said(effect["what"], results.spoken)}
        if effect["low"] is None:
            yield results.say("trace.effect", **about)
        else:
            yield results.say("trace.effect_interval", **about, low=str(effect["low"]), high=str(effect["high"]))
    if firm := claim.get("robustness"):
        yield results.say("trace.robustness", **firm)
    for kind in ("citations", "dissent"):
        if claim.get(kind):
            yield results.say(f"traced.{kind}", keys=claim[kind])
    yield results.say("trace.origin", origin=claim["origin"])


def _chain(results: Results, ids: list[str], above: frozenset[str]) -> Iterator[str]:
    for key in ids:
        claim = results.claims.get(key)
        outcome = claim["verdict"]["outcome"] if claim else "unknown"
        yield f"{key}: {say(f'outcomes.{outcome}', results.spoken)}"
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
    yield results.say(f"traced.{kind}", id=key)
    for edition, each in beside.items():
        yield f"  {results.say('trace.caption', edition=edition, caption=each.get('caption', ''))}"
    if about:
        suppressed = {"origin": about["origin"], "n": about["suppressed"]}
        yield f"  {_cases(results, about, Message('trace.suppressed', suppressed))}"
        yield f"  {results.say('trace.data', files=[f'{path}.csv' for path in paths.values()])}"
    if about and (made := results.root / sidecars.provenance_file(section)).is_file():
        its = json.loads(made.read_text("utf-8"))
        settings = [f"{name} {json.dumps(value)}" for name, value in its["parameters"].items()]
        code_of = its["code"]
        yield f"  {results.say('trace.code', module=code_of['module'], hash=code_of['hash'], settings=settings)}"
    yield from _standing(results, _mentions(results, paths))
    yield from _computed(results, section, name)
    yield from _tables(results, section, about.get("tables", []), table)


def _computed(results: Results, section: str, name: str) -> Iterator[str]:
    yield results.say("trace.computed")
    spots = [
        results.say("trace.spot", file=spot.file, line=spot.line, what=spot.function)
        for spot in code.spots(results.root, section, name)
    ]
    yield from _indented(spots or [results.say("trace.no_section")])


def _tables(results: Results, section: str, names: list[str], table: TableLines) -> Iterator[str]:
    yield results.say("trace.from")
    used = code.words(results.root, section)
    for name in sorted(names):
        known = name in results.sources
        yield from _indented(table(name, used) if known else [results.say("trace.not_tidy", name=name)])
    if not names:
        yield f"  {results.say('trace.no_table')}"


def _sentences(results: Results, key: str) -> Iterator[str]:
    found = places.of_facts(results.chapters, results.facts).get(key, [])
    for place in sorted(found, key=lambda place: _order(place.file)):
        sentence = "".join(text for _, text in place.sentence).replace(":::", "")
        yield results.say("trace.sentence", file=place.file, line=place.line, sentence=" ".join(sentence.split()))


def _claimed(results: Results, key: str) -> Iterator[str]:
    """Yield the marked sentences of a claim."""
    mark = re.compile(rf"\{{[^{{}}]*#{re.escape(places.span_id(key))}(?![\w-])[^{{}}]*\}}")
    for file, text in sorted(results.chapters.items(), key=lambda item: _order(item[0])):
        ends = {end: start for start, end in chapter(text).tested}
        for found in mark.finditer(text):
            start = ends.get(found.start())
            if start is not None:
                line = text.count("\n", 0, start) + 1
                sentence = _plain(text[start + 1 : found.start() - 1], results, file[:2])
                yield results.say("trace.sentence", file=file, line=line, sentence=sentence)


def _mentions(results: Results, paths: Mapping[str, str]) -> Iterator[str]:
    for file, text in sorted(results.chapters.items(), key=lambda item: _order(item[0])):
        for edition, path in paths.items():
            for found in re.finditer(rf"/{re.escape(path)}\.(?:svg|md)\b", text):
                if file.startswith(f"{edition}/"):
                    yield results.say("trace.place", file=file, line=text.count("\n", 0, found.start()) + 1)


def _plain(text: str, results: Results, edition: str) -> str:
    def wording(found: re.Match[str]) -> str:
        fact = results.facts.get(found[1])
        return str(fact["text"].get(edition, found[1])) if fact else found[1]

    return " ".join(_FACT.sub(wording, text).split())


def _order(file: str) -> tuple[int, str]:
    """Sort chapters by edition, the first one first."""
    edition, _, name = file.partition("/")
    return [*EDITIONS, edition].index(edition), name


def _cases(results: Results, item: Plain, rest: Word) -> str:
    given = item.get("n")
    return said(rest, results.spoken) if given is None else results.say("trace.cases", n=str(given), rest=rest)


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
