"""`report fetch` against a server that plays both offices: what comes is kept, what changes is shown, what fails harms nothing."""

import json

import pytest

from report_engine.readers.statistics import kolada, pxweb
from tests.report_engine.fetch.conftest import QUICK, Run
from tests.report_engine.fetch.office import (
    Fault,
    Office,
    bomb,
    content,
    cut,
    damaged,
    drip,
    error,
    huge,
    moved,
    page,
    slow,
)
from tests.report_engine.readers.official import kolada_page, kolada_row


def test_the_first_fetch_keeps_every_answer_with_where_and_when_it_came_from(fetch: Run, office: Office) -> None:
    assert fetch() == 0
    assert list(fetch.kept()) == ["kolada/exits.json", "kolada/manifest.json", "scb/manifest.json", "scb/net_cost.json"]
    [sheet] = kolada.sheets(fetch.file("kolada/exits.json").read_bytes(), "exits.json")
    assert [cells[1:5] for _, cells in sheet.records] == [
        ["0581", "2023", "T", "40.25"],
        ["0581", "2024", "T", "41"],
        ["2081", "2023", "T", ""],
        ["2081", "2024", "T", "9.5"],
    ]
    [sheet] = pxweb.sheets(fetch.file("scb/net_cost.json").read_bytes(), "net_cost.json")
    assert [cells[-2:] for _, cells in sheet.records] == [
        ["0", ""],
        ["0", ""],
        ["125220", ""],
        ["0", ""],
        ["0", ""],
        ["", ".."],
    ]
    [entry] = json.loads(fetch.file("scb/manifest.json").read_text())["net_cost.json"]["answers"]
    assert entry["fetched"] == "2026-11-23T12:00:00+00:00"
    assert entry["url"].startswith(
        f"{office.url}/v2/tables/TAB4199/data?lang=sv&outputFormat=json-stat2&valueCodes[Region]=0581,2081"
    )
    assert (len(entry["sha256"]), entry["bytes"] > 500, entry["etag"][0]) == (64, True, '"')
    assert not fetch.file(".incoming").exists()
    assert "Tid]=2022,2023,2024" in entry["url"]
    assert "The table TAB4199 has no 2021; what it has is fetched." in fetch.said


def test_a_second_fetch_asks_whether_anything_changed_and_replaces_nothing(fetch: Run, office: Office) -> None:
    fetch()
    before = fetch.kept()
    fetch.later(days=30)
    assert fetch() == 0
    assert [headers.get("If-None-Match") is not None for headers in office.asked] == [True, False, True]
    assert fetch.kept() == before
    assert fetch.said[-1] == "Everything was up to date."


def test_what_changes_is_shown_before_anything_is_replaced(fetch: Run, office: Office) -> None:
    fetch()
    before = fetch.kept()
    office.kolada["U40455", "0581", "2023"] = 40.250  # the same number
    office.kolada["U40455", "0581", "2024"] = 43.5
    office.kolada["U40455", "2081", "2022"] = 7
    del office.kolada["U40455", "2081", "2023"]
    fetch.accept = False
    assert fetch() == 1
    assert fetch.kept() == before
    assert "data/raw/official/kolada/exits.json: 4 values before, 4 now: 1 added, 1 removed, 1 changed." in fetch.said
    assert "  added U40455 2081 2022 T: 7" in fetch.said
    assert "  removed U40455 2081 2023 T: Missing" in fetch.said
    assert "  changed U40455 0581 2024 T: 41 -> 43.5" in fetch.said
    assert fetch.said[-1].startswith("Nothing was replaced. `bin/report fetch --yes`")
    fetch.accept = True
    assert fetch() == 0
    assert office.calls == []  # what was got is not asked for twice
    assert b"43.5" in fetch.file("kolada/exits.json").read_bytes()
    assert fetch.said[-1] == "1 of 2 files written."


def test_pages_are_followed_and_kept_as_they_came(fetch: Run, office: Office) -> None:
    office.page_size = 3
    assert fetch("exits") == 0
    assert len(office.calls) == 2
    [sheet] = kolada.sheets(fetch.file("kolada/exits.json").read_bytes(), "exits.json")
    assert len(sheet.records) == 4
    entries = json.loads(fetch.file("kolada/manifest.json").read_text())["exits.json"]["answers"]
    assert len(entries) == 2
    fetch.later(days=2)
    assert fetch("exits") == 0
    assert [headers.get("If-None-Match") for headers in office.asked] == [entry["etag"] for entry in entries]


def test_no_path_has_more_than_25_values_a_segment(fetch: Run, office: Office) -> None:
    fetch.changes = {"municipalities": [f"{n:04}" for n in range(1, 60)] + ["0581"], "years/first": 1995}
    assert fetch("exits") == 0  # the server itself refuses longer ones
    assert len(office.calls) == 3 * 2


def test_an_interrupted_run_goes_on_where_it_was(fetch: Run, office: Office) -> None:
    office.page_size = 3
    office.faults = [None, *[error(503)] * 5]
    assert fetch() == 1
    assert fetch.kept() == {}
    assert "127.0.0.1 answers with the error 503 (asked 5 times)." in fetch.said
    assert fetch() == 0
    assert [call for call in office.calls if "page=2" not in call and call.startswith("/v3")] == []
    office.faults = [error(400)]
    fetch.later(hours=25)
    assert fetch("exits") == 1  # a day later the answers of the first try are too old to be taken


@pytest.mark.parametrize(
    ("faults", "slept"),
    [
        ([error(500)], [2]),
        ([error(503), error(502)], [2, 4]),
        ([error(429)], [2]),
        ([error(429, Retry_After="7")], [7]),
        ([error(429, Retry_After="0")], [0]),
        ([error(429, Retry_After="Thu, 01 Jan 2015 00:00:00 GMT")], [0]),
        ([cut], [2]),
        ([slow], [2]),
        ([drip], [2]),
        ([cut, slow, error(500), error(504)], [2, 4, 8, 16]),
    ],
)
def test_what_passes_is_waited_for(fetch: Run, office: Office, faults: list[Fault], slept: list[float]) -> None:
    office.faults = list(faults)
    fetch.limits = QUICK if {slow, drip} & {*faults} else fetch.limits
    assert fetch("exits") == 0
    assert [wait for wait in fetch.slept if wait == int(wait)] == slept  # others keep the pace
    assert len(office.calls) == len(faults) + 1


@pytest.mark.parametrize(
    ("faults", "expected"),
    [
        ([error(500)] * 5, "127.0.0.1 answers with the error 500 (asked 5 times)."),
        ([error(429, Retry_After="3600")], "and asks to wait 3,600 seconds; try again later."),
        ([cut] * 5, "127.0.0.1 cut the connection (asked 5 times)."),
        ([slow] * 5, "127.0.0.1 does not answer in time (asked 5 times)."),
        ([huge], "127.0.0.1 answers with more than 2 MB, which is not taken."),
        ([bomb], "127.0.0.1 answers with more than 2 MB, which is not taken."),
        ([damaged], "127.0.0.1 sent what can't be read (DecodingError)."),
        ([error(403)], '127.0.0.1 refuses with the error 403: "/v3/data/'),
        ([page("<!DOCTYPE html><title>Underhåll</title>")], "answers with a web page instead of data"),
        ([page("\ufeff  <html>")], "answers with a web page instead of data"),
        ([page("Sorry")], "answers with what is no data: line 1 is not valid JSON"),
        ([content({"detail": "x"})], "in another form than before: this is no answer of Kolada: the list `values`"),
        ([content(kolada_page([{"id": "U40455"}]))], "in another form than before: entry 1 of `values` has no KPI"),
        (
            [content(kolada_page([kolada_row("U40455", "0001", 2023, 1)]))],
            'a municipality that was not asked for: "0001"',
        ),
        ([content({**kolada_page([]), "next_url": {}})], "`next_url` is no address"),
        (
            [content(kolada_page([kolada_row("U40455", "0581", 2023, 1)], "http://127.0.0.2/v3/data"))],
            "leads on to another host",
        ),
        (
            [content(kolada_page([kolada_row("U40455", "0581", 2023, 1)], "http://u:p@127.0.0.1/v3"))],
            "leads on to another host",
        ),
        ([moved("https://example.org/v3/data")], 'leads on to another host ("example.org"), which is not followed'),
        ([moved("/v3/data")] * 9, "127.0.0.1 redirects more than 3 times."),
        ([content(kolada_page([]))], "has no value of U40455 (fetch.kolada.datasets.exits.percent in config.yaml)"),
    ],
)
def test_what_fails_is_one_clear_line_and_the_old_data_stay(
    fetch: Run, office: Office, faults: list[Fault], expected: str
) -> None:
    fetch()
    before = fetch.kept()
    office.kolada["U40455", "0581", "2024"] = 99
    office.faults = list(faults)
    fetch.limits = QUICK if slow in faults else fetch.limits
    assert fetch("exits") == 1
    assert expected in fetch.text
    assert fetch.said[-1].startswith("Nothing was replaced")
    assert fetch.kept() == before
    office.faults.clear()
    assert fetch("exits") == 0  # nothing bad was held for the next run
    assert b"99" in fetch.file("kolada/exits.json").read_bytes()


def test_a_redirect_on_the_same_host_is_followed(fetch: Run, office: Office) -> None:
    fetch()
    office.faults = [moved(office.calls[0])]
    assert fetch("exits") == 0


def test_pages_without_an_end_are_left(fetch: Run, office: Office) -> None:
    def again(handler: object) -> None:
        content(kolada_page([kolada_row("U40455", "0581", 2023, 1)], f"{office.url}{office.calls[0]}"))(handler)

    office.faults = [again] * 3
    assert fetch("exits") == 1
    assert "leads from page to page without an end" in fetch.text


def test_a_machine_that_is_offline_is_told_so(fetch: Run, office: Office) -> None:
    fetch()
    before = fetch.kept()
    fetch.settings()
    fetch.changes = {"fetch/kolada/url": "http://127.0.0.1:9"}
    assert fetch("exits") == 1
    assert "127.0.0.1 can't be reached: is this machine online" in fetch.text
    assert fetch.kept() == before


def test_the_environments_proxies_are_left_aside(fetch: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert fetch() == 0


def test_a_kept_file_that_was_changed_by_hand_is_fetched_anew(fetch: Run, office: Office) -> None:
    fetch("exits")
    path = fetch.file("kolada/exits.json")
    path.write_bytes(path.read_bytes().replace(b"40.25", b"10.25"))
    assert fetch("exits") == 0
    assert "If-None-Match" not in office.asked[0]
    assert "  changed U40455 0581 2023 T: 10.25 -> 40.25" in fetch.said
    assert b"40.25" in path.read_bytes()


def test_a_kept_file_that_cant_be_read_is_not_replaced_unasked(fetch: Run) -> None:
    fetch("exits")
    path = fetch.file("kolada/exits.json")
    path.write_text("year,value\n2023,1\n")
    fetch.accept = False
    assert fetch("exits") == 1
    assert "exits.json: what was kept before can't be read" in fetch.text
    assert path.read_text() == "year,value\n2023,1\n"
    fetch.accept = True
    assert fetch("exits") == 0
    assert b"40.25" in path.read_bytes()


def test_an_unknown_name_is_told_the_nearest(fetch: Run) -> None:
    assert fetch("exit") == 1
    assert (
        "\"exit\" is not under fetch: in config.yaml; there are: exits, net_cost. Did you mean 'exits'?" in fetch.text
    )


def test_the_pace_is_kept(fetch: Run, office: Office) -> None:
    fetch.changes = {"municipalities": [f"{n:04}" for n in range(1, 200)] + ["0581"]}
    assert fetch("exits") == 0
    assert len(office.calls) == 8
    assert sum(fetch.slept) > 0.5  # eight calls, at most five a second: the sixth waits (nobody really sleeps here)


def test_only_one_run_at_a_time(fetch: Run) -> None:
    import filelock

    fetch.file("x").parent.mkdir(parents=True)
    with filelock.FileLock(fetch.file(".lock")):
        assert fetch() == 1
    assert fetch.said == ["Another `bin/report fetch` is running in this folder."]
