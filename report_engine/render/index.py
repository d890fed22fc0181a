"""The page that leads to the editions: ``report/_output/index.html``, which says what is published and nothing else."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from string import Template

from filelock import FileLock

from report_engine.render.policy import protected
from report_engine.render.project import TAGS
from report_engine.words.editions import Edition
from report_engine.words.messages import say

TEMPLATE = Path("report/theme/index.html")
NAME = "index.html"

FILES = ("report.html", "report.pdf", "report.docx", "slides.pdf", "slides.pptx")
"""What a reader may open, in this order."""


@dataclass(frozen=True)
class Published:
    """One published edition: its title (the language's name where it has no page) and the names of its files."""

    edition: Edition
    title: str
    files: tuple[str, ...]


def write(root: Path, editions: Sequence[Edition]) -> None:
    """Bring the page up to date with what is published of ``editions``; leave it alone where nothing has changed.

    Processes that publish different editions at the same time may call this at the same time.
    """
    folder = root / "report" / "_output"
    if not folder.is_dir():
        return
    with FileLock(folder / ".index.lock"):
        found = [published for edition in editions if (published := look(folder / edition, edition)).files]
        target = folder / NAME
        text = page((root / TEMPLATE).read_text("utf-8"), found) if found else ""
        if not found:
            target.unlink(missing_ok=True)
        elif not target.is_file() or target.read_bytes() != text.encode():
            new = folder / f".{NAME}.new"
            new.write_text(text, "utf-8", newline="\n")
            os.replace(new, target)


def look(folder: Path, edition: Edition) -> Published:
    """Say what an edition's folder holds."""
    files = tuple(name for name in FILES if (folder / name).is_file())
    title = say("published.language", edition)
    if "report.html" in files:
        found = re.search(r"<title>(.*?)</title>", (folder / "report.html").read_text("utf-8", "replace"), re.DOTALL)
        title = unescape(found[1]).strip() if found else title
    return Published(edition, title, files)


def page(template: str, editions: Sequence[Published]) -> str:
    """Write the page from its template, in the language of the first edition, each part in its own."""
    titles = [escape(one.title) for one in editions]
    parts = [f'<span lang="{TAGS[one.edition]}">{title}</span>' for one, title in zip(editions, titles, strict=True)]
    return Template(protected(template)).substitute(
        lang=TAGS[editions[0].edition],
        title=" · ".join(titles),
        heading="\n".join(parts),
        editions="\n".join(map(_section, editions)),
    )


def _section(one: Published) -> str:
    tag = TAGS[one.edition]
    links = "\n".join(
        f'<li><a href="{one.edition}/{name}" hreflang="{tag}">{_what(name, one.edition)}</a></li>' for name in one.files
    )
    heading = f'<h2 id="{one.edition}">{say("published.language", one.edition)}</h2>'
    return f'<section lang="{tag}" aria-labelledby="{one.edition}">\n{heading}\n<ul>\n{links}\n</ul>\n</section>'


def _what(name: str, edition: Edition) -> str:
    return say(f"published.{name.replace('.', '_')}", edition)
