"""What is installed is what was locked: every file by its hash, also what installs and builds the rest."""

import json
import re
import tomllib
from pathlib import Path

from report_engine import starter

ROOT = Path(__file__).parents[1]
HASH = re.compile(r"sha256:[0-9a-f]{64}")


def toml(name: str) -> dict:
    return tomllib.loads((ROOT / name).read_text("utf-8"))


def test_every_file_of_a_package_has_its_hash():
    packages = [package for package in toml("uv.lock")["package"] if "registry" in package["source"]]
    files = [file for package in packages for file in (*package.get("wheels", ()), package.get("sdist")) if file]
    assert len(files) > len(packages) > 100
    assert [file["url"] for file in files if not HASH.fullmatch(file["hash"])] == []


def test_what_builds_a_package_has_its_hash():
    settings = toml("pyproject.toml")["tool"]["uv"]
    assert settings["require-build-hashes"] is True
    tools = settings["build-constraint-dependencies"]
    named = {tool["requirement"].partition("==")[0]: tool["hashes"] for tool in tools}
    assert {"hatchling", "setuptools"} <= named.keys()
    assert [name for name, hashes in named.items() if not hashes or not all(map(HASH.fullmatch, hashes))] == []


def test_the_uv_that_make_installs_has_its_hash():
    text = (ROOT / ".ci/uv.txt").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.fullmatch(rf"uv==[\d.]+(\s+--hash={HASH.pattern})+\s*", line)] == []
    for makefile in ("Makefile", f"{starter.EXAMPLE}/Makefile"):
        recipes = [line for line in (ROOT / makefile).read_text("utf-8").splitlines() if "pip install" in line]
        assert len(recipes) == len(lines) == 1
        assert "--require-hashes --only-binary :all: -r .ci/uv.txt" in recipes[0]
    assert ".ci/uv.txt" in starter.SHARED


def test_every_package_of_the_browser_tests_has_its_hash():
    packages = json.loads((ROOT / "tests/browser/package-lock.json").read_text("utf-8"))["packages"]
    installed = {name: package for name, package in packages.items() if name}
    assert installed
    assert [name for name, package in installed.items() if not package["integrity"].startswith("sha512-")] == []
