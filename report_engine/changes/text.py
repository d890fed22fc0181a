"""The changes in short, for the terminal."""

from collections.abc import Mapping, Sequence

from report_engine.changes import places
from report_engine.changes.compare import KINDS, Change, Comparison, outcome
from report_engine.changes.ticks import is_seen
from report_engine.changes.words import exact
from report_engine.words.editions import Edition
from report_engine.words.messages import Message, said, say

MOST = 8
"""How many changes of a kind are printed; the page has all."""


def lines(comparison: Comparison, ticks: Mapping[str, str], edition: Edition) -> list[str]:
    """Return what to print: a heading a kind, a line or two a change, and how much was compared."""
    found = places.of_facts(comparison.new.chapters, comparison.new.facts)
    name = comparison.old.name
    printed = [say("release.since", edition, name=name)] if comparison.changes else []
    for kind in KINDS:
        changes = comparison.of(kind)
        if not changes:
            continue
        printed.append(f"{say(f'changekinds.{kind}', edition)}: {_count(changes, ticks, edition)}")
        for change in changes[:MOST]:
            printed += [f"  {line}" for line in _line(change, comparison, found, edition)]
        if len(changes) > MOST:
            printed.append(say("release.more", edition, n=len(changes) - MOST))
    if not comparison.changes:
        printed.append(say("release.same", edition, name=name))
    return [*printed, compared(comparison).say(edition)]


def compared(comparison: Comparison) -> Message:
    """Say how much was compared."""
    counts = {name: comparison.compared[name] for name in ("facts", "claims", "figures")}
    return Message("release.compared", counts)


def flip(key: str, old: Mapping[str, object], new: Mapping[str, object] | None, edition: Edition) -> list[str]:
    """Say of a claim which verdict it had and has, and what decided now."""
    before = Message(f"outcomes.{outcome(old)}")
    if new is None:
        return [say("release.flip", edition, id=key, old=before, new=Message("release.gone"))]
    verdict = new["verdict"]
    reason = said(verdict["reason"], edition) if isinstance(verdict, Mapping) else ""
    return [
        say("release.flip", edition, id=key, old=before, new=Message(f"outcomes.{outcome(new)}")),
        f"  {reason}",
    ]


def _count(changes: Sequence[Change], ticks: Mapping[str, str], edition: Edition) -> str:
    unseen = sum(not is_seen(change, ticks) for change in changes)
    parts = [say("release.changed", edition, n=len(changes))]
    if changes[0].kind == "claims":
        parts.append(say("release.flips", edition, n=sum(change.flip for change in changes)))
    return ", ".join([*parts, say("release.not_seen", edition, n=unseen)])


def _line(
    change: Change, comparison: Comparison, found: Mapping[str, list[places.Place]], edition: Edition
) -> list[str]:
    old, new = change.old, change.new
    if change.flip:
        return flip(change.id, old, new, edition)
    if old is None or new is None:
        return [say("release.added" if old is None else "release.removed", edition, id=change.id)]
    if change.kind == "claims":
        still = Message(f"outcomes.{outcome(new)}")
        return [say("release.still", edition, id=change.id, outcome=still, reason=new["verdict"]["reason"])]
    if change.kind == "numbers":
        there = sorted(found.get(change.id, ()), key=lambda place: not place.file.startswith(f"{edition}/"))
        at = f" (report/{there[0].file}:{there[0].line})" if there else ""
        return [f"{change.id}: {_number(old, new, edition)}{at}"]
    if change.kind == "data" and None not in (old["rows"], new["rows"]):
        return [say("release.counted", edition, id=change.id, before=old["rows"], now=new["rows"])]
    if change.kind == "data" and (rows := comparison.rows.get(change.id)):
        return [
            say("release.rows", edition, id=change.id, added=rows.added, removed=rows.removed, changed=rows.changed)
        ]
    return [change.id]


def _number(old: Mapping[str, object], new: Mapping[str, object], edition: Edition) -> str:
    before, after = (exact(fact["value"], edition) for fact in (old, new))
    if before == after:
        before, after = (
            say(
                "release.interval",
                edition,
                low=exact(fact["low"], edition),
                high=exact(fact["high"], edition),
                n=str(fact["n"]),
            )
            for fact in (old, new)
        )
    return f"{before} → {after}"
