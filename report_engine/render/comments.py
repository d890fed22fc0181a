"""Comments in a chapter, and code, in which a comment's mark is code."""

import re

CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")


def without_comments(text: str, inside: bool) -> tuple[str, bool]:
    """Cut HTML comments out of a line; ``inside`` says whether one is open before and after it."""
    kept = ""
    while text:
        if inside:
            _, found, text = text.partition("-->")
            inside = not found
            continue
        code = CODE.search(text)
        start = text.find("<!--")
        if code and start > code.start():  # a comment's mark inside code is code
            kept, text = kept + text[: code.end()], text[code.end() :]
            continue
        if start < 0:
            return kept + text, False
        kept, text, inside = kept + text[:start], text[start + 4 :], True
    return kept, inside
