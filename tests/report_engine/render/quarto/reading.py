"""What a reader finds in a document of Pandoc's, block by block: words, facts, references, marks and cells."""

from collections.abc import Iterator, Mapping
from typing import Any

Node = Any


def lines(blocks: list[Node], nodes: Mapping[str, Mapping[str, Any]] | None = None) -> list[str]:
    """Return a line for each paragraph, heading, picture, cell and call of a document."""
    return [line for block in blocks for line in _Reading(nodes or {}).block(block) if line]


class _Reading:
    def __init__(self, nodes: Mapping[str, Mapping[str, Any]]) -> None:
        self.nodes = nodes

    def block(self, block: Node) -> Iterator[str]:
        kind, content = block["t"], block.get("c")
        if kind in ("Para", "Plain"):
            yield self.inlines(content)
        elif kind == "Header":
            yield f"{'#' * content[0]} {self.inlines(content[2])} {{#{content[1][0]}}}"
        elif kind == "Div":
            style = dict(content[0][2]).get("custom-style")
            yield f"({style})" if style else ""
            for one in content[1]:
                yield from self.block(one)
        elif kind == "Figure":
            for one in (*content[2], *content[1][1]):
                yield from self.block(one)
        elif kind == "Table":
            yield from self.table(content)
        elif kind == "RawBlock":
            yield from (line.strip() for line in content[1].split("\n"))
        elif kind in ("BulletList", "BlockQuote"):
            for item in content if kind == "BulletList" else [content]:
                for one in item:
                    yield from self.block(one)
        else:
            raise AssertionError(f"no reading of {kind}")

    def table(self, content: Node) -> Iterator[str]:
        _, _, _, head, bodies, foot = content
        groups = [("head", 0, head[1])]
        for _, columns, heads, rows in bodies:
            groups += [("group", 0, heads), ("row", columns, rows)]
        groups.append(("foot", 0, foot[1]))
        for name, columns, rows in groups:
            for _, cells in rows:
                for i, (_, _, _, across, blocks) in enumerate(cells):
                    role = "row head" if i < columns else name
                    yield f"{role}:{across if across > 1 else ''} " + " ".join(
                        line for block in blocks for line in self.block(block)
                    )

    def inlines(self, inlines: Node) -> str:
        return " ".join("".join(self.inline(one) for one in inlines).split())

    def inline(self, one: Node) -> str:
        kind, content = one["t"], one.get("c")
        if kind == "Str":
            return str(content)
        if kind in ("Space", "SoftBreak", "LineBreak"):
            return " "
        if kind == "Cite":
            return "".join(f"[@{citation['citationId']}]" for citation in content[0])
        if kind == "Image":
            its = dict(content[0][2])
            alt = its.get("fig-alt") or its.get("alt") or self.inlines(content[1])
            return f"![{alt}]({content[2][0].lstrip('./')}){{{content[0][0]}}}"
        if kind == "Note":
            return "^[" + " ".join(line for block in content for line in self.block(block)) + "]"
        if kind == "RawInline":
            return str(content[1])
        if kind == "Link":
            return f"[{self.inlines(content[1])}]({content[2][0]})"
        if kind == "Span":
            return self.span(content)
        return self.inlines(content)

    def span(self, content: Node) -> str:
        identifier, classes, attributes = content[0]
        its = dict(attributes)
        fact = its.get("data-fact")
        if its.get("__quarto_custom_type") == "Shortcode":
            fact = self.nodes[its["__quarto_custom_id"]]["params"][0]["value"]
        if fact:
            return f"{{{fact}}}"
        marks = [name for name in classes if name != "figure-link"]
        name = "".join((f"#{identifier}" if identifier else "", *(f".{one}" for one in marks)))
        return f"<{name} {self.inlines(content[1])}>" if name else self.inlines(content[1])
