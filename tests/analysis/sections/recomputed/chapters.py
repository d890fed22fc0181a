"""What chapters and slides say of a world: each sentence, with the facts and claims in it, as the real filters leave them."""

import dataclasses
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from report_engine.model.section import Section
from report_engine.render import embedded, slides
from report_engine.render.source import Source
from report_engine.results import outputs
from report_engine.results.sidecars import dumps
from report_engine.results.tables import claims_table
from report_engine.settings import config
from report_engine.words.editions import Edition

ROOT = Path(__file__).resolve().parents[4]
FILTERS = ("embedded/read.lua", "missing.lua", "synthetic.lua")
END = re.compile(r"(?<=[.!?])[)”\"’]*\s+(?=[^a-zåäö])")
LEFT_OUT = re.compile("Utelämnat|Left out")


@dataclass(frozen=True)
class Sentence:
    """A sentence: where it stands (the id of its heading, ``quoted`` in a quotation), its words, what results and claims say in it.

    ``said`` are the stretches that a fact or a claim fills, with its id.
    """

    section: str
    text: str
    said: tuple[tuple[int, int, str], ...] = ()
    quoted: bool = False
    cites: bool = False

    @property
    def typed(self) -> str:
        """The writer's own words: a fact stands as its id in braces, a claim's statement is left out."""
        return self._with(lambda id: "{" + id + "}")

    def _with(self, name: Any) -> str:
        pieces, end = [], 0
        for start, stop, id in self.said:
            pieces += [self.text[end:start], name(id)]
            end = stop
        return "".join((*pieces, self.text[end:]))


def write(root: Path, sections: Mapping[str, Section]) -> None:
    """Write what chapters quote of these sections below ``root``, beside the project's own chapters and filters."""
    shutil.copytree(ROOT / "report", root / "report", ignore=shutil.ignore_patterns("_*[!l]", "theme", "releases"))
    for name, section in sections.items():
        path = root / "data" / "results" / "sections" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = dataclasses.replace(section, tables=(*section.tables, claims_table(section)))
        path.write_text(dumps(outputs.describe(whole)), "utf-8")
    outputs.merge(root, root, tuple(sections), config.load(ROOT))


def chapters(root: Path, edition: Edition) -> tuple[Sentence, ...]:
    """Read what an edition's chapters say, without the tables that results make."""
    return tuple(_sentences(_tree(root, embedded.read(root, edition))))


def on_slides(root: Path, edition: Edition) -> tuple[Sentence, ...]:
    """Read what an edition's slides say, their notes too."""
    return tuple(_sentences(_tree(root, slides.read(root, edition))))


def _tree(root: Path, document: Source) -> dict[str, Any]:
    unknown = [problem for problem in document.problems if problem.message.key == "chapters.unknown_fact"]
    assert not unknown, unknown
    own = "\n".join(line.text for line in document.lines if not line.file.startswith("data/results/"))
    text = f"---\n{json.dumps(document.meta, ensure_ascii=False)}\n---\n\n{own}\n"
    filters = [f"--lua-filter=report/filters/{name}" for name in FILTERS]
    command = [embedded.pandoc(), "--from=markdown", "--to=json", *filters]
    run = subprocess.run(
        command, input=text.encode(), cwd=root, env={**os.environ, "GHCRTS": embedded.MEMORY}, capture_output=True
    )
    assert run.returncode == 0, run.stderr.decode()
    return json.loads(run.stdout)


def _sentences(tree: Mapping[str, Any]) -> Iterator[Sentence]:
    abstract = tree["meta"].get("abstract", {})
    first = [{"t": "Para", "c": abstract["c"]}] if abstract.get("t") == "MetaInlines" else abstract.get("c", [])
    for section, quoted, inlines in _blocks([*first, *tree["blocks"]], [""], False):
        text, said, cites = _run(inlines)
        if LEFT_OUT.match(text):  # the analysis's words: why there are no data
            said = [(0, len(text), "left_out")]
        start = 0
        for end in (*(match.start() for match in END.finditer(text)), len(text)):
            words = text[start:end]
            if words.strip():
                low = start + len(words) - len(words.lstrip())
                inside = tuple((max(a, low) - low, min(b, end) - low, id) for a, b, id in said if a < end and low < b)
                yield Sentence(section, text[low:end].rstrip(), inside, quoted, any(low <= at < end for at in cites))
            start = end


def _blocks(blocks: Sequence[Any], at: list[str], quoted: bool) -> Iterator[tuple[str, bool, Sequence[Any]]]:
    for block in blocks:
        kind, content = block["t"], block.get("c")
        if kind == "Header":
            at[0] = content[1][0]
            yield at[0], quoted, content[2]
        elif kind in ("Para", "Plain"):
            yield at[0], quoted, content
        elif kind == "LineBlock":
            yield from ((at[0], quoted, line) for line in content)
        elif kind == "BlockQuote":
            yield from _blocks(content, at, True)
        elif kind in ("Div", "Figure"):
            yield from _blocks(content[-1], at, quoted)
            if kind == "Figure":
                yield from _blocks(content[1][1], at, quoted)
        elif kind in ("BulletList", "OrderedList"):
            for item in content if kind == "BulletList" else content[1]:
                yield from _blocks(item, at, quoted)
        elif kind == "Table":
            for body in content[4]:
                for row in body[3]:
                    for cell in row[1]:
                        yield from _blocks(cell[4], at, quoted)
        else:
            raise AssertionError(f"a {kind}, of which this test knows nothing")


def _run(inlines: Sequence[Any]) -> tuple[str, list[tuple[int, int, str]], list[int]]:
    """Give the words of a run, where facts and claims stand in it, and where works are cited."""
    text, said, cites = "", [], []

    def walk(inlines: Sequence[Any], inside: bool) -> None:
        nonlocal text
        for inline in inlines:
            kind, content = inline["t"], inline.get("c")
            start = len(text)
            if kind in ("Str", "Code"):
                text += content if kind == "Str" else content[1]
            elif kind in ("Space", "SoftBreak", "LineBreak"):
                text += " "
            elif kind == "Cite":
                works = [one["citationId"] for one in content[0]]
                reference = all(re.match(r"(?i)(fig|tbl|sec)-", work) for work in works)
                text += "@" if reference else "[@]"
                if not reference:
                    cites.append(start)
            elif kind == "Quoted":
                text += "“"
                walk(content[1], inside)
                text += "”"
            elif kind in ("Span", "Link", "Image"):
                (identifier, classes, pairs), *rest = content
                id = dict(pairs).get("data-fact") or (identifier if "claim" in classes else None)
                walk(rest[0], inside or id is not None)
                if id and not inside:
                    said.append((start, len(text), id))
            elif kind in ("Emph", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Underline"):
                walk(content, inside)
            elif kind == "Note":
                for block in content:
                    text += " "
                    walk(block["c"], inside)

    walk(inlines, False)
    return text, said, cites
