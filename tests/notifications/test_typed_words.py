"""What somebody typed never opens a letter, and never looks like words of ours."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template.backends.django import Template as BackendTemplate
from django.template.base import FilterExpression, Template, VariableNode
from django.template.loader import get_template

from innovation.accounts.models import User
from innovation.notifications import letters, rendering
from innovation.notifications.models import Letter
from innovation.web.templatetags.letters import blockquote, quote, unlinked
from tests.dates import MOMENT
from tests.factories import cases
from tests.notifications.conftest import QUEUED_AT

pytestmark = pytest.mark.django_db

KINDS = sorted(path.stem for path in Path("templates/notifications/letters").glob("*"))
OWN_VARIABLES = {
    # References, amounts, days, what a rule of ours words, names the department gave.
    *("subject", "reference", "base_url", "amount", "when", "due_on", "until"),
    *("bid", "noun", "state", "seed", "round", "meeting", "period", "act"),
    *("before", "now"),
}
ACCOUNT_TEMPLATES = Path("templates/accounts/letters")
ACCOUNT_KINDS = sorted(path.stem for path in ACCOUNT_TEMPLATES.glob("*"))
OWN_ACCOUNT_VARIABLES = {
    # An address is no words, and a name greets only who has signed in.
    *("service", "base_url", "person.greeting", "membership.user.email"),
    *("about.user.email", "membership.get_standing_display"),
    *("about.title", "about.starts_at", "about.last_day"),
}
LINE = "Your grant is ready: https://evil.example/sign-in"
TYPED = f"x\n\nDear Minister\r\n\u2028{LINE}\n\x0b“”\u202e"


def variables(template: Template) -> Iterator[FilterExpression]:
    for node in template.nodelist.get_nodes_by_type(VariableNode):
        assert isinstance(node, VariableNode)
        yield node.filter_expression


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_shows_what_was_typed_unmarked(kind: str) -> None:
    template = rendering._engine().get_template(f"notifications/letters/{kind}.txt")
    for found in variables(template):
        filters = {one.__name__ for one, _ in found.filters}
        assert found.token in OWN_VARIABLES or filters & {"quote", "blockquote"}, (
            found.token
        )


@pytest.mark.parametrize("kind", ACCOUNT_KINDS)
def test_nor_does_one_about_an_account(kind: str) -> None:
    template = get_template(f"accounts/letters/{kind}.txt")
    assert isinstance(template, BackendTemplate)
    for found in variables(template.template):
        filters = {one.__name__ for one, _ in found.filters}
        marked = filters & {"quote", "blockquote"}
        assert str(found.var) in OWN_ACCOUNT_VARIABLES or marked, found.token


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_full_of_forged_lines_keeps_its_subject_greeting_and_lines(
    kind: str, reader: User
) -> None:
    template = rendering._engine().get_template(f"notifications/letters/{kind}.txt")
    names = {str(found.var) for found in variables(template)} - OWN_VARIABLES
    User.objects.filter(pk=reader.pk).update(name=TYPED, last_login=MOMENT)
    reader.refresh_from_db()
    letter = Letter(
        kind=kind,
        recipient=reader,
        subject_reference=_case_key(kind),
        facts={
            **dict.fromkeys(names, TYPED),
            "reference": "AWD-1",
            "amount": "£1",
            "noun": "bid",
            "answer": TYPED,
        },
    )

    title, text = rendering.render_letter(letter)

    assert title
    assert "evil" not in title
    assert "Minister" not in title
    greeting, empty, first, *_ = text.splitlines()
    assert greeting.startswith("Dear x Dear Minister")
    assert empty == ""
    assert not first.startswith(("“", ">", "x"))
    assert settings.BASE_URL in text
    for line in text.splitlines()[1:]:
        _check_line(line)


def _case_key(kind: str) -> str:
    """A receipt reads the case for the copy of what was sent."""
    if kind not in rendering.long_facts:
        return "EOI-1"
    return (
        cases.submitted_bid() if "bid" in kind else cases.submitted_expression()
    ).key


def _check_line(line: str) -> None:
    """Words of a stranger stand inside “ ” or after “> ”; of ours none do."""
    assert not re.search("[\u202e\u2028\x0b]", line)
    if line.startswith(">"):
        return
    outside = re.sub("“[^”]*”", "", line)
    assert "evil" not in outside
    assert "Minister" not in outside
    assert "://evil" not in line
    assert "evil.example" not in line


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("A better front door", "“A better front door”"),
        ("The “door”\nDear", "“The ‘door’ Dear”"),
        ("https://evil.example/a?b", "“evil[.]example/a?b”"),
        ("See www.evil.com or HTTP://Evil.COM", "“See www[.]evil[.]com or Evil[.]COM”"),
        ("mailto:a@b.org, 3.5 and St. Helens", "“a@b[.]org, 3.5 and St. Helens”"),
    ],
)
def test_a_quotation_is_one_line_without_marks_and_links(
    typed: str, shown: str
) -> None:
    assert quote(typed) == shown


def test_a_longer_text_is_marked_line_by_line() -> None:
    assert blockquote("a\r\n\u2028b\x07\n") == "> a\n>\n> b"
    assert blockquote(unlinked("http://x.org")) == "> x[.]org"


def test_a_name_greets_nobody_before_they_have_signed_in(reader: User) -> None:
    """Until then somebody else may have typed it."""
    reader.name = "Rita Reader"
    letter = Letter(kind="award_accepted", recipient=reader, facts={})
    assert rendering.render_letter(letter)[1].startswith("Hello\n\n")
    reader.last_login = MOMENT
    assert rendering.render_letter(letter)[1].startswith("Dear Rita Reader\n\n")


def test_a_subject_given_by_others_is_one_line() -> None:
    given: dict[str, Any] = {
        "addresses": ["a@example.org"],
        "text": "x",
        "at": QUEUED_AT,
    }
    (letter,) = letters.queue_written("account", title="Hi\r\nBcc: all\u202e", **given)
    assert letter.title == "Hi Bcc: all"


def test_a_letter_is_plain_text_and_escapes_nothing(reader: User) -> None:
    facts = {"title": "Families & O’Neill's <plan>"}
    letter = Letter(kind="award_accepted", recipient=reader, facts=facts)
    assert "“Families & O’Neill's <plan>”" in rendering.render_letter(letter)[1]
