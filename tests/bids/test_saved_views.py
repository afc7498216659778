"""Views of the list of cases: saved, shared and deleted."""

import pytest
from django.test import Client

from bids.domain import saved_views
from bids.models import SavedView
from bids.saved_view_policies import saved_views_for
from innovation.accounts.models import User
from innovation.core import limits
from innovation.core.errors import Invalid, NotAllowed, TooLate
from tests.dates import MOMENT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db


def save(by: User, name: str = "Brokering", shared: bool = False) -> SavedView:
    params = {"support": "brokering", "q": ""}
    return saved_views.save(name=name, params=params, shared=shared, by=by, at=MOMENT)


def test_a_view_is_saved_from_the_list_and_opens_with_its_filters(
    client: Client,
) -> None:
    found = cases.detailed_expression()
    cases.submitted_expression()
    client.force_login(users.official())
    page = client.get("/cases/?support=brokering&more=yes&q=").content.decode()
    assert 'href="/views/save?support=brokering"' in page
    answer = client.post(
        "/views/save?support=brokering", {"name": "Needs a partner"}, follow=True
    )
    assert answer.redirect_chain == [("/cases/?support=brokering", 302)]
    assert [row["key"] for row in answer.context["rows"]] == [found.key]
    assert "The view is saved" in answer.content.decode()
    page = client.get("/views/").content.decode()
    assert (
        '<a class="govuk-link" href="/cases/?support=brokering">Needs a partner' in page
    )
    assert "Only you see it" in page


def test_without_filters_there_is_nothing_to_save(client: Client) -> None:
    client.force_login(users.official())
    assert "/views/save" not in client.get("/cases/").content.decode()
    answer = client.post("/views/save?more=yes", {"name": "Everything"})
    assert answer.status_code == 422
    assert "Filter the list first" in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("stage=nonsense", "There is no stage “nonsense”"),
        ("submitted_from=soon", "Sent"),
        ("stage=bid.approved&stage=bid.declined", "Give only one value"),
    ],
)
def test_a_view_that_cannot_be_read_is_not_saved(
    query: str, sentence: str, client: Client
) -> None:
    client.force_login(users.official())
    answer = client.post(f"/views/save?{query}", {"name": "Wrong"})
    assert answer.status_code in {400, 422}
    assert SavedView.objects.count() == 0


def test_a_name_is_used_once_by_each_person_and_their_number_is_limited(
    client: Client,
) -> None:
    official = users.official()
    save(official)
    save(users.official())
    client.force_login(official)
    answer = client.post("/views/save?support=brokering", {"name": "Brokering"})
    assert answer.status_code == 422
    assert "You have already saved a view with this name" in answer.content.decode()
    for number in range(limits.VIEWS_A_PERSON - 1):
        save(official, name=f"View {number}")
    with pytest.raises(Invalid):
        save(official, name="One too many")


def test_shared_views_are_for_people_who_read_all_cases() -> None:
    official, colleague, coach = users.official(), users.official(), users.coach()
    own, shared = save(official, name="Own"), save(official, name="Shared", shared=True)
    assert set(saved_views_for(official)) == {own, shared}
    assert set(saved_views_for(colleague)) == {shared}
    assert set(saved_views_for(users.analyst())) == {shared}
    assert set(saved_views_for(coach)) == set()
    with pytest.raises(NotAllowed):
        save(coach, shared=True)
    mine = save(coach)
    assert set(saved_views_for(coach)) == {mine}
    User.objects.filter(pk=official.pk).update(is_active=False)
    assert set(saved_views_for(colleague)) == set()


def test_who_opens_a_shared_view_sees_their_own_cases_in_it(client: Client) -> None:
    official = users.official()
    own = cases.detailed_expression()
    users.assign(official, own)
    view = saved_views.save(
        name="Mine", params={"assigned": "me"}, shared=True, by=official, at=MOMENT
    )
    client.force_login(users.official())
    assert list(client.get(f"/cases/?{view.query}").context["rows"]) == []


def test_a_view_is_deleted_by_its_owner_and_nobody_else(client: Client) -> None:
    official, colleague = users.official(), users.official()
    view = save(official, shared=True)
    with pytest.raises(NotAllowed):
        saved_views.delete(view, by=colleague, at=MOMENT)
    client.force_login(colleague)
    assert client.post(f"/views/{view.key}/delete").status_code == 404
    page = client.get("/views/").content.decode()
    assert f"By {official.name}" in page
    assert f"/views/{view.key}/delete" not in page
    client.force_login(official)
    answer = client.post(f"/views/{view.key}/delete", follow=True)
    assert "The view is deleted" in answer.content.decode()
    assert SavedView.objects.count() == 0
    with pytest.raises(TooLate):
        saved_views.delete(view, by=official, at=MOMENT)


def test_applicants_have_no_views(client: Client) -> None:
    client.force_login(users.applicant(users.organisation()))
    assert client.get("/views/").status_code == 403
    assert client.get("/views/save?q=a").status_code == 403
