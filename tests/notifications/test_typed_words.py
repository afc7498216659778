"""What somebody typed never opens a letter, and never looks like words of ours."""

import re
from collections.abc import Iterator
from pathlib import Path

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
    *("bid", "noun", "closes", "state", "seed", "round", "meeting", "period", "act"),
    *("before", "now", "deadline", "page"),
}
ACCOUNT_TEMPLATES = Path("templates/accounts/letters")
ACCOUNT_KINDS = sorted(path.stem for path in ACCOUNT_TEMPLATES.glob("*"))
OWN_ACCOUNT_VARIABLES = {
    # An address is no words, and a name greets only who has signed in.
    *("service", "base_url", "person.greeting", "membership.user.email"),
    *("about.user.email", "membership.get_standing_display"),
    *("about.title", "about.starts_at", "about.last_day"),
    # What our code words, and references.
    *("link", "purpose.reference", "membership.get_office_display"),
    *("invitation.get_standing_display", "invitation.get_office_display"),
    *("membership.position", "invitation.position", "invitation.lapses_at"),
}
LINE = "Your grant is ready: https://evil.example/sign-in"
AWKWARD = "Families & O’Neill's <plan>"
TYPED = f"x\n\nDear Minister\r\n\u2028{LINE}\n\x0b“”\u202e"


def variables(template: Template) -> Iterator[FilterExpression]:
    for node in template.nodelist.get_nodes_by_type(VariableNode):
        assert isinstance(node, VariableNode)
        yield node.filter_expression


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_shows_what_was_typed_unmarked(kind: str) -> None:
    template = rendering._engine().get_template(f"notifications/letters/{kind}.txt")
    for variable in variables(template):
        filters = {one.__name__ for one, _ in variable.filters}
        assert variable.token in OWN_VARIABLES or filters & {"quote", "blockquote"}, (
            variable.token
        )


@pytest.mark.parametrize("kind", ACCOUNT_KINDS)
def test_no_account_letter_shows_what_was_typed_unmarked(kind: str) -> None:
    template = get_template(f"accounts/letters/{kind}.txt")
    assert isinstance(template, BackendTemplate)
    for variable in variables(template.template):
        filters = {one.__name__ for one, _ in variable.filters}
        quoting = filters & {"quote", "blockquote"}
        assert str(variable.var) in OWN_ACCOUNT_VARIABLES or quoting, variable.token


@pytest.mark.parametrize("kind", KINDS)
def test_forged_lines_do_not_change_subject_greeting_or_layout_of_a_letter(
    kind: str, reader: User
) -> None:
    User.objects.filter(pk=reader.pk).update(name=TYPED, last_login=MOMENT)
    reader.refresh_from_db()

    title, text = rendering.render_letter(_letter_with(TYPED, kind, reader))

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


def _letter_with(text: str, kind: str, reader: User) -> Letter:
    """A letter in which everything that somebody can type is this."""
    template = rendering._engine().get_template(f"notifications/letters/{kind}.txt")
    names = {str(variable.var) for variable in variables(template)} - OWN_VARIABLES
    return Letter(
        kind=kind,
        recipient=reader,
        subject_reference=_case_key(kind),
        facts={
            **dict.fromkeys(names, text),
            "reference": "AWD-1",
            "amount": "£1",
            "noun": "bid",
            "answer": text,
        },
    )


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
    ("text", "shown"),
    [
        ("A better front door", "“A better front door”"),
        ("The “door”\nDear", "“The ‘door’ Dear”"),
        ("https://evil.example/a?b", "“evil[.]example/a?b”"),
        ("See www.evil.com or HTTP://Evil.COM", "“See www[.]evil[.]com or Evil[.]COM”"),
        ("mailto:a@b.org, 3.5 and St. Helens", "“a@b[.]org, 3.5 and St. Helens”"),
    ],
)
def test_a_quotation_has_one_line_and_no_quotation_marks_or_links(
    text: str, shown: str
) -> None:
    assert quote(text) == shown


def test_each_line_of_a_longer_text_is_marked() -> None:
    assert blockquote("a\r\n\u2028b\x07\n") == "> a\n>\n> b"
    assert blockquote(unlinked("http://x.org")) == "> x[.]org"


def test_a_letter_does_not_use_a_name_before_its_holder_has_signed_in(
    reader: User,
) -> None:
    """Until then somebody else may have typed it."""
    reader.name = "Rita Reader"
    letter = Letter(kind="award_accepted", recipient=reader, facts={})
    assert rendering.render_letter(letter)[1].startswith("Hello\n\n")
    reader.last_login = MOMENT
    assert rendering.render_letter(letter)[1].startswith("Dear Rita Reader\n\n")


def test_the_subject_of_a_written_letter_is_one_line() -> None:
    (letter,) = letters.queue_written(
        "account",
        addresses=["a@example.org"],
        title="Hi\r\nBcc: all\u202e",
        text="x",
        at=QUEUED_AT,
    )
    assert letter.title == "Hi Bcc: all"


@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_is_plain_text_and_escapes_nothing(kind: str, reader: User) -> None:
    User.objects.filter(pk=reader.pk).update(name=AWKWARD, last_login=MOMENT)
    reader.refresh_from_db()
    letter = _letter_with(AWKWARD, kind, reader)
    title, text = rendering.render_letter(letter)
    assert text.startswith(f"Dear {AWKWARD}\n")
    assert not re.search(r"&\w*#?\w+;", title + text)
    if "title" in letter.facts:
        assert f"“{AWKWARD}”" in text


@pytest.mark.parametrize("kind", ACCOUNT_KINDS)
def test_an_account_letter_escapes_nothing(kind: str) -> None:
    template = get_template(f"accounts/letters/{kind}.txt")
    assert isinstance(template, BackendTemplate)
    names = {
        str(variable.var).partition(".")[0] for variable in variables(template.template)
    }
    text = template.render(dict.fromkeys(names, _Named()))
    assert AWKWARD in text
    assert not re.search(r"&\w*#?\w+;", text)


class _Named:
    """Whatever is asked of it is the same text, or a moment."""

    def __str__(self) -> str:
        return AWKWARD

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)
        return (
            MOMENT
            if name in {"starts_at", "ends_at", "last_day", "lapses_at"}
            else self
        )
