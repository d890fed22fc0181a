"""A process that has the heavy packages loaded and forks for each step that needs them.

Loading pandas, matplotlib and seaborn takes longer than drawing a section's figures, and a build has a dozen such steps.
``report build`` starts this process beside Snakemake; a step asks it to run what the step itself would
have run. Without it (``snakemake`` alone, other systems) steps load the packages themselves: the results are the same.
"""

import json
import os
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from report_engine.words.obstacle_texts import say
from report_engine.words.obstacles import Obstacle

VARIABLE = "REPORT_WARM"
"""Names the socket of the warm process."""

POSSIBLE = sys.platform == "linux"  # Windows can't fork, and macOS's numerical library does not survive it

HEAVY = (
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "pyarrow.parquet",
    "report_engine.drawing.charts",
    "report_engine.contracts.contract",
    "report_engine.results.inputs",
    "report_engine.results.outputs",
    "report_engine.pipeline.steps",
    "report_engine.drawing.svg",
)
"""Modules that are loaded once, for all steps."""

_LONGEST = 4096  # bytes of a request

_DISMISS = ["dismiss"]


@contextmanager
def process() -> Iterator[None]:
    """Keep a warm process for the steps started meanwhile; where there can't be one, do nothing."""
    if not POSSIBLE:
        yield
        return
    import subprocess

    from report_engine.notebooks.short_folder import short_folder

    with ExitStack() as stack:
        try:
            folder = stack.enter_context(short_folder(len("warm")))
        except Obstacle:  # it only saves time
            yield
            return
        path = os.path.join(folder, "warm")
        # it ends when its standard input does, so it never outlives the build
        started = subprocess.Popen([sys.executable, "-m", "report_engine.pipeline.warm", path], stdin=subprocess.PIPE)
        os.environ[VARIABLE] = path
        try:
            yield
        finally:
            del os.environ[VARIABLE]
            assert started.stdin is not None
            started.stdin.close()
            started.wait()


def ask(argv: list[str], settings: Sequence[str] | None = None) -> int | None:
    """Have the warm process run a step, which may read these settings alone; return the exit status, or None where there is no such process."""
    connection = _send(argv, settings)
    if connection is None:
        return None
    try:
        with connection:
            answer = connection.recv(1)
    except ConnectionResetError:  # it ended before it took the request
        return None
    if not answer:  # nothing comes from a step that was killed
        from report_engine.pipeline import steps

        return steps.explain(Obstacle(say("killed")))
    return answer[0]


def dismiss() -> None:
    """End the warm process, if there is one: no more steps will need it, and others need its memory."""
    connection = _send(_DISMISS)
    if connection is not None:
        connection.close()


def _send(argv: list[str], settings: Sequence[str] | None = None) -> socket.socket | None:
    path = os.environ.get(VARIABLE)
    if not path or not POSSIBLE:
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.connect(path)
        sys.stdout.flush()
        socket.send_fds(connection, [json.dumps([argv, settings]).encode()], [1, 2])
    except OSError:
        connection.close()
        return None
    return connection


def serve(path: str) -> None:
    """Listen on a socket, load the packages, then fork for each request until dismissed or the standard input ends."""
    import selectors
    import signal

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(path)
        listening.listen(128)  # requests that come while packages load wait here
        try:
            load()
        except Exception:  # each step loads what it needs by itself, and says what is wrong
            return
        os.setpgid(0, 0)  # its steps can then be ended together
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # ended steps need no waiting for
        selector = selectors.DefaultSelector()
        selector.register(listening, selectors.EVENT_READ)
        selector.register(sys.stdin, selectors.EVENT_READ)
        while True:
            for key, _ in selector.select():
                if key.fileobj is sys.stdin:  # the build is over or was killed: so are its steps
                    _end(path)
                _answer(listening, path)


def _answer(listening: socket.socket, path: str) -> None:
    """Take one request and fork for it."""
    connection, _ = listening.accept()
    with connection:
        request, outputs, _, _ = socket.recv_fds(connection, _LONGEST, 2)
        argv, settings = json.loads(request)
        if argv == _DISMISS:
            _end(path)
        if os.fork() == 0:
            _run(connection, argv, settings, outputs)
        for output in outputs:
            os.close(output)


def _end(path: str) -> None:
    """End this process and every step that it runs."""
    import shutil
    import signal

    shutil.rmtree(os.path.dirname(path), ignore_errors=True)
    os.killpg(0, signal.SIGKILL)


def load() -> None:
    """Load the packages that steps need, so that a fork has them."""
    import importlib

    for name in HEAVY:
        importlib.import_module(name)


def _run(connection: socket.socket, argv: list[str], settings: list[str] | None, outputs: list[int]) -> None:
    """Run one step in a fork, with the asker's output and no input, and end it."""
    import signal

    from report_engine.pipeline import steps

    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        nothing = os.open(os.devnull, os.O_RDONLY)
        for theirs, ours in zip([nothing, *outputs], (0, 1, 2), strict=True):
            os.dup2(theirs, ours)
            os.close(theirs)
        status = steps.run(argv, settings)
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        try:
            connection.send(bytes([status]))
        finally:  # the asker may be gone
            os._exit(status)


if __name__ == "__main__":
    serve(sys.argv[1])
