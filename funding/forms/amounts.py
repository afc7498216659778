"""Amounts by financial year, a field for each year."""

from collections.abc import Iterable, Mapping
from typing import Unpack

from innovation.core.clock import financial_year_name
from innovation.core.money import Money
from innovation.web import forms


class AmountsForm(forms.Form):
    """The amounts come after the fields in `leading_fields`, before the others."""

    leading_fields: tuple[str, ...] = ()

    def __init__(
        self,
        *args: forms.Sent,
        years: Iterable[int],
        **options: Unpack[forms.FormOptions],
    ) -> None:
        super().__init__(*args, **options)
        self.years = list(years)
        amount_fields = [amount_field(year) for year in self.years]
        for name, year in zip(amount_fields, self.years, strict=True):
            self.fields[name] = forms.MoneyField(
                label=f"Amount for {financial_year_name(year)}", required=False
            )
        self.order_fields([*self.leading_fields, *amount_fields])
        forms.hide_optional_marker(*self.fields.values())

    def amounts(self) -> dict[int, Money]:
        """The years with an amount. An empty field or £0 is none."""
        values = {
            year: self.cleaned_data.get(amount_field(year)) for year in self.years
        }
        return {year: amount for year, amount in values.items() if amount}


def amount_field(year: int) -> str:
    return f"amount_{year}"


def initial_amounts(amounts: Mapping[int, Money]) -> dict[str, Money]:
    """Amounts as the form's initial values."""
    return {amount_field(year): amount for year, amount in amounts.items()}
