"""Form fields in GOV.UK style; `missing=` is the message for an empty answer."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from typing import Any, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator

from innovation.core import dates, limits
from innovation.core.lines import (
    plain_lines,
    plain_value,
    single_line,
    unprintable_problem,
    word_count,
)
from innovation.core.money import Money, NotMoney
from innovation.web.forms import widgets
from innovation.web.forms.options import FieldOptions

NO_MONEY = Money(0)
OTHERS = "off"
"""The `autofill` of a name or an address that is not the user’s own."""
_TIME = re.compile(r"(?P<hour>[0-9]{1,2})([:.](?P<minute>[0-9]{2}))?(?P<half>am|pm)?")
_NAMED_TIMES = {"midday": "12:00", "noon": "12:00", "midnight": "00:00"}
_NO_TIME = "Enter a time, like 17:00 or 5pm"


def autofill_attributes(autofill: str) -> dict[str, str]:
    """The attributes of a field that the browser may fill in with what it knows of the
    user: a value of HTML’s `autocomplete`, such as `name`. WCAG 2.2 asks for it on each
    field about the user (1.3.5).
    """
    return {"autocomplete": autofill, "spellcheck": "false"} if autofill else {}


def too_long_message(limit: int) -> str:
    return f"Use {limit:,} characters or fewer"


def _require_length(limit: int, value: str, because: str = "") -> str:
    if len(value) > limit:
        raise ValidationError(because + too_long_message(limit))
    return value


def _require_printable(text: str) -> str:
    problem = unprintable_problem(text)
    if problem:
        raise ValidationError(problem)
    return text


def with_required_message(missing: str, options: FieldOptions) -> FieldOptions:
    """Set Django's message for an empty answer."""
    label = str(options.get("label") or "")
    if not missing and label.endswith("?"):
        missing = f"Answer the question “{label}”"
    elif not missing and label:
        missing = f"Enter {label[0].lower()}{label[1:]}"
    if missing:
        messages = {"required": missing, **options.pop("error_messages", {})}
        options["error_messages"] = messages
    return options


class TextField(forms.CharField):
    def __init__(
        self,
        *,
        missing: str = "",
        width: str = "",
        autofill: str = "",
        max_length: int = limits.LINE,
        **more: Unpack[FieldOptions],
    ) -> None:
        """`width`: a GOV.UK class such as `govuk-input--width-10`. `autofill`: what the
        browser may fill in, see `autofill_attributes`.
        """
        attrs = {"class": width, **autofill_attributes(autofill)}
        more.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(max_length=max_length, **with_required_message(missing, more))
        self.error_messages.setdefault("max_length", too_long_message(max_length))

    def to_python(self, value: object) -> str:
        """Fold pasted text into one line."""
        return single_line(_require_printable(str(super().to_python(value))))


class LongTextField(forms.CharField):
    """Several lines, with a count of the words or characters left if the field has its
    own limit. With `accepts_longer=True` the words are counted, but more are accepted,
    up to the limit of the column.
    """

    def __init__(
        self,
        *,
        missing: str = "",
        max_words: int | None = None,
        max_length: int | None = None,
        rows: int = 5,
        accepts_longer: bool = False,
        **more: Unpack[FieldOptions],
    ) -> None:
        self.max_words = max_words
        self.accepts_longer = accepts_longer
        more.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        options = with_required_message(missing, more)
        # `plain_lines` strips it, except for the indent of the first line.
        super().__init__(max_length=max_length, strip=False, **options)
        if max_length:
            self.error_messages["max_length"] = too_long_message(max_length)

    def clean(self, value: object) -> Any:
        # A browser sends each line break as two characters and counts it as one.
        raw_text = _require_printable(str(value or ""))
        text: str = super().clean(plain_lines(raw_text))
        if self.accepts_longer:
            return _require_length(
                limits.TEXT_CEILING, text, "This is too long to be saved. "
            )
        if self.max_words and word_count(text) > self.max_words:
            raise ValidationError(f"Use {self.max_words:,} words or fewer")
        # One “word” may be as long as a book.
        return _require_length(limits.characters(self.max_words), text)


class EmailField(forms.EmailField):
    """The address of the user, unless `autofill` is `OTHERS`."""

    def __init__(
        self,
        *,
        missing: str = "",
        autofill: str = "email",
        **more: Unpack[FieldOptions],
    ) -> None:
        attrs = autofill_attributes(autofill)
        more.setdefault("widget", forms.EmailInput(attrs=attrs))
        super().__init__(**with_required_message(missing, more))
        self.error_messages["invalid"] = (
            "Enter an email address in the correct format, like name@example.com"
        )

    def to_python(self, value: object) -> str:
        return plain_value(str(super().to_python(value)))


class _PlainValueField(forms.Field):
    """Reads what was typed as `plain_value` writes it."""

    def to_python(self, value: object) -> Any:
        return super().to_python(
            plain_value(value) if isinstance(value, str) else value
        )


class WholeNumberField(_PlainValueField, forms.IntegerField):
    def __init__(
        self,
        *,
        missing: str = "",
        min_value: int | None = None,
        max_value: int | None = None,
        **more: Unpack[FieldOptions],
    ) -> None:
        attrs = {"class": "govuk-input--width-5", "inputmode": "numeric"}
        more.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(
            min_value=min_value,
            max_value=max_value,
            **with_required_message(missing, more),
        )
        self.error_messages["invalid"] = "Enter a whole number, like 15"


class DecimalField(_PlainValueField, forms.DecimalField):
    """A number of at most 10 digits, with at most 2 after the point."""

    def __init__(self, *, missing: str = "", **more: Unpack[FieldOptions]) -> None:
        attrs = {"class": "govuk-input--width-10", "inputmode": "decimal"}
        more.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(
            max_digits=12, decimal_places=2, **with_required_message(missing, more)
        )
        self.error_messages["invalid"] = "Enter a number, like 12 or 12.5"
        too_long = "Enter a number of at most 10 digits, with at most 2 after the point"
        for validator in self.validators:
            if isinstance(validator, DecimalValidator):
                validator.messages = dict.fromkeys(validator.messages, too_long)


class MoneyField(forms.Field):
    """The value is `Money`, or `None` if it is empty."""

    def __init__(
        self,
        *,
        missing: str = "Enter an amount in pounds",
        at_least: Money | None = NO_MONEY,
        at_most: Money | None = None,
        **more: Unpack[FieldOptions],
    ) -> None:
        self.at_least, self.at_most = at_least, at_most
        attrs = {"class": "govuk-input--width-10", "inputmode": "decimal"}
        more.setdefault("widget", widgets.MoneyInput(attrs=attrs))
        super().__init__(**with_required_message(missing, more))

    def prepare_value(self, value: object) -> object:
        return str(value).removeprefix("£") if isinstance(value, Money) else value

    def to_python(self, value: object) -> Money | None:
        if value is None or isinstance(value, Money):
            return value
        text = plain_value(str(value))
        if not text:
            return None
        try:
            return Money.parse(text)
        except NotMoney as error:
            raise ValidationError(str(error)) from None

    def validate(self, value: Money | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.at_least is not None and value < self.at_least:
            raise ValidationError(f"Enter {self.at_least} or more")
        if self.at_most is not None and value > self.at_most:
            raise ValidationError(f"Enter {self.at_most} or less")


class DateField(forms.Field):
    """A date in three parts, the month as a number or a name. The value is a `date`, or
    `None` if it is empty.
    """

    widget = widgets.DateParts

    def __init__(
        self, *, missing: str = "Enter a date", **more: Unpack[FieldOptions]
    ) -> None:
        super().__init__(**with_required_message(missing, more))

    def to_python(self, value: object) -> date | None:
        if value is None or isinstance(value, date):
            return value
        parts = widgets.DateParts.parts_of(value)
        if not any(parts.values()):
            return None
        empty = [part for part in widgets.PARTS if not parts[part]]
        if empty:
            raise ValidationError(f"The date must include a {' and '.join(empty)}")
        try:
            return dates.day_of(**parts)
        except dates.NotADate as problem:
            raise ValidationError(str(problem)) from None

    def wrong_parts(self, parts: Mapping[str, str]) -> Sequence[str]:
        """The parts with an error: the empty ones, or all of them."""
        empty = [part for part in widgets.PARTS if not parts[part]]
        return empty or widgets.PARTS


class PartialDateField(forms.Field):
    """A date as precise as its source: the day, or the day and the month, can be left
    out. The value is a `WrittenDate`, or `None` if it is empty.
    """

    widget = widgets.DateParts

    def __init__(
        self, *, missing: str = "Enter a date", **more: Unpack[FieldOptions]
    ) -> None:
        super().__init__(**with_required_message(missing, more))

    def to_python(self, value: object) -> dates.WrittenDate | None:
        parts = widgets.DateParts.parts_of(value)
        if not any(parts.values()):
            return None
        try:
            return dates.read_parts(**parts)
        except dates.NotADate as problem:
            raise ValidationError(str(problem)) from None

    def wrong_parts(self, parts: Mapping[str, str]) -> Sequence[str]:
        """The parts with an error: the empty ones that are needed, or those given."""
        if not parts["year"]:
            return ["year"]
        if parts["day"] and not parts["month"]:
            return ["month"]
        return [part for part in widgets.PARTS if parts[part]]


class TimeField(forms.Field):
    """A time of day in London, as `5pm` or `17:00`. The value is a `time`, or `None` if
    it is empty.
    """

    def __init__(
        self, *, missing: str = "Enter a time", **more: Unpack[FieldOptions]
    ) -> None:
        more.setdefault(
            "widget", forms.TextInput(attrs={"class": "govuk-input--width-5"})
        )
        super().__init__(**with_required_message(missing, more))

    def prepare_value(self, value: object) -> object:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def to_python(self, value: object) -> time | None:
        if value is None or isinstance(value, time):
            return value
        text = "".join(plain_value(str(value)).lower().split())
        if not text:
            return None
        match = _TIME.fullmatch(_NAMED_TIMES.get(text, text))
        if match is None or not (match["minute"] or match["half"]):
            raise ValidationError(_NO_TIME)
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if match["half"]:
            if not 1 <= hour <= 12:
                raise ValidationError(_NO_TIME)
            hour = hour % 12 + (12 if match["half"] == "pm" else 0)
        try:
            return time(hour, minute)
        except ValueError:
            raise ValidationError(_NO_TIME) from None


class TickField(forms.BooleanField):
    """One checkbox. `required=True` makes it a confirmation."""

    def __init__(self, *, missing: str = "", **more: Unpack[FieldOptions]) -> None:
        super().__init__(**with_required_message(missing, more))


class FileField(forms.FileField):
    def __init__(
        self, *, missing: str = "Select a file", **more: Unpack[FieldOptions]
    ) -> None:
        super().__init__(**with_required_message(missing, more))
        self.error_messages["empty"] = "The selected file is empty"
