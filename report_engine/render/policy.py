"""The Content-Security-Policy of a page: it may run and be styled by what its theme holds, and load nothing.

What is allowed is told by the theme's own files and templates, never by the finished page: a script that got into the page
with data is none of the theme's, and does not run.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

THEME = Path("report/theme")

_CHARSET = '<meta charset="utf-8">'  # the policy holds for what follows it
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
# What Pandoc writes of a table's columns, and the filters of how many there are: no class says it for every number.
_ATTRIBUTE = re.compile(r' style="(text-align: (?:left|right|center);|--columns: \d+|width: ?[\d.]+%;?)"')


def policy(scripts: Iterable[str], styles: Iterable[str], attributes: Iterable[str] = (), server: str = "") -> str:
    """Return the policy that allows these inline scripts, styles and style attributes, data addresses and ``server``."""
    hashes = _hashes(attributes)
    allowed = {
        "script-src": [server, *_hashes(scripts)],
        "style-src": [server, *_hashes(styles)],
        "style-src-attr": ["'unsafe-hashes'", *hashes] if hashes else [],
        "img-src": [server, "data:"],
        "font-src": [server, "data:"],
        "connect-src": [server],
        "base-uri": [],
        "form-action": [],
    }
    sources = {name: " ".join(filter(None, its)) or "'none'" for name, its in allowed.items()}
    return "; ".join(["default-src 'none'", *(f"{name} {its}" for name, its in sources.items())])


def theme_scripts(root: Path) -> list[str]:
    """Return what stands in the page's script elements: each script of the theme in one of its own."""
    return [f"\n{path.read_text('utf-8')}" for path in sorted((root / THEME).glob("*.js"))]


def attributes(page: str) -> list[str]:
    """Return the style attributes of a page that Pandoc and the filters write, once each."""
    return sorted(set(_ATTRIBUTE.findall(page)))


def protected(template: str) -> str:
    """Put into a template the policy that allows the scripts and styles which stand in the template."""
    found = _INLINE.findall(template)
    scripts, styles = ([text for tag, text in found if tag == kind] for kind in ("script", "style"))
    return with_policy(template, policy(scripts, styles))


def with_policy(page: str, its: str) -> str:
    """Put a policy into a page, before anything that it holds for."""
    return page.replace(_CHARSET, f'{_CHARSET}\n<meta http-equiv="Content-Security-Policy" content="{its}">', 1)


def _hashes(texts: Iterable[str]) -> list[str]:
    digests = (hashlib.sha256(text.encode()).digest() for text in texts)
    return sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
