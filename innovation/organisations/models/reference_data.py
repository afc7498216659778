"""Records which data files were loaded, so that each is loaded once."""

from django.db import models


class ReferenceData(models.Model):
    """A set of data files; `digest` covers the files and the code that reads them."""

    name = models.CharField(max_length=60, primary_key=True)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
