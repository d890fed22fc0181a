"""The secret behind the noise in numbers on persons: made once, kept with the raw data, and never shown."""

import hmac
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from report_engine.contracts import contract
from report_engine.contracts.contract import Contract
from report_engine.words.messages import Message, Told

if TYPE_CHECKING:
    import pandas as pd

FILE = "data/raw/disclosure.key"

SHORTEST = 32
"""Characters of a secret that nobody can guess by trying."""


class WeakKey(Told):
    """A secret that can be guessed; the message says what to do, without it."""


def ensure(root: Path) -> bool:
    """Make the secret where rows of a study are persons and there is none; say whether one was made."""
    path = root / FILE
    if path.is_file() or not contract.on_persons(contract.load_all()):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{secrets.token_hex(32)}\n", "utf-8", newline="\n")
    path.chmod(0o600)
    return True


def secret(root: Path) -> bytes:
    """Read the secret below ``root``; made where there is none. ``WeakKey`` for one that is too short."""
    ensure(root)
    found = (root / FILE).read_bytes().strip()
    if len(found) < SHORTEST:
        raise WeakKey(Message("disclosure.weak_key", {"file": FILE, "shortest": SHORTEST}))
    return found


def protect(frame: "pd.DataFrame", its: Contract, key: bytes, smallest: int) -> "pd.DataFrame":
    """Give each row of a table of persons its record key: a keyed hash (HMAC-SHA256) of the table's name and the row's id."""
    import numpy as np

    from report_engine.methods.perturbation import RECORD, SMALLEST

    ids = zip(*(frame[name].astype("str") for name in its.primary_key), strict=True)
    drawn = [int.from_bytes(hmac.digest(key, "\0".join((its.name, *id_)).encode(), "sha256")[:8], "big") for id_ in ids]
    return frame.assign(**{RECORD: np.array(drawn, dtype="uint64"), SMALLEST: smallest})
