"""`report preview` on a real project: what a save does, and that nothing broken replaces the page."""

import http.client
import json
import re
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.workflow.conftest import Project


@dataclass
class Preview:
    """A running preview and the news it sends; a page is known by its version."""

    project: Project
    process: Any = None
    port: int = 0
    stream: Any = None
    seen: list[dict[str, Any]] = field(default_factory=list)

    def start(self) -> None:
        self.process = self.project.command("report_engine.cli", "preview", "--edition", "sv")
        line = self.process.stdout.readline()
        found = re.fullmatch(r"Preview at http://127\.0\.0\.1:(\d+)/sv/report\.html \(Ctrl-C ends it\)\n", line)
        assert found, line + self.process.stdout.read()
        self.port = int(found[1])
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request("GET", "/preview/events")
        self.stream = connection.getresponse()

    def until(self, *states: str) -> dict[str, Any]:
        for line in iter(self.stream.readline, b""):
            if line.startswith(b"data: "):
                news = json.loads(line.removeprefix(b"data: "))
                if news["state"] in states:
                    return news
        raise AssertionError("the preview has ended")

    def page(self) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request("GET", "/sv/report.html")
        return connection.getresponse().read().decode()


@pytest.fixture
def preview(project: Project) -> Iterator[Preview]:
    running = Preview(project)
    running.start()
    running.until("ready")
    yield running
    running.process.kill()
    running.process.wait()


def test_what_is_saved_is_shown_and_nothing_broken(preview: Preview, record_property: Any) -> None:
    project, published = preview.project, preview.project.published()

    begun = time.monotonic()
    project.append("report/sv/staff.qmd", "\n\nEtt nytt stycke.\n")
    preview.until("ready")
    record_property("chapter", time.monotonic() - begun)
    assert "Ett nytt stycke." in preview.page()

    project.append("report/sv/staff.qmd", "\n\n{{< fact staff.no_such >}}\n")
    news = preview.until("failed")
    assert re.match(r"report/sv/staff\.qmd, line \d+: unknown fact 'staff.no_such'", news["lines"][0])
    assert "Ett nytt stycke." in preview.page()
    project.edit("report/sv/staff.qmd", "{{< fact staff.no_such >}}", "")
    preview.until("ready")

    project.append("analysis/sections/staff/__init__.py", "\n1 / 0\n")
    assert preview.until("failed")["lines"][-1] == "ZeroDivisionError: division by zero"
    begun = time.monotonic()
    project.edit("analysis/sections/staff/__init__.py", "\n1 / 0\n", "\n")
    preview.until("ready")
    record_property("section", time.monotonic() - begun)

    project.edit(
        "report/sv/staff.qmd", "Ett nytt stycke.", "{{< fact report.claims_total >}}"
    )  # not in the other edition
    assert any("the fact report.claims_total" in line for line in preview.until("noted")["lines"])

    assert project.published() == published
    preview.process.send_signal(signal.SIGINT)
    output, _ = preview.process.communicate(timeout=120)
    assert preview.process.returncode == 0
    assert output.rstrip().endswith("Preview ended.")
    assert "Page made again in" in output
