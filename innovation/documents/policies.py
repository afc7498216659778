"""Who can reach a document: whoever can reach what it was added to."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from innovation.accounts.models import User
from innovation.core.registry import Registry
from innovation.documents.models import Document

rules: Registry[Callable[[User], "QuerySet[Document]"]] = Registry()
"""By which an app above says which of its documents a person can reach. Without a rule
a document is reached by nobody, not even by who added it.
"""


def documents_for(user: User) -> QuerySet[Document]:
    reached = Q(pk__in=[])
    if user.is_authenticated and user.is_active:
        for rule in rules:
            reached |= Q(pk__in=rule(user).values("pk"))
    return Document.objects.filter(reached)
