"""Asking a statistics office over HTTP: slowly enough, again where that may help, and never more than was meant."""

import ssl
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpx

from report_engine.model.findings import show
from report_engine.words.messages import Message, Told

_PASSING = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_HEADERS = {"User-Agent": "municipal-labour-market-report (report fetch)", "Accept": "application/json"}


class FetchError(Told):
    """Something could not be fetched."""


@dataclass(frozen=True)
class Pace:
    """At most so many calls in any so many seconds."""

    calls: int
    seconds: float


@dataclass(frozen=True)
class Limits:
    """How long and how much: attempts, seconds to connect, for the next piece and for all of an answer, its bytes."""

    attempts: int = 5
    connect: float = 10
    read: float = 30
    whole: float = 180
    longest_wait: float = 120
    bytes: int = 50_000_000
    redirects: int = 5


@dataclass(frozen=True)
class Answer:
    """An answer: the address asked, its bytes (``None``: unchanged since ``etag``), what type it says it has."""

    url: str
    body: bytes | None
    etag: str = ""
    type: str = ""


class Client:
    """Asks one host, ``base``; its environment (proxies, netrc) is left aside. ``sleep`` and ``clock`` are for tests."""

    def __init__(
        self,
        base: str,
        pace: Pace,
        limits: Limits | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.base = base.rstrip("/")
        self.host = urlsplit(base).hostname or base
        self._pace, self._limits, self._sleep, self._clock = pace, limits or Limits(), sleep, clock
        self._calls: deque[float] = deque(maxlen=pace.calls)
        timeout = httpx.Timeout(self._limits.read, connect=self._limits.connect)
        self._http = httpx.Client(timeout=timeout, headers=_HEADERS, verify=_certificates(), trust_env=False)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, url: str, etag: str = "") -> Answer:
        """Return the answer to a question; ``FetchError`` says in one line why there is none.

        What may pass (a cut connection, 429, 5xx) is asked again after 2, 4, 8 … seconds, or as long as the answer says.
        """
        for attempt in range(1, self._limits.attempts + 1):
            wait = 2.0**attempt
            try:
                answer = self._once(self.own(url), etag)
            except httpx.ConnectError:
                problem = Message("fetch.unreachable")
                if attempt == 3:  # waiting longer brings no network back
                    break
            except httpx.TimeoutException:
                problem = Message("fetch.silent")
            except httpx.TransportError:
                problem = Message("fetch.cut")
            except httpx.HTTPError as error:
                kind = type(error).__name__
                raise FetchError(Message("fetch.unreadable", {"host": self.host, "kind": kind})) from None
            else:
                if isinstance(answer, Answer):
                    return answer
                problem, wait = answer[0], wait if answer[1] is None else answer[1]
            if wait > self._limits.longest_wait:
                raise FetchError(Message("fetch.wait", {"host": self.host, "problem": problem, "seconds": wait}))
            if attempt < self._limits.attempts:
                self._sleep(wait)
        raise FetchError(Message("fetch.gave_up", {"host": self.host, "problem": problem, "n": attempt}))

    def own(self, url: str) -> str:
        """Return an address on our own host, by our own scheme; ``FetchError`` for any other host."""
        ours, theirs = urlsplit(self.base), urlsplit(urljoin(f"{self.base}/", url))
        same_port = theirs.port in (ours.port, None) or (ours.port is None and theirs.port in (80, 443))
        if theirs.hostname != ours.hostname or not same_port or theirs.username:
            other = show(theirs.hostname or "")
            raise FetchError(Message("fetch.leads_away", {"host": self.host, "other": other}))
        return urlunsplit((ours.scheme, ours.netloc, theirs.path, theirs.query, ""))

    def _once(self, url: str, etag: str) -> "Answer | tuple[Message, float | None]":
        """Ask once, redirects followed on the same host; returns what is wrong and how long to wait where that may pass."""
        asked = url
        for _ in range(self._limits.redirects + 1):
            self._wait_for_turn()
            headers = {"If-None-Match": etag} if etag else {}
            with self._http.stream("GET", asked, headers=headers) as response:
                status = response.status_code
                if status in _MOVED and "location" in response.headers:
                    asked = self.own(urljoin(asked, response.headers["location"]))
                    continue
                if status in _PASSING:
                    return Message("fetch.answers_error", {"status": status}), _wait(response)
                if status == 304 and etag:
                    return Answer(url, None, etag)
                body = self._body(response)
                if status != 200:
                    raise Refusal(self.host, status, url, body)
                return Answer(url, body, response.headers.get("etag", ""), response.headers.get("content-type", ""))
        raise FetchError(Message("fetch.redirects", {"host": self.host, "n": self._limits.redirects}))

    def _body(self, response: httpx.Response) -> bytes:
        start = self._clock()
        pieces, size = [], 0
        for piece in response.iter_bytes():
            size += len(piece)
            if size > self._limits.bytes:
                limit = self._limits.bytes / 1_000_000
                raise FetchError(Message("fetch.too_large", {"host": self.host, "mb": limit}))
            if self._clock() - start > self._limits.whole:
                raise httpx.ReadTimeout("")  # said as any other that takes too long
            pieces.append(piece)
        return b"".join(pieces)

    def _wait_for_turn(self) -> None:
        if len(self._calls) == self._pace.calls:
            wait = self._calls[0] + self._pace.seconds - self._clock()
            if wait > 0:
                self._sleep(wait)
        self._calls.append(self._clock())


@cache
def _certificates() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


class Refusal(FetchError):
    """An answer that asking again won't change, such as 404 for a table that is not there."""

    def __init__(self, host: str, status: int, url: str, body: bytes) -> None:
        path = show(urlsplit(url).path)
        super().__init__(Message("fetch.refuses", {"host": host, "status": status, "path": path}))
        self.status, self.body = status, body


def _wait(response: httpx.Response) -> float | None:
    """Return how many seconds the answer asks to wait, by a number or a date; ``None`` where it doesn't."""
    text = response.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(0.0, (parsedate_to_datetime(text) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
