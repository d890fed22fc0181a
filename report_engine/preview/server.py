"""Serves the page that is being written, to this machine only: the page, what it shows, and word of every change."""

import json
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from report_engine.render.policy import attributes, policy, theme_scripts
from report_engine.words.editions import EDITIONS
from report_engine.words.messages import speak

if TYPE_CHECKING:
    from report_engine.words.editions import Edition

HOST = "127.0.0.1"

_SHOWN = ("figures", "report/theme")
_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
_SILENCE = 30  # seconds in which whoever asks must say what for
_PATIENCE = 15  # seconds without news, after which a line is sent that keeps the connection
_EMPTY = b'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Preview</title></head><body></body></html>'
CLIENT = Path(__file__).with_name("client.js")


@dataclass
class Screen:
    """What browsers are to show: the last page that could be made, and how the newest attempt went."""

    page: bytes = _EMPTY
    news: dict[str, Any] = field(default_factory=lambda: {"state": "working", "version": "0", "lines": []})
    closed: bool = False
    fetched: threading.Event = field(default_factory=threading.Event)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def working(self) -> None:
        """Say that a new page is being made."""
        self._tell(state="working", lines=[])

    def ready(self, page: bytes) -> None:
        """Put a new page in the last one's place."""
        self.page = page
        self.fetched.clear()
        self._tell(state="ready", lines=[], version=str(time.time_ns()))

    def failed(self, lines: Iterable[str]) -> None:
        """Keep the page, and say why there is no new one."""
        self._tell(state="failed", lines=list(lines))

    def note(self, lines: Iterable[str]) -> None:
        """Say what is wrong with the page that is shown."""
        self._tell(state="noted", lines=list(lines))

    def close(self) -> None:
        """Let go of everyone who waits for news."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()

    def _tell(self, **news: Any) -> None:
        with self.changed:
            self.news = {**self.news, **news}
            self.changed.notify_all()


@contextmanager
def serve(screen: Screen, edition: "Edition", port: int) -> Iterator[str]:
    """Serve the screen from threads of their own; gives the page's address. Raises OSError where the port is taken."""

    class Bound(_Handler):
        pass

    Bound.screen, Bound.edition = screen, edition
    server = _Server((HOST, port), Bound)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_port}/{edition}/report.html"
    finally:
        screen.close()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that has left in the middle of a question or an answer."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    screen: Screen
    edition: "Edition"
    server: ThreadingHTTPServer
    timeout = _SILENCE

    def do_GET(self) -> None:
        """Answer with the page, one of the few files it may ask for, or news."""
        port = self.server.server_port
        if self.headers.get("Host") not in (
            f"{HOST}:{port}",
            f"localhost:{port}",
        ):  # another site's name for this machine
            self.send_error(HTTPStatus.FORBIDDEN)
            return
        path = unquote(self.path.partition("?")[0])
        if path == "/":
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", f"/{self.edition}/report.html")
            self.end_headers()
        elif path == "/preview/events":
            self._events()
        elif path == f"/{self.edition}/report.html":
            page = _with_client(self.screen)
            self._send(page, ".html", _policy(page))
            self.screen.fetched.set()
        elif (file := CLIENT if path == "/preview/client.js" else found(path)) is not None:
            self._send(file.read_bytes(), file.suffix)
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def _send(self, content: bytes, kind: str, its: str = "") -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", _TYPES.get(kind, "application/octet-stream"))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        if its:
            self.send_header("Content-Security-Policy", its)
        self.end_headers()
        with suppress(OSError):  # the browser may have left
            self.wfile.write(content)

    def _events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        screen, told = self.screen, None
        while not screen.closed:
            with screen.changed:
                if screen.news == told:
                    screen.changed.wait(_PATIENCE)
                news = screen.news
            line = ": still here" if news == told else f"data: {json.dumps(news)}"
            told = news
            try:
                self.wfile.write(f"{line}\n\n".encode())
                self.wfile.flush()
            except OSError:  # the browser has left
                return

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is for what concerns the report."""


def found(path: str) -> Path | None:
    """Return the project's file that the page means by an address below its own, or None where it may not have it."""
    edition, _, name = path.lstrip("/").partition("/")
    if edition not in EDITIONS:
        return None
    stem, _, ending = name.partition(".")
    if stem in ("report", "slides") and f".{ending}" in _TYPES:
        name = f"report/_output/{edition}/{name}"
        allowed = Path("report/_output")
    else:
        allowed = next((Path(folder) for folder in _SHOWN if name.startswith(f"{folder}/")), Path())
    file = Path(name)
    try:
        inside = allowed.parts and file.resolve().is_relative_to(allowed.resolve())
        return file if inside and file.is_file() else None
    except (OSError, ValueError):  # too long, or with a null in it: no file is called so
        return None


def _policy(page: bytes) -> str:
    """Return what the page may run and load: the theme's scripts, what this server has, and no frame may hold it."""
    its = policy(theme_scripts(Path()), (), attributes(page.decode("utf-8")), server="'self'")
    return f"{its}; frame-ancestors 'none'"


def _with_client(screen: Screen) -> bytes:
    """Add the script that listens for news to the page; the published file has none of it."""
    heads = {"failed": "preview.as_it_was", "noted": "preview.unpublishable", "lost": "preview.has_ended"}
    words = " ".join(f'data-{state}="{escape(speak(key))}"' for state, key in heads.items())
    script = f'<script src="/preview/client.js" data-version="{screen.news["version"]}" {words}></script>'
    before, body, after = screen.page.rpartition(b"</body>")
    return before + script.encode() + body + after
