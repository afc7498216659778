"""The macros render what the fixtures of the served GOV.UK Frontend version say."""

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from innovation.web import components
from innovation.web.components import Typed, cached_component, component

FRONTEND = Path(settings.NODE_MODULES) / "govuk-frontend"
FIXTURES = sorted(FRONTEND.glob("dist/govuk/components/*/fixtures.json"))


class PageParts(HTMLParser):
    """A page as its tags, with attributes ordered by name, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[object] = []
        self.text = ""
        self.feed(html)
        self.close()
        self._end_text()

    def _end_text(self) -> None:
        if self.text.strip():
            self.parts.append(" ".join(self.text.split()))
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_text()
        attributes = sorted(
            (key, " ".join((value or "").split())) for key, value in attrs
        )
        self.parts.append((tag, *attributes))

    def handle_endtag(self, tag: str) -> None:
        self._end_text()
        self.parts.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.text += data


def fixtures() -> list[Any]:
    return [
        pytest.param(
            fixture_file["component"],
            one,
            id=f"{fixture_file['component']}: {one['name']}",
        )
        for fixture_file in (json.loads(path.read_text()) for path in FIXTURES)
        for one in fixture_file["fixtures"]
    ]


def test_all_fixtures_of_the_version_we_serve_are_tried() -> None:
    version = json.loads((FRONTEND / "package.json").read_text())["version"]
    assert (version, len(fixtures())) == ("6.3.0", 657)


@pytest.mark.parametrize(("name", "fixture"), fixtures())
def test_macro_draws_what_the_fixture_says(name: str, fixture: dict[str, Any]) -> None:
    html = component(name, fixture["options"])
    assert PageParts(html).parts == PageParts(fixture["html"]).parts


def test_tag_takes_parameters_in_snake_case_and_reaches_inside() -> None:
    source = '{% govuk "button" text="Save" prevent_double_click=True %}'
    html = Template(source).render(Context())
    button: Any
    [button, text, end] = PageParts(html).parts
    assert ("data-prevent-double-click", "true") in button
    assert (text, end) == ("Save", "/button")
    source = '{% govuk "input" given label__text="Name" id="n" name="n" %}'
    options = {"label": {"text": "Not this", "classes": "big"}}
    html = Template(source).render(Context({"given": options}))
    assert 'class="govuk-label big"' in html
    assert "Not this" not in html
    assert options == {"label": {"text": "Not this", "classes": "big"}}


def test_text_from_outside_is_escaped() -> None:
    html = Template('{% govuk "tag" text=name %}{{ name|tag:"red" }}').render(
        Context({"name": "<b>bold</b>"})
    )
    assert "<b>" not in html
    assert html.count("&lt;b&gt;bold&lt;/b&gt;") == 2


def test_cached_component_is_drawn_from_its_own_parameters() -> None:
    one = cached_component("tag", {"text": "One"})
    assert cached_component("tag", {"text": "One"}) is one
    assert "Two" in cached_component("tag", {"text": "Two"})
    assert "<b>" not in cached_component("tag", {"text": "<b>"})
    assert "<b>" in cached_component("tag", {"text": mark_safe("<b>")})


TYPED = st.text() | st.sampled_from(
    ["", "<b>&\"'", "one\n\ntwo", "typed-0-", "\ue000", "{{ 7 }}", "%s", "a\u2028b"]
)


class Shown(HTMLParser):
    """What a field shows: its value, and its error message."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.value = self.error = ""
        self.place = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.place = "error" if ("id", "a-error") in attrs else tag
        if tag == "input":
            self.value += dict(attrs).get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        self.place = "error" if tag == "span" and self.place == "span" else ""

    def handle_data(self, data: str) -> None:
        if self.place == "textarea":
            self.value += data
        elif self.place == "error":
            self.error += data


@pytest.mark.parametrize("name", ["input", "textarea", "character-count", "date-input"])
@given(value=TYPED, error=TYPED.filter(bool))
def test_cached_field_shows_exactly_what_was_typed(
    name: str, value: str, error: str
) -> None:
    params: dict[str, Any] = {"id": "a", "name": "a", "value": Typed(value)}
    if name == "character-count":
        params["maxwords"] = 150
    if name == "date-input":
        params["items"] = [{"name": "day", "value": Typed(value)}, {"name": "year"}]
    params["errorMessage"] = {"text": Typed(error)}
    html = Shown(cached_component(name, params))
    assert html.value == value
    assert html.error.split() == error.split()


def test_what_somebody_typed_is_not_kept() -> None:
    secret = "A sentence that only one person may read"
    params = {"id": "a", "name": "a", "value": Typed(secret)}
    assert secret in cached_component("input", params)
    assert secret not in str(components._CACHE)


def test_what_an_answer_reveals_keeps_the_lines_that_were_typed() -> None:
    inside = cached_component(
        "textarea", {"id": "b", "name": "b", "value": Typed("one\ntwo\n three")}
    )
    item = {"value": "yes", "text": "Yes", "conditional": {"html": Typed(inside)}}
    html = cached_component("radios", {"name": "a", "items": [item]})
    assert ">one\ntwo\n three</textarea>" in html
