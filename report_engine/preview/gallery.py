"""``report gallery``: all figures of both editions side by side on one page, full size and half, for review."""

import base64
import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from report_engine.contracts import study
from report_engine.render.policy import protected
from report_engine.words.editions import EDITIONS, Edition
from report_engine.words.messages import Message, Told, said, say

PAGE = Path("report/_output/gallery.html")

_STYLE = """
body { margin: 0 auto; padding: 1.5rem; background: #f4f5f6; color: #1d2b33; font: 15px/1.45 system-ui, sans-serif; }
h2 { margin: 2.5rem 0 0; } h3 { margin: 1.8rem 0 0.6rem; font-size: 1rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem; align-items: start; }
figure { margin: 0; padding: 1rem; background: #fff; border: 1px solid #dde2e2; }
img { display: block; max-width: 100%; height: auto; } img + img { margin-top: 1rem; border-top: 1px dashed #a9b4ba; }
figcaption p { margin: 0.6rem 0 0; } .alt, .size { color: #55646c; font-size: 0.9em; }
"""


class NotDrawn(Told):
    """There are no figures to show; the message says what to do."""


def write(root: Path, edition: Edition) -> Path:
    """Write the page, in a language, from the figures as last drawn; return its path. Raises NotDrawn without any."""
    stems = sorted(
        {path.relative_to(root / "figures" / e).with_suffix("") for e in EDITIONS for path in _drawn(root, e)}
    )
    if not stems:
        raise NotDrawn(Message("gallery.none"))
    target = root / PAGE
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_page(root, stems, edition), "utf-8", newline="\n")
    return PAGE


def _drawn(root: Path, edition: Edition) -> Iterator[Path]:
    return (root / "figures" / edition).glob("*/*.svg")


def _page(root: Path, stems: list[Path], edition: Edition) -> str:
    parts = []
    for section, title in study.load().sections.items():
        own = [stem for stem in stems if stem.parent.name == section]
        if own:
            parts.append(f"<h2>{escape(said(title, edition))}</h2>")
        for stem in own:
            figures = "\n".join(_figure(root, each, stem, edition) for each in EDITIONS)
            parts.append(f'<h3>{escape(stem.as_posix())}</h3>\n<div class="pair">\n{figures}\n</div>')
    head = protected(
        f'<!DOCTYPE html>\n<html lang="{edition}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{say('gallery.title', edition)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    return (
        f"{head}<h1>{say('gallery.heading', edition, n=len(stems))}</h1>\n"
        + "\n".join(parts)
        + "\n</main>\n</body>\n</html>\n"
    )


def _figure(root: Path, edition: Edition, stem: Path, spoken: Edition) -> str:
    language = say("published.language", edition)
    path = root / "figures" / edition / stem.with_suffix(".svg")
    if not path.is_file():
        return f"<p>{say('gallery.not_drawn', spoken, language=language)}</p>"
    svg = path.read_bytes()
    about = json.loads(path.with_suffix(".json").read_text("utf-8"))
    width, height = (float(found) * 96 / 72 for found in re.findall(rb'(?:width|height)="([\d.]+)pt"', svg)[:2])
    source = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
    images = [
        f'<img src="{source}" alt="{escape(alt)}" width="{width * part:.0f}" height="{height * part:.0f}">'
        for part, alt in ((1, about["alt"]), (0.5, ""))
    ]
    size = f"{width:.0f} × {height:.0f} px; SVG {len(svg) // 1000} kB, PNG {path.with_suffix('.png').stat().st_size // 1000} kB"
    return (
        f'<figure lang="{edition}">\n{images[0]}\n{images[1]}\n<figcaption><p>{escape(about["caption"])}</p>\n'
        f'<p class="alt">Alt: {escape(about["alt"])}</p>\n<p class="size" lang="{spoken}">{language}: {size}</p>'
        "</figcaption>\n</figure>"
    )
