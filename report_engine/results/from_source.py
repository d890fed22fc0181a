"""The table that leads from each statement of the source to where the report takes it up, with the verdict or why there is none."""

from collections.abc import Mapping, Sequence
from html import escape

from report_engine.contracts.statements import Slide, Statement, Statements
from report_engine.model.section import Claim, Column, Provenance, Table, combine
from report_engine.results import claim_notes as notes
from report_engine.results.tables import VERDICT_MARKS, marked_verdict, tally
from report_engine.results.tables import markdown as table_html
from report_engine.words.editions import Edition
from report_engine.words.numbers import NBSP
from report_engine.words.report import say, say_in

COLUMNS = tuple(Column(key, say(f"statements.{key}")) for key in ("says", "where", "verdict"))

_LEFT = ' style="text-align: left"'


def table(its: Statements, claims: Mapping[str, Claim]) -> Table:
    """List every statement of the source by slide, with the claims and the section that take it up."""
    import pandas as pd

    rows = [
        {
            "slide": number,
            "statement": f"{number}.{place}",
            "claims": " ".join(statement.claims),
            "section": statement.section or "",
            "verdicts": " ".join(claims[claim].verdict.outcome for claim in statement.claims),
        }
        for number, slide in enumerate(its.slides, 1)
        for place, statement in enumerate(slide.statements, 1)
    ]
    tested = [
        claims[name] for name in claims if any(name in s.claims for slide in its.slides for s in slide.statements)
    ]
    return Table(
        name="statements",
        data=pd.DataFrame(rows, columns=list(rows[0])),
        columns=COLUMNS,
        caption=say("statements.caption", n=len(rows), tested=sum(bool(row["claims"]) for row in rows)),
        provenance=Provenance(
            source=say("statements.source"),
            origin=combine({claim.origin for claim in tested}),
            tables=tuple(sorted({name for claim in tested for name in claim.tables})),
        ),
    )


def markdown(its: Statements, claims: Mapping[str, Claim], edition: Edition) -> str:
    """Write the table: a group of rows a slide, each statement with links to the sentences or the section that take it up."""
    bodies = [_body(number, slide, claims, edition) for number, slide in enumerate(its.slides, 1)]
    return table_html(table(its, claims), bodies, edition)


def _body(number: int, slide: Slide, claims: Mapping[str, Claim], edition: Edition) -> str:
    title = escape(say_in("statements.slide", edition, number=number, title=slide.title[edition]))
    group = f'<tr><th scope="rowgroup" colspan="{len(COLUMNS)}"{_LEFT}><strong>{title}</strong></th></tr>'
    rows = [
        _row(f"statement-{number}-{place}", statement, claims, edition)
        for place, statement in enumerate(slide.statements, 1)
    ]
    return "\n".join([group, *rows])


def _row(identifier: str, statement: Statement, claims: Mapping[str, Claim], edition: Edition) -> str:
    tested = [claims[name] for name in statement.claims]
    links = [_link(claim, edition) for claim in tested]
    if statement.section is not None:
        word = say_in("statements.section", edition)
        links.append(f'<a class="figure-link" href="#{escape(statement.section)}">{word}</a>')
    says = f'<span id="{identifier}">{escape(statement.says[edition])}</span>'
    cells = ["; ".join(links), escape(_verdict(statement, tested, edition))]
    return f'<tr><th scope="row"{_LEFT}>{says}</th>{"".join(f"<td{_LEFT}>{cell}</td>" for cell in cells)}</tr>'


def _link(claim: Claim, edition: Edition) -> str:
    words = (
        f"{claim.statement[edition]}{NBSP}{VERDICT_MARKS[claim.verdict.outcome]}"  # a cell that begins so is a verdict
    )
    return f'<a href="#{notes.anchor("claim", claim.id)}">{escape(words)}</a>'


def _verdict(statement: Statement, tested: Sequence[Claim], edition: Edition) -> str:
    if statement.untested is not None:
        return statement.untested[edition]
    if len(tested) == 1:
        return marked_verdict(tested[0])[edition]
    return say_in("statements.several", edition, tally=tally(tested))
