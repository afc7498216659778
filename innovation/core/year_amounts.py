"""Amounts by financial year: what is asked for, recommended, decided and agreed."""

from collections.abc import Mapping
from typing import TypeVar

from django.db import models
from django.db.models import Q, Sum

from innovation.core.money import Money, MoneyField

T = TypeVar("T", bound=models.Model)

ABOVE_ZERO = "Enter an amount above £0"
EACH_ONCE = "Enter each line once"


class YearAmounts(models.QuerySet[T]):
    """Rows with a `financial_year`, named by the year in which it begins, and an
    `amount`.
    """

    def by_year(self) -> dict[int, Money]:
        """The total of each year, with the earliest year first."""
        years = self.order_by("financial_year").values_list("financial_year")
        return {int(year or 0): total for year, total in years.annotate(Sum("amount"))}

    def create_years(self, amounts: Mapping[int, Money], **owner: models.Model) -> None:
        """Add a row for each year to the owner, with the earliest year first."""
        self.bulk_create(
            self.model(financial_year=year, amount=amount, **owner)
            for year, amount in sorted(amounts.items())
        )

    def total(self) -> Money:
        """The total of all rows; £0 if there are none."""
        total: Money | None = self.aggregate(total=Sum("amount"))["total"]
        return total or Money(0)


class YearAmount(models.Model):
    """A year and an amount. A subclass adds the owner, and the constraints that an
    amount is above zero and that there is one for each year.
    """

    financial_year = models.PositiveSmallIntegerField()
    amount = MoneyField()

    objects = YearAmounts.as_manager()

    class Meta:
        abstract = True
        ordering = ["financial_year"]

    def __str__(self) -> str:
        return f"{self.financial_year}: {self.amount}"


def positive_amount_constraint(name: str) -> models.CheckConstraint:
    """A check constraint: the amount is above zero."""
    return models.CheckConstraint(
        condition=Q(amount__gt=0),
        name=name,
        violation_error_code="amount",
        violation_error_message=ABOVE_ZERO,
    )


def unique_amount_constraint(
    *fields: str, name: str, nulls_distinct: bool | None = None
) -> models.UniqueConstraint:
    """A unique constraint: one amount for each combination of these fields."""
    return models.UniqueConstraint(
        fields=fields,
        name=name,
        nulls_distinct=nulls_distinct,
        violation_error_code="financial_year",
        violation_error_message=EACH_ONCE,
    )
