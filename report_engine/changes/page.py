"""The changes as one self-contained page, in the language of the report's first edition; it needs no script to be read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from string import Template

from report_engine.changes import details, places
from report_engine.changes.compare import KINDS, Change, Comparison, Kind
from report_engine.changes.rows import RowDiff
from report_engine.changes.ticks import HEADING, is_seen
from report_engine.model.verdicts import VERDICT_WORDS
from report_engine.render.policy import protected
from report_engine.render.project import TAGS
from report_engine.words.editions import Edition
from report_engine.words.messages import Value, say


@dataclass(frozen=True)
class _View:
    comparison: Comparison
    ticks: Mapping[str, str]
    edition: Edition
    facts: Mapping[str, list[places.Place]]
    claims: Mapping[str, list[tuple[str, int]]]

    def say(self, key: str, /, **values: Value) -> str:
        return escape(say(key, self.edition, **values))


def page(template: str, comparison: Comparison, ticks: Mapping[str, str], edition: Edition) -> str:
    """Write the page from its template; everything that comes from data, chapters and results is escaped."""
    chapters, facts = comparison.new.chapters, comparison.new.facts
    view = _View(comparison, ticks, edition, places.of_facts(chapters, facts), places.of_claims(chapters))
    sections = [_section(kind, view) for kind in KINDS if comparison.of(kind)]
    return Template(protected(template)).substitute(
        lang=TAGS[edition],
        title=view.say("changes.title", name=comparison.old.name),
        compared=view.say("changes.compared", **comparison.compared),
        overview=_overview(view),
        sections="\n".join(sections),
        file_heading=escape(HEADING),
        **{name: view.say(key) for name, key in _SCRIPT_WORDS.items()},
    )


_SCRIPT_WORDS = {
    "word_mark": "changes.mark",
    "word_mark_all": "changes.mark_all",
    "word_sign": "changes.sign",
    "word_how": "changes.how",
    "word_file": "changes.file",
    "word_save": "changes.save",
    "word_copy": "changes.copy",
    "word_slider": "changes.slider",
    "word_skip": "changes.skip",
}


def _overview(view: _View) -> str:
    items = []
    for kind in KINDS:
        changes = view.comparison.of(kind)
        if not changes:
            continue
        unseen = sum(not is_seen(change, view.ticks) for change in changes)
        parts = [f"{len(changes)}", view.say("changes.unseen", n=unseen)]
        if kind == "claims":
            parts.insert(1, view.say("changes.flips", n=len(view.comparison.flips)))
        heading = view.say(f"changekinds.{kind}")
        items.append(f'<li><a href="#{kind}">{heading}</a>: {", ".join(parts)}</li>')
    return f"<ul>{''.join(items)}</ul>" if items else f"<p>{view.say('changes.nothing')}</p>"


def _section(kind: Kind, view: _View) -> str:
    changes = view.comparison.of(kind)
    heading = view.say(f"changekinds.{kind}")
    shown = [change for change in changes if not _below_print(change)]
    hidden = changes[len(shown) :]
    body = _list(shown, view)
    if hidden:
        summary = view.say("changes.below_print", n=len(hidden))
        body += f"<details><summary>{summary}</summary>{_list(hidden, view)}</details>"
    return f'<section aria-labelledby="{kind}">\n<h2 id="{kind}">{heading}</h2>\n{body}\n</section>'


def _below_print(change: Change) -> bool:
    both = change.kind == "numbers" and change.old is not None and change.new is not None
    return both and bool(change.old["text"] == change.new["text"])


def _list(changes: Sequence[Change], view: _View) -> str:
    return f'<ul class="changes">{"".join(_item(change, view) for change in changes)}</ul>' if changes else ""


def _item(change: Change, view: _View) -> str:
    seen = is_seen(change, view.ticks)
    state = view.say("changes.seen" if seen else "changes.not_seen")
    tick = (
        f'<p class="tick" data-key="{escape(change.key)}" data-digest="{change.digest}" data-name="{escape(change.id)}"'
        f"{' data-seen' if seen else ''}>{state}</p>"
    )
    marks = " flip" if change.flip else ""
    return f'<li class="change{marks}">{_BODY[change.kind](change, view)}{tick}</li>\n'


def _heading(text: str, code: str, note: str = "") -> str:
    return f"<h3>{text}</h3><p><code>{escape(code)}</code>{note}</p>"


def _claim(change: Change, view: _View) -> str:
    old, new = change.old, change.new
    statement = escape((new or old)["statement"][view.edition])
    before, after = (
        _verdict(claim, "changes.absent" if claim is old else "changes.gone", view) for claim in (old, new)
    )
    moved = (
        f"{before} → {after}" if change.flip or not (old and new) else f"{after}: {view.say('changes.same_verdict')}"
    )
    found = view.claims.get(places.span_id(change.id), [])
    at = ", ".join(f"report/{file}:{line}" for file, line in found)
    return (
        _heading(statement, change.id)
        + f'<p class="verdicts">{moved}</p>'
        + details.claim(old, new, view.edition)
        + (f"<p>{view.say('changes.stands')} {escape(at)}</p>" if at else "")
    )


def _verdict(claim: Mapping[str, Mapping[str, str]] | None, missing: str, view: _View) -> str:
    if claim is None:
        return view.say(missing)
    outcome = claim["verdict"]["outcome"]
    return f'<strong class="verdict-{outcome}">{escape(VERDICT_WORDS[outcome][view.edition])}</strong>'  # type: ignore[index]  # an outcome, read from JSON


def _number(change: Change, view: _View) -> str:
    old, new = change.old, change.new
    text = (
        "→ ".join(
            escape(fact["text"][view.edition]) + " " if fact else f"{view.say(missing)} "
            for fact, missing in ((old, "changes.absent"), (new, "changes.gone"))
        )
        if old is None or new is None or old["text"] != new["text"]
        else escape(new["text"][view.edition])
    )
    found = [place for place in view.facts.get(change.id, []) if place.file.startswith(f"{view.edition}/")]
    sentences = (
        "".join(details.sentence(place, change.id) for place in found) or f"<p>{view.say('changes.nowhere')}</p>"
    )
    return _heading(text, change.id) + details.number(old, new, view.edition) + sentences


def _words(change: Change, view: _View) -> str:
    before, after = (text[view.edition] if text else "" for text in (change.old, change.new))
    return f"<p><code>{escape(change.id)}</code></p>" + details.words(before, after)


def _figure(change: Change, view: _View) -> str:
    before, after = (state.figures.get(change.id, "") for state in (view.comparison.old, view.comparison.new))
    return _heading(escape(details.svg_title(after or before)), change.id) + details.figures(
        before, after, view.edition
    )


def _text(change: Change, view: _View) -> str:
    return f"<h3><code>{escape(change.id)}</code></h3>" + details.lines(
        change.old or "", change.new or "", view.edition
    )


def _data(change: Change, view: _View) -> str:
    rows = view.comparison.rows.get(change.id)
    states = (view.comparison.old, view.comparison.new)
    if len({state.data[change.id].tidy for state in states if change.id in state.data}) == 1:
        rows = RowDiff(())  # the same table from another file
    heading = f"<h3><code>{escape(change.id)}</code></h3>"
    return heading + details.data(change.old, change.new, rows, view.edition)


def _prose(change: Change, view: _View) -> str:
    chapter = change.id.split(":")[0]
    lang = TAGS[chapter.split("/")[0]]  # type: ignore[index]  # a chapter lies in its edition's folder
    return f"<p><code>report/{escape(chapter)}</code></p>" + details.words(change.old or "", change.new or "", lang)


_BODY: Mapping[Kind, Callable[[Change, _View], str]] = {
    "claims": _claim,
    "numbers": _number,
    "words": _words,
    "figures": _figure,
    "tables": _text,
    "data": _data,
    "contracts": _text,
    "prose": _prose,
}
