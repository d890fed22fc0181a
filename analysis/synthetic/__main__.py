"""Rewrite the generated files under ``data/raw/``: run ``python -m analysis.synthetic`` in the repository."""

import sys
from pathlib import Path

from analysis.synthetic.generate import generate


def main() -> int:
    """Write every generated file and name it; status 2 where this is not the repository's folder."""
    data = Path("data")
    if not (data / "reference").is_dir():
        print("There is no data/reference here. Run this in the repository's top folder.", file=sys.stderr)
        return 2
    for name, text in generate(data).items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        print(f"data/{name}: {text.count(chr(10)) - 1} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main())
