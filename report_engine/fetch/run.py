"""``report fetch`` from the first question to the last file: ask everything, show what changes, then replace or not."""

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import filelock

from report_engine.fetch import answers, plan, store
from report_engine.fetch.client import Client, FetchError, Limits, Pace, Refusal
from report_engine.fetch.difference import Difference, Place, difference, lines, values
from report_engine.model.findings import listed, show
from report_engine.model.problems import hinted
from report_engine.readers.raw import Unreadable
from report_engine.settings.fetch import Table
from report_engine.settings.settings import Settings
from report_engine.words import system_errors
from report_engine.words.messages import Message, Word

PACES = {"kolada": Pace(5, 1.0), "scb": Pace(30, 10.0)}
"""No more calls than other clients make (Kolada says no number), and than SCB allows."""

MOST_PAGES = 500


@dataclass(frozen=True)
class Tools:
    """What a run needs from outside, other in tests."""

    root: Path
    say: Callable[[Word], None]
    confirm: Callable[[], bool]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    sleep: Callable[[float], None] = time.sleep
    limits: Limits | None = None


@dataclass(frozen=True)
class Fetched:
    """The new answers for one file, and what they change."""

    source: str
    name: str
    answers: Sequence[store.Kept]
    change: Difference
    same: bool
    unreadable: bool = False

    @property
    def replaces(self) -> bool:
        """Whether values that were kept before would be lost."""
        return not self.same and (self.unreadable or (bool(self.change) and self.change.before > 0))


def run(settings: Settings, only: Collection[str], tools: Tools) -> int:
    """Bring the files of ``fetch:`` (or ``only`` those named) up to date; returns the status: 0 when they are.

    Every answer is asked for and looked at first; on any failure, or where the person declines, the old files stay.
    """
    incoming = tools.root / store.INCOMING
    try:
        wanted = _wanted(settings, only)
        incoming.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(incoming.parent / ".lock", timeout=0):
            return _locked(settings, wanted, tools)
    except filelock.Timeout:
        tools.say(Message("fetch.running"))
    except FetchError as error:
        tools.say(error.message if str(error).endswith("?") else Message("fetch.error", {"problem": error.message}))
        tools.say(Message("fetch.nothing_replaced"))
    except OSError as error:
        folder = store.FOLDER.as_posix()
        tools.say(Message("fetch.not_kept", {"reason": system_errors.said(error), "folder": folder}))
    return 1


def _locked(settings: Settings, wanted: Sequence[tuple[str, str]], tools: Tools) -> int:
    found = []
    for source, ask in (("kolada", _kolada), ("scb", _scb)):
        names = [name for which, name in wanted if which == source]
        if names:
            base = getattr(settings.fetch, source).url
            with Client(base, PACES[source], tools.limits, tools.sleep) as client:
                for name in names:
                    tools.say(Message("fetch.asking", {"host": client.host, "name": name}))
                    found.append(_fetched(source, name, ask(settings, name, client, tools), tools))
    for one in found:
        file = f"{store.FOLDER.as_posix()}/{one.source}/{one.name}.json"
        if one.unreadable:
            tools.say(Message("fetch.kept_unreadable", {"file": file}))
        for line in lines(file, one.change):
            tools.say(line)
    new = [one for one in found if not one.same]
    if any(one.replaces for one in new) and not tools.confirm():
        tools.say(Message("fetch.declined"))
        return 1
    for one in new:
        store.replace_kept(tools.root / store.FOLDER / one.source, one.name, one.answers)
    store.forget(tools.root / store.INCOMING)
    tools.say(Message("fetch.written", {"n": len(new), "all": len(found)}) if new else Message("fetch.current"))
    return 0


def _wanted(settings: Settings, only: Collection[str]) -> list[tuple[str, str]]:
    there = [("kolada", name) for name in settings.fetch.kolada.datasets]
    there += [("scb", name) for name in settings.fetch.scb.tables]
    unknown = [name for name in only if name not in {known for _, known in there}]
    if unknown:
        names = [name for _, name in there]
        problem = Message("fetch.not_listed", {"name": show(unknown[0]), "known": listed(names)})
        raise FetchError(hinted(problem, unknown[0], names))
    return [(source, name) for source, name in there if not only or name in only]


def _fetched(source: str, name: str, got: Sequence[store.Kept], tools: Tools) -> Fetched:
    path = tools.root / store.FOLDER / source / f"{name}.json"
    data = store.joined(got)
    old = path.read_bytes() if path.exists() else b""
    before: dict[Place, str] = {}
    unreadable = False
    try:
        before = values(old, path.name) if old else {}
    except Unreadable:
        unreadable = True
    after = values(data, path.name)
    _refuse_other_columns(before, after, path)
    return Fetched(source, name, got, difference(before, after), data == old, unreadable)


def _refuse_other_columns(before: Iterable[Sequence[str]], after: Iterable[Sequence[str]], path: Path) -> None:
    old, new = ({len(place) for place in places} for places in (before, after))
    if old and new and old != new:
        file = f"{store.FOLDER.as_posix()}/{path.parent.name}/{path.name}"
        raise FetchError(Message("fetch.other_columns", {"name": path.stem, "file": file}))


def _kolada(settings: Settings, name: str, client: Client, tools: Tools) -> list[store.Kept]:
    """Ask Kolada for the KPIs of one file, page by page."""
    columns = settings.fetch.kolada.datasets[name]
    years = range(settings.years.first, settings.years.last + 1)
    asked = {
        "kpi": set(columns.values()),
        "municipality": set(settings.municipalities),
        "period": {str(year) for year in years},
    }
    got: dict[str, store.Kept] = {}
    seen: set[str] = set()
    for start in plan.kolada(client.base, sorted(asked["kpi"]), settings.municipalities, years):
        following: str | None = start
        while following is not None:
            url = client.own(following)
            if url in got or len(got) >= MOST_PAGES:
                store.forget(tools.root / store.INCOMING)
                raise FetchError(Message("fetch.endless", {"host": client.host}))
            page = _answer("kolada", name, url, client, tools)
            seen |= {cells[0] for cells in answers.kolada_values(page.body, client.host, asked)}
            following = answers.following_page(page.body, client.host)
            if following is not None:
                client.own(following)
            store.hold(tools.root / store.INCOMING, page)
            got[url] = page
    for column, kpi in columns.items():
        if kpi not in seen:
            store.forget(tools.root / store.INCOMING)  # or they would be taken up again for a day
            place = f"fetch.kolada.datasets.{name}.{column}"
            raise FetchError(Message("fetch.no_value", {"host": client.host, "kpi": kpi, "place": place}))
    return list(got.values())


def _scb(settings: Settings, name: str, client: Client, tools: Tools) -> list[store.Kept]:
    """Ask SCB for a part of one table: first what the table holds, then the values."""
    table: Table = settings.fetch.scb.tables[name]
    if not table.verified:
        tools.say(Message("fetch.not_verified", {"host": client.host, "name": name, "table": table.table}))
    try:
        about = _answer("scb", name, plan.metadata(client.base, table.table), client, tools)
        codes, optional = answers.description(about.body, client.host, table.table)
        store.hold(tools.root / store.INCOMING, about)
        chosen = plan.chosen(name, table, codes, optional, settings)
        if years := plan.years_lacking(table, codes, settings):
            tools.say(Message("fetch.lacks_years", {"table": table.table, "years": listed(years)}))
        got = []
        for url in plan.data(client.base, table.table, chosen):
            answer = _answer("scb", name, url, client, tools)
            answers.scb_values(answer.body, client.host, table.table, _of(url, chosen))
            store.hold(tools.root / store.INCOMING, answer)
            got.append(answer)
    except Refusal as refusal:
        raise answers.explained(refusal, client.host, table.table) from None
    return got


def _of(url: str, chosen: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return the codes that one address asks for."""
    asked = parse_qs(urlsplit(url).query)
    return {variable: asked[f"valueCodes[{variable}]"][0].split(",") for variable in chosen}


def _answer(source: str, name: str, url: str, client: Client, tools: Tools) -> store.Kept:
    """Return an answer: of a run that broke off, the kept one if the source says it is still valid, else a new one."""
    held = store.held(tools.root / store.INCOMING, url, tools.now())
    if held is not None:
        return held
    kept = {one.url: one for one in store.kept(tools.root / store.FOLDER / source, name)}
    old = kept.get(url)
    now = tools.now().isoformat(timespec="seconds")
    answer = client.get(url, old.etag if old else "")
    if answer.body is None:
        assert old is not None  # only then was an etag sent
        return old
    body = answer.body.removeprefix(b"\xef\xbb\xbf").strip()
    answers.content(body, client.host)
    return store.Kept(url, now, answer.etag, body)
