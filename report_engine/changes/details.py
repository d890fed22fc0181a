"""The old beside the new, as HTML: one function a kind of change. Texts come in as they are and go out escaped."""

import base64
import difflib
import re
from collections.abc import Iterable, Mapping
from html import escape, unescape

from report_engine.changes import prose
from report_engine.changes.places import Place
from report_engine.changes.rows import Key, RowDiff
from report_engine.changes.state import Plain
from report_engine.changes.words import claim_parts, exact
from report_engine.words.editions import Edition
from report_engine.words.messages import say

_MOST_LINES = 12


def claim(old: Plain, new: Plain, edition: Edition) -> str:
    """List the parts of a claim that differ, before and now; those of one that came or went as they are."""
    before, after = (claim_parts(one, edition) if one else {} for one in (old, new))
    if not before or not after:
        return f"<p>{escape((before or after)['reason'])}</p>"
    names = [name for name in after if before[name] != after[name]]
    if "reason" in names and "numbers" in names:  # the reason says them in words
        names.remove("numbers")
    return "".join(
        f"<h4>{escape(say(f'claimparts.{name}', edition))}</h4>{_before_and_now(before[name], after[name], edition)}"
        for name in names
    )


def number(old: Plain, new: Plain, edition: Edition) -> str:
    """Say a number exactly, with its interval and n, before and now, and the difference."""
    if old is None or new is None:
        return f"<p>{_exactly(new or old, edition)}</p>"
    difference = ""
    if all(isinstance(fact["value"], int | float) for fact in (old, new)):
        moved = exact(new["value"] - old["value"], edition, signed=True)
        difference = f"; {say('changes.difference', edition)} {moved}"
    return f"<p>{_exactly(old, edition)} → {_exactly(new, edition)}{escape(difference)}</p>"


def sentence(place: Place, fact: str) -> str:
    """Quote the sentence a fact stands in, with the fact marked, and say where it is."""
    text = "".join(f"<mark>{escape(t)}</mark>" if key == fact else escape(t) for key, t in place.sentence)
    return f"<blockquote><p>{text}</p></blockquote><p><code>report/{escape(place.file)}:{place.line}</code></p>"


def words(old: str, new: str, lang: str = "") -> str:
    """Show a paragraph with what was taken out and what was put in."""
    tags = {"same": ("", ""), "old": ("<del>", "</del>"), "new": ("<ins>", "</ins>")}
    text = "".join(f"{tags[kind][0]}{escape(piece)}{tags[kind][1]}" for kind, piece in prose.words(old, new))
    tag = f' lang="{lang}"' if lang else ""
    return f'<p class="words"{tag}>{text}</p>'


def svg_title(svg: str) -> str:
    """Return the title that stands in a figure."""
    found = re.search(r"<title>(.*?)</title>", svg, re.DOTALL)
    return unescape(found[1]) if found else ""


def figures(old: str, new: str, edition: Edition) -> str:
    """Show a figure as it was beside what it is now; each is a picture, so that nothing in it can run."""
    shown = "".join(
        _picture(svg, say(when, edition)) for svg, when in ((old, "changes.before"), (new, "changes.now")) if svg
    )
    return f'<div class="{"pair" if old and new else "single"}">{shown}</div>'


def lines(old: str, new: str, edition: Edition) -> str:
    """Show the first lines that differ between two files."""
    found = [
        line
        for line in difflib.unified_diff(old.splitlines(), new.splitlines(), lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@"))
    ]
    tags = {"-": "del", "+": "ins"}
    shown = "".join(
        f"<li><{tags[line[0]]}>{escape(line[1:])}</{tags[line[0]]}></li>" for line in found[:_MOST_LINES] if line[1:]
    )
    rest = len(found) - _MOST_LINES
    more = f"<p>{escape(say('changes.more_lines', edition, n=rest))}</p>" if rest > 0 else ""
    return f'<ul class="lines">{shown}</ul>{more}'


def data(old: Plain, new: Plain, rows: RowDiff | None, edition: Edition) -> str:
    """Say which files of a dataset changed, and which rows; of rows that are not public how many there were and are.

    ``rows`` is None where they could not be compared.
    """
    if all(state["rows"] is not None for state in (old, new) if state):
        were, are = (state["rows"] if state else 0 for state in (old, new))
        return f"<p>{escape(say('changes.counted', edition, before=were, now=are))}</p>"
    before, after = (state["files"] if state else {} for state in (old, new))
    files = "".join(
        f"<li>{escape(say(_file_word(before.get(file), after.get(file)), edition, file=file))}</li>"
        for file in sorted(before.keys() | after.keys())
    )
    if not old or not new:
        return f"<ul>{files}</ul>"
    if not rows:
        return f"<ul>{files}</ul><p>{say('changes.other_rows' if rows is None else 'changes.same_rows', edition)}</p>"
    counts = say("changes.rows", edition, added=rows.added, removed=rows.removed, changed=rows.changed)
    return f"<ul>{files}</ul><p>{counts}</p>{_examples(rows, edition)}"


def _examples(rows: RowDiff, edition: Edition) -> str:
    html = ""
    for word, keys in (("changes.added_rows", rows.added_examples), ("changes.removed_rows", rows.removed_examples)):
        if keys:
            html += f"<p>{say(word, edition)}: {'; '.join(_key(rows.key, key) for key in keys)}</p>"
    if rows.changed_examples:
        items = "".join(f"<li>{_key(rows.key, k)}{_values(v, edition)}</li>" for k, v in rows.changed_examples)
        html += f"<p>{say('changes.changed_rows', edition)}:</p><ul>{items}</ul>"
    return html


def _key(names: Iterable[str], key: Key) -> str:
    return escape(", ".join(f"{name} {value}" for name, value in zip(names, key, strict=True)))


def _values(values: Mapping[str, tuple[object, object]], edition: Edition) -> str:
    if not values:
        return ""
    each = (
        f"{escape(name)} <del>{escape(exact(old, edition))}</del> <ins>{escape(exact(new, edition))}</ins>"
        for name, (old, new) in values.items()
    )
    return ": " + ", ".join(each)


def _file_word(old: str | None, new: str | None) -> str:
    if old is None:
        return "changes.new_file"
    if new is None:
        return "changes.gone_file"
    return "changes.same_file" if old == new else "changes.changed_file"


def _exactly(fact: Plain, edition: Edition) -> str:
    text = exact(fact["value"], edition)
    if fact["low"] is not None or fact["high"] is not None:
        low, high = exact(fact["low"], edition), exact(fact["high"], edition)
        text += f" ({say('changes.interval', edition)} {low} – {high})"
    return escape(text + (f", n = {fact['n']}" if fact["n"] is not None else ""))


def _before_and_now(old: str, new: str, edition: Edition) -> str:
    rows = ((say("changes.before", edition), old), (say("changes.now", edition), new))
    return "<dl>" + "".join(f"<dt>{word}</dt><dd>{escape(text)}</dd>" for word, text in rows) + "</dl>"


def _picture(svg: str, when: str) -> str:
    from report_engine.drawing.svg import with_type  # loads matplotlib, which no other change needs

    source = base64.b64encode(with_type(svg).encode()).decode()
    alt = escape(f"{svg_title(svg)}: {when.lower()}")
    image = f'<img src="data:image/svg+xml;base64,{source}" alt="{alt}">'
    return f"<figure>{image}<figcaption>{when}</figcaption></figure>"
