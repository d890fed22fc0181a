"""``report release``, ``report diff`` and what ``report build`` says of the last release."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from report_engine.changes import store, text, ticks
from report_engine.changes.compare import Comparison, compare, flipped, no_longer_holding
from report_engine.changes.state import State
from report_engine.changes.store import Refused
from report_engine.model.document import DocumentError
from report_engine.pipeline import build_state, lock, planning, workspace
from report_engine.pipeline.steps import BAD_INPUT, finish
from report_engine.settings import config
from report_engine.words.messages import Message, Value, Word, told
from report_engine.words.spoken import language

TEMPLATE = Path("report/theme/changes.html")
PAGE = workspace.PUBLISHED / "changes.html"

FAILED = 1

Say = Callable[[Word], None]
"""Prints one line, in the language asked for."""


def release(name: str, why: str | None, say: Say) -> int:
    """Keep what is built as a release; return 0, 1 where that is refused, 2 for settings or files that can't be used."""
    return _run(lambda: _release(name, why, say), say)


def diff(name: str | None, seen: Sequence[str], say: Say) -> int:
    """Compare what is built with a release, write the page, and tick ``seen``; return as ``release`` does."""
    return _run(lambda: _diff(name, seen, say), say)


def verdicts(strict: bool, say: Say) -> int:
    """Say how many claims changed verdict since the last release.

    With ``strict`` also which of those that held no longer do; then 1 is returned if there are any. The report is
    published already: a claim that fails is no reason to keep its readers from it.
    """
    try:
        known = store.names()
        if not known:
            if strict:
                say(Message("release.none_for_claims"))
            return 0
        old, new = store.claims(known[-1]), _claims()
    except (DocumentError, OSError, ValueError) as error:
        say(Message("release.unreadable", {"reason": told(error)}))
        return BAD_INPUT if strict else 0
    changed = len(flipped(old, new))
    say(Message("release.verdicts", {"n": changed, "name": known[-1]}))
    lost = no_longer_holding(old, new) if strict else []
    if not lost:
        return 0
    say(Message("release.lost", {"n": len(lost), "name": known[-1]}))
    for key in lost:
        for line in text.flip(key, old[key], new.get(key), language()):
            say(f"  {line}")
    return FAILED


def _run(command: Callable[[], None], say: Say) -> int:
    try:
        lock.take_lock()
        command()
    except Refused as error:
        say(error.message)
        return FAILED
    except planning.STOPPED as error:
        say(told(error))
        return BAD_INPUT
    return 0


def _release(name: str, why: str | None, say: Say) -> None:
    store.check_name(name)
    state = _built()
    unseen: list[str] = []
    if store.names():
        comparison = _compare(store.find(None), state)
        seen = ticks.read()
        unseen = [change.id for change in comparison.flips if not ticks.is_seen(change, seen)]
        if unseen and not (why and why.strip()):
            about: dict[str, Value] = {"n": len(unseen), "name": comparison.old.name, "ids": unseen}
            raise Refused(Message("release.unseen", about))
    folder = store.keep(state, name, why.strip() if why else None, unseen)
    ticks.FILE.unlink(missing_ok=True)  # ticks are of changes since the release before
    kept = {name: len(getattr(state, name)) for name in ("facts", "claims", "figures", "tables")}
    say(Message("release.kept", {"folder": folder.as_posix(), "mb": store.size(folder) / 1e6, **kept}))
    say(Message("release.commit", {"folder": store.FOLDER.as_posix()}))


def _diff(name: str | None, seen: Sequence[str], say: Say) -> None:
    settings = config.load(Path())
    comparison = _compare(store.find(name), _built())
    marked = ticks.read()
    if seen:
        if name not in (None, store.find(None)):
            raise Refused(Message("release.ticks"))
        marked = ticks.add(marked, comparison.changes, seen)
        ticks.FILE.write_text(ticks.content(marked), "utf-8", newline="\n")
    if comparison.empty:
        raise Refused(Message("release.nothing_compared", {"compared": text.compared(comparison)}))
    _write_page(comparison, marked, settings.editions[0])
    for line in text.lines(comparison, marked, language()):
        say(line)
    say(PAGE.as_posix())


def _write_page(comparison: Comparison, marked: Mapping[str, str], edition: Any) -> None:
    from report_engine.changes.page import page

    content = page(TEMPLATE.read_text("utf-8"), comparison, marked, edition)
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    unfinished = PAGE.with_name(f".{PAGE.name}.new")
    unfinished.write_text(content, "utf-8", newline="\n")
    os.replace(unfinished, PAGE)


def _compare(name: str, state: State) -> Comparison:
    old = store.load(name)
    return compare(old, state, store.row_diffs(old, state))


def _built() -> State:
    """Read what is built; ``Refused`` where that is nothing, or not what files and settings would give now."""
    its = planning.project()
    if build_state.recorded(finish.NAME) is None:
        raise Refused(Message("release.unbuilt"))
    if build_state.mark_all(planning.plan(its)):
        raise Refused(Message("release.outdated"))
    return store.current(
        its.settings.editions[0], {name: workspace.inputs({name: source}) for name, source in its.sources.items()}
    )


def _claims() -> Any:
    import json

    return json.loads(Path("data/results/claims.json").read_text("utf-8"))
