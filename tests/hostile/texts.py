"""Cells that mean something to a spreadsheet, a browser, a typesetter or a terminal, and must stay the text they are."""

from functools import partial

from tests.hostile.harness import Family
from tests.report_engine.readers.workbooks import workbook

FORMULAS = {
    "command": "=cmd|' /C calc'!A0",
    "sum": "@SUM(1)",
    "plus": "+1+1",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "tab": "\t=1+1",
    "return": "\r=1+1",
    "link": '=HYPERLINK("http://127.0.0.1/?x="&A1,"Här")',
    "web service": '=WEBSERVICE("http://127.0.0.1/")',
    "quoted": '"=1+1"',
    "after a blank": " =1+1",
    "wide sign": "\uff1d1+1",
    "import": '=IMPORTXML(CONCAT("http://127.0.0.1/",A1),"//a")',
}
MARKUP = {
    "script": "<script>alert(1)</script>",
    "image": "<img src=x onerror=alert(1)>",
    "svg": "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "link in HTML": "<a href='javascript:alert(1)'>Här</a>",
    "end of a table": "</td></tr></table><script>alert(1)</script>",
    "comment": "<!-- --><iframe src=//127.0.0.1></iframe>",
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "Markdown link": "[Här](javascript:alert(1))",
    "Markdown image": "![x](http://127.0.0.1/x.png)",
    "raw block": "```{=html}\n<script>alert(1)</script>\n```",
    "raw inline": "`<script>alert(1)</script>`{=html}",
    "raw Typst": '`#read("/etc/passwd")`{=typst}',
    "heading": "# Rubrik\n\n## En till",
    "pipes": "| a | b |\n|---|---|\n| 1 | 2 |",
    "div": "::: {.hidden}\nx\n:::",
    "footnote": "x[^1]\n\n[^1]: y",
    "citation": "@berg2004 [@alm2013]",
    "autolink": "<http://127.0.0.1/> http://127.0.0.1/",
    "front matter": "---\ntitle: x\n---",
    "data address": "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
}
TEMPLATES = {
    "include": "{{< include /etc/passwd >}}",
    "fact": "{{< fact background.net_cost >}}",
    "unknown shortcode": "{{< env HOME >}}",
    "Jinja": "{{ config.__class__.__init__.__globals__ }}{% for x in y %}",
    "Python format": "{0.__class__.__mro__} %s %n {}",
    "shell": "$(touch /tmp/x) `id` ; rm -rf ~",
    "Lua": 'os.execute("id") -- ]] pandoc.pipe("id", {}, "")',
    "Typst eval": '#eval("1+1") #sys.version',
    "Typst read": '#read("/etc/passwd") #include "/etc/passwd"',
    "Typst mathematics": "$ x^2 $ @ref <label> *b* _i_ ~ \\u{1F600} #[x]",
    "LaTeX": "\\input{/etc/passwd} \\write18{id} $\\alpha$",
    "Word field": '{ INCLUDETEXT "/etc/passwd" } { DDEAUTO c:\\\\cmd "/k calc" }',
    "SQL": "'; DROP TABLE segments; --",
    "log injection": "${jndi:ldap://127.0.0.1/x}",
    "YAML": "!!python/object/apply:os.system [id]",
}
CHARACTERS = {
    "bidi": "abc\u202egnp.exe\u2066\u2069",
    "control": "a\x07b\x1b[31mred\x1b]0;title\x07",
    "zero width": "a\u200bb\u2060c\ufeff",
    "combining": "Z" + "\u0301" * 500,
    "private use": "\ue000\uf8ff\U000f0000",
    "not characters": "\ufffe\uffff\U0001fffe",
    "line separators": "a\u2028b\u2029c\x85d",
    "tags": "".join(chr(0xE0000 + ord(c)) for c in "hidden"),
    "emoji": "👩‍👩‍👧‍👦" * 50,
    "very wide": "﷽" * 200,
    "right to left": "العربية עברית",
    "homoglyph": "Вoгås",
    "other digits": "١٢٣ ④ ½ ²",
}
ALL = {**FORMULAS, **MARKUP, **TEMPLATES, **CHARACTERS}

family = Family("texts")
HEADER = ["key", "name", "note", "amount", "count", "flag"]


def csv_of(text: str) -> bytes:
    """Put a text into every cell that may hold text, the file's name of a column included."""
    cell = '"' + text.replace('"', '""') + '"'
    lines = [";".join([*HEADER, cell]), ";".join(["1", cell, cell, "1,5", "2", "yes", cell])]
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")


def book_of(text: str) -> bytes:
    """Put texts into the cells, the names of columns and the name of a sheet."""
    return workbook(("Data", [[*HEADER, text], ["1", text, text, 1.5, 2, "yes", text]]))


for about, text in ALL.items():
    family.case(f"{about}, csv", "data.csv")(partial(csv_of, text))
for about in ("command", "script", "include", "Typst read", "bidi", "control", "raw block"):
    family.case(f"{about}, xlsx", "data.xlsx")(partial(book_of, ALL[about]))
family.case("surrogate written as UTF-8", "data.csv")(lambda: csv_of("a\ud800b"))
family.case("text where numbers should be", "data.csv", refused=True)(
    lambda: b"key;name;amount;count;flag\n1;a;=1+1;@SUM(1);<script>\n"
)
