"""Where answers are kept: those of a run that goes on in a folder of its own, those accepted beside their manifest."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

FOLDER = Path("data/raw/official")
INCOMING = FOLDER / ".incoming"
MANIFEST = "manifest.json"
FRESH = timedelta(hours=24)
"""How long answers of an interrupted or declined run are taken up again."""


@dataclass(frozen=True)
class Kept:
    """An answer with where and when it came from; ``fetched`` in ISO 8601, UTC."""

    url: str
    fetched: str
    etag: str
    body: bytes

    @property
    def sha256(self) -> str:
        """The checksum of the bytes that are kept."""
        return hashlib.sha256(self.body).hexdigest()


def kept(folder: Path, name: str) -> list[Kept]:
    """Return the answers that a kept file is made of; none where it is missing or was changed since it was written."""
    entry = _manifest(folder).get(f"{name}.json", {})
    try:
        data = (folder / f"{name}.json").read_bytes()
        if hashlib.sha256(data).hexdigest() != entry["sha256"]:
            return []
        answers, at = [], 0
        for one in entry["answers"]:
            at = data.index(b"{", at) if len(entry["answers"]) > 1 else 0
            body = data[at : at + int(one["bytes"])]
            answers.append(Kept(one["url"], one["fetched"], one["etag"], body))
            if answers[-1].sha256 != one["sha256"]:
                return []
            at += len(body)
    except (OSError, KeyError, TypeError, ValueError, AttributeError):
        return []
    return answers


def joined(answers: Sequence[Kept]) -> bytes:
    """Return one file's content: a single answer as it came, several as a JSON list of them, each as it came."""
    if len(answers) == 1:
        return answers[0].body
    return b"[\n" + b",\n".join(answer.body for answer in answers) + b"\n]\n"


def replace_kept(folder: Path, name: str, answers: Sequence[Kept]) -> None:
    """Put new answers in the place of the old, file first and manifest last; each of the two is whole at any time."""
    folder.mkdir(parents=True, exist_ok=True)
    data = joined(answers)
    _write(folder / f"{name}.json", data)
    entries = [
        {"url": a.url, "fetched": a.fetched, "sha256": a.sha256, "bytes": len(a.body), "etag": a.etag} for a in answers
    ]
    manifest = _manifest(folder)
    manifest[f"{name}.json"] = {"sha256": hashlib.sha256(data).hexdigest(), "answers": entries}
    text = json.dumps(dict(sorted(manifest.items())), indent=1, ensure_ascii=False) + "\n"
    _write(folder / MANIFEST, text.encode())


def hold(incoming: Path, answer: Kept) -> None:
    """Keep an answer of the run that goes on, so that the next run need not ask again if this one breaks off."""
    incoming.mkdir(parents=True, exist_ok=True)
    head = json.dumps(
        {key: value for key, value in asdict(answer).items() if key != "body"} | {"sha256": answer.sha256}
    )
    _write(incoming / _key(answer.url), head.encode() + b"\n" + answer.body)


def held(incoming: Path, url: str, now: datetime) -> Kept | None:
    """Return an answer that an earlier run got no longer than a day ago and could not put in its place."""
    try:
        head, _, body = (incoming / _key(url)).read_bytes().partition(b"\n")
        said = json.loads(head)
        answer = Kept(said["url"], said["fetched"], said["etag"], body)
        age = now - datetime.fromisoformat(answer.fetched)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    whole = answer.url == url and answer.sha256 == said["sha256"]
    return answer if whole and timedelta(0) <= age <= FRESH else None


def forget(incoming: Path) -> None:
    """Remove the answers of a run that has come to its end."""
    shutil.rmtree(incoming, ignore_errors=True)


def _key(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:40]


def _manifest(folder: Path) -> dict[str, dict[str, Any]]:
    try:
        content = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
