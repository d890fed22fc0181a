"""Where tidy tables lie: a file each, and of the survey besides a file a question, so that its other questions change nothing."""

from collections.abc import Iterable

from report_engine.contracts import study

FOLDER = "data/tidy"
RESPONDENTS = "_respondents"


def path(table: str) -> str:
    """Name the file that holds a whole table."""
    return f"{FOLDER}/{table}.parquet"


def part(table: str, name: str) -> str:
    """Name the file of a question's answers, or of ``RESPONDENTS``: what is known of each whatever they answered."""
    return f"{FOLDER}/{table}/{name}.parquet"


def read_for(tables: Iterable[str], questions: Iterable[str] | None) -> dict[str, tuple[str, ...]]:
    """Name the files to read by table; ``questions`` are those of the survey's that are wanted, ``None`` is the whole of it."""
    answers = None if questions is None else study.load().roles.answers
    asked = (RESPONDENTS, *(questions or ()))
    return {
        table: tuple(part(table, name) for name in asked) if table == answers else (path(table),) for table in tables
    }
