"""What each row of a register has, and the tables of the registers themselves."""

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse

from innovation.audit.models import Chain


class RegisterRow(models.Model):
    """A row has a history of its own, and is changed but never deleted. The model adds
    its `key` and its facts; `register_name` stands in the addresses.
    """

    register_name: ClassVar[str]
    key: Any
    chain = models.OneToOneField(
        Chain, models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        abstract = True
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(self.key)

    def get_absolute_url(self) -> str:
        return reverse(f"registers:{self.register_name}-row", args=[self.key])
