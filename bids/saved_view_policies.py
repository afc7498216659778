"""Who uses which views of the list of cases."""

from django.db.models import Q, QuerySet

from bids.models import SavedView
from innovation.accounts.models import User
from innovation.accounts.roles import Permission


def shares_views(user: User) -> bool:
    """Whether the user shares views of the list of cases, and uses shared ones. They
    filter the list of whoever opens them, but their names may say more.
    """
    return user.may(Permission.READ_ALL_CASES)


def own_saved_views(user: User) -> QuerySet[SavedView]:
    return SavedView.objects.filter(owner=user)


def saved_views_for(user: User) -> QuerySet[SavedView]:
    """The user's own views, and those that active colleagues share."""
    own = Q(owner=user)
    shared = Q(shared=True, owner__is_active=True)
    views = SavedView.objects.filter(own | shared if shares_views(user) else own)
    return views.select_related("owner")
