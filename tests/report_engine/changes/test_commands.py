"""The commands: what they refuse, what they say and the status they end with."""

import json
from pathlib import Path
from typing import Any

import pytest

from report_engine.changes import commands, store, ticks
from report_engine.words.messages import told
from tests.report_engine.changes.states import claim, state

ROOT = Path(__file__).resolve().parents[3]


class Here:
    """A project of which only the built state matters."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.state = state("", data={})

    def claims(self, outcome: str, reason: str = "60 per cent") -> None:
        self.state = state("", data={}, claims={"staff.pressure": claim(outcome, reason)})
        path = Path("data/results/claims.json")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(self.state.claims), "utf-8")

    def run(self, command: Any, *arguments: Any) -> tuple[int, str]:
        self.said.clear()
        status = command(*arguments, lambda words: self.said.append(told(words)))
        return status, "\n".join(self.said)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Here:
    monkeypatch.chdir(tmp_path)
    Path("config.yaml").write_text(
        'editions: [en]\nmunicipalities: ["0581"]\nyears: {first: 2022, last: 2023}\n', "utf-8"
    )
    commands.TEMPLATE.parent.mkdir(parents=True)
    commands.TEMPLATE.write_bytes((ROOT / commands.TEMPLATE).read_bytes())
    project = Here()
    project.claims("holds")
    monkeypatch.setattr(commands, "_built", lambda: project.state)
    monkeypatch.setattr(commands.lock, "take_lock", lambda: None)
    return project


def test_a_release_says_what_it_keeps(here: Here) -> None:
    status, said = here.run(commands.release, "v1", None)
    assert status == 0
    assert "report/releases/v1: 1 facts, 1 claims, 1 figures, 1 tables" in said
    assert here.run(commands.release, "v1", None)[0] == 1


def test_changed_verdicts_that_nobody_has_seen_are_not_released_without_a_reason(here: Here) -> None:
    here.run(commands.release, "v1", None)
    here.claims("fails")
    status, said = here.run(commands.release, "v2", "  ")
    assert status == 1 and "nobody has ticked as seen: staff.pressure." in said
    assert store.names() == ("v1",)

    assert here.run(commands.diff, None, ["claims"])[0] == 0
    here.claims("untestable")  # the tick was for another verdict
    assert here.run(commands.release, "v2", None)[0] == 1
    assert here.run(commands.diff, None, ["claims/staff.pressure"])[0] == 0
    assert here.run(commands.release, "v2", None)[0] == 0
    assert not ticks.FILE.exists()


def test_why_and_what_nobody_had_seen_are_kept(here: Here) -> None:
    here.run(commands.release, "v1", None)
    here.claims("fails")
    assert here.run(commands.release, "v2", "New wave: the claim is to be rewritten")[0] == 0
    about = Path("report/releases/v2/release.yaml").read_text("utf-8")
    assert "why: 'New wave: the claim is to be rewritten'\nunseen:\n- staff.pressure\n" in about


def test_another_reason_alone_stops_no_release(here: Here) -> None:
    here.run(commands.release, "v1", None)
    here.claims("holds", "61 per cent")
    assert here.run(commands.release, "v2", None)[0] == 0


def test_a_difference_is_said_and_written(here: Here) -> None:
    here.run(commands.release, "v1", None)
    assert "Nothing has changed since the release v1." in here.run(commands.diff, None, [])[1]
    here.claims("fails", "40 per cent")
    status, said = here.run(commands.diff, None, [])
    assert status == 0
    assert "Claims: 1 changed, 1 of them with another verdict, 1 not seen" in said
    assert "staff.pressure: holds → fails\n    40 per cent" in said
    assert said.endswith("Compared 1 facts, 1 claims, 1 figures.\nreport/_output/changes.html")
    assert "40 per cent" in commands.PAGE.read_text("utf-8")


def test_comparing_nothing_fails(here: Here) -> None:
    here.run(commands.release, "v1", None)
    here.state = state("", data={}, facts={})
    status, said = here.run(commands.diff, None, [])
    assert status == 1 and said.startswith("Compared 0 facts, 1 claims, 1 figures. There was nothing to compare")
    assert here.run(commands.diff, "v9", [])[0] == 1


@pytest.mark.parametrize(
    ("outcome", "strict", "status", "said"),
    [
        ("holds", True, 0, "0 claims changed verdict since v1."),
        ("fails", False, 0, "1 claim changed verdict since v1."),
        (
            "fails",
            True,
            1,
            "1 of them held in v1 and no longer does:\n  staff.pressure: holds → fails\n    60 per cent",
        ),
        ("borderline", True, 1, "staff.pressure: holds → uncertain"),
    ],
)
def test_a_build_says_which_claims_no_longer_hold(
    here: Here, outcome: str, strict: bool, status: int, said: str
) -> None:
    here.run(commands.release, "v1", None)
    here.claims(outcome)
    got = here.run(commands.verdicts, strict)
    assert got[0] == status and said in got[1]


def test_without_a_release_there_is_nothing_to_compare_with(here: Here) -> None:
    assert here.run(commands.verdicts, False) == (0, "")
    status, said = here.run(commands.verdicts, True)
    assert status == 0 and "There is no release yet" in said


def test_a_claim_that_is_gone_no_longer_holds(here: Here) -> None:
    here.run(commands.release, "v1", None)
    Path("data/results/claims.json").write_text("{}", "utf-8")
    status, said = here.run(commands.verdicts, True)
    assert status == 1 and "staff.pressure: holds → gone" in said
