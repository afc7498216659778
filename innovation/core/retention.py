"""Deletes old forms, counts and cached values."""

from datetime import datetime

from django.conf import settings
from django.db import connection

from innovation.core import limits, quotas
from innovation.core.expiry import Rule, rules
from innovation.core.models import Submission, UnsentForm


def _submissions(at: datetime) -> None:
    Submission.objects.filter(at__lt=at - limits.FORM_LIFE).delete()


def _unsent_forms(at: datetime) -> None:
    UnsentForm.objects.filter(at__lt=at - limits.UNSENT_LIFE).delete()


def _quotas(at: datetime) -> None:
    quotas.delete_expired(at=at)


def _cached(at: datetime) -> None:
    """Django's cache deletes expired values only when it is full."""
    table = connection.ops.quote_name(str(settings.CACHES["default"]["LOCATION"]))
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [at])


def register() -> None:
    rules.register(
        Rule("core_submission", _submissions),
        Rule("core_unsentform", _unsent_forms),
        Rule("core_quota", _quotas),
        Rule("shared_cache", _cached),
    )
