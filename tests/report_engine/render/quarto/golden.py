"""Two chapters as Quarto and as the embedded engine read them, through our filters, and what a reader finds in the outcome."""

import gzip
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from report_engine.render import embedded, source
from tests.report_engine.render.conftest import REPOSITORY, SVG, png, write

HERE = Path(__file__).parent
CHAPTERS = ("background.qmd", "appendix_ledger.qmd")
META = {"lang": "sv-SE", "toc-title": "Innehåll", "title": "Prov"}
_CALL = re.compile(r"\{\{<\s*fact\s+(\S+)\s*>\}\}")
_FLOAT = re.compile(r"\{#((?:fig|tbl)-[\w-]+)\}")
_TABLE = re.compile(r"\{\{<\s*include /(\S+)\s*>\}\}")


@cache
def dumped(writer: str, place: str) -> str:
    """Read a document that Quarto had made for a format (``html``, ``docx``, ``typst``) at a place (``pre``, ``post``)."""
    return gzip.decompress((HERE / f"{writer}.{place}.json.gz").read_bytes()).decode()


def _elements(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        node = node.get("c", [*node.values()])
    if isinstance(node, list):
        for one in node:
            yield from _elements(one)


def _attributes(element: dict[str, Any]) -> dict[str, str]:
    return dict(element["c"][0][2]) if element.get("t") in ("Span", "Div", "Image") else {}


def _text(node: Any) -> str:
    words = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}
    return "".join(words.get(one.get("t", ""), one["c"] if one.get("t") == "Str" else "") for one in _elements(node))


def nodes(writer: str) -> dict[str, dict[str, Any]]:
    """Return what Quarto keeps beside its own nodes, by their number: a shortcode's fact, a figure's id."""
    chapters = "".join((HERE / name).read_text("utf-8") for name in CHAPTERS)
    waiting = {"Shortcode": _CALL.findall(chapters), "FloatRefTarget": _FLOAT.findall(chapters)}
    found: dict[str, dict[str, Any]] = {}
    for element in _elements(json.loads(dumped(writer, "pre"))["blocks"]):
        its = _attributes(element)
        kind = its.get("__quarto_custom_type")
        if kind == "Shortcode":
            found[its["__quarto_custom_id"]] = {"name": "fact", "params": [{"value": waiting[kind].pop(0)}]}
        elif kind:
            found[its["__quarto_custom_id"]] = {"identifier": waiting[kind].pop(0)}
    assert not any(waiting.values())
    return found


def make(root: Path) -> Path:
    """Write the project of the two chapters: facts, alternative texts and tables are those that Quarto was given."""
    for name in ("_quarto.yml", "report/sv/_metadata.yml"):
        write(root, name, (REPOSITORY / name).read_bytes())
    for name in ("report/filters", "report/theme"):
        shutil.copytree(REPOSITORY / name, root / name)
    write(root, "report/references.bib", "")
    for name in CHAPTERS:
        write(root, f"report/sv/{name}", (HERE / name).read_bytes())
    text = "\n\n".join(f"{{{{< include {name} >}}}}" for name in CHAPTERS)
    write(root, "report/sv/index.qmd", f"---\ntitle: Prov\n---\n\n{text}\n")
    write(root, "data/results/sv/notes.json", (HERE / "notes.json").read_bytes())
    after = json.loads(dumped("html", "post"))["blocks"]
    facts: dict[str, Any] = {
        _attributes(one)["data-fact"]: {"text": {"sv": _text(one["c"][1])}}
        for one in _elements(after)
        if "data-fact" in _attributes(one)
    }
    facts |= {f"report.origin_{name}": {"origin": "synthetic"} for name in ("municipal_accounts", "labour_units")}
    write(root, "data/results/sv/facts.json", json.dumps(facts))
    for one in _elements(after):
        if one.get("t") == "Image":
            stem = one["c"][2][0].removeprefix("../../").removesuffix(".svg")
            write(root, f"{stem}.json", json.dumps({"alt": _attributes(one)["alt"], "source_line": "Källa: prov."}))
            write(root, f"{stem}.svg", SVG)
            write(root, f"{stem}.png", png())
            write(root, f"{stem}.csv", "year,value\n2009,1.5\n2010,2.5\n")
    tables = [one for one in _elements(json.loads(dumped("html", "pre"))["blocks"]) if one.get("t") == "Table"]
    paths = _TABLE.findall("".join((HERE / name).read_text("utf-8") for name in CHAPTERS))
    for path, table in zip(paths, tables, strict=True):
        write(root, path, f"```{{=html}}\n{_html(table)}\n```\n")
    return root


def _html(table: dict[str, Any]) -> str:
    document = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": [table]}
    made = _pandoc(json.dumps(document), ["--from=json", "--to=html", "--wrap=none"], Path.cwd(), {})
    role = r' data-quarto-table-cell-role="th"'
    cells = re.sub(rf"<t[hd]([^>]*){role}([^>]*)>(.*?)</t[hd]>", r"<th\1\2>\3</th>", made, flags=re.DOTALL)
    return re.sub(r"\n\s*\n", "\n", cells.replace(' data-quarto-postprocess="true"', ""))


def _pandoc(text: str, options: Sequence[str], folder: Path, environment: Mapping[str, str]) -> str:
    run = subprocess.run(
        [embedded.pandoc(), *options], input=text.encode(), cwd=folder, capture_output=True, check=False,
        env={**os.environ, "SOURCE_DATE_EPOCH": embedded.EPOCH, **environment},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout.decode("utf-8", "replace")


@dataclass(frozen=True)
class Made:
    """What filters leave: the blocks that the writer gets, as Pandoc's JSON, and the file that it writes."""

    blocks: list[dict[str, Any]]
    file: Path


def _made(text: str, folder: Path, writer: str, options: Sequence[str], environment: Mapping[str, str]) -> Made:
    file, dump = folder / f"made.{writer}", folder / "made.json"
    lua = f"--lua-filter={HERE / 'dump.lua'}"
    to = [f"--to={writer}", f"--output={file}", "--wrap=none"]
    _pandoc(text, [*options, lua, *to], folder, {**environment, "FILTERS_DUMP": str(dump)})
    return Made(json.loads(dump.read_text("utf-8"))["blocks"], file)


def under_quarto(root: Path, writer: str, place: str, filters: Sequence[str]) -> Made:
    """Run filters on a document of Quarto's as it runs them, in the chapters' folder."""
    environment = {
        "FILTERS_NODES": json.dumps(nodes(writer)), "FILTERS_PROJECT": str(root), 
        "FILTERS_RUN": "\n".join(str(root / path) for path in filters),
    }  # fmt: skip
    return _made(
        dumped(writer, place),
        root / "report/sv",
        writer,
        ["--from=json", f"--lua-filter={HERE / 'run.lua'}"],
        environment,
    )


def by_us(root: Path, writer: str, filters: Sequence[str]) -> Made:
    """Run filters on the same chapters as the embedded engine reads them."""
    document = source.read(root, "report/sv/index.qmd", META, source.load_facts(root, "sv"))
    assert not document.problems
    front = json.dumps({**document.meta, "document-folder": "report/sv"})
    lua = [f"--lua-filter={path}" for path in (*embedded.FIRST, *filters)]
    return _made(
        f"---\n{front}\n---\n\n{document.text}", root, writer, ["--from=markdown", "--number-sections", *lua], {}
    )
