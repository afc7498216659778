"""The reports of the demonstration."""

from datetime import datetime, timedelta

from innovation.accounts.models import User
from innovation.core import demonstration
from innovation.reporting import report_builder, reports
from innovation.reporting.report_types.cases import Cases

_MAKERS = ("official@example.org", "analyst@example.org")


def register() -> None:
    demonstration.loaders.register(load)


def load(*, at: datetime) -> None:
    """Build a list of cases for an official, and one for an analyst."""
    asked_at = at - timedelta(hours=5)
    for email in _MAKERS:
        by = User.objects.get(email=email, demonstration=True)
        report = reports.ask(Cases(), params={"q": "foster"}, by=by, at=asked_at)
        report_builder.build(report.pk)
