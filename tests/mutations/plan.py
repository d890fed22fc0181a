"""What a mutation is, and how it is planted in a module's text."""

import ast
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Mutation:
    """One fault: in ``module``, inside the function or constant ``place``, ``old`` becomes ``new``.

    ``place`` is a qualified name (``draw`` inside ``caseload`` is ``caseload.draw``); ``tests`` are what pytest is given;
    ``survives`` says why no test finds the fault, where that is accepted.
    """

    name: str
    module: str
    place: str
    old: str
    new: str
    tests: tuple[str, ...]
    survives: str = ""


class Unplanted(Exception):
    """The place or the text is not there, or not just once."""


def plant(source: str, mutation: Mutation) -> str:
    """Return the module's text with the fault; raises Unplanted where ``old`` does not stand once in the place."""
    spans = [span for name, span in spans_of(source) if name == mutation.place]
    if len(spans) != 1:
        raise Unplanted(f"{mutation.name}: {len(spans)} places called {mutation.place} in {mutation.module}")
    lines = source.splitlines(keepends=True)
    (start, end) = spans[0]
    before, inside, after = ("".join(part) for part in (lines[: start - 1], lines[start - 1 : end], lines[end:]))
    if (found := inside.count(mutation.old)) != 1:
        raise Unplanted(f"{mutation.name}: the text stands {found} times in {mutation.place} of {mutation.module}")
    changed = before + inside.replace(mutation.old, mutation.new) + after
    if changed == source:
        raise Unplanted(f"{mutation.name}: the change changes nothing")
    ast.parse(changed)  # a fault that can't even be read would be found by anything
    return changed


@cache
def spans_of(source: str) -> list[tuple[str, tuple[int, int]]]:
    """List a module's functions, classes and constants with their first and last line."""
    return [(name, (node.lineno, node.end_lineno or node.lineno)) for name, node in places(ast.parse(source))]


def places(tree: ast.AST, within: str = "") -> list[tuple[str, ast.stmt]]:
    """List the functions, classes and constants of a module, by qualified name."""
    found: list[tuple[str, ast.stmt]] = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            name = f"{within}{node.name}"
            found += [(name, node), *places(node, f"{name}.")]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [(f"{within}{one.id}", node) for one in targets if isinstance(one, ast.Name)]
    return found
