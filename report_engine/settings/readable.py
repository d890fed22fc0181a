"""Settings of which a step of the workflow may read those alone that decide whether it is due."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from report_engine.settings.settings import Settings

VARIABLE = "REPORT_SETTINGS"
"""Names, in the environment of a step and of what it starts, the settings in its key; without it all may be read."""


class Unseen(AttributeError):
    """A setting that a step reads and that is not in its key: a change of it would go unseen."""


class _Readable:
    def __init__(self, settings: "Settings", keys: Iterable[str]) -> None:
        self._settings, self._keys = settings, frozenset(keys)

    def __getattr__(self, name: str) -> Any:
        if name in type(self._settings).model_fields and name not in self._keys:
            raise Unseen(
                f"the setting {name!r} of config.yaml is read by a step that does not know that it rests on it: "
                f"write `settings.{name}` where it is read, or name it among what the step needs"
            )
        return getattr(self._settings, name)


def allow(keys: Iterable[str]) -> None:
    """Let this process, and those that it starts, read these settings alone."""
    os.environ[VARIABLE] = ",".join(keys)


def limited(settings: "Settings") -> "Settings":
    """Return settings that refuse to tell what may not be read; raises ``Unseen`` when that is asked for."""
    keys = os.environ.get(VARIABLE)
    return settings if keys is None else cast("Settings", _Readable(settings, keys.split(",")))
