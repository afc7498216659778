"""Has the forms' warnings recorded, of those who are signed in."""

from datetime import datetime

from innovation.accounts.domain import warnings
from innovation.accounts.permissions import Visitor
from innovation.web.child_data_warnings import ChildDataWarning, listeners


def register() -> None:
    listeners.register(record_warning)


def record_warning(user: Visitor, said: ChildDataWarning, at: datetime) -> None:
    if user.is_authenticated:
        warnings.record(
            said.kinds,
            subject=said.subject,
            confirmed=said.confirmed,
            page=said.page,
            by=user,
            at=at,
        )
