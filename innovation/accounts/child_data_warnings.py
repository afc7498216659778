"""Records the forms' warnings about children, for users who are signed in."""

from datetime import datetime

from innovation.accounts.domain import warnings
from innovation.accounts.permissions import Visitor
from innovation.web.child_data_warnings import ChildDataWarning, listeners


def register() -> None:
    listeners.register(record_warning)


def record_warning(user: Visitor, warning: ChildDataWarning, at: datetime) -> None:
    if user.is_authenticated:
        warnings.record(
            warning.kinds,
            subject=warning.subject,
            confirmed=warning.confirmed,
            page=warning.page,
            by=user,
            at=at,
        )
