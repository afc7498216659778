"""Whatever can be stored can be printed, in an accessible PDF."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innovation.core.lines import plain_lines
from innovation.core.text_blocks import text_blocks
from innovation.web import pdf, typesetting

FACTS = {"key": "EOI-1", "title": "A title", "lead": "A lead", "lines": []}


def order(text: str) -> bytes:
    row = {"label": "Why?", "blocks": text_blocks(text)}
    facts = {**FACTS, "groups": [{"title": "Your idea", "rows": [row]}]}
    template = pdf._source("bids/pdf/copy.typ")
    return json.dumps({"template": template, "facts": facts, "at": 1}).encode()


def is_printed(text: str) -> bool:
    return typesetting.render_pdf(order(text)).startswith(b"%PDF-")


@pytest.mark.parametrize(
    "text",
    [
        "বাংলা ਪੰਜਾਬੀ हिन्दी தமிழ் తెలుగు ગુજરાતી ಕನ್ನಡ മലയാളം සිංහල",
        "中文 日本語 한국어 ไทย ລາວ ខ្មែរ မြန်မာ",
        "עברית العربية فارسی اردو አማርኛ ქართული Հայերեն",
        "👍 👩‍👧 ✓ ➢ ❖ ☑ → ≥ ½ ①",
        "Polski Čeština Türkçe Tiếng Việt Ελληνικά Українська Yorùbá",
    ],
)
def test_what_people_write_needs_no_replacement(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "_REPLACEMENT", "\u0378")
    assert is_printed(text)


def test_a_replacement_stands_for_what_no_font_has() -> None:
    assert typesetting._missing_characters(
        'the text `"\\u{378}"` could not be displayed with font `"A"`\n'
        'the text `"𒀀\\u{301}"` could not be displayed with font `"A"`'
    ) == {"\u0378", "𒀀", "\u0301"}
    assert typesetting._replace([{"a": "x𒀀y", "b": 1}], {"𒀀"}) == [
        {"a": "x\ufffdy", "b": 1}
    ]
    assert is_printed("one 𒀀 two \u0378\n\u0378\tthree")


@settings(max_examples=25, deadline=None, database=None, derandomize=True)
@given(st.text(max_size=300))
def test_any_text_that_can_be_stored_can_be_printed(text: str) -> None:
    assert is_printed(plain_lines(text))
