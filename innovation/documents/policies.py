"""Who can access a document: users who can access the object it was added to."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from innovation.accounts.models import User
from innovation.core.registry import Registry
from innovation.documents.models import Document

rules: Registry[Callable[[User], "QuerySet[Document]"]] = Registry()
"""Rules of the apps: which of their documents a user can access. A document without a
rule is accessible to nobody, not even to the person who added it.
"""


def documents_for(user: User) -> QuerySet[Document]:
    accessible = Q(pk__in=[])
    if user.is_authenticated and user.is_active:
        for rule in rules:
            accessible |= Q(pk__in=rule(user).values("pk"))
    return Document.objects.filter(accessible)
