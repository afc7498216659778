"""Conflicts of interest: cases that a user must not access, whatever their roles.

Only the app `funding` knows of interests; it registers a rule here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from bids.models import Bid, Expression
from innovation.accounts.models import User
from innovation.audit.models import Chain
from innovation.core import statements
from innovation.core.registry import Registry


@dataclass(frozen=True, slots=True)
class ConflictRule:
    """The bids that are closed to a user, and the people to whom bids are closed. Both
    write a query and make none, so that the query can be kept: see `core.statements`.
    """

    bids: Callable[[User], "QuerySet[Bid]"]
    people: Callable[["QuerySet[Bid]"], "QuerySet[User]"]


rules: Registry[ConflictRule] = Registry()
"""The rules that apps register."""
# A case that was merged into a closed case is closed too, at any distance.
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
        SELECT target.id, target.merged_into_id FROM bids_expression AS target
        JOIN upward ON target.id = upward.into_id
    ) SELECT id FROM upward"""


def expressions_closed_to(user: User) -> RawSQL | None:
    """The ids that are closed to `user`, for `pk__in`. `None` if the user has declared
    no interest, which needs no query: see `User.declared_interest`.
    """
    if not rules or not user.is_authenticated or not user.declared_interest:
        return None
    closed: list[str] = []
    parameters: list[object] = []
    for rule in rules:
        ids = rule.bids(user).order_by().values("expression_id")
        statement, values = ids.query.sql_with_params()
        closed.append(statement)
        parameters.extend(values)
    return RawSQL(
        _MERGED_INTO_CLOSED.format(closed=" UNION ALL ".join(closed)), parameters
    )


def expression_ids_closed_to(user: User) -> set[int]:
    """The same ids, as a set."""
    ids = expressions_closed_to(user)
    if ids is None:
        return set()
    return set(Expression.objects.filter(pk__in=ids).values_list("pk", flat=True))


def people_excluded_from(chain: Chain) -> set[int]:
    """The ids of people who must not get letters about the case of `chain`, because it,
    or a case that it was merged into, is closed to them.
    """
    if chain.kind != Chain.Kind.CASE:
        return set()
    return {
        pk
        for rule in rules
        for pk in statements.fetch(_people_excluded, chain.pk, variant=(rule,))
    }


def _people_excluded(rule: ConflictRule, chain: int) -> "QuerySet[User, int]":
    bids = Bid.objects.filter(expression__in=RawSQL(_MERGE_TARGETS, [chain]))
    return rule.people(bids).values_list("pk", flat=True)
