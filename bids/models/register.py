"""Registers: short lists that other models refer to."""

from django.db import models


class IdeaType(models.Model):
    """`redesigns_social_work` decides which councils the minister's sentence counts
    as redesigning their social work.
    """

    name = models.CharField(max_length=80, unique=True)
    redesigns_social_work = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class MaturityStage(models.Model):
    code = models.CharField(max_length=2, primary_key=True)
    label = models.CharField(max_length=60)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.label


class PracticeModel(models.Model):
    name = models.CharField(max_length=100, unique=True)
    description = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
