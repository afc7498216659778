"""The days on which the department is closed, besides weekends and bank holidays."""

from datetime import date

from django.db.models import QuerySet

from innovation.core import statements
from innovation.registers.models import ClosedDay, ClosedDayState


def closed_days() -> set[date]:
    """One query."""
    return {day for (day,) in statements.values(_days)}


def _days() -> QuerySet[ClosedDay, tuple[date]]:
    closed = ClosedDay.objects.filter(state=ClosedDayState.CLOSED)
    return closed.order_by().values_list("day")
