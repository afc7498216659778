"""Who can reach a document: whoever can reach what it was added to."""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from innovation.accounts.models import User
from innovation.documents.models import Document

Rule = Callable[[User], "QuerySet[Document]"]
_rules: list[Rule] = []


def register_rule(rule: Rule) -> None:
    """Let an app above say which of its documents a person can reach. Without a rule
    a document is reached by nobody, not even by who added it.
    """
    if rule not in _rules:
        _rules.append(rule)


def documents_for(user: User) -> QuerySet[Document]:
    reached = Q(pk__in=[])
    if user.is_authenticated and user.is_active:
        for rule in _rules:
            reached |= Q(pk__in=rule(user).values("pk"))
    return Document.objects.filter(reached)
