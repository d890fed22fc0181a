"""A real HTTP server on loopback that plays Kolada (v3) and SCB's PxWeb (v2), with faults on demand."""

import gzip
import hashlib
import json
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from urllib.parse import parse_qs, unquote, urlsplit

from tests.report_engine.readers.official import as_bytes, json_stat, kolada_page, kolada_row

REGIONS = {"00": "Riket", "0581": "Norrköping", "1282": "Landskrona", "2081": "Borlänge"}
TABLE = {
    "Region": REGIONS,
    "Verksomrkom": {"610": "Arbetsmarknadsåtgärder ", "575": "Ekonomiskt bistånd", "530": "Färdtjänst"},
    "ContentsCode": {"0000005X": "Nettokostnad", "0000006X": "Bruttokostnad"},
    "Tid": {"2022": "2022", "2023": "2023", "2024": "2024"},
}

TABLES = {
    "TAB4199": TABLE,
    "TAB4352": {
        "ContentsCode": {"000000KL": "Index", "000000KM": "Årsförändring"},
        "Tid": {"1989": "1989", "1990": "1990", **TABLE["Tid"]},
    },
    "TAB2891": {
        "Arbetskraftstillh": {"ALÖS": "arbetslösa", "SYS": "sysselsatta"},
        "Kon": {"1": "män", "2": "kvinnor", "1+2": "totalt"},
        "Alder": {"15-24": "15-24 år", "tot15-74": "totalt 15-74 år"},
        "ContentsCode": {"AM04011P": "1000-tal", "AM04011Q": "Procent"},
        "Tid": TABLE["Tid"],
    },
    "TAB5557": {
        "Region": REGIONS,
        "Civilstand": {"OG": "ogifta", "SC": "samtliga"},
        "Alder": {"0": "0 år", "TotSA": "totalt ålder"},
        "Kon": {"1": "män", "TotSa": "totalt"},
        "ContentsCode": {"000007ME": "Folkmängd"},
        "Tid": {"2025": "2025"},
    },
}
"""By id, variables in the order and with the codes that others who ask SCB have published."""

PACKED = gzip.compress(b" " * 20_000_000)

Fault = Callable[["Handler"], None]


class Office:
    """What the two offices hold and what goes wrong: ``faults`` are used up, one a call, before they answer."""

    def __init__(self) -> None:
        self.faults: list[Fault | None] = []
        self.calls: list[str] = []
        self.asked: list[dict[str, str]] = []
        self.page_size = 5000
        self.kolada: dict[tuple[str, str, str], float | None] = {}
        self.scb: dict[str, float | None] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"office": self}))
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Handler(BaseHTTPRequestHandler):
    office: Office
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: else each answer waits for an acknowledgement

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.office.calls.append(self.path)
        self.office.asked.append(dict(self.headers))
        fault = self.office.faults.pop(0) if self.office.faults else None
        if fault is not None:
            fault(self)
            return
        parts = urlsplit(self.path)
        path = unquote(parts.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if path.startswith("/v3/data/"):
            self.kolada(path.split("/"), query)
        elif path.startswith("/v2/tables/") and path.split("/")[3] in TABLES:
            self.scb(path, query)
        else:
            self.answer(as_bytes({"type": "Parameter error", "title": "Non-existent table", "status": 404}), 404)

    def kolada(self, path: list[str], query: dict[str, str]) -> None:
        _, _, _, _, kpis, _, places, _, years = path
        chosen = [part.split(",") for part in (kpis, places, years)]
        assert all(len(values) <= 25 for values in chosen)
        there = [key for key in product(*chosen) if key in self.office.kolada]
        page, size = int(query.get("page", 1)), self.office.page_size
        rows = [
            kolada_row(k, m, int(y), self.office.kolada[k, m, y]) for k, m, y in there[(page - 1) * size : page * size]
        ]
        more = page * size < len(there)
        following = f"{self.office.url}{'/'.join(path)}?per_page=5000&page={page + 1}" if more else None
        self.answer(as_bytes(kolada_page(rows, following)))

    def scb(self, path: str, query: dict[str, str]) -> None:
        table = TABLES[path.split("/")[3]]
        if path.endswith("/metadata"):
            self.answer(as_bytes(json_stat(table, [])))
            return
        wanted = {
            key.removeprefix("valueCodes[").removesuffix("]"): v.split(",") for key, v in query.items() if "[" in key
        }
        labels = {
            key: {code: table[key][code] for code in codes}
            for key, codes in sorted(wanted.items(), key=lambda one: list(table).index(one[0]))
        }
        values = [self.office.scb.get(" ".join(place), 0) for place in product(*labels.values())]
        status = {str(at): ".." for at, value in enumerate(values) if value is None}
        self.answer(as_bytes(json_stat(labels, values, status)))

    def answer(self, body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "ETag": etag, **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def error(status: int, **headers: str) -> Fault:
    """Answer with an error, such as ``error(429, Retry_After="7")``."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler: handler.answer(json.dumps({"title": "No"}).encode(), status, named)


def page(text: str) -> Fault:
    """Answer with a web page and status 200, as servers under maintenance do."""
    return lambda handler: handler.answer(text.encode(), 200, {"Content-Type": "text/html"})


def content(body: object) -> Fault:
    """Answer with other JSON than was asked for."""
    return lambda handler: handler.answer(as_bytes(body))


def cut(handler: Handler) -> None:
    """Promise more bytes than come, and hang up."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    handler.wfile.write(b'{"values": [')
    handler.close_connection = True


def slow(handler: Handler) -> None:
    """Wait longer than the tests' time-out."""
    time.sleep(1)
    handler.close_connection = True


def drip(handler: Handler) -> None:
    """Send a byte now and then, for ever (or until the other side has enough)."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            time.sleep(0.02)
    except OSError:
        pass
    handler.close_connection = True


def huge(handler: Handler) -> None:
    """Send more than is taken."""
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(100):
            handler.wfile.write(b" " * 100_000)
    except OSError:
        pass
    handler.close_connection = True


def bomb(handler: Handler) -> None:
    """Send little that unpacks to much."""
    handler.answer(PACKED, 200, {"Content-Encoding": "gzip"})


def damaged(handler: Handler) -> None:
    """Say that it is packed, and send what is not."""
    handler.answer(b"{}", 200, {"Content-Encoding": "gzip"})


def moved(location: str) -> Fault:
    """Redirect."""
    return lambda handler: handler.answer(b"", 302, {"Location": location})
