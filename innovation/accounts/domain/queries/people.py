"""Finds people by what is typed into a search box."""

from django.db.models import Q, QuerySet

from innovation.accounts.models import User
from innovation.core.folding import Fold, fold


def people_called(text: str) -> QuerySet[User]:
    """The people with the text in their name or email address; none for a text without
    words.
    """
    folded = fold(text)
    if not folded:
        return User.objects.none()
    people = User.objects.alias(folded_name=Fold("name"), folded_email=Fold("email"))
    return people.filter(
        Q(folded_name__contains=folded) | Q(folded_email__contains=folded)
    ).order_by()
