"""The scopes of API tokens.

A scope gives access to a resource. The rows in it are those that the token's holder
would see on the pages.
"""

from django.db import models


class Scope(models.TextChoices):
    ROUNDS = "rounds:read", "Read rounds"
    EXPRESSIONS = "expressions:read", "Read expressions of interest"
    BIDS = "bids:read", "Read bids"
    AWARDS = "awards:read", "Read announced awards"
    ORGANISATIONS = "organisations:read", "Read organisations"
    COUNCILS = "councils:read", "Read councils"
