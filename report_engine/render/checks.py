"""What must hold before a render is published; one line for each thing that does not."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from report_engine.contracts import statements
from report_engine.model.document import DocumentError
from report_engine.model.problems import Problem
from report_engine.render import claims, source
from report_engine.render.page import Page, parse
from report_engine.render.project import main_document, metadata
from report_engine.words.editions import Edition
from report_engine.words.messages import Message

# What Quarto prints for a variable, a key or a reference that it does not know.
LEFT_OVER = re.compile(r"\?(?:var|meta|env|invalid|fact):?\S*|\?@\S+|\{\{<.*?>\}\}|\{\{<")


_HEADING = re.compile(r"^#+ .*\{[^{}]*#(sec-[\w-]+)")


def check(root: Path, edition: Edition, files: Sequence[Path]) -> list[Problem]:
    """Check staged files (``report.html`` …, ``slides.pptx`` …) against the project they were made from."""
    facts = source.load_facts(root, edition)
    meta = metadata(root, edition)
    document = source.read(root, main_document(edition), meta, facts)
    placements = _placements(root)
    problems: list[Problem] = []
    if any(path.stem == "report" for path in files):
        problems += check_chapters(root, edition, document)
    for path in files:
        name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        lang, title = str(meta["lang"]), str(document.meta.get("title", ""))
        if not path.is_file():
            problems.append(Problem(name, None, Message("made.missing")))
        elif path.stem == "slides":
            from report_engine.render import slides

            problems += [Problem(name, None, message) for message in slides.check(root, edition, path)]
        elif path.suffix == ".html":
            page = parse(path.read_text("utf-8"))
            found = [
                *check_page(page, lang),
                *check_page_placements(page, placements, facts),
                *_check_facts(page, facts),
            ]
            problems += [Problem(name, None, message) for message in [*found, *_machine_paths(path, root)]]
        elif path.suffix == ".pdf":
            from report_engine.render.pdf import check_pdf

            problems += [Problem(name, None, message) for message in check_pdf(path, lang, title)]
        elif path.suffix == ".docx":
            from report_engine.render.office.word import check_word

            problems += [Problem(name, None, message) for message in check_word(path, lang)]
    return [problem for problem in problems if not _stands_in_data(root, edition, problem.message)]


def check_chapters(root: Path, edition: Edition, document: source.Source) -> list[Problem]:
    """Compare an edition's chapters, put together, with the figures, tables and claims of the results."""
    return [
        *check_placements(document, edition, _placements(root)),
        *claims.check(root, edition),
        *_check_statements(root, edition, document),
    ]


def _check_statements(root: Path, edition: Edition, document: source.Source) -> Sequence[Problem]:
    """Say what is wrong with the source's statements, once there are results that they may name."""
    path = root / "data" / "results" / edition / "claims.json"
    if not path.is_file():
        return ()
    headings = {found for line in document.lines for found in _HEADING.findall(line.text)}
    try:
        statements.load(root, json.loads(path.read_text("utf-8")).keys(), headings)
    except DocumentError as error:
        return error.problems
    return ()


def _stands_in_data(root: Path, edition: Edition, message: Message) -> bool:
    """Whether what looks left over is what somebody wrote in a cell, which stands there as plain text."""
    if isinstance(inner := message.values.get("problem"), Message):  # which slide it stands on is said around it
        return _stands_in_data(root, edition, inner)
    if message.key != "made.left_over":
        return False
    found = str(message.values["words"])
    folders = (f"figures/{edition}", f"data/results/{edition}")
    made = [path for folder in folders for path in sorted((root / folder).rglob("*"))]
    texts = (path.read_text("utf-8") for path in made if path.suffix in (".csv", ".json", ".md") and path.is_file())
    return any(found in text or html.escape(found) in text for text in texts)


def float_id(kind: str, placement: str) -> str:
    """Return the id of a figure or table: ``tables``, ``background/net_cost`` gives ``tbl-background-net-cost``."""
    prefix = {"figures": "fig", "tables": "tbl"}[kind]
    return f"{prefix}-{placement}".replace("/", "-").replace("_", "-")


def _placements(root: Path) -> Mapping[str, Sequence[str]]:
    path = root / "data" / "results" / "placements.json"
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def check_placements(
    document: source.Source, edition: Edition, placements: Mapping[str, Sequence[str]]
) -> Iterator[Problem]:
    """Yield a problem for every figure or table of the results that the chapters do not place exactly once."""
    main = document.lines[0].file if document.lines else "report"
    for kind, name, places in _places(document, edition, placements):
        it = Message({"figures": "items.figure", "tables": "items.table"}[kind], {"name": name})
        identifier = float_id(kind, name)
        if not places:
            yield Problem(main, None, Message("chapters.placed_nowhere", {"it": it}))
        for line in places[1:]:
            yield Problem(line.file, line.number, Message("chapters.placed_twice", {"it": it}))
        if not list(document.find(f"#{identifier}")) and places:
            yield Problem(
                places[0].file, places[0].number, Message("chapters.must_have_id", {"it": it, "id": identifier})
            )


def _places(
    document: source.Source, edition: Edition, placements: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, str, list[source.Line]]]:
    text_places: dict[str, list[source.Line]] = {}
    for line in document.lines:
        for found in re.findall(rf"figures/{edition}/([\w/-]+)\.svg", line.text):
            text_places.setdefault(found, []).append(line)
    for name in placements.get("figures", ()):
        yield "figures", name, text_places.get(name, [])
    for name in placements.get("tables", ()):
        path = f"data/results/{edition}/tables/{name}.md"
        yield "tables", name, [line for target, line in document.includes if target == path]


def check_page_placements(
    page: Page, placements: Mapping[str, Sequence[str]], facts: Mapping[str, Any]
) -> Iterator[Message]:
    """Yield a message for every figure or table of the results that the page does not hold, or holds without data."""
    ids = Counter(page.ids)
    for kind, names in placements.items():
        for name in names:
            expected = 0 if "reasons" in facts.get(f"{name}.caption".replace("/", "."), {}) else 1
            if (n := ids[float_id(kind, name)]) != expected:
                yield Message("made.times", {"what": f"{kind.removesuffix('s')} {name}", "n": n})


def check_page(page: Page, lang: str) -> Iterator[Message]:
    """Yield a message for everything that is wrong with a page as a page."""
    yield from page.errors
    if page.lang != lang:
        yield Message("made.language", {"found": repr(page.lang), "wanted": repr(lang)})
    if not page.title:
        yield Message("made.page_title")
    for tag in ("h1", "main"):
        if page.count[tag] != 1:
            yield Message("made.elements", {"n": page.count[tag], "tag": tag})
    yield from (Message("made.id_times", {"id": name, "n": n}) for name, n in Counter(page.ids).items() if n > 1)
    yield from map(leads_nowhere, dead_ends(page.ids, page.anchors))
    yield from (Message("made.picture_without_alt", {"path": src}) for src in page.without_alt)
    yield from (Message("made.loads", {"address": address}) for address in dict.fromkeys(page.resources))
    yield from _left_over(page.text)


def dead_ends(ids: Iterable[str], anchors: Iterable[str]) -> list[str]:
    """Return the ids that links of a page lead to and that stand nowhere on it."""
    known = set(ids)
    return [target for target in dict.fromkeys(anchors) if target not in known]


def leads_nowhere(target: str) -> Message:
    """Say that a link within the page has no end."""
    return Message("chapters.link_leads_nowhere", {"id": target})


def _left_over(text: str) -> Iterator[Message]:
    yield from (
        Message("made.left_over", {"words": found}) for found in dict.fromkeys(m[0] for m in LEFT_OVER.finditer(text))
    )


def _check_facts(page: Page, facts: Mapping[str, Any]) -> Iterator[Message]:
    unknown = (key for key in dict.fromkeys(page.facts) if not {key, f"{key.split('.')[0]}.*"} & facts.keys())
    yield from (Message("chapters.unknown_fact", {"fact": repr(key)}) for key in unknown)


def _machine_paths(path: Path, root: Path) -> Iterable[Message]:
    here = str(root.resolve())
    return (
        [Message("made.machine_folder", {"folder": here})] if len(here) > 1 and here in path.read_text("utf-8") else []
    )
