"""What an API token lets its holder's program read.

A token never reaches further than its holder: a scope opens a resource, and the rows
in it are those its holder would see on the pages.
"""

from django.db import models


class Scope(models.TextChoices):
    ROUNDS = "rounds:read", "Read rounds"
    EXPRESSIONS = "expressions:read", "Read expressions of interest"
    BIDS = "bids:read", "Read bids"
    AWARDS = "awards:read", "Read announced awards"
    ORGANISATIONS = "organisations:read", "Read organisations"
    COUNCILS = "councils:read", "Read councils"
