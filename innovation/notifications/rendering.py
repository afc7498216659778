"""Renders letters as plain text. The first line of a template is the subject, the rest
is the body. The greeting and the signature are the same for all.

What somebody typed is only in the body, marked by `quote` or `blockquote`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.template import Context, Engine

from innovation.core.lines import single_line
from innovation.core.registry import Registry
from innovation.notifications import calendar_files
from innovation.notifications.models import Letter, LetterFile


@cache
def _engine() -> Engine:
    """A template engine for plain text, which is not escaped."""
    return Engine(
        dirs=[str(settings.BASE_DIR / "templates")],
        builtins=["innovation.web.templatetags.letters"],
        autoescape=False,
    )


@dataclass(frozen=True, slots=True)
class LongFacts:
    """Facts that an app adds when letters of this kind are rendered, because they are
    too long to store with each letter.
    """

    kind: str
    read: Callable[[Letter], Mapping[str, object]]


long_facts: Registry[LongFacts] = Registry(key=lambda definition: definition.kind)


def render_letter(letter: Letter) -> tuple[str, str]:
    """Title and text. A letter that was queued with a text keeps it."""
    if letter.text:
        return letter.title, letter.text
    template = _engine().get_template(f"notifications/letters/{letter.kind}.txt")
    # The engine's `autoescape` only applies to its `render_to_string`.
    context = Context(_facts(letter), autoescape=False)
    title, _, body = template.render(context).strip().partition("\n")
    greeting = letter.recipient.greeting if letter.recipient else "Hello"
    text = f"{greeting}\n\n{body.strip()}\n\n{settings.SERVICE_NAME}\n"
    return single_line(title)[:300], text


def render_files(letter: Letter) -> list[LetterFile]:
    """The files that go with it: the deadline that it names, for a calendar."""
    entry = calendar_files.entry_of(letter)
    return [calendar_files.calendar_file(entry, letter)] if entry else []


def _facts(letter: Letter) -> dict[str, object]:
    definition = long_facts.get(letter.kind)
    return {
        **letter.facts,
        **(definition.read(letter) if definition else {}),
        "subject": letter.subject_reference,
        "recipient": letter.recipient,
        "base_url": settings.BASE_URL,
    }
