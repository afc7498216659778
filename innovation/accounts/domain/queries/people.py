"""Finds people by the text of a search, and their names by key."""

from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q, QuerySet

from innovation.accounts.models import User
from innovation.core import statements
from innovation.core.folding import Fold, fold


def names_by_key(keys: Collection[str]) -> Mapping[str, str]:
    people = statements.fetch(people_with_keys, statements.pad(keys))
    return {user.key: str(user) for user in people}


def people_with_keys(keys: Sequence[str]) -> QuerySet[User]:
    return User.objects.filter(key__in=keys).only("key", "name", "email")


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
