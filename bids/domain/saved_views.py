"""Views of the list of cases: its filters and columns, saved under a name.

They decide nothing and say nothing about a case, so no event records them.
"""

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlencode

from django.db import transaction

from bids import saved_view_policies
from bids.domain.queries import case_columns
from bids.domain.queries.case_search_filters import CaseSearchFilters
from bids.models import SavedView
from innovation.accounts.models import User
from innovation.accounts.permissions import require_permission
from innovation.accounts.roles import Permission
from innovation.core import limits
from innovation.core.errors import Invalid, NotAllowed
from innovation.core.rows import lock_row


def query_of(params: Mapping[str, str]) -> str:
    """The query string with the filters that are used and the columns that are chosen,
    and nothing else.
    """
    names = case_columns.LIST_NAMES
    return urlencode({name: params[name] for name in names if params.get(name)})


@transaction.atomic
def save(
    *, name: str, params: Mapping[str, str], shared: bool, by: User, at: datetime
) -> SavedView:
    """Save the filters in `params`. Raise `Invalid` for one that cannot be read, for a
    view without filters, and for a name that the owner has used.
    """
    require_permission(by, Permission.READ_CASES)
    if shared and not saved_view_policies.shares_views(by):
        raise NotAllowed("Only people who read all cases can share a view.")
    query = query_of(params)
    if not query:
        raise Invalid.field(
            None, "Filter the list first, or choose its columns, then save it as a view"
        )
    CaseSearchFilters.read(params, by)
    case_columns.read(params.get(case_columns.PARAMETER, ""))
    lock_row(by)
    if SavedView.objects.filter(owner=by).count() >= limits.VIEWS_A_PERSON:
        raise Invalid.field(
            None,
            f"You have {limits.VIEWS_A_PERSON} views. Delete one you no longer use",
        )
    return SavedView.objects.create(
        owner=by, name=name, query=query, shared=shared, saved_at=at
    )


@transaction.atomic
def delete(view: SavedView, *, by: User, at: datetime) -> None:
    view = lock_row(view, "owner", missing_message="This view is already deleted.")
    if view.owner != by:
        raise NotAllowed("You can only delete your own views.")
    view.delete()
