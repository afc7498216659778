"""Terms and conditions: published in versions, by those who manage grants."""

import pytest

from funding.domain import terms
from funding.models import Terms
from innovation.core.errors import Invalid, NotAllowed
from tests.factories import cases, grants, users
from tests.funding.page_requests import client_for, page_url, post_form

pytestmark = pytest.mark.django_db


def test_a_grant_manager_publishes_versions_on_the_page() -> None:
    round, manager = cases.round_(), users.grant_manager()
    for text in ("Spend it well.", "Spend it better."):
        post_form(manager, "terms-publish", round=round.key, text=text)

    assert [v.version for v in Terms.objects.order_by("pk")] == [1, 2]
    official = client_for(users.official())
    page = official.get(page_url("terms")).content.decode()
    assert page.index("version 2") < page.index("version 1")
    assert page_url("terms-publish") not in page
    for version in Terms.objects.all():
        page = official.get(page_url("terms-version", version)).content.decode()
        assert version.text in page


def test_terms_that_are_the_same_or_empty_are_refused() -> None:
    version = grants.terms_of(cases.round_())
    for text in (f"{version.text} ", " "):
        with pytest.raises(Invalid):
            terms.publish(
                round=version.round,
                text=text,
                by=users.grant_manager(),
                at=grants.MEETING_AT,
            )
    outsider = users.applicant(users.organisation("Elsewhere"))
    for person in (outsider, users.official(), users.administrator()):
        with pytest.raises(NotAllowed):
            terms.publish(
                round=version.round, text="Mine.", by=person, at=grants.MEETING_AT
            )
    assert Terms.objects.count() == 1
