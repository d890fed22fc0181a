"""The changes in short, for the terminal: in English, as everything the command says."""

from collections.abc import Mapping, Sequence

from report_engine.changes import places
from report_engine.changes.compare import KINDS, Change, Comparison, outcome
from report_engine.changes.ticks import is_seen
from report_engine.changes.words import KIND_WORDS, exact
from report_engine.words.editions import Edition

MOST = 8
"""How many changes of a kind are printed; the page has all."""


def lines(comparison: Comparison, ticks: Mapping[str, str], edition: Edition) -> list[str]:
    """Return what to print: a heading a kind, a line or two a change, and how much was compared."""
    found = places.of_facts(comparison.new.chapters, comparison.new.facts)
    said = [f"Since the release {comparison.old.name}:"] if comparison.changes else []
    for kind in KINDS:
        changes = comparison.of(kind)
        if not changes:
            continue
        said.append(f"{KIND_WORDS[kind]['en']}: {_count(changes, ticks)}")
        for change in changes[:MOST]:
            said += [f"  {line}" for line in _line(change, comparison, found, edition)]
        if len(changes) > MOST:
            said.append(f"  and {len(changes) - MOST} more on the page")
    if not comparison.changes:
        said.append(f"Nothing has changed since the release {comparison.old.name}.")
    return [*said, compared(comparison)]


def compared(comparison: Comparison) -> str:
    """Say how much was compared."""
    n = comparison.compared
    return f"Compared {n['facts']} facts, {n['claims']} claims, {n['figures']} figures."


def flip(key: str, old: Mapping[str, object], new: Mapping[str, object] | None, edition: Edition = "en") -> list[str]:
    """Say of a claim which verdict it had and has, and what decided now."""
    if new is None:
        return [f"{key}: {outcome(old)} → gone"]
    verdict = new["verdict"]
    reason = verdict["reason"][edition] if isinstance(verdict, Mapping) else ""
    return [f"{key}: {outcome(old)} → {outcome(new)}", f"  {reason}"]


def _count(changes: Sequence[Change], ticks: Mapping[str, str]) -> str:
    unseen = sum(not is_seen(change, ticks) for change in changes)
    flips = sum(change.flip for change in changes)
    parts = [f"{len(changes)} changed"]
    if changes[0].kind == "claims":
        parts.append(f"{flips} of them with another verdict")
    return ", ".join([*parts, f"{unseen} not seen"])


def _line(
    change: Change, comparison: Comparison, found: Mapping[str, list[places.Place]], edition: Edition
) -> list[str]:
    old, new = change.old, change.new
    if change.flip:
        return flip(change.id, old, new)
    if old is None or new is None:
        return [f"{change.id}: {'added' if old is None else 'removed'}"]
    if change.kind == "claims":
        return [f"{change.id}: still {outcome(new)}; {new['verdict']['reason']['en']}"]
    if change.kind == "numbers":
        at = next((f" (report/{p.file}:{p.line})" for p in found.get(change.id, ()) if p.file.startswith(edition)), "")
        return [f"{change.id}: {_number(old, new)}{at}"]
    if change.kind == "data" and (rows := comparison.rows.get(change.id)):
        return [f"{change.id}: {rows.added} rows added, {rows.removed} removed, {rows.changed} changed"]
    return [change.id]


def _number(old: Mapping[str, object], new: Mapping[str, object]) -> str:
    before, after = (exact(fact["value"], "en") for fact in (old, new))
    if before == after:
        before, after = (f"{exact(f['low'], 'en')} to {exact(f['high'], 'en')}, n {f['n']}" for f in (old, new))
    return f"{before} → {after}"
