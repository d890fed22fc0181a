"""A Jupyter kernel without network: ``python -m report_engine.notebooks.kernel -f <connection file>``."""

import sys
from typing import Any

from report_engine.words.messages import speak

_ADDRESS = {
    "socket.connect": 1,
    "socket.sendto": 1,
    "socket.sendmsg": 1,
    "socket.getaddrinfo": 0,
    "socket.gethostbyname": 0,
}
"""Which argument of an audit event says where a socket is to lead."""


def refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """Raise PermissionError where Python code is about to look up or reach a host; sockets of this machine's files pass."""
    if event not in _ADDRESS:
        return
    local = event in ("socket.connect", "socket.sendto", "socket.sendmsg") and not isinstance(
        arguments[_ADDRESS[event]], tuple
    )
    if not local:
        raise PermissionError(speak("notebook.no_network"))


if __name__ == "__main__":
    from ipykernel.kernelapp import launch_new_instance

    sys.addaudithook(refuse_network)  # can't be taken away again; the kernel's own channels are not Python's sockets
    launch_new_instance()
