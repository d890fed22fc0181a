"""Settings and mappings that somebody else wrote: YAML that grows, holds itself, or would like to run something."""

from functools import partial

from tests.hostile.harness import Family

family = Family("rules")

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{at}: &a{at} [{', '.join([f'*a{at - 1}'] * 9)}]\n" for at in range(1, 12)
)
TEXTS = {
    "aliases of aliases": BOMB,
    "aliases of aliases in a list of codes": BOMB.replace("a11:", "municipalities:"),
    "aliases of aliases in a list of columns": "dataset: hostile\n" + BOMB.replace("a11:", "ignore:"),
    "aliases of aliases as values": "dataset: hostile\n" + BOMB.replace("a11:", "values:"),
    "aliases of aliases in columns": "dataset: hostile\n" + BOMB.replace("a11: ", "columns: {a: ").rstrip() + "}\n",
    "aliases of aliases in sources": BOMB.replace("a11: ", "sources: {actors: ").rstrip() + "}\n",
    "merges of merges": "m0: &m0 {k: v}\n"
    + "".join(f"m{at}: &m{at} {{<<: [{', '.join([f'*m{at - 1}'] * 9)}]}}\n" for at in range(1, 9)),
    "a list that holds itself": "dataset: &a [*a]\nmunicipalities: *a\n",
    "keys that hold themselves": "&a {x: *a}",
    "a key that is a list": "? [a, b]\n: c\ndataset: hostile\n",
    "a key that is a mapping": "? {a: b}\n: c\n",
    "lists in lists": "dataset: " + "[" * 50_000,
    "lists in lists, closed": "dataset: " + "[" * 50_000 + "]" * 50_000,
    "mappings in mappings": "dataset: " + "{a: " * 50_000,
    "blocks in blocks": "\n".join(" " * at + "a:" for at in range(3_000)),
    "dashes in dashes": "- " * 20_000,
    "Python objects": "dataset: !!python/object/apply:os.system ['id']\n",
    "a Python name": "municipalities: !!python/name:os.system\n",
    "a tag of its own": "dataset: !evil x\n",
    "a date that is none": "price_base: 2023-99-99\n",
    "a time that is none": "price_base: 2023-01-01 99:99:99\n",
    "a number of many digits": "price_base: " + "9" * 10_000 + "\n",
    "a number in base 60": "price_base: " + ":".join(["59"] * 2_000) + "\n",
    "an infinite number": "price_base: .inf\nindex_base: .nan\n",
    "a number that is a word": "price_base: !!int ''\n",
    "a truth that is none": "price_base: !!bool maybe\n",
    "bytes that are none": "price_base: !!binary '@@@'\n",
    "a set": "municipalities: !!set {a, b}\n",
    "pairs": "municipalities: !!omap [a: b]\n",
    "controls": 'dataset: "\\e[31m\\u202e\\0"\nmunicipalities: ["\\e[31m\\u202e"]\n',
    "a key of controls": '"\\e[31m\\u202e\\n": x\n',
    "a key of a megabyte": "x" * 900_000 + ": y\n",
    "a value of a megabyte": "dataset: " + "x" * 900_000 + "\nengine: " + "x" * 50_000 + "\n",
    "a megabyte of keys": "".join(f"k{at}: 1\n" for at in range(60_000)),
    "one key very often": "dataset: hostile\n" * 20_000,
    "two documents": "dataset: hostile\n---\ndataset: hostile\n",
    "nothing": "",
    "a word": "x",
    "markup": "dataset: <script>\nsources: {<script>: '../../../etc/passwd'}\n",
    "a source that leads elsewhere": "sources: {actors: {files: /etc/passwd, mapping: ../../../../etc/passwd}}\n",
    "an encoding that runs something": "sources: {actors: {files: x.csv, encoding: zlib_codec}}\n",
    "a pattern without end": "sources: {actors: {files: '" + "*/" * 2_000 + "'}}\n",
    "columns with a pattern": "dataset: hostile\nunpivot: {column: key, columns: {name: '(a+)+$ {}'}}\n",
}
for about, text in TEXTS.items():
    family.case(f"settings with {about}", "config.yaml", kind="config")(partial(str.encode, text))
    family.case(f"a mapping with {about}", "map.yaml", kind="mapping")(partial(str.encode, text))
for kind, file in {"config": "config.yaml", "mapping": "map.yaml"}.items():
    family.case(f"{kind} of noise", file, kind=kind, refused=True)(lambda: bytes(range(256)) * 10)
    family.case(f"{kind} in UTF-16", file, kind=kind, refused=True)(lambda: "dataset: x".encode("utf-16"))
    family.case(f"{kind} with NUL", file, kind=kind, refused=True)(lambda: b"dataset: \0x\n")


for kind, file in {"config": "config.yaml", "mapping": "map.yaml"}.items():

    @family.case(f"{kind} that is a folder", file, kind=kind, refused=True)
    def _(folder: object, file: str = file) -> None:
        (folder / file).mkdir()  # type: ignore[operator]

    @family.case(f"{kind} that is a device", file, kind=kind, refused=True)
    def _(folder: object, file: str = file) -> None:
        (folder / file).symlink_to("/dev/zero")  # type: ignore[operator]
