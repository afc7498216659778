"""Letters are plain text: a template has a first line that is the subject, then the
body; whom it greets and who signs is the same in all of them.

What somebody typed stands in the body alone, marked by `quote` or `blockquote`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.template import Context, Engine

from innovation.core.lines import single_line
from innovation.core.registry import Registry
from innovation.notifications.models import Letter


@cache
def _engine() -> Engine:
    """Apart from the pages' engine: nothing is escaped in plain text."""
    return Engine(
        dirs=[str(settings.BASE_DIR / "templates")],
        builtins=["innovation.web.templatetags.letters"],
        autoescape=False,
    )


@dataclass(frozen=True, slots=True)
class LongFacts:
    """What an app above fills in as letters of this kind are worded, because it is too
    long to be kept with each of them.
    """

    kind: str
    read: Callable[[Letter], Mapping[str, object]]


long_facts: Registry[LongFacts] = Registry(key=lambda each: each.kind)


def render_letter(letter: Letter) -> tuple[str, str]:
    """Title and text. One that was worded when it was put stays as it is."""
    if letter.text:
        return letter.title, letter.text
    written = _engine().get_template(f"notifications/letters/{letter.kind}.txt")
    # The engine's own setting counts in its `render_to_string` alone.
    context = Context(_facts(letter), autoescape=False)
    title, _, body = written.render(context).strip().partition("\n")
    greeting = letter.recipient.greeting if letter.recipient else "Hello"
    text = f"{greeting}\n\n{body.strip()}\n\n{settings.SERVICE_NAME}\n"
    return single_line(title)[:300], text


def _facts(letter: Letter) -> dict[str, object]:
    found = long_facts.get(letter.kind)
    return {
        **letter.facts,
        **(found.read(letter) if found else {}),
        "subject": letter.subject_reference,
        "recipient": letter.recipient,
        "base_url": settings.BASE_URL,
    }
