"""Helpers for models, and the tables of jobs and forms."""

from django.db import models

from innovation.core.fields import Json


class Heartbeat(models.Model):
    """When a worker last did a job: what `/health/ready` asks the database."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.at}"


class Slot(models.Model):
    """Decides which of several beats runs a job: the first to insert (job, slot)."""

    job = models.CharField(max_length=100)
    slot = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "slot"], name="slot_once")
        ]

    def __str__(self) -> str:
        return f"{self.job} at {self.slot}"


class Submission(models.Model):
    """A form that was sent, by its token, and the address it redirected to."""

    token = models.CharField(max_length=100, primary_key=True)
    address = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.token


class UnsentForm(models.Model):
    """A form that arrived after its writer's session had ended. `person` is the key of
    the user who opened the page, and only they can read it. `page` tells pages apart
    that were open at the same address.
    """

    person = models.CharField(max_length=40)
    path = models.CharField(max_length=500)
    page = models.CharField(max_length=64)
    fields = Json()
    size = models.PositiveIntegerField(default=0, help_text="Of the fields, in bytes.")
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "path", "page"], name="kept_post_of_page_once"
            )
        ]

    def __str__(self) -> str:
        return self.path


class Quota(models.Model):
    """How much of something a person or address has used: see `core.quotas`.

    The table is unlogged: counting writes no WAL, and a crash of the database resets
    the counts. `subject` is hashed.
    """

    name = models.CharField(max_length=40)
    subject = models.CharField(max_length=32)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(db_index=True)
    amount = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "subject"], name="quota_once")
        ]

    def __str__(self) -> str:
        return f"{self.amount} of {self.name}"


def choices_constraint(
    field: str, choices: type[models.TextChoices], name: str
) -> models.CheckConstraint:
    """A check constraint: the column holds one of its choices."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": choices.values}), name=name
    )


def all_or_none_constraint(*fields: str, name: str) -> models.CheckConstraint:
    """A check constraint: all of these are known, or none is."""
    none_known = models.Q(**{f"{field}__isnull": True for field in fields})
    all_known = models.Q(**{f"{field}__isnull": False for field in fields})
    return models.CheckConstraint(condition=none_known | all_known, name=name)
