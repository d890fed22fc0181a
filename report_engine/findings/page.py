"""Everything that was found as one self-contained page, for people who don't program; it needs no script to be read."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from string import Template

from report_engine.checks.examined import Examined, Group, groups
from report_engine.findings import chapters, texts
from report_engine.findings.words import said
from report_engine.model import findings as found_in
from report_engine.model.findings import FULL_LIST, Finding
from report_engine.prose import Found
from report_engine.render.policy import protected
from report_engine.render.project import TAGS
from report_engine.render.rehearsal import Refused
from report_engine.words.editions import Edition
from report_engine.words.messages import Value, say
from report_engine.words.numbers import number

QUOTED = 5
"""How many findings of one kind in one column are shown one by one."""

_ROWS = 30  # row numbers that are listed of the others


@dataclass(frozen=True)
class _View:
    examined: Examined
    edition: Edition

    def say(self, key: str, /, **values: Value) -> str:
        return escape(say(key, self.edition, **values))


def page(template: str, examined: Examined, prose: Found, refused: Refused, edition: Edition) -> str:
    """Write the page from its template; everything that comes from files is escaped."""
    view = _View(examined, edition)
    by_file = _by_file(examined)
    parts = [_summary(view, by_file, prose, refused)]
    parts += [_file(view, at, file, found) for at, (file, found) in enumerate(by_file.items(), start=1)]
    parts += [_without(view, by_file), chapters.section(refused, edition), texts.section(prose, edition), _known(view)]
    return Template(protected(template)).substitute(
        lang=TAGS[edition],
        title=view.say("check.title"),
        skip=view.say("check.skip"),
        content="\n".join(filter(None, parts)),
    )


def _by_file(examined: Examined) -> dict[str, list[Finding]]:
    """Give the errors and warnings of each file, files with errors first."""
    by_file: dict[str, list[Finding]] = {}
    for finding in [*examined.of("error"), *examined.of("warning")]:
        by_file.setdefault(finding.file, []).append(finding)
    return dict(sorted(by_file.items(), key=lambda one: (_count(one[1], "error") == 0, one[0])))


def _count(findings: Sequence[Finding], severity: str) -> int:
    return sum(finding.severity == severity for finding in findings)


def _summary(view: _View, by_file: dict[str, list[Finding]], prose: Found, refused: Refused) -> str:
    errors, remarks = len(view.examined.of("error")), len(view.examined.of("warning"))
    stops = errors or prose.errors or refused.problems
    lines = [f"<strong>{view.say('check.stops' if stops else 'check.fine')}</strong>"]
    if errors:
        lines.append(view.say("check.errors", n=errors))
    if prose.errors:
        lines.append(f'<a href="#text">{view.say("check.typed", n=len(prose.errors))}</a>')
    if refused.problems:
        lines.append(f'<a href="#report">{view.say("check.refuses", n=len(refused.problems))}</a>')
    lines.append(view.say("check.remarks", n=remarks) if remarks else view.say("check.no_remarks"))
    lines.append(view.say("check.checked", datasets=len(view.examined.sources)))
    body = "".join(f"<p>{line}</p>" for line in lines)
    box = f'<div class="verdict{" stop" if stops else ""}">{body}</div>'
    items = [
        f'<li><a href="#file-{at}"><code>{_name(file)}</code></a>: {_counts(view, found)}</li>'
        for at, (file, found) in enumerate(by_file.items(), start=1)
    ]
    return box + (f"<p>{view.say('check.files')}</p><ul>{''.join(items)}</ul>" if items else "")


def _counts(view: _View, findings: Sequence[Finding]) -> str:
    words = {"error": "check.count_errors", "warning": "check.count_remarks"}
    counts = {severity: _count(findings, severity) for severity in words}
    return ", ".join(
        f'<span class="{severity}">{view.say(words[severity], n=count)}</span>'
        for severity, count in counts.items()
        if count
    )


def _name(file: str) -> str:
    return escape(found_in.escape(file))


def _about(view: _View, file: str) -> str:
    """Say which dataset a file is for, and how many rows it has."""
    parts = []
    for name in view.examined.datasets(file):
        title = escape(view.examined.contracts[name].title[view.edition])
        parts.append(f"{title} ({view.say('check.dataset', name=name)})")
    rows = view.examined.rows(file)
    return ", ".join([*parts, *([view.say("check.rows", n=rows)] if rows is not None else [])])


def _file(view: _View, at: int, file: str, findings: Sequence[Finding]) -> str:
    about = _about(view, file)
    head = "".join(f'<th scope="col">{view.say(name)}</th>' for name in ("check.where", "check.wrong", "check.do"))
    bodies = "\n".join(f"<tbody>{''.join(_rows(view, group))}</tbody>" for group in groups(findings))
    return (
        f'<section aria-labelledby="file-{at}">\n<h2 id="file-{at}">{_name(file)}</h2>\n'
        + (f'<p class="about">{about}</p>\n' if about else "")
        + f'<table aria-labelledby="file-{at}">\n<thead><tr>{head}</tr></thead>\n{bodies}\n</table>\n</section>'
    )


def _rows(view: _View, group: Group) -> Iterator[str]:
    """Write a group's heading, its first findings, and where the others stand."""
    kind = view.say(f"kinds.{group.kind}")
    severity = f'<span class="{group.severity}">{view.say(f"severities.{group.severity}")}</span>'
    column = f", {_column(view, group)}" if group.column is not None else ""
    count = escape(number(sum(1 + len(finding.rows) for finding in group.findings), view.edition))
    yield f'<tr><th scope="rowgroup" colspan="3">{kind}{column}: {count} <span>· {severity}</span></th></tr>\n'
    for finding in group.findings[:QUOTED]:
        yield f'<tr><th scope="row">{_where(view, finding)}</th>{_said(view, finding)}</tr>\n'
    rest = group.findings[QUOTED:]
    if rest:
        yield f'<tr><td colspan="3">{_more(view, rest)}</td></tr>\n'


def _column(view: _View, group: Group) -> str:
    name = group.column or ""
    title = view.examined.title(group.findings[0].file, name, view.edition)
    return f"{view.say('check.column')} <code>{_name(name)}</code>" + (f" ({escape(title)})" if title else "")


def _where(view: _View, finding: Finding) -> str:
    if finding.row is not None:
        return view.say("findings.row", row=finding.row)
    return view.say("check.header" if finding.kind in ("column", "extra") else "check.whole")


def _said(view: _View, finding: Finding) -> str:
    return "".join(f"<td>{escape(text)}</td>" for text in said(finding, view.edition))


def _more(view: _View, rest: Sequence[Finding]) -> str:
    rows = list(dict.fromkeys(str(finding.row) for finding in rest if finding.row is not None))
    if not 0 < len(rows) <= _ROWS:
        return view.say("check.more_listed", n=len(rest), file=FULL_LIST)
    return view.say("check.more", n=len(rest), rows=", ".join(rows))


def _without(view: _View, by_file: dict[str, list[Finding]]) -> str:
    named = {view.examined.path(file) for file in by_file}
    named |= {path for together in by_file for path in together.split(", ")}
    items = [
        f"<li><code>{_name(file)}</code>: {_about(view, file)}</li>"
        for file in sorted(view.examined.files)
        if file not in named
    ]
    if not items:
        return ""
    return (
        f'<section aria-labelledby="without">\n<h2 id="without">{view.say("check.without")}</h2>\n'
        f"<ul>{''.join(items)}</ul>\n</section>"
    )


def _known(view: _View) -> str:
    """List what the contracts say is odd and right all the same."""
    by_file: dict[str, list[Finding]] = {}
    for finding in view.examined.of("note"):
        by_file.setdefault(finding.file, []).append(finding)
    if not by_file:
        return ""
    parts = []
    for file, findings in sorted(by_file.items()):
        items = []
        for group in groups(findings):
            column = f"{_column(view, group)}, " if group.column is not None else ""
            items += [
                f"<li>{column}{_where(view, one)}: {escape(found_in.sentences(one, view.edition)[0])}</li>"
                for one in group.findings[:QUOTED]
            ]
            if len(group.findings) > QUOTED:
                items.append(f"<li>{column}{_more(view, group.findings[QUOTED:])}</li>")
        parts.append(f"<h3>{_name(file)}</h3><ul>{''.join(items)}</ul>")
    return (
        f'<section aria-labelledby="known">\n<h2 id="known">{view.say("check.known")}</h2>\n'
        f'<p class="about">{view.say("check.known_about")}</p>\n{"".join(parts)}\n</section>'
    )
