"""What somebody typed keeps its shape on pages."""

import pytest
from django.template import Context, Template

from innovation.web.templatetags.govuk import linebreaksbr

SHAPED = '<span class="app-shape">{}</span>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("One & <two>", "One &amp; &lt;two&gt;"),
        ("a\nb\r\nc\rd", "a<br>b<br>c<br>d"),
        ("2026–27\t14", SHAPED.format("2026–27\t14")),
        ("a\n  b", SHAPED.format("a<br>  b")),
        (" a", SHAPED.format(" a")),
        ("a  b", SHAPED.format("a  b")),
        ("\t<b>", SHAPED.format("\t&lt;b&gt;")),
    ],
)
def test_tabs_and_spaces_are_kept_in_django_and_jinja_templates(
    text: str, html: str
) -> None:
    assert linebreaksbr(text) == html
    assert Template("{{ text|linebreaksbr }}").render(Context({"text": text})) == html
    rows = [{"label": "Why?", "value": text, "empty": "-"}]
    output = Template('{% jinja "summary_list.html" rows=rows %}')
    assert (html or "-") in output.render(Context({"rows": rows}))


@pytest.mark.parametrize(
    ("value", "is_long"),
    [
        ("Short", False),
        ("One\nTwo\nThree", False),
        ("a\tb", True),
        ("word " * 31, True),
        (None, False),
        (7, False),
    ],
)
def test_long_values_have_the_whole_width(value: object, is_long: bool) -> None:
    html = Template('{% jinja "summary_list.html" rows=rows %}').render(
        Context({"rows": [{"label": "Why?", "value": value}]})
    )
    assert ("app-summary-list__row--long" in html) is is_long
