"""What is wrong with a report, one line each, for the person who wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass

from report_engine.words.editions import Edition
from report_engine.words.messages import Message, Word
from report_engine.words.nearest import nearest


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a report from being published: file below the project's root, line where there is one.

    ``meant`` is what a name that leads nowhere was probably meant to be, as it is shown.
    """

    file: str
    line: int | None
    message: Message
    meant: str | None = None

    def __str__(self) -> str:
        return self.say("en")

    def say(self, edition: Edition) -> str:
        """Say where and what is wrong, in one line."""
        where: Word = self.file
        if self.line is not None:
            where = Message("chapters.at_line", {"file": self.file, "line": self.line})
        return Message("documents.wrong", {"where": where, "problem": self.said(edition)}).say(edition)

    def said(self, edition: Edition) -> str:
        """Say what is wrong, and what was probably meant, without a full stop at the end."""
        said = self.message.say(edition)
        if self.meant is None:
            return said
        hint = Message("findings.meant", {"value": self.meant}).say(edition)
        return f"{said}{'' if said.endswith('?') else '.'} {hint}"


def hinted(problem: Message, word: str, known: Iterable[str]) -> Message:
    """Add to what is wrong with a word which of those that are known was probably meant, if any."""
    found = nearest(word, known)
    return Message("documents.hinted", {"problem": problem, "value": repr(found)}) if found else problem


class RenderError(Exception):
    """A report that can't be rendered; ``problems`` holds one line each, in the order of the files."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__(self.problems)

    def __str__(self) -> str:
        return self.say("en")

    def say(self, edition: Edition) -> str:
        """Say every problem, a line each."""
        return "\n".join(problem.say(edition) for problem in self.problems)
