"""Where in the sections' code a result is computed, read from the source without importing it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from report_engine.provenance import fingerprint, place

_REPORT = "report"  # the section of the report's own results, which no module of that name makes
_ENDINGS = ("_interval", "_n", "_low", "_high")
_MOST = 4  # places that are named


@dataclass(frozen=True)
class Spot:
    """A function in a file of the project: 1-based line of the definition or of the name inside it."""

    file: str
    line: int
    function: str


def spots(root: Path, section: str, name: str) -> list[Spot]:
    """Find the functions that make a section's result of this name: named after it, or naming it; the section's own first.

    ``build`` of the section's module where no function does.
    """
    files = modules(root, section)
    found = [spot for file in files for spot in _definitions(file, root, name)]
    for sought in (name, *(name.removesuffix(ending) for ending in _ENDINGS if name.endswith(ending))):
        named = [spot for file in files for spot in _mentions(file, root, section, sought)]
        if named:
            found += named
            break
    own = sorted(dict.fromkeys(found), key=lambda spot: not (root / spot.file).is_relative_to(_own(root, section)))
    return own[:_MOST] or [spot for file in files for spot in _definitions(file, root, "build")][:1]


def modules(root: Path, section: str) -> list[Path]:
    """List the files that make a section's results, its own before those it shares with others."""
    module = "report_engine.results.ledger" if section == _REPORT else f"analysis.sections.{section}"
    try:
        files = fingerprint.modules(module, root=root)
    except ModuleNotFoundError:
        return []
    study, own = root / place.STUDY_PACKAGE, _own(root, section)
    ours = [path for path in files if path.is_relative_to(study) or path.stem == "ledger"]
    return sorted(ours, key=lambda path: (not path.is_relative_to(own), path.as_posix()))


def _own(root: Path, section: str) -> Path:
    return root / place.STUDY_PACKAGE / "sections" / section


def words(root: Path, section: str) -> frozenset[str]:
    """Return every string literal of a section's modules: the names of columns that it uses are among them."""
    found: set[str] = set()
    for file in modules(root, section):
        found |= {
            node.value
            for node in ast.walk(_tree(file))
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return frozenset(found)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes(), filename=str(path))


def _definitions(path: Path, root: Path, name: str) -> Iterator[Spot]:
    for node in _tree(path).body:
        if isinstance(node, ast.FunctionDef) and node.name in (name, f"claim_{name}", f"_{name}"):
            yield Spot(path.relative_to(root).as_posix(), node.lineno, node.name)


def _mentions(path: Path, root: Path, section: str, name: str) -> Iterator[Spot]:
    """Yield the functions and declarations that hold the result's name as a string, or an f-string that can become it."""
    sought = {name, f"{section}.{name}"}
    for statement in _tree(path).body:
        if (
            whose := _named(statement)
        ) and whose != "QUESTIONS":  # a claim may be named after the question that it rests on
            for node in _strings(statement):
                if _says(node, sought):
                    yield Spot(path.relative_to(root).as_posix(), node.lineno, whose)
                    break


def _named(statement: ast.stmt) -> str | None:
    """Return the name of a function, or of what a module declares; None for other statements."""
    match statement:
        case (
            ast.FunctionDef(name=name)
            | ast.AnnAssign(target=ast.Name(id=name))
            | ast.Assign(targets=[ast.Name(id=name)])
        ):
            return name
        case ast.ClassDef(name=name):
            return name
    return None


def _strings(node: ast.AST) -> Iterator[ast.Constant | ast.JoinedStr]:
    if isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        yield node
        return
    for child in ast.iter_child_nodes(node):
        yield from _strings(child)


def _says(node: ast.Constant | ast.JoinedStr, sought: set[str]) -> bool:
    if isinstance(node, ast.Constant):
        return node.value in sought
    texts = [_text(piece) for piece in node.values]
    if sum(len(text.rpartition(".")[2]) for text in texts if text) < 4:  # f"{section}.{name}" could become anything
        return False
    pattern = "".join(r"[\w.]+" if text is None else re.escape(text) for text in texts)
    return any(re.fullmatch(pattern, one) for one in sought)


def _text(piece: ast.expr) -> str | None:
    """Return what a piece of an f-string says, None for a hole."""
    return piece.value if isinstance(piece, ast.Constant) and isinstance(piece.value, str) else None
