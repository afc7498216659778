"""Records which data files were loaded, so that each is loaded once."""

from django.db import models


class ReferenceData(models.Model):
    """`digest` is of the files and of the code that read them."""

    name = models.CharField(max_length=60, primary_key=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
