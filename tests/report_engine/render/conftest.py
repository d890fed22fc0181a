"""A small project to render: the repository's own filters, theme and settings, with chapters and results of the test."""

import json
import shutil
import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from report_engine.render import embedded
from report_engine.render.project import Format

REPOSITORY = Path(__file__).resolve().parents[3]

FACTS = {
    "background.net_cost": "4,8\u00a0miljarder kronor",
    "background.growth": "34\u00a0procent",
    "background.markup": "5 < 6 & *inte* kursiv",
    "background.cost.caption": "Kostnaden ökade med 34\u00a0procent.",
    "background.people.caption": "Deltagarna blev fler.",
    "background.national.caption": "Kostnad per kommun.",
}
TABLE = """```{=html}
<table>
<thead><tr><th scope="col" style="text-align: left">Kommun</th><th scope="col" style="text-align: right">Kostnad</th></tr></thead>
<tbody>
<tr><th scope="row" style="text-align: left">Falun</th><td style="text-align: right">1,2</td></tr>
<tr><th scope="row" style="text-align: left">Luleå</th><td style="text-align: right">✗ håller inte</td></tr>
</tbody>
<tfoot><tr><td colspan="2">Källa: SCB.</td></tr></tfoot>
</table>
```
"""
BIBLIOGRAPHY = """
@book{berg2004, author={Berg, Anna and Ek, Bo}, title={Nedersta trappan}, year={2004}, publisher={Förlaget}, langid={swedish}}
@article{alm2013, author={Alm, Eva}, title={Activation and control}, journal={Social Work}, year={2013}, volume={16}, pages={45--65}}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200"><rect width="400" height="200" fill="#0b5563"/></svg>'


def png() -> bytes:
    """One grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00\x80")) + chunk(b"IEND", b"")


def write(root: Path, path: str, content: str | bytes) -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        target.write_text(content, "utf-8", newline="\n")
    else:
        target.write_bytes(content)
    return target


def write_results(root: Path, name: str, content: object) -> None:
    """Write results where a build has them with the words of all editions, and where it has them for each edition's documents."""
    for folder in ("", "sv/", "en/"):
        write(root, f"data/results/{folder}{name}", json.dumps(content))


def make_project(root: Path, chapters: Mapping[str, str]) -> Path:
    for name in ("_quarto.yml", "report/sv/_metadata.yml"):
        write(root, name, (REPOSITORY / name).read_bytes())
    for name in ("report/filters", "report/theme"):
        shutil.copytree(REPOSITORY / name, root / name)
    write(root, "report/references.bib", BIBLIOGRAPHY)
    facts = {key: {"text": {"sv": text, "en": f"en {text}"}} for key, text in FACTS.items()}
    write_results(root, "facts.json", facts)
    placements = {"figures": ["background/cost", "background/people"], "tables": ["background/national"]}
    write(root, "data/results/placements.json", json.dumps(placements))
    write(root, "data/results/sv/tables/background/national.md", TABLE)
    for name in ("cost", "people"):
        stem = f"figures/sv/background/{name}"
        write(root, f"{stem}.svg", SVG)
        write(root, f"{stem}.png", png())
        write(root, f"{stem}.json", json.dumps({"alt": f'Linje för "{name}" över tid.'}))
    for name, text in chapters.items():
        write(root, f"report/sv/{name}", text)
    return root


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Make a project of the given chapters: ``project({"index.qmd": "..."})``."""
    return lambda chapters: make_project(tmp_path / "project", chapters)


@pytest.fixture
def render(project: Callable[..., Path]) -> Callable[..., str]:
    """Render one document's body and return the file's text (HTML, Typst markup) for a format."""

    def run(body: str, kind: Format = "html") -> str:
        root = project({"index.qmd": f"---\ntitle: Prov\n---\n\n{body}\n"})
        files = embedded.render(root, "sv", [kind], root / "report/_staging/sv")
        path = files[0].with_suffix(".typ") if kind == "pdf" else files[0]
        return path.read_text("utf-8")

    return run
