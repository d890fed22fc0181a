"""What the preview serves, and to whom."""

import contextlib
import http.client
import json
import re
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from report_engine.preview.server import HOST, Screen, found, serve
from tests.report_engine.render.test_policy import hash_of

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


def test_the_page_may_ask_this_server_only(root: Path, screen: Screen, port: int) -> None:
    (root / "report/theme/page.js").write_text("go();", "utf-8")
    screen.ready(PAGE)
    connection = http.client.HTTPConnection(HOST, port, timeout=10)
    connection.request("GET", "/sv/report.html")
    got = connection.getresponse().headers
    its = dict(part.split(" ", 1) for part in (got["Content-Security-Policy"] or "").split("; "))
    assert (its["default-src"], its["connect-src"], its["frame-ancestors"]) == ("'none'", "'self'", "'none'")
    assert its["script-src"] == "'self' " + hash_of("\ngo();")
    assert got["X-Content-Type-Options"] == "nosniff"


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


IN_THE_TEST = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
PARTS = st.sampled_from(
    ["/", "sv", "figures", "report", "..", "%2e%2e", "%00", "%", "%ff", "\0", "?", "#", "//[", "å" * 300]
)
PATHS = st.lists(PARTS | st.text(max_size=5), max_size=8).map("".join)


@IN_THE_TEST
@given(PATHS)
@example("sv/figures/" + "a" * 5000)
@example("sv/figures/\0")
@example("sv/report/theme/\ud800")
def test_no_path_leads_to_another_file(root: Path, path: str) -> None:
    got = found(f"/{path}")
    assert got is None or got.as_posix().startswith(("figures/", "report/theme/", "report/_output/"))


LINES = st.builds(
    lambda method, path, version, lines: f"{method} /{path} {version}\r\n{lines}\r\n".encode("utf-8", "surrogatepass"),
    st.sampled_from(["GET", "HEAD", "POST", "G", ""]),
    PATHS,
    st.sampled_from(["HTTP/1.0", "HTTP/1.1", "HTTP/9", "HTTP/1.1.1", "HTTP/x", ""]),
    st.lists(st.sampled_from(["Host: {host}\r\n", "Host\r\n", ": a\r\n", "a: \0\r\n", " b\r\n"])).map("".join),
)


@IN_THE_TEST
@given(LINES | st.binary(max_size=200))
@example(b"GET /sv/figures/" + b"a" * 5000 + b" HTTP/1.1\r\nHost: {host}\r\n\r\n")
@example(b"GET /sv/figures/%00 HTTP/1.1\r\nHost: {host}\r\n\r\n")
@example(b"GET //[ HTTP/1.1\r\nHost: {host}\r\n\r\n")
@example(b"GET http://[/ HTTP/1.1\r\nHost: {host}\r\n\r\n")
@example(b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 5000 + b"\r\n")
@example(b"GET / HTTP/1.1\r\na: " + b"b" * 70000 + b"\r\n\r\n")
@example(b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\n\r\n")
def test_whatever_is_asked_has_an_answer_and_leaves_no_traceback(
    port: int, capfd: pytest.CaptureFixture[str], asked: bytes
) -> None:
    with socket.create_connection((HOST, port), timeout=10) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(asked.replace(b"{host}", f"{HOST}:{port}".encode()))
        with contextlib.suppress(OSError):  # the server may have answered and gone before all was sent
            connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
        assert not answer or re.match(rb"HTTP/1\.0 [2345]\d\d |<!DOCTYPE", answer), answer[:200]
    assert get(port, "/sv/report.html")[0] == 200
    assert capfd.readouterr().err == ""


def test_a_browser_that_leaves_in_the_middle_leaves_no_traceback(
    screen: Screen, port: int, capfd: pytest.CaptureFixture[str]
) -> None:
    for asked in (b"GET / HT", f"GET /sv/report.html HTTP/1.1\r\nHost: {HOST}:{port}\r\n\r\n".encode()):
        screen.ready(PAGE + b" " * 5_000_000)
        with socket.create_connection((HOST, port)) as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # it resets
            connection.sendall(asked)
    assert get(port, "/sv/report.html")[0] == 200
    assert capfd.readouterr().err == ""


def test_another_name_for_this_machine_is_refused(port: int) -> None:
    assert get(port, "/sv/report.html", "report.example:80")[0] == 403


def test_it_listens_on_this_machine_only(port: int) -> None:
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind((HOST, port))
    with socket.socket() as elsewhere:
        elsewhere.bind(("127.0.0.2", port))
