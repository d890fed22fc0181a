"""The floor: the seconds of CPU that the work itself takes with the same tools, apart from this project's code.

Each part is named after what it makes, so that a row of the table counts those parts whose outputs came out different.
``python -m tests.bench.floor FOLDER`` does every part once in a built project and prints them as JSON.
"""

import asyncio
import io
import json
import os
import re
import resource
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

KERNEL = "data/results/{edition}/quality.md"
LOADED, TABLES = "packages loaded", "tables read"

_SVG = "{http://www.w3.org/2000/svg}"


def needed(parts: Mapping[str, float], changed: Iterable[str]) -> float:
    """Add up the parts (CPU seconds by what they make) that a change needs; ``changed`` are the paths that came out different.

    One kernel serves both editions. Packages are loaded, and tables read, where a figure is drawn or a table's file changed.
    """
    paths = set(changed)
    data = {path for path in paths if path.startswith(("data/raw/", "data/reference/"))}
    drawn = {path for path in paths if path.endswith(".svg")}
    kernels = sorted(path for path in paths if path.endswith("/quality.md"))
    names = paths - set(kernels) | set(kernels[:1])
    if data or drawn:
        names |= {LOADED, TABLES}
    return sum(seconds for name, seconds in parts.items() if name in names)


def measure(root: Path) -> dict[str, float]:
    """Do every part once in the built project ``root`` and return its CPU seconds."""
    parts = {LOADED: _load()}

    def timed(name: str, do: Callable[..., object], *arguments: object) -> None:
        before = _used()
        do(*arguments)
        parts[name] = _used() - before

    timed(TABLES, _read, root)
    for path in sorted((root / "figures").rglob("*.svg")):
        name = path.relative_to(root).as_posix()
        text = path.read_text("utf-8")
        counted = count(text)
        timed(name, draw, *counted)
        timed(name.removesuffix(".svg") + ".png", _png, text)
    for edition in sorted(path.name for path in (root / "report" / "_output").iterdir() if path.is_dir()):
        folder = f"report/_output/{edition}"
        chapters = _text(sorted((root / "report" / edition).glob("*.qmd")))
        slides = _text(sorted((root / "report" / edition / "slides").glob("*.md")))
        timed(f"{folder}/report.html", _pandoc, root, chapters, "html")
        timed(f"{folder}/report.docx", _pandoc, root, chapters.replace(".svg)", ".png)"), "docx")
        timed(f"{folder}/report.pdf", _pdf, root, chapters)
        timed(f"{folder}/slides.pptx", _pandoc, root, slides.replace(".svg)", ".png)"), "pptx")
        timed(f"{folder}/slides.pdf", _pdf, root, slides)
        timed(KERNEL.format(edition=edition), _kernel, root, edition)
    return parts


def count(svg: str) -> tuple[int, int, int]:
    """Count the lines and areas, the marks and the texts that an SVG draws."""
    tree = ET.fromstring(svg)
    for parent in list(tree.iter()):
        for child in list(parent):
            if child.tag in (f"{_SVG}defs", f"{_SVG}clipPath"):
                parent.remove(child)
    lines, marks, texts = (sum(1 for _ in tree.iter(f"{_SVG}{tag}")) for tag in ("path", "use", "text"))
    return lines, marks, texts


def draw(lines: int, marks: int, texts: int) -> str:
    """Draw so many lines, marks and texts with Matplotlib as it comes, and return the SVG."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.2, 4))
    axis = figure.add_subplot()
    axis.set_axis_off()
    for place in range(lines):
        axis.plot([0, 1], [place, place])
    axis.plot(range(marks), range(marks), "o", linestyle="none")
    for place in range(texts):
        axis.text(0, place, "text")
    target = io.StringIO()
    with mpl.rc_context({"svg.fonttype": "none"}):
        figure.savefig(target, format="svg")
    return target.getvalue()


def _used() -> float:
    """Return the CPU seconds of this process and of those that it has waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def _load() -> float:
    import matplotlib.backends.backend_svg
    import pandas
    import typst

    assert matplotlib and pandas and typst
    return _used()


def _read(root: Path) -> None:
    import pandas as pd

    for folder in ("raw", "reference"):
        for path in sorted((root / "data" / folder).rglob("*.csv")):
            pd.read_csv(path)


def _png(svg: str) -> None:
    import typst

    page = '#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
    typst.compile(page.encode(), format="png", ppi=200.0, sys_inputs={"svg": svg})


def _text(paths: Iterable[Path]) -> str:
    """Put chapters together, with figures named from the project's folder."""
    return "\n\n".join(path.read_text("utf-8") for path in paths).replace("](/", "](")


def _pandoc(root: Path, text: str, kind: str, name: str | None = None) -> Path:
    import pypandoc

    target = root / (name or f"floor.{kind}")
    source = root / "floor.md"
    source.write_text(text, "utf-8")
    pypandoc.convert_file(
        str(source), kind, format="markdown-citations", outputfile=str(target), extra_args=["-s"], cworkdir=str(root)
    )
    return target


def _pdf(root: Path, text: str) -> None:
    import typst

    made = _pandoc(root, text, "typst", "floor.typ")
    markup = re.sub(r"#link\(<[^>]*>\)", "", made.read_text("utf-8"))  # to what filters would have made
    made.write_text(markup, "utf-8")
    typst.compile(str(made), output=str(root / "floor.pdf"), root=str(root))


def _kernel(root: Path, edition: str) -> None:
    import nbformat
    from nbclient import NotebookClient

    os.environ |= {"REPORT_ROOT": str(root), "REPORT_EDITIONS": edition}
    book = nbformat.read(root / "analysis" / "notebooks" / "data_quality.ipynb", as_version=4)
    client = NotebookClient(book, kernel_name="python3", resources={"metadata": {"path": str(root)}})
    asyncio.run(client.async_execute())


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]).resolve())))
