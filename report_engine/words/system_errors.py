"""What the system says when it refuses something, in the language asked for."""

import errno

from report_engine.words.messages import Message

_SAID = {
    errno.EACCES: Message("files.permission_denied"),
    errno.EPERM: Message("files.permission_denied"),
    errno.ENOSPC: Message("files.disk_full"),
    errno.EROFS: Message("files.read_only"),
    errno.EADDRNOTAVAIL: Message("preview.no_address"),
    errno.EADDRINUSE: Message("preview.port_taken"),
}


def said(error: Exception) -> Message:
    """Say why the system refused, or what it calls the error."""
    number = getattr(error, "errno", None) or 0
    return _SAID.get(number) or Message("files.system_error", {"name": errno.errorcode.get(number, str(number))})
