"""Failed jobs, for the page “System health”."""

from django.db import models


class JobFailure(models.Model):
    """A failed job: the name of the error and its place in the code. The error's
    message is not stored, because it may contain what somebody typed.
    """

    job = models.CharField(max_length=200)
    job_id = models.CharField(max_length=64)
    error = models.CharField(max_length=100)
    place = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["-at", "-id"], name="job_failure_newest")]

    def __str__(self) -> str:
        return f"{self.job}: {self.error}"
