"""Pages that show how things were on a day, and the form that asks for it."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict

from innovation.core import clock, dates
from innovation.core.lines import plain_value
from innovation.core.parameters import GIVEN_TWICE
from innovation.web import forms, pages
from innovation.web.base import T
from innovation.web.forms import widgets

_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")


class AsAtForm(forms.Form):
    as_at = forms.DateField(
        label="Show the figures as at", help_text="For example, 28 2 2015"
    )

    def __init__(self, data: Mapping[str, object] | None, *, today: date) -> None:
        super().__init__(data, initial={"as_at": today})
        self.today = today

    def clean_as_at(self) -> date:
        day: date = self.cleaned_data["as_at"]
        if day > self.today:
            raise ValidationError("The date must be today or in the past")
        return day


class AsAtPage(pages.Page[T]):
    """Reads its date from the query string; an invalid one is a 422."""

    form_class: ClassVar[type[AsAtForm]] = AsAtForm

    @cached_property
    def today(self) -> date:
        return clock.london_day(clock.now())

    @cached_property
    def form(self) -> AsAtForm:
        return as_at_form(self.form_class, self.request.GET, self.today)

    @cached_property
    def day(self) -> date:
        return day_of(self.form)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        is_invalid = self.form.is_bound and not self.form.is_valid()
        return self.show(422 if is_invalid else 200, form=self.form, day=self.day)


def as_at_form(kind: type[AsAtForm], query: QueryDict, today: date) -> AsAtForm:
    """The form, bound if the query string has `as_at=2015-02-28` or its three parts."""
    parts = [f"as_at_{part}" for part in widgets.PARTS]
    if "as_at" in query:
        given = plain_value(query.getlist("as_at")[-1])
        form = kind(_date_parts(given), today=today)
    elif any(part in query for part in parts):
        form = kind(query, today=today)
    else:
        return kind(None, today=today)
    if any(len(query.getlist(name)) > 1 for name in ("as_at", *parts)):
        form.add_error("as_at", GIVEN_TWICE)
    return form


def _date_parts(date_text: str) -> Mapping[str, str]:
    """The parts of the date. An invalid date is shown in the first box."""
    match = _ISO.fullmatch(date_text)
    parts = match.groupdict() if match else _parts_of_words(date_text)
    return {f"as_at_{part}": text for part, text in parts.items()}


def _parts_of_words(date_text: str) -> dict[str, str]:
    try:
        day = dates.read_day(date_text)
    except dates.NotADate:
        return {"day": date_text[:40]}
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


def day_of(form: AsAtForm) -> date:
    """The chosen date; today if there is none or it is invalid."""
    if form.is_bound and form.is_valid():
        day: date = form.cleaned_data["as_at"]
        return day
    return form.today
