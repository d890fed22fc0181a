"""What the check of the prose found, as a section of the page."""

from collections.abc import Sequence
from html import escape

from report_engine.prose import Found, Place
from report_engine.words.editions import Edition
from report_engine.words.messages import Value, say


def section(found: Found, edition: Edition) -> str:
    """Write the page's section on typed numbers and words of size."""
    parts = [f'<p class="about">{_say("check.text_about", edition)}</p>']
    if found.errors:
        parts += [f'<h3 class="error">{_say("check.text_errors", edition)}</h3>', _list(found.errors, edition)]
    else:
        parts.append(f"<p>{_say('check.text_fine', edition)}</p>")
    if found.marked:
        parts.append(_folded(_say("check.marked", edition, n=len(found.marked)), _list(found.marked, edition)))
    return f'<section aria-labelledby="text">\n<h2 id="text">{_say("check.text", edition)}</h2>\n{"".join(parts)}\n</section>'


def _say(key: str, edition: Edition, /, **values: Value) -> str:
    return escape(say(key, edition, **values))


def _folded(summary: str, body: str) -> str:
    return f"<details><summary>{summary}</summary>{body}</details>"


def _list(places: Sequence[Place], edition: Edition) -> str:
    return f"<ul>{''.join(f'<li>{escape(_line(place, edition))}</li>' for place in places)}</ul>"


def _line(place: Place, edition: Edition) -> str:
    if not place.line:
        return f"{place.file}: {place.remark.say(edition)}"
    where = f"{place.file}, {say('check.line', edition, n=place.line)}"
    return f"{where}: {_quoted(place, edition)} {place.remark.say(edition)}".replace(":  ", ": ")


def _quoted(place: Place, edition: Edition) -> str:
    words = " ".join(place.words.split())
    return f"{'”' if edition == 'sv' else '“'}{words}”" if words else ""
