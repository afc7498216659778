"""A list that is read in one query has the fields of the serializer."""

import pytest

from bids.models import Expression, MoneyAsked, PracticeModel
from bids.models.expression import SupportKind, SupportNeed
from tests.api.api_client import ApiClient
from tests.database_guards import disable_guards, force_update
from tests.dates import moment_after
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
FACTS = (
    SupportNeed,
    Expression.partners.through,
    Expression.councils.through,
    Expression.practice_models.through,
)


def test_a_listed_expression_equals_the_one_read_alone() -> None:
    full = cases.bid_in_development().expression
    with disable_guards(*FACTS):
        full.partners.add(users.organisation("Zeta"), users.organisation("alpha"))
        full.councils.add(users.council("Westshire"), users.council("Eastshire"))
        full.practice_models.add(
            PracticeModel.objects.create(name="Signs"),
            PracticeModel.objects.create(name="Mockingbird"),
        )
        for kind in (SupportKind.OTHER, SupportKind.BARRIER):
            SupportNeed.objects.create(expression=full, kind=kind)
    summer = cases.submitted_expression(pounds=1_234)
    force_update(
        Expression.objects.filter(pk=summer.pk),
        submitted_at=moment_after(days=240, microseconds=5),
        strand=None,
        maturity=None,
        idea_type=None,
    )
    with disable_guards(MoneyAsked):
        summer.money.all().delete()
    merged = cases.submitted_expression()
    Expression.objects.filter(pk=merged.pk).update(state="merged", merged_into=full)
    caller = ApiClient(users.official())
    listed = caller.get("expressions/").json()["results"]
    assert {row["key"] for row in listed} == {merged.key, summer.key, full.key}
    for row in listed:
        detail = caller.get(f"expressions/{row['key']}/").json()
        assert row == {name: detail[name] for name in row}
        assert list(row) == list(detail)[: len(row)]
