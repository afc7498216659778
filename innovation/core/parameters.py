"""Reads the filters in a query string, for pages, their files and the API alike.

A filter that cannot be read is refused in a sentence: if it were left out, the answer
would show more than was asked for.
"""

from collections.abc import Collection, Mapping
from datetime import date

from django.http import QueryDict

from innovation.core import dates, limits
from innovation.core.errors import Invalid
from innovation.core.lines import plain_value, single_line
from innovation.core.money import Money, NotMoney

GIVEN_TWICE = "Give only one value: there is more than one"
_EXCERPT = 60


def single_values(query: QueryDict, repeatable: Collection[str] = ()) -> dict[str, str]:
    """The value of each parameter; raise `Invalid` for one given more than once, other
    than those in `repeatable`.
    """
    repeated = [
        name
        for name, values in query.lists()
        if len(values) > 1 and name not in repeatable
    ]
    if repeated:
        raise Invalid({name: [GIVEN_TWICE] for name in repeated})
    return {name: values[-1] for name, values in query.lists() if values}


def require_known(params: Mapping[str, str], names: Collection[str]) -> None:
    """Raise `Invalid` for a parameter that is none of these: a file without a filter
    that was asked for would hold more than that.
    """
    if unknown := params.keys() - set(names):
        raise Invalid({name: [f"There is no filter “{name}”"] for name in unknown})


class Parameters:
    """The parameters of a list. Read each, then call `check`."""

    def __init__(self, params: Mapping[str, str]) -> None:
        self._params = params
        self.problems: dict[str | None, list[str]] = {}

    def check(self) -> None:
        """Raise `Invalid` with what could not be read."""
        if self.problems:
            raise Invalid(self.problems)

    def text(self, name: str) -> str:
        raw_text = self._params.get(name, "")
        if "\x00" in raw_text:
            return self._refuse(name, "Take out the character that cannot be shown")
        text = single_line(raw_text)
        if len(text) > limits.SEARCH:
            return self._refuse(name, f"Use {limits.SEARCH} characters or fewer")
        return text

    def choice(self, name: str, choices: Collection[str], noun: str) -> str:
        text = self.text(name)
        if text and text not in choices:
            return self._refuse(name, f"There is no {noun} “{text[:_EXCERPT]}”")
        return text

    def number(self, name: str, noun: str) -> int | None:
        text = plain_value(self.text(name))
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            self._refuse(name, f"There is no {noun} “{text[:_EXCERPT]}”")
            return None
        return int(text)

    def money(self, name: str) -> Money | None:
        text = plain_value(self.text(name))
        if not text:
            return None
        try:
            return Money.parse(text)
        except NotMoney as problem:
            self._refuse(name, str(problem))
            return None

    def day(self, name: str) -> date | None:
        text = self.text(name)
        if not text:
            return None
        try:
            return dates.read_day(text)
        except dates.NotADate as problem:
            self._refuse(name, str(problem))
            return None

    def _refuse(self, name: str, sentence: str) -> str:
        self.problems.setdefault(name, []).append(sentence)
        return ""
