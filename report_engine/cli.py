"""The command ``report``: what it starts from, and how it ends.

Until the way to modules is clear, nothing is imported but what Python itself has loaded: a file that happens to be called
like a module that the report needs would be run in its place.
"""

import os
import sys

FAILED = 1

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""

LOG = "logs/report.log"
"""Where the traceback of an error goes that nobody has words for."""


def main() -> None:
    """Run the command and end this process with its status."""
    leave_out_pythonpath()
    status = _run()
    if (
        status == INTERRUPTED
    ):  # at its own end Python would warn of what was half done, and may end by the signal once more
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
    sys.exit(status)


def leave_out_pythonpath() -> None:
    """Take the folders of PYTHONPATH out of this process and those it starts, and say so where there are any."""
    given = os.environ.pop("PYTHONPATH", "")
    own = os.path.realpath(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    pythons = tuple(os.path.join(os.path.realpath(each), "") for each in (sys.prefix, os.path.dirname(os.__file__)))
    folders = {os.path.realpath(folder) for folder in given.split(os.pathsep) if folder} - {own}
    foreign = {each for each in folders if not os.path.join(each, "").startswith(pythons)}
    if foreign:
        sys.path[:] = [each for each in sys.path if os.path.realpath(each) not in foreign]
        from report_engine.words.obstacle_texts import say

        print(say("pythonpath_left_out", given=given), file=sys.stderr)


def _take_in_study() -> str | None:
    """Let the study of this folder be imported before any other; say what there would be loaded in another module's place."""
    from report_engine.words import obstacles

    here = os.getcwd()
    while not os.path.isfile(os.path.join(here, "Snakefile")):
        if here == (here := os.path.dirname(here)):
            return None
    if foreign := obstacles.foreign_modules(here):
        return foreign
    sys.path[:] = [here, *(each for each in sys.path if each != here)]
    return None


def _run() -> int:
    if foreign := _take_in_study():
        print(foreign, file=sys.stderr)
        return FAILED
    try:
        from report_engine.commands import app

        app()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _explain(error)
    return 0


def _explain(error: Exception) -> int:
    """Say in a line what went wrong; the traceback, where it says more, goes to a log."""
    from report_engine.words import obstacles
    from report_engine.words.obstacle_texts import say

    if line := obstacles.plain(error):
        print(line, file=sys.stderr)
        return FAILED
    import traceback

    from report_engine.checks.masking import without_persons

    story = without_persons("".join(traceback.format_exception(error)))
    try:
        os.makedirs(os.path.dirname(LOG), exist_ok=True)
        with open(LOG, "w", encoding="utf-8") as log:
            log.write(story)
    except OSError:
        print(story, file=sys.stderr)
        print(say("unexpected", error=_last(story)), file=sys.stderr)
    else:
        print(say("unexpected_log", error=_last(story), log=LOG), file=sys.stderr)
    return FAILED


def _last(story: str) -> str:
    return story.rstrip().rpartition("\n")[2]


if __name__ == "__main__":
    main()
