"""Renders a Typst template and its facts to PDF. Runs in the sandbox.

Typst takes each character from the first of its fonts that has it. The standard refuses
characters that no font has, so U+FFFD, a question mark in a diamond, stands for them.
"""

import json
import re
from importlib.resources import files
from typing import Any

import typst

_FONT_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
_REPLACEMENT = "\ufffd"
_ATTEMPTS = 5
"""Typst names a character once it has tried to show it: all of them, as a rule."""


def render_pdf(content: bytes) -> bytes:
    order = json.loads(content)
    facts = order["facts"]
    for _ in range(_ATTEMPTS):
        try:
            return _compile(order, facts)
        except typst.TypstError as error:
            missing = _missing_characters(error.diagnostic)
            if not missing:
                raise
            facts = _replace(facts, missing)
    return _compile(order, facts)


def _compile(order: dict[str, Any], facts: object) -> bytes:
    pdf = typst.compile(
        order["template"].encode(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(facts)},
        font_paths=_font_folders(),
        ignore_system_fonts=True,
        timestamp=order["at"],
    )
    assert isinstance(pdf, bytes)
    return pdf


def _font_folders() -> list[str]:
    return [str(files(package)) for package in _FONT_PACKAGES]


def _missing_characters(diagnostic: str) -> set[str]:
    """The characters that Typst names as those no font has. Of several that are shown
    as one, such as a letter with its accents, it names all.
    """
    texts = _MISSING.findall(diagnostic)
    return {
        character
        for text in texts
        for character in _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
        if not (character.isascii() and character.isprintable())
    }


def _replace(value: Any, missing: set[str]) -> Any:
    if isinstance(value, str):
        return value.translate(dict.fromkeys(map(ord, missing), _REPLACEMENT))
    if isinstance(value, list):
        return [_replace(item, missing) for item in value]
    if isinstance(value, dict):
        return {key: _replace(item, missing) for key, item in value.items()}
    return value
