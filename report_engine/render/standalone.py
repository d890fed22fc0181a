"""A page that holds everything it shows, and may show no more: its styles, type and pictures written into it.

Pandoc's own ``--embed-resources`` gives the same, and takes as long as the rest of the page.
"""

import base64
import html
import re
from collections.abc import Callable
from mimetypes import MimeTypes
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from report_engine.render.policy import attributes, policy, theme_scripts, with_policy

_STYLESHEET = re.compile(r'<link rel="stylesheet" href="([^"]*)"\s*/?>')
_SOURCE = re.compile(r'(<(?:img|embed|video|audio|source)\s(?:[^<>]*?\s)?src=")([^"]*)"')
_URL = re.compile(r"""url\(\s*['"]?([^'")]+?)['"]?\s*\)""")
_ELSEWHERE = re.compile(r"[a-zA-Z][\w+.-]*:|//|#")  # an address that is no path, or a place on the page
_TYPES = MimeTypes()  # Python's own, whatever the system calls them, and what these lack
for _kind in ("font/otf", "font/ttf", "font/woff", "font/woff2", "image/webp"):
    _TYPES.add_type(_kind, f".{_kind.partition('/')[2]}")


def standalone(root: Path, page: str) -> tuple[str, list[str]]:
    """Write what a page names by paths below ``root`` into it; return it and the paths where nothing is."""
    missing: list[str] = []
    styles: list[str] = []

    def address(path: str) -> str:
        try:
            return _data(root / path)
        except OSError:
            missing.append(path)
            return path

    def stylesheet(found: re.Match[str]) -> str:
        path = html.unescape(found[1])
        try:
            text = (root / path).read_text("utf-8")
        except OSError:
            missing.append(path)
            return found[0]
        styles.append(f"\n{_with_urls(text, PurePosixPath(path).parent, address)}")
        return f"<style>{styles[-1]}</style>"

    def source(found: re.Match[str]) -> str:
        path = unquote(html.unescape(found[2]))
        return found[0] if _ELSEWHERE.match(path) else f'{found[1]}{html.escape(address(path))}"'

    filled = _SOURCE.sub(source, _STYLESHEET.sub(stylesheet, page))
    return with_policy(filled, policy(theme_scripts(root), styles, attributes(page))), missing


def _with_urls(css: str, folder: PurePosixPath, address: Callable[[str], str]) -> str:
    return _URL.sub(
        lambda found: found[0] if _ELSEWHERE.match(found[1]) else f"url({address((folder / found[1]).as_posix())})", css
    )


def _data(path: Path) -> str:
    kind = _TYPES.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"
