"""A list read in one query shows what the serializer shows, field by field."""

import pytest

from bids.models import Expression, MoneyAsked, PracticeModel
from bids.models.expression import SupportKind, SupportNeed
from tests import cases, cast
from tests.api.asking import Caller
from tests.dates import later
from tests.unguarded import rewrite, unguarded

pytestmark = pytest.mark.django_db
FACTS = (
    SupportNeed,
    Expression.partners.through,
    Expression.councils.through,
    Expression.practice_models.through,
)


def test_a_listed_expression_equals_the_one_read_alone() -> None:
    full = cases.bid_in_development().expression
    with unguarded(*FACTS):
        full.partners.add(cast.organisation("Zeta"), cast.organisation("alpha"))
        full.councils.add(cast.council("Westshire"), cast.council("Eastshire"))
        full.practice_models.add(
            PracticeModel.objects.create(name="Signs"),
            PracticeModel.objects.create(name="Mockingbird"),
        )
        for kind in (SupportKind.OTHER, SupportKind.BARRIER):
            SupportNeed.objects.create(expression=full, kind=kind)
    summer = cases.submitted(pounds=1_234)
    rewrite(
        Expression.objects.filter(pk=summer.pk),
        submitted_at=later(days=240, microseconds=5),
        strand=None,
        maturity=None,
        idea_type=None,
    )
    with unguarded(MoneyAsked):
        summer.money.all().delete()
    merged = cases.submitted()
    Expression.objects.filter(pk=merged.pk).update(state="merged", merged_into=full)
    caller = Caller(cast.official())
    listed = caller.get("expressions/").json()["results"]
    assert [row["key"] for row in listed] == [merged.key, summer.key, full.key]
    for row in listed:
        alone = caller.get(f"expressions/{row['key']}/").json()
        assert row == {name: alone[name] for name in row}
        assert list(row) == list(alone)[: len(row)]
