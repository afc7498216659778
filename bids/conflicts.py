"""Cases closed to somebody whatever their roles: how a declared interest, which only
the app above knows of, keeps a person from a case by every door.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from bids.models import Bid, Expression
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core.registry import Registry


@dataclass(frozen=True, slots=True)
class ConflictRule:
    """One reading in two directions: the bids closed to a person, and the people some
    bids are closed to.
    """

    bids: Callable[[User], "QuerySet[Bid]"]
    people: Callable[["QuerySet[Bid]"], "QuerySet[User]"]


rules: Registry[ConflictRule] = Registry()
"""By which an app above closes bids to people."""
# What was merged into a case tells of the case: it is closed with it, however many
# times it was merged on.
_MERGED_INTO_CLOSED = """
    WITH RECURSIVE hidden(id) AS (
        SELECT expression_id FROM ({closed}) AS closed
        UNION
        SELECT merged.id FROM bids_expression AS merged
        JOIN hidden ON merged.merged_into_id = hidden.id
    ) SELECT id FROM hidden"""
_MERGE_TARGETS = """
    WITH RECURSIVE upward(id, into_id) AS (
        SELECT id, merged_into_id FROM bids_expression WHERE chain_id = %s
        UNION
        SELECT whole.id, whole.merged_into_id FROM bids_expression AS whole
        JOIN upward ON whole.id = upward.into_id
    ) SELECT id FROM upward"""


def expressions_closed_to(user: User) -> RawSQL | None:
    """The ids of what `user` does not meet, for `pk__in`; None where there can be none,
    which their row tells without a query: see `User.declared_interest`.
    """
    if not rules or not user.is_authenticated or not user.declared_interest:
        return None
    closed: list[str] = []
    parameters: list[object] = []
    for rule in rules:
        found = rule.bids(user).order_by().values("expression_id")
        statement, given = found.query.sql_with_params()
        closed.append(statement)
        parameters.extend(given)
    return RawSQL(
        _MERGED_INTO_CLOSED.format(closed=" UNION ALL ".join(closed)), parameters
    )


def expression_ids_closed_to(user: User) -> set[int]:
    """The same ids, read now."""
    found = expressions_closed_to(user)
    if found is None:
        return set()
    return set(Expression.objects.filter(pk__in=found).values_list("pk", flat=True))


def people_excluded_from(chain: Chain) -> "QuerySet[User]":
    """Whoever gets no letter about the case of `chain`: it, or what it was merged into,
    is closed to them.
    """
    if not rules or chain.kind != Chain.Kind.CASE:
        return User.objects.none()
    bids = Bid.objects.filter(expression__in=RawSQL(_MERGE_TARGETS, [chain.pk]))
    away = [rule.people(bids) for rule in rules]
    return away[0].union(*away[1:]) if away[1:] else away[0]
