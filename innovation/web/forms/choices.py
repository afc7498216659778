"""Form fields with choices: radios, selects, checkboxes."""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from django import forms
from django.db import models

from innovation.web.forms.fields import with_required_message
from innovation.web.forms.options import FieldOptions


def _single_choice_widget(
    select: bool, autocomplete: bool
) -> forms.Select | forms.RadioSelect:
    if not select:
        return forms.RadioSelect()
    return forms.Select(attrs={"data-autocomplete": ""} if autocomplete else None)


class ChoiceField(forms.ChoiceField):
    """Radios; with `select=True`, for many choices, a select; with `autocomplete=True`,
    a select that can be searched by typing if scripts run.

    `reveals={"other": ["other_text"]}` draws those fields inside that answer;
    `choice_hints={"yes": "…"}` puts a hint under it. With `page_heading=True` the
    label is the heading of its page.
    """

    def __init__(
        self,
        choices: Any,
        *,
        missing: str = "Select an option",
        select: bool = False,
        autocomplete: bool = False,
        inline: bool = False,
        reveals: Mapping[str, Sequence[str]] | None = None,
        choice_hints: Mapping[str, str] | None = None,
        page_heading: bool = False,
        **more: Unpack[FieldOptions],
    ) -> None:
        self.inline, self.page_heading = inline, page_heading
        self.reveals = reveals or {}
        self.choice_hints = choice_hints or {}
        select = select or autocomplete
        more.setdefault("widget", _single_choice_widget(select, autocomplete))
        choices = getattr(choices, "choices", choices)
        if select and not callable(choices):
            choices = [("", ""), *choices]
        super().__init__(choices=choices, **with_required_message(missing, more))
        self.error_messages["invalid_choice"] = missing


class MultipleChoiceField(forms.MultipleChoiceField):
    """Checkboxes: any number of answers."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self,
        choices: Any,
        *,
        missing: str = "Select at least one option",
        reveals: Mapping[str, Sequence[str]] | None = None,
        choice_hints: Mapping[str, str] | None = None,
        **more: Unpack[FieldOptions],
    ) -> None:
        self.reveals = reveals or {}
        self.choice_hints = choice_hints or {}
        super().__init__(choices=choices, **with_required_message(missing, more))
        self.error_messages["invalid_choice"] = missing

    def to_python(self, value: Any) -> list[str]:
        """An address may have the name without a value."""
        return [choice for choice in super().to_python(value) if choice]


class ObjectField(forms.ModelChoiceField[models.Model]):
    """One row out of a queryset, by its `key` or another unique column.

    Leave `queryset` out and set the user's scope with `set_queryset` in the form's
    constructor, so that rows outside it cannot be chosen.
    """

    def __init__(
        self,
        queryset: models.QuerySet[models.Model] | None = None,
        *,
        missing: str = "Select an option",
        select: bool = False,
        autocomplete: bool = False,
        by: str = "key",
        **more: Unpack[FieldOptions],
    ) -> None:
        select = select or autocomplete
        more.setdefault("widget", _single_choice_widget(select, autocomplete))
        super().__init__(
            queryset,
            to_field_name=by,
            empty_label="" if select else None,
            **with_required_message(missing, more),
        )
        self.error_messages["invalid_choice"] = missing
