"""What the preview serves, and to whom."""

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from report_engine.preview.server import HOST, Screen, found, serve

PAGE = b"<!DOCTYPE html><html><body><h1>Prov</h1></body></html>"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("figures/sv/staff/a.svg", "report/theme/report.css", "report/_output/en/report.pdf", "config.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def port(root: Path, screen: Screen) -> Iterator[int]:
    with serve(screen, "sv", 0) as address:
        yield int(address.split(":")[2].split("/")[0])


def get(port: int, path: str, host: str | None = None) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    connection.request("GET", path, headers={"Host": host or f"{HOST}:{port}"})
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_the_page_comes_with_the_listening_script(screen: Screen, port: int) -> None:
    screen.ready(PAGE)
    status, got = get(port, "/sv/report.html")
    assert status == 200
    assert got.startswith(b"<!DOCTYPE html><html><body><h1>Prov</h1><script src=")
    assert got.endswith(b"</script></body></html>")
    assert screen.news["version"].encode() in got


def test_a_failure_keeps_the_page_and_its_version(screen: Screen, port: int) -> None:
    screen.ready(PAGE)
    before = get(port, "/sv/report.html")
    screen.failed(["a.qmd, line 1: unknown fact 'x'"])
    assert get(port, "/sv/report.html") == before


def test_news_come_as_they_happen(screen: Screen, port: int) -> None:
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    connection.request("GET", "/preview/events")
    stream = connection.getresponse()

    def news() -> dict[str, object]:
        line = next(line for line in iter(stream.readline, b"") if line.startswith(b"data: "))
        return json.loads(line.removeprefix(b"data: "))

    assert news()["state"] == "working"
    screen.ready(PAGE)
    assert news() == {"state": "ready", "version": screen.news["version"], "lines": []}
    screen.failed(["wrong"])
    assert news() == {"state": "failed", "version": screen.news["version"], "lines": ["wrong"]}
    screen.close()
    while stream.readline():
        pass


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/sv/figures/sv/staff/a.svg", "figures/sv/staff/a.svg"),
        ("/sv/report/theme/report.css", "report/theme/report.css"),
        ("/en/report.pdf", "report/_output/en/report.pdf"),
        ("/sv/report.pdf", None),
        ("/sv/config.yaml", None),
        ("/sv/figures/../config.yaml", None),
        ("/sv/figures/sv", None),
        ("/sv//etc/passwd", None),
        ("/figures/sv/staff/a.svg", None),
        ("/preview/nothing", None),
    ],
)
def test_only_what_the_page_shows_is_served(root: Path, path: str, expected: str | None) -> None:
    got = found(path)
    assert (got.as_posix() if got else None) == expected


def test_encoded_ways_out_lead_nowhere(port: int) -> None:
    assert get(port, "/sv/figures/%2e%2e/config.yaml")[0] == 404


def test_another_name_for_this_machine_is_refused(port: int) -> None:
    assert get(port, "/sv/report.html", "report.example:80")[0] == 403


def test_it_listens_on_this_machine_only(port: int) -> None:
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind((HOST, port))
    with socket.socket() as elsewhere:
        elsewhere.bind(("127.0.0.2", port))
