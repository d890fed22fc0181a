"""Write a section's results to files, and gather those of all sections for the chapters."""

import dataclasses
import json
import math
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report_engine.contracts import column_labels as headings
from report_engine.contracts import contract, statements
from report_engine.methods.rounding import significant
from report_engine.model.section import Claim, Fact, Provenance, Section, Table
from report_engine.model.verdicts import verdict_text
from report_engine.results import from_source, ledger, sidecars
from report_engine.results.drawings import NARROW, Drawings
from report_engine.results.reading import load
from report_engine.results.sidecars import dumps
from report_engine.results.tables import claims_table, source_line, table_markdown, to_csv
from report_engine.words.editions import EDITIONS, Edition, Text
from report_engine.words.report import say
from report_engine.words.typesetting import typeset

if TYPE_CHECKING:
    import pandas as pd

    from report_engine.model.section import Figure
    from report_engine.settings.settings import Settings


def write(section: Section, root: Path, smallest_cell: int, drawings: Drawings | None = None) -> None:
    """Write figures (svg, png, csv, json), tables (md, csv, json) and the section's own JSON below ``root``, for every edition.

    ``drawings`` knows what need not be drawn again. Raises ValueError where a figure or table would publish a cell of
    fewer persons than ``smallest_cell``, or show a column or code that has no name in an edition.
    """
    section = dataclasses.replace(section, tables=(*section.tables, claims_table(section)))
    drawings = drawings or Drawings()
    for item in _named(section):
        refuse_small_cells(f"{section.name}/{item.name}", item.data, item.provenance, smallest_cell)
    for table in section.tables:
        headings.refuse_unnamed(f"{section.name}/{table.name}", table)
    for edition in EDITIONS:
        for figure in section.figures:
            where = f"{section.name}/{figure.name}"
            named = headings.describe(where, figure.data, sorted(figure.provenance.tables), edition, section.labels)
            _write_figure(figure, section.name, edition, root / "figures" / edition / section.name, named, drawings)
        _write_tables(section, root, edition)
    target = root / "data" / "results" / "sections" / f"{section.name}.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(dumps(describe(section)), "utf-8", newline="\n")
    drawings.keep()


def merge(root: Path, target: Path, sections: Iterable[str], settings: "Settings") -> None:
    """Gather the sections' JSON below ``root``, and the report's own results, for the chapters, below ``target``.

    These are ``facts.json`` and ``claims.json``, with the words of all editions and, for an edition's documents, with its own,
    ``placements.json`` and the report's own tables.

    ``placements.json`` lists the figures and tables that chapters have to place. Of what there are no data for,
    ``facts.json`` holds the ``reasons``: the filters leave out what quotes it.
    """
    names = tuple(sections)
    results, gathered = root / "data" / "results", target / "data" / "results"
    found = {name: json.loads((results / "sections" / f"{name}.json").read_text("utf-8")) for name in names}
    claims = [claim for name in names for claim in load(root, name)[1].values()]
    counts = {kind: sum(len(found[name][kind]) for name in names) for kind in ("figures", "tables", "facts")}
    origins: dict[str, set[str]] = {}
    for content in found.values():
        for table, origin in content["origins"].items():
            origins.setdefault(table, set()).add(origin)
    by_id = {claim.id: claim for claim in claims}
    its = statements.load(root, by_id)
    report = ledger.report(claims, counts, origins, settings)
    written: dict[str, Callable[[Edition], str]] = {
        "ledger": lambda edition: ledger.markdown(claims, placements["tables"], edition)
    }
    if its:
        report = dataclasses.replace(report, tables=(*report.tables, from_source.table(its, by_id)))
        written["statements"] = lambda edition: from_source.markdown(its, by_id, edition)
    found[report.name] = describe(report)
    facts = {key: _hidden(fact) for content in found.values() for key, fact in content["facts"].items()}
    facts |= _unfounded(facts, claims) | _empty_lists(facts, claims)
    for name, content in found.items():
        for item, reasons in content["lacking"].items():
            facts[f"{name}.{item}.caption"] |= {"reasons": reasons}
        if content["without"]:
            facts[f"{name}.*"] = _missing(content["without"])
    placements = {
        kind: [f"{name}/{item}" for name, content in found.items() for item in content[kind]]
        for kind in ("figures", "tables")
    }
    for edition in EDITIONS:
        _write_tables(report, target, edition, lambda table, e: written[table.name](e))
    for kind, all_of in (("facts", facts), ("claims", {c.id: _plain(c, "id") for c in claims})):
        (gathered / f"{kind}.json").write_text(dumps(all_of), "utf-8", newline="\n")
        for edition in EDITIONS:  # so that words of one edition make no other's documents anew
            (gathered / edition / f"{kind}.json").write_text(dumps(only(all_of, edition)), "utf-8", newline="\n")
    (gathered / "placements.json").write_text(dumps(placements), "utf-8", newline="\n")


def describe(section: Section) -> dict[str, Any]:
    """Return a section as plain values for JSON: names of figures and tables, facts and claims by id."""
    facts = [*section.facts, *_word_facts(section)]
    named = {
        "fact": [fact.id for fact in facts],
        "claim": [claim.id for claim in section.claims],
        "figure or table": [item.name for item in _named(section)],
    }
    for kind, ids in named.items():
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(f"section {section.name}: {kind} {', '.join(twice)} stands there twice")
    for claim in section.claims:
        if claim.stream == "literature" and claim.verdict.outcome != "untestable" and not claim.citations:
            raise ValueError(f"claim {claim.id} is about the literature but cites no study")
    return {
        "facts": {fact.id: _plain(fact, "id") for fact in facts},
        "claims": {claim.id: _plain(claim, "id") for claim in section.claims},
        "figures": [figure.name for figure in section.figures],
        "tables": [table.name for table in section.tables],
        "without": [_value(reason) for reason in section.without],
        "origins": dict(section.origins),
        "lacking": {i.name: [_value(reason) for reason in i.lacking] for i in _named(section) if i.lacking},
        "suppressed": {i.name: i.provenance.suppressed for i in _named(section) if i.provenance.suppressed},
    }


def _hidden(fact: dict[str, Any]) -> dict[str, Any]:
    """Say of a fact that two dots stand for why it is not there: chapters leave out what quotes it."""
    return {**fact, "reasons": [say("missing.hidden")]} if set(fact["text"].values()) == {".."} else fact


def _unfounded(facts: Mapping[str, dict[str, Any]], claims: Iterable[Claim]) -> dict[str, dict[str, Any]]:
    """Return the reasons of claims that only say which table has no rows: there are no data for what quotes them."""
    mark: Text = dict.fromkeys(EDITIONS, "\0")
    begun = {edition: text.partition("\0")[0] for edition, text in say("missing.table", table=mark).items()}
    reasons = {f"{claim.id}.reason": claim.verdict.reason for claim in claims}
    ids = [key for key, reason in reasons.items() if all(reason[e].startswith(begun[e]) for e in EDITIONS)]
    return {key: {**facts[key], "reasons": [facts[key]["text"]]} for key in ids}


def _empty_lists(facts: Mapping[str, dict[str, Any]], claims: Iterable[Claim]) -> dict[str, dict[str, Any]]:
    """Return the lists of claims of an outcome that no claim has: what quotes one goes, and there is nothing to say of it."""
    there = {f"report.listed_{claim.verdict.outcome}" for claim in claims}
    return {
        key: {**facts[key], "reasons": []} for key in facts if key.startswith("report.listed_") and key not in there
    }


def _missing(reasons: list[Text]) -> dict[str, Any]:
    """Make what stands for every fact of a section that the data do not bear, ``<section>.*``."""
    said: Text = {e: " ".join(reason[e] for reason in reasons) for e in EDITIONS}
    return {**_plain(Fact("", None, said, "text", (), "none"), "id"), "reasons": reasons}


def refuse_small_cells(where: str, data: "pd.DataFrame", provenance: Provenance, smallest: int) -> None:
    """Raise ValueError where data from datasets of persons hold a count (``n``, ``*_n``) between 1 and ``smallest`` - 1."""
    if not contract.on_persons(provenance.tables):
        return
    for column in data.columns:
        if column != "n" and not str(column).endswith("_n"):
            continue
        small = data.loc[(data[column] > 0) & (data[column] < smallest)]
        if len(small):
            raise ValueError(
                f"{where}: {len(small)} cell(s) in column {column} rest on fewer than {smallest} cases; "
                "pass the frame through report_engine.methods.disclosure.suppress first"
            )


def _write_tables(
    section: Section,
    root: Path,
    edition: Edition,
    markdown: Callable[[Table, Edition], str] = table_markdown,
) -> None:
    folder = root / "data" / "results" / edition / "tables" / section.name
    folder.mkdir(parents=True, exist_ok=True)
    for table in section.tables:
        text = typeset(markdown(table, edition).replace("&#x27;", "'"), edition)
        (folder / f"{table.name}.md").write_text(text, "utf-8", newline="\n")
        (folder / f"{table.name}.csv").write_text(to_csv(table.data), "utf-8", newline="\n")
        sidecar = {
            **sidecars.describe(section.name, table.name, table.provenance),
            "caption": typeset(table.caption[edition], edition),
            "source_line": typeset(source_line(table.provenance, edition), edition),
        }
        (folder / f"{table.name}.json").write_text(dumps(sidecar), "utf-8", newline="\n")


def _write_figure(
    figure: "Figure", section: str, edition: Edition, folder: Path, named: Mapping[str, Any], drawings: Drawings
) -> None:
    (folder / NARROW).mkdir(parents=True, exist_ok=True)
    line = typeset(source_line(figure.provenance, edition), edition)
    drawing = drawings.draw(figure, section, edition, line)
    (folder / f"{figure.name}.svg").write_bytes(drawing.svg)
    (folder / f"{figure.name}.png").write_bytes(drawing.png)
    (folder / NARROW / f"{figure.name}.svg").write_bytes(drawing.narrow)
    (folder / f"{figure.name}.csv").write_text(to_csv(figure.data), "utf-8", newline="\n")
    sidecar = {
        **sidecars.describe(section, figure.name, figure.provenance),
        "title": typeset(figure.title[edition], edition),
        "caption": typeset(figure.caption[edition], edition),
        "alt": typeset(figure.alt[edition], edition),
        "source_line": line,
        **named,
        "values": drawing.values,
        "note_share": drawing.note_share,  # slides set the source note themselves and cut it off the figure
    }
    (folder / f"{figure.name}.json").write_text(dumps(sidecar), "utf-8", newline="\n")


def _word_facts(section: Section) -> list[Fact]:
    """Captions and verdicts as facts, so that chapters can quote them."""
    words = [
        Fact(f"{section.name}.{i.name}.caption", None, i.caption, "text", i.provenance.tables, i.provenance.origin)
        for i in _named(section)
    ]
    for claim in section.claims:
        verdict = verdict_text(claim)
        words.append(Fact(f"{claim.id}.verdict", claim.verdict.outcome, verdict, "verdict", claim.tables, claim.origin))
        words.append(Fact(f"{claim.id}.statement", None, claim.statement, "text", claim.tables, claim.origin))
        words.append(Fact(f"{claim.id}.reason", None, claim.verdict.reason, "text", claim.tables, claim.origin))
    return words


def _named(section: Section) -> "tuple[Figure | Table, ...]":
    return (*section.figures, *section.tables)


def _plain(item: Fact | Claim, *leave_out: str) -> dict[str, Any]:
    return {key: _value(value) for key, value in dataclasses.asdict(item).items() if key not in leave_out}


def only(value: Any, edition: Edition) -> Any:
    """Leave of texts in both editions the one in ``edition``, wherever they stand in plain values."""
    if isinstance(value, Mapping):
        kept = [edition] if value and value.keys() <= {*EDITIONS} else value
        return {key: only(value[key], edition) for key in kept}
    return [only(item, edition) for item in value] if isinstance(value, list) else value


def _value(value: Any) -> Any:
    """Turn numpy scalars and NaN into what JSON can say; floats keep 12 digits, beyond which they are noise."""
    if isinstance(value, Mapping):
        return {
            str(key): typeset(x, "en") if key == "en" and isinstance(x, str) else _value(x) for key, x in value.items()
        }
    if isinstance(value, list | tuple):
        return [_value(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float):
        return significant(value) if math.isfinite(value) else None
    return value
