"""Numbers in code that become words: written in a hole of an f-string, formatted into a text, or given to what words numbers."""

import ast
from collections.abc import Iterator

_WORDING = frozenset(
    "str format percent percent_words points number count_words money quantity capital ordinal words spoken".split()
)
"""Functions whose first argument is written out; ``both`` is asked to call one of them."""


def worded_literals(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where in a module such numbers stand; nothing of a text that is no Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    lines = text.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def place(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    for node in ast.walk(tree):
        for literal in _written(node):
            if literal.end_lineno and literal.end_col_offset is not None:
                start = place(literal.lineno, literal.col_offset)
                yield start, place(literal.end_lineno, literal.end_col_offset)


def _written(node: ast.AST) -> Iterator[ast.expr]:
    """Give the numbers that a node writes."""
    given: list[ast.expr] = []
    if isinstance(node, ast.FormattedValue):
        given = [node.value]
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and _is_text(node.left):
        given = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
    elif isinstance(node, ast.Call):
        called = _name(node.func)
        if called == "format" and isinstance(node.func, ast.Attribute) and _is_text(node.func.value):
            given = [*node.args, *(keyword.value for keyword in node.keywords)]
        elif called == "both" and node.args and _name(node.args[0]) in _WORDING:
            given = node.args[1:2]
        elif called in _WORDING:
            given = node.args[:1]
    yield from (each for each in given if _is_number(each))


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _is_number(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp):
        return _is_number(node.operand)
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)
