"""The base model of a register, and the models of the registers."""

from typing import ClassVar

from django.db import models
from django.db.models.expressions import Combinable
from django.urls import reverse

from innovation.audit.models import Chain
from innovation.core import fields, keys
from innovation.core.lines import OneLineField
from innovation.core.models import choices_constraint


class RegisterRow(models.Model):
    """A row with a chain of its own, which can be changed but not deleted. A model adds
    its `key` and columns; `register_name` is used in addresses.
    """

    register_name: ClassVar[str]
    key: "models.CharField[str | Combinable, str]"
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


class NoticeKind(models.TextChoices):
    INFORMATION = "information", "Information"
    MAINTENANCE = "maintenance", "Planned maintenance"
    PROBLEM = "problem", "Problem with the service"


class NoticeReaders(models.TextChoices):
    EVERYBODY = "everybody", "Everybody"
    SIGNED_IN = "signed_in", "People who are signed in"


class Notice(RegisterRow):
    """A notice at the top of every page, from a start to an end time."""

    register_name = "notices"
    key = keys.field("NOT")
    text = fields.Text("text", max_length=500)
    kind = models.CharField("about", max_length=20, choices=NoticeKind)
    readers = models.CharField("who sees it", max_length=20, choices=NoticeReaders)
    starts_at = models.DateTimeField("from")
    ends_at = models.DateTimeField("until")

    class Meta(RegisterRow.Meta):
        constraints = [
            choices_constraint("kind", NoticeKind, "notice_kind"),
            choices_constraint("readers", NoticeReaders, "notice_readers"),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="notice_ends_after_start",
                violation_error_message="It must end after it starts",
                violation_error_code="ends_at",
            ),
        ]


class Programme(RegisterRow):
    """A programme. Its money, figures and lists are never mixed with another's.

    `main` is the one that the service is for. The others are its neighbours: their
    cases are only in lists that name them (`bids/domain/programmes.py`).
    """

    register_name = "programmes"
    key = keys.field("PRG")
    name = OneLineField("name", max_length=120)
    co_funder = OneLineField("funded with", max_length=120, blank=True)
    main = models.BooleanField("main programme", default=False, editable=False)

    class Meta(RegisterRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["name"],
                name="programme_name_once",
                violation_error_code="name",
                violation_error_message="There is already a programme of this name",
            ),
            models.UniqueConstraint(
                fields=["main"],
                condition=models.Q(main=True),
                name="programme_one_main",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClosedDayState(models.TextChoices):
    CLOSED = "closed", "Closed"
    MISTAKE = "mistake", "Entered by mistake"


class ClosedDay(RegisterRow):
    """A day on which the department does not work, besides weekends and bank holidays.
    It counts once, however many rows name it.
    """

    register_name = "closed-days"
    key = keys.field("CLD")
    reason = fields.Text("why it is closed", max_length=200)
    day = models.DateField("day")
    state = models.CharField("state", max_length=10, choices=ClosedDayState)

    class Meta(RegisterRow.Meta):
        constraints = [choices_constraint("state", ClosedDayState, "closed_day_state")]
