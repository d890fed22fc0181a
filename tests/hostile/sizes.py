"""Much of something: cells, columns, rows, quotation marks; and bytes that are no text, or several kinds of it."""

from functools import partial

from tests.hostile.harness import Family

family = Family("sizes")

HEAD = b"key;name;note;amount;count;flag\n"
ROW = b"1;a;b;1,5;2;yes\n"
MEGA = 1_000_000


def cell(text: bytes) -> bytes:
    """Return a table with this in a cell of text and in one of personal data's kind."""
    return HEAD + b'1;"' + text + b'";b;1,5;2;yes\n'


for about, text in {
    "a cell of 10 MB": b"x" * 10 * MEGA,
    "a quoted cell of 10 MB over many lines": b"x\n" * 5 * MEGA,
    "a cell of blanks": b" " * 10 * MEGA,
    "a cell of quotation marks": b'""' * 5 * MEGA,
    "a cell just short enough": b"x" * 99_999,
    "a cell like the beginning of an address": b"gat" * 33_000 + b"1",
    "a cell like an e-mail address": b"a." * 49_000,
    "a cell like many e-mail addresses": b"a@" * 49_000,
    "a cell like a phone number": b"0-" * 49_000,
    "a cell like identity numbers": b"19 " * 33_000,
    "a cell like a network address": b"1." * 49_000,
    "a cell like many words that end an address": b"Agatan " * 14_000,
    "a cell of digits": b"1" * 99_000,
    "a cell of opening brackets": b"(a" * 49_000,
    "a cell of misread letters": "Ã¥".encode() * 20_000,
    "a cell of combining marks": "\u0301".encode() * 49_000,
}.items():
    family.case(about, "data.csv")(partial(cell, text))

family.case("many cells like addresses", "data.csv")(
    lambda: HEAD + b"".join(b"%d;%s;%s;1,5;2;yes\n" % (at, b"gata" * 20_000, b"a." * 40_000) for at in range(40))
)
family.case("a million columns", "data.csv", refused=True)(
    lambda: b";".join(b"c%d" % at for at in range(MEGA)) + b"\n1\n"
)
family.case("a header of very many delimiters", "data.csv", refused=True)(lambda: b";" * 30 * MEGA)
family.case("very many rows of very many delimiters", "data.csv", refused=True)(
    lambda: HEAD + (b";" * 99_000 + b"\n") * 600
)
family.case("very many rows of nothing", "data.csv")(lambda: HEAD + ROW + b"\n" * 40 * MEGA)
family.case("very many short rows", "data.csv", refused=True)(lambda: HEAD + b"1\n" * 15 * MEGA)
family.case("very many wrong cells", "data.csv", refused=True)(
    lambda: HEAD + b"".join(b"%d;a;b;x%d;y%d;z\n" % (at, at, at) for at in range(100_000))
)
family.case("columns of names of 90,000 characters", "data.csv", refused=True)(
    lambda: HEAD.strip() + b";" + b";".join(b"%d" % at + b"x" * 90_000 for at in range(60)) + b"\n1;a;b;1,5;2;yes\n"
)
family.case("a thousand columns of one name", "data.csv", refused=True)(
    lambda: b";".join([b"key"] * 1_000) + b"\n" + b";".join([b"1"] * 1_000) + b"\n"
)
family.case("columns without names", "data.csv", refused=True)(lambda: b"key;;;;\n1;a;b;c;d\n")
family.case("columns that differ in blanks", "data.csv", refused=True)(
    lambda: "key;name; name;name\u00a0;\u200bname\n1;a;b;c;d\n".encode()
)
family.case("the same column in two ways of writing", "data.csv", refused=True)(
    lambda: "key;name;å;a\u030a\n1;a;b;c\n".encode()
)
family.case("quotation marks that never close", "data.csv", refused=True)(lambda: HEAD + b'1;"' * 3 * MEGA)
family.case("quotation marks only", "data.csv", refused=True)(lambda: b'"' * 20 * MEGA)
family.case("delimiters of all kinds", "data.csv", refused=True)(lambda: b";,\t|" * 2 * MEGA)
family.case("line breaks of all kinds", "data.csv")(lambda: HEAD + ROW + b"\r\n\r\n\n\r\x0b\x0c\x85" * 10_000)
family.case("a letter of four bytes in a long file", "data.csv")(
    lambda: HEAD + "1;😀;b;1,5;2;yes\n".encode() + b"".join(b"%d;a;b;1,5;2;yes\n" % at for at in range(2, 50_000))
)
family.case("a text file of nearly 200 MB", "data.csv", refused=True)(lambda: HEAD + ROW * 12_000_000)
family.case("text of four bytes a letter, 40 MB", "data.csv", refused=True)(lambda: HEAD + ("😀" * 10 * MEGA).encode())

for about, data in {
    "NUL in a cell": HEAD + b"1;a\0b;c;1,5;2;yes\n",
    "NUL only": b"\0" * MEGA,
    "noise": bytes(range(256)) * 4_000,
    "UTF-16 without a mark": (HEAD + ROW).decode().encode("utf-16-le"),
    "half of UTF-16": b"\xff\xfe" + (HEAD + ROW).decode().encode("utf-16-le")[:-1],
    "surrogates in UTF-16": b"\xff\xfe" + HEAD.decode().encode("utf-16-le") + b"\x00\xd8" * 10,
    "UTF-32": (HEAD + ROW).decode().encode("utf-32"),
    "UTF-7": HEAD + b"1;+ADw-script+AD4-;b;1,5;2;yes\n",
    "UTF-8 and Windows-1252 mixed": HEAD + "1;å;b;1,5;2;yes\n".encode() + "2;ö;b;1,5;2;yes\n".encode("cp1252"),
    "UTF-8 twice over": HEAD + "1;Ã¥Ã¤Ã¶;b;1,5;2;yes\n".encode(),
    "too long UTF-8": HEAD + b"1;\xc0\xbc\xe0\x80\xbcscript;b;1,5;2;yes\n",
    "a mark in every line": b"\xef\xbb\xbf" + HEAD + (b"\xef\xbb\xbf" + ROW),
    "several marks": b"\xef\xbb\xbf" * 3 + HEAD + ROW,
    "another alphabet": HEAD + "1;борос;b;1,5;2;yes\n".encode("koi8-r"),
    "EBCDIC": (HEAD + ROW).decode().encode("cp500"),
    "escape sequences of ISO 2022": HEAD + b'1;\x1b$B$"\x1b(B;b;1,5;2;yes\n',
    "one byte": b"x",
    "nothing": b"",
    "blanks": b" \n\t\r\n",
    "a web page": b"<!DOCTYPE html><script>alert(1)</script>",
    "rich text": b"{\\rtf1{\\field{\\*\\fldinst INCLUDETEXT /etc/passwd}}}",
    "a program": b"\x7fELF" + bytes(1000),
    "a script": b"#!/bin/sh\ntouch /tmp/x\n",
    "a PDF": b"%PDF-1.7 /OpenAction",
    "gzip": b"\x1f\x8b\x08" + bytes(100),
    "an old workbook": b"\xd0\xcf\x11\xe0" + bytes(1000),
    "a pickle": b"\x80\x04cposix\nsystem\n(S'id'\ntR.",
    "a declared delimiter only": b"sep=;",
    "declared delimiters": b"sep=;\nsep=,\n" + HEAD + ROW,
}.items():
    family.case(about, "data.csv")(partial(bytes, data))
