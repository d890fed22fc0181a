import json
import os

import pytest

from report_engine.notebooks.kernel import refuse_network
from report_engine.notebooks.run import NotebookError, execute

NETWORK = """
import socket, urllib.request
for reach in (lambda: socket.create_connection(("127.0.0.1", 9)), lambda: urllib.request.urlopen("http://example.org")):
    try:
        reach()
    except OSError as error:
        print("refused:", "may not use the network" in str(error))
"""


@pytest.fixture
def notebook(tmp_path):
    def write(*sources):
        cells = [
            {
                "cell_type": "code",
                "id": f"cell-{k}",
                "metadata": {},
                "execution_count": None,
                "outputs": [],
                "source": s,
            }
            for k, s in enumerate(sources)
        ]
        prose = {"cell_type": "markdown", "id": "about", "metadata": {}, "source": "# Left out"}
        path = tmp_path / "demo.ipynb"
        path.write_text(json.dumps({"cells": [prose, *cells], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
        return path

    return write


def test_what_cells_show_becomes_one_text(notebook, tmp_path):
    path = notebook(
        "import os\nfrom report_engine.notebooks.page import Page\npage = Page(os.environ['REPORT_EDITIONS'].split())",
        "page.heading({'sv': 'Rubrik', 'en': 'Heading'}, 'x'); page.paragraph({'sv': '1. *Stycke*', 'en': 'Paragraph'})\n7;",
        "print('a | b'); print(); print(os.environ['REPORT_ROOT'] == os.getcwd())",
        NETWORK,
        "import sys, warnings\nprint('to the log', file=sys.stderr); warnings.warn('to the log')",
    )
    before = path.read_bytes()
    expected = [
        "## Rubrik {#sec-appendix-quality-x .unnumbered}",
        "1\\. \\*Stycke\\*",
        "a \\| b",
        "True",
        "refused\\: True",
        "refused\\: True",
    ]
    english = ["## Heading {#sec-appendix-quality-x .unnumbered}", "Paragraph", *expected[2:]]
    assert execute(path, ["sv", "en"], tmp_path) == {
        "sv": "\n\n".join(expected) + "\n",
        "en": "\n\n".join(english) + "\n",
    }
    assert path.read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["demo.ipynb"]


def test_a_failing_cell_is_named(notebook, tmp_path, capfd):
    path = notebook("x = 1", "def divide():\n    return x / 0\n\ndivide()", "print('not reached')")
    with pytest.raises(NotebookError, match=r'^demo\.ipynb, cell 3 \("cell-1"\): ZeroDivisionError: division by zero$'):
        execute(path, ["sv"], tmp_path)
    assert "return x / 0" in capfd.readouterr().err


def test_a_cell_that_takes_too_long_is_named(notebook, tmp_path):
    path = notebook("import time\ntime.sleep(60)")
    with pytest.raises(NotebookError, match=r'cell 2 \("cell-0"\): took longer than 1 seconds'):
        execute(path, ["en"], tmp_path, cell_seconds=1)


def test_a_kernel_that_dies_is_an_error_of_its_cell(notebook, tmp_path):
    path = notebook("x = 1", "import os\nos._exit(3)")
    with pytest.raises(NotebookError, match=r'cell 3 \("cell-1"\): Kernel died'):
        execute(path, ["en"], tmp_path)


def test_what_is_neither_markdown_nor_printed_is_refused(notebook, tmp_path):
    path = notebook("print('fine')", "import pandas as pd\npd.DataFrame({'a': [1]})")
    with pytest.raises(
        NotebookError, match=r'cell 3 \("cell-1"\): shows something that is neither Markdown nor printed'
    ):
        execute(path, ["en"], tmp_path)


@pytest.mark.parametrize(
    "content", ["not json", "{}", '{"cells": [{"cell_type": "odd"}], "metadata": {}, "nbformat": 4}']
)
def test_a_file_that_is_no_notebook_is_refused(tmp_path, content, capsys):
    path = tmp_path / "demo.ipynb"
    path.write_text(content)
    with pytest.raises(NotebookError, match=r"^demo\.ipynb can’t be read as a Jupyter notebook \(the log"):
        execute(path, ["sv"], tmp_path)
    assert capsys.readouterr().err.strip()  # the library's own words


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("socket.connect", (None, ("127.0.0.1", 80))),
        ("socket.sendto", (None, ("::1", 53, 0, 0))),
        ("socket.getaddrinfo", ("example.org", 80, 0, 0, 0)),
        ("socket.gethostbyname", ("example.org",)),
    ],
)
def test_hosts_are_refused(event, arguments):
    with pytest.raises(PermissionError):
        refuse_network(event, arguments)


@pytest.mark.parametrize(("event", "arguments"), [("socket.connect", (None, "kernel-ipc-1")), ("open", ("x", "r", 0))])
def test_files_are_not(event, arguments):
    refuse_network(event, arguments)
