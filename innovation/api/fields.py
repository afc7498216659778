"""The serializer field of money."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from innovation.core.money import Money


@extend_schema_field(
    {
        "type": "string",
        "pattern": r"^-?\d+\.\d{2}$",
        "description": "Pounds sterling as text, so that no program rounds them.",
        "examples": ["4800000.00"],
    }
)
class MoneyText(serializers.Field[Any, Any, str, Any]):
    """Read-only: the API changes no money."""

    def __init__(self, **options: Any) -> None:
        super().__init__(read_only=True, **options)

    def to_representation(self, value: Money) -> str:
        return value.decimal
