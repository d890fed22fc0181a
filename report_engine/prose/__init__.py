"""Numbers in the report's text that nobody computed: in chapters, slides, the sections' words, labels, style sheets, templates.

A number in prose is a fact (``{{< fact … >}}``), or is declared in ``report/numbers.yaml``, or is marked where it stands with its
reason: ``elva<!-- typed: as the slide says -->`` in a chapter, ``# typed: …`` at the end of a line of a module. A word of size or direction
in a chapter (*most*, *rose*) stands in a claim or a fact, is declared or marked like a number, or is what a cited work says. Cheap to
import, and quick: every file is read once.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from report_engine.model.document import DocumentError
from report_engine.model.problems import Problem
from report_engine.prose.allowed import FILE, Allowed, load
from report_engine.prose.elsewhere import labels, stylesheet, template
from report_engine.prose.rendered import rendered
from report_engine.prose.text import Mark, Prose, catalogue, chapter, module
from report_engine.prose.words import SHARES, SIZES, spans
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message

__all__ = ["FILE", "Found", "Place", "chapters", "check", "modules", "scan"]

_OTHER_MODULES = (
    "report_engine/results/ledger.py",
    "report_engine/results/claim_notes.py",
    "report_engine/results/tables.py",
)
"""Modules outside ``analysis/sections`` that write words of the report."""


@dataclass(frozen=True)
class Place:
    """Something in a file of the project: 1-based line and column, the words there, and what is to be said of them.

    Line 0 stands for the whole file, column 0 for the whole line.
    """

    file: str
    line: int
    column: int
    words: str
    remark: Message

    def __str__(self) -> str:
        return str(self.problem)

    @property
    def problem(self) -> Problem:
        """The place as a problem of the report."""
        if not self.column:
            return Problem(self.file, self.line or None, self.remark)
        key = "prose.at_words" if self.words else "prose.at_column"
        words = " ".join(self.words.split())
        message = Message(key, {"words": words, "column": self.column, "remark": self.remark})
        return Problem(self.file, self.line, message)


@dataclass(frozen=True)
class Found:
    """What a text holds: ``errors`` and ``marked`` exceptions (with their reason)."""

    errors: tuple[Place, ...] = ()
    marked: tuple[Place, ...] = ()

    def __add__(self, other: "Found") -> "Found":
        return Found(self.errors + other.errors, self.marked + other.marked)


def check(root: Path) -> Found:
    """Look through every chapter, every slide and every section's words below ``root``, in the order of the files' names.

    Raises nothing: a file of patterns that can't be used is one of the errors.
    """
    try:
        allowed = load(root)
    except DocumentError as error:
        return Found(errors=tuple(Place(its.file, its.line or 0, 0, "", _hinted(its)) for its in error.problems))
    found = Found()
    for path, edition in chapters(root):
        found += _look(_name(path, root), _read(path), (edition,), allowed)
    for path, edition in catalogues(root):
        found += _look(_name(path, root), _read(path), (edition,), allowed)
    for path in (*modules(root), *other_texts(root)):
        found += _look(_name(path, root), _read(path), EDITIONS, allowed)
    return found


def _hinted(problem: Problem) -> Message:
    if problem.meant is None:
        return problem.message
    return Message("documents.hinted", {"problem": problem.message, "value": problem.meant})


@lru_cache(maxsize=1_000)
def _look(file: str, text: str, editions: tuple[Edition, ...], allowed: tuple[Allowed, ...]) -> Found:
    """Look through one file; a build asks twice, and the answer lies in the arguments alone."""
    kinds = {".py": module, ".yaml": catalogue, ".css": stylesheet, ".typ": template}
    find = labels if file.startswith("analysis/") and file.endswith(".yaml") else kinds.get(Path(file).suffix, chapter)
    return scan(file, find(text), editions, allowed)


def chapters(root: Path) -> Iterator[tuple[Path, Edition]]:
    """Yield the files of chapters and slides, with their edition."""
    for edition in EDITIONS:
        folder = root / "report" / edition
        own = [*folder.glob("*.qmd"), *folder.glob("*.md"), *folder.glob("slides/*.md")]
        beside = [*folder.glob("_metadata.yml")]
        yield from ((path, edition) for path in sorted({*own, *beside, *_included(root, own)}))


def _included(root: Path, chapters: Sequence[Path]) -> Iterator[Path]:
    """Give the files that chapters include and nobody made: what results write is computed."""
    made = root / "data" / "results"
    for chapter_ in chapters:
        for name in _INCLUDE.findall(_read(chapter_)):
            path = root / name[1:] if name.startswith("/") else chapter_.parent / name
            if path.is_file() and not path.resolve().is_relative_to(made.resolve()):
                yield path


_INCLUDE = re.compile(r"\{\{<\s*include\s+([^\s>]+)\s*>\}\}")


def catalogues(root: Path) -> Iterator[tuple[Path, Edition]]:
    """Yield the files of texts that the analysis fills in, with their edition."""
    for edition in EDITIONS:
        yield from ((path, edition) for path in sorted((root / "report" / edition / "texts").glob("*.yaml")))


def modules(root: Path) -> list[Path]:
    """List the modules that write captions, alternative texts, notes and reasons."""
    others = [root / name for name in _OTHER_MODULES if (root / name).is_file()]
    return [*sorted((root / "analysis").glob("sections/**/*.py")), *others]


def other_texts(root: Path) -> list[Path]:
    """List the contracts and the study's declaration, whose labels readers see, and the theme's style sheets and templates."""
    patterns = ("analysis/contracts/*.yaml", "analysis/study.yaml", "report/theme/*.css", "report/theme/*.typ")
    return [path for pattern in patterns for path in sorted(root.glob(pattern))]


def scan(file: str, prose: Prose, editions: Sequence[Edition], allowed: Sequence[Allowed]) -> Found:
    """Look through one file's prose for the number words of these editions and for digits; ``file`` is its shown name."""
    kind = "words" if prose.by_line else "chapters"
    patterns = [each.pattern for each in allowed if set(each.editions) & set(editions) and kind in each.where]
    errors, marked, used = [], [], set()
    seen = rendered(prose.shown)
    for low, high, remark in _said(seen.text, editions, prose, seen.span):
        start, end = seen.span(low, high)
        if _declared(seen.text, low, high, patterns):
            continue
        mark = next((mark for mark in prose.marks if _belongs(mark, end, prose)), None)
        if mark:
            used.add(mark)
            reason = Message("prose.typed", {"reason": mark.reason or Message("prose.no_reason")})
            marked.append(_place(file, prose.shown, start, end, reason))
        if mark is None or not mark.reason:
            remark = Message("prose.marked_without_reason") if mark else remark
            errors.append(_place(file, prose.shown, start, end, remark))
    for mark in prose.marks:
        if mark not in used:
            errors.append(_place(file, prose.shown, mark.start, mark.start, Message("prose.stray_mark"), ""))
    return Found(tuple(sorted(errors, key=_order)), tuple(marked))


def _said(
    text: str, editions: Sequence[Edition], prose: Prose, place: Callable[[int, int], tuple[int, int]]
) -> Iterator[tuple[int, int, Message]]:
    """Yield where numbers and words of size stand that are to rest on data, and what is to be said of each."""
    for low, high, share in _numbers(text, editions):
        if not (share and _inside(*place(low, high), prose.tested)):
            yield low, high, _advice(prose.by_line)
    if prose.by_line:  # sentences of the analysis follow the data
        return
    for edition in editions:
        for match in SIZES[edition].finditer(text):
            if not _inside(*place(*match.span()), [*prose.tested, *prose.cited]):
                yield *match.span(), Message("prose.size_word", {"mark": _MARKS[False]})


def _numbers(shown: str, editions: Sequence[Edition]) -> Iterator[tuple[int, int, bool]]:
    """Yield where numbers stand and whether each is a fraction or multiple in words; neighbouring words are one number."""
    start = end = -1
    for low, high in sorted({span for edition in editions for span in spans(shown, edition)}):
        if start >= 0 and (low <= end or shown[end:low] in (" ", "\u00a0", "\u202f")):
            end = max(end, high)
            continue
        if start >= 0:
            yield start, end, _is_share(shown[start:end], editions)
        start, end = low, high
    if start >= 0:
        yield start, end, _is_share(shown[start:end], editions)


def _is_share(words: str, editions: Sequence[Edition]) -> bool:
    return any(SHARES[edition].fullmatch(words) for edition in editions)


def _inside(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(low <= start and end <= high for low, high in spans)


def _declared(shown: str, start: int, end: int, patterns: Sequence[re.Pattern[str]]) -> bool:
    near = max(start - _NEAR, 0), min(end + _NEAR, len(shown))
    return any(_inside(start, end, [found.span()]) for pattern in patterns for found in pattern.finditer(shown, *near))


_NEAR = 100  # characters on either side of a number in which a declared pattern is sought


def _belongs(mark: Mark, end: int, prose: Prose) -> bool:
    """Say whether a mark is about the number that ends here: on its line in a module, right before it in a chapter."""
    between = prose.shown[end : mark.start] if end <= mark.start else None
    if between is None or "\n" in between:
        return False
    return prose.by_line or not any(character.isalnum() for character in between)


_MARKS = {True: "# typed: why", False: "<!-- typed: why -->"}


def _advice(code: bool) -> Message:
    instead = Message("prose.compute") if code else Message("prose.quote_fact")
    return Message("prose.typed_number", {"instead": instead, "mark": _MARKS[code]})


def _place(file: str, shown: str, start: int, end: int, remark: Message, words: str | None = None) -> Place:
    line = shown.count("\n", 0, start) + 1
    column = start - (shown.rfind("\n", 0, start) + 1) + 1
    return Place(file, line, column, shown[start:end] if words is None else words, remark)


def _order(place: Place) -> tuple[str, int, int]:
    return place.file, place.line, place.column


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _read(path: Path) -> str:
    return path.read_text("utf-8-sig", errors="replace")
