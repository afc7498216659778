"""Date-times that a form asks for as a date and a time in London."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.db.models import Model
from django.forms import BaseForm, Field

from innovation.core.clock import LONDON

TIME_HINT = "In London: GMT in winter, BST in summer. For example, 17:00 or 5pm"


class DateTimeFieldsMixin:
    """`moments` maps each date field to its time field; the date field has the name of
    the date-time. A time without a date is ignored.
    """

    moments: ClassVar[Mapping[str, str]]
    cleaned_data: dict[str, Any]
    base_fields: dict[str, Field]

    def clean(self) -> dict[str, object]:
        assert isinstance(self, BaseForm)
        for day, hour in self.moments.items():
            if not self.cleaned_data.get(day) or hour in self.errors:
                continue
            if self.cleaned_data.get(hour) is None:
                self.add_error(hour, "Enter a time")
            elif _is_skipped_by_clocks(self.moment(day)):
                self.add_error(
                    hour, "Enter another time: the clocks go forward over this one"
                )
        return self.cleaned_data

    def moment(self, day: str) -> datetime | None:
        on, at = self.cleaned_data.get(day), self.cleaned_data.get(self.moments[day])
        return datetime.combine(on, at, LONDON) if on and at is not None else None

    def moment_values(
        self, changed: Collection[str] | None = None
    ) -> dict[str, datetime | None]:
        """The moments by name: all of them, or those with a field in `changed`."""
        return {
            day: self.moment(day)
            for day, hour in self.moments.items()
            if changed is None or not {day, hour}.isdisjoint(changed)
        }

    @classmethod
    def initial_moments(cls, row: Model) -> dict[str, object]:
        """The initial values of the fields for the moments of a row."""
        values: dict[str, object] = {}
        for day, hour in cls.moments.items():
            moment = getattr(row, day)
            local = moment and moment.astimezone(LONDON)
            values[day] = local and local.date()
            values[hour] = local.time() if local else cls.base_fields[hour].initial
        return values


def _is_skipped_by_clocks(moment: datetime | None) -> bool:
    """Whether the clocks skip this time on its day, when summer time starts."""
    return moment is not None and moment.astimezone(UTC).astimezone(LONDON) != moment
