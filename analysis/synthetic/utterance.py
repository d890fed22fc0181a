"""Short Swedish utterances for the synthetic interviews, put together from the templates in ``utterances/``."""

from pathlib import Path
from typing import Any

import yaml

from analysis.synthetic.common import Draws
from analysis.synthetic.survey_design import PARTICIPANT, PES, SOCIAL, UNIT

FOLDER = Path(__file__).parent / "utterances"

_MANAGERS = (PES, SOCIAL, UNIT)


class Phrases:
    """The templates: what is said by voice, code and stance, and the sentences around it."""

    def __init__(self, folder: Path = FOLDER) -> None:
        voices = ("professional", "pes", "participant")
        self._said: dict[str, dict[str, dict[int, list[str]]]] = {
            name: _read(folder / f"{name}.yaml") for name in voices
        }
        self._frames = _read(folder / "frames.yaml")

    def utterance(self, actor: str, code: str, stance: int, used: set[str], draws: Draws) -> str:
        """Return an utterance that has not been used yet, as far as the templates reach; adds it to ``used``."""
        for _ in range(12):
            text = self._compose(actor, code, stance, draws)
            if text not in used:
                break
        used.add(text)
        return text

    def _compose(self, actor: str, code: str, stance: int, draws: Draws) -> str:
        core = draws.one(self._voice(actor, code)[stance])
        target = self._frames["target"][actor]
        here = draws.one(self._frames["here"])
        core = core.replace("{target}", target).replace("{Target}", _capital(target))
        core = core.replace("{here}", here).replace("{here_cap}", _capital(here))
        group = "participant" if actor == PARTICIPANT else "manager" if actor in _MANAGERS else "staff"
        before = draws.one(self._frames["before"][group]) if draws.uniform() < 0.45 else ""
        after = draws.one(self._frames["after"][group]) if draws.uniform() < 0.30 else ""
        return " ".join(part for part in (before, core, after) if part)

    def _voice(self, actor: str, code: str) -> dict[int, list[str]]:
        if actor == PARTICIPANT:
            return self._said["participant"][code]
        if actor == PES and code in self._said["pes"]:
            return self._said["pes"][code]
        return self._said["professional"][code]


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _read(path: Path) -> dict[str, Any]:
    with path.open(encoding="utf-8") as file:
        content: dict[str, Any] = yaml.safe_load(file)
    return content
