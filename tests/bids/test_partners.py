"""An applicant adds a partner that is not registered, with and without scripts."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bids.domain import expressions
from bids.models import AnswerVersion, Expression
from innovation.audit.events import SERVICE
from innovation.organisations import public_names
from innovation.organisations.domain import organisations
from innovation.organisations.models import Organisation, OrganisationState
from tests.dates import MOMENT, OPENS_AT
from tests.factories import cases, users

pytestmark = pytest.mark.django_db
BY_SCRIPT = {"Accept": "application/json"}
CHARITY: dict[str, Any] = {"applicant_type": "charity"}


@pytest.fixture
def draft() -> Expression:
    round = cases.round_(opens_at=OPENS_AT, closes_at=None)
    return cases.draft(round=round)


@pytest.fixture
def web(client: Client, draft: Expression) -> Client:
    client.force_login(cases.editor_of(draft.lead))
    return client


def section(case: Expression) -> str:
    return reverse(
        "bids:expression-section", args=[case.key, "organisation-and-partners"]
    )


def adding(case: Expression, code: str = "partners") -> str:
    return reverse("bids:expression-partner", args=[case.key, code])


def post(web: Client, address: str, status: int = 302, **typed: Any) -> str:
    response = web.post(address, typed)
    page = response.content.decode()
    assert response.status_code == status, page
    return page or response.headers["Location"]


def partners(case: Expression) -> list[str]:
    return [partner.name for partner in case.partners.order_by("name")]


def councils(case: Expression) -> str:
    return "\n".join(council.name for council in case.councils.all())


def public(monkeypatch: pytest.MonkeyPatch, *rows: Organisation) -> None:
    """As if an app named them on public pages."""
    ids = [row.pk for row in rows]

    def public_organisations(day: object) -> Any:
        return Organisation.objects.filter(pk__in=ids)

    monkeypatch.setattr(public_names, "rules", [public_organisations])


def test_the_name_that_is_not_found_is_carried_to_the_page_and_back(
    web: Client, draft: Expression
) -> None:
    partner = users.organisation("A partner")
    typed = f"{partner.name}\nOpen Doors"
    next_page = post(
        web,
        section(draft),
        partners=typed,
        councils=councils(draft),
        then="partners",
    )
    assert next_page == adding(draft)
    page = web.get(next_page).content.decode()
    assert page.count('value="Open Doors"') == 2
    back = post(web, next_page, name="Open Doors", instead_of="Open Doors", **CHARITY)
    assert back == f"{section(draft)}#question-partners"
    assert partners(draft) == [partner.name, "Open Doors"]
    assert typed in web.get(section(draft)).content.decode().replace("\r", "")
    added = Organisation.objects.get(name="Open Doors")
    assert (added.state, added.added_for) == (
        OrganisationState.UNCONFIRMED,
        draft.lead,
    )
    post(web, section(draft), partners=typed, councils=councils(draft))


def test_a_corrected_name_takes_the_place_of_its_line(
    web: Client, draft: Expression
) -> None:
    partner = users.organisation("A partner")
    typed = f"Opn Dors\n{partner.name}"
    post(web, section(draft), partners=typed, councils="", then="partners")
    post(web, adding(draft), name="Open Doors", instead_of="Opn Dors", **CHARITY)
    newest = AnswerVersion.objects.filter(code="partners").latest("number")
    assert newest.raw_input == {"partners": [f"Open Doors\n{partner.name}"]}
    assert newest.readable


def test_another_mistake_on_the_page_is_said_first(
    web: Client, draft: Expression
) -> None:
    page = post(
        web,
        section(draft),
        422,
        partners="Open Doors",
        councils="Nowhereshire",
        then="partners",
    )
    assert "“Nowhereshire” is not a council" in page


def test_a_number_that_is_known_brings_the_name(
    web: Client, draft: Expression, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = organisations.register(
        name="Barnardo’s",
        applicant_type="charity",
        identifiers={"GB-CHC": "216250"},
        by=SERVICE,
        at=MOMENT,
    )
    number: dict[str, Any] = {"scheme": "GB-CHC", "number": "216 250", **CHARITY}
    page = post(web, adding(draft), 422, **number)
    assert "Enter the name of the organisation" in page
    public(monkeypatch, known)
    page = post(web, adding(draft), 422, name="Barnados Ltd", **number)
    assert "This is the number of “Barnardo’s”" in page
    post(web, adding(draft), **number)
    assert list(draft.partners.all()) == [known]


def test_a_number_of_one_that_the_applicant_may_not_know_changes_nothing(
    web: Client, draft: Expression
) -> None:
    number: dict[str, Any] = {"scheme": "GB-CHC", "number": "216250", **CHARITY}
    organisations.register(
        name="Hidden",
        applicant_type="charity",
        identifiers={"GB-CHC": "216250"},
        by=SERVICE,
        at=MOMENT,
    )
    page = post(web, adding(draft), 422, **number)
    assert "Enter the name of the organisation" in page
    post(web, adding(draft), name="Open Doors", **number)
    assert draft.partners.get().claimed_org_id == "GB-CHC-216250"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Enter the name of the organisation"),
        ({"applicant_type": ""}, "Select what kind of organisation it is"),
        ({"number": "1234567"}, "Select the register it is in"),
        ({"scheme": "GB-CHC"}, "Enter its number, or leave the register empty"),
        (
            {"scheme": "GB-CHC", "number": "12"},
            "A charity number has 6 or 7 digits, like 1234567",
        ),
    ],
)
def test_what_cannot_be_is_said_with_what_was_typed(
    web: Client, draft: Expression, typed: dict[str, Any], sentence: str
) -> None:
    page = post(web, adding(draft), 422, **{"name": "Open Doors", **CHARITY, **typed})
    assert sentence in page
    assert not draft.partners.exists()


def test_a_name_much_like_a_known_one_is_asked_about_and_never_made_in_silence(
    web: Client, draft: Expression, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = users.organisation("Barnardo’s of Northshire")
    similar = known.name.replace("do’s", "does")
    public(monkeypatch, known)
    page = post(web, adding(draft), 422, name=similar, **CHARITY)
    assert f"“{known.name}” has a similar name" in page
    assert f"My partner is a different organisation from “{known.name}”" in page
    assert not Organisation.objects.filter(name=similar).exists()
    post(web, adding(draft), name=similar, different="on", **CHARITY)
    assert partners(draft) == [similar]


def test_a_name_that_is_registered_or_a_council_is_recognised(
    web: Client, draft: Expression
) -> None:
    registered = users.organisation("Open Doors")
    council = users.council_organisation()
    assert council.council is not None
    for name in (registered.name.upper(), council.council.official_name):
        post(web, adding(draft), name=name, **CHARITY)
    assert set(draft.partners.all()) == {registered, council}
    assert not Organisation.objects.filter(added_for__isnull=False).exists()


def test_nobody_else_can_name_it_until_it_is_confirmed(
    web: Client, draft: Expression
) -> None:
    post(web, adding(draft), name="Open Doors", **CHARITY)
    elsewhere = cases.draft(round=draft.round, lead=users.organisation("Elsewhere"))
    web.force_login(cases.editor_of(elsewhere.lead))
    page = post(web, section(elsewhere), 422, partners="Open Doors", councils="")
    assert "There is no registered organisation called “Open Doors”" in page
    key = Organisation.objects.get(name="Open Doors").key
    page = post(web, section(elsewhere), 422, partners=key, councils="")
    assert "There is no registered organisation called" in page
    post(web, adding(elsewhere), name="Open Doors", instead_of=key, **CHARITY)
    assert elsewhere.partners.get() != draft.partners.get()


def test_officials_see_it_once_it_was_sent(web: Client, draft: Expression) -> None:
    post(web, adding(draft), name="Open Doors", **CHARITY)
    added = Organisation.objects.get(name="Open Doors")
    assert added.named_at is None
    expressions.submit(draft, by=cases.editor_of(draft.lead), at=MOMENT)
    added.refresh_from_db()
    assert added.named_at == MOMENT
    assert added.chain.events.latest("seq").name == "organisation.named"


def test_only_editors_of_the_lead_can_add_and_only_to_a_draft(
    web: Client, draft: Expression
) -> None:
    typed = {"name": "Open Doors", **CHARITY}
    assert web.get(adding(draft, "summary")).status_code == 404
    assert web.get(adding(draft, "nothing")).status_code == 404
    web.force_login(users.outsider())
    assert web.post(adding(draft), typed).status_code == 404
    web.force_login(users.viewer(draft.lead))
    assert web.post(adding(draft), typed).status_code == 403
    expressions.submit(draft, by=cases.editor_of(draft.lead), at=MOMENT)
    web.force_login(cases.editor_of(draft.lead))
    assert web.post(adding(draft), typed).status_code == 409
    assert not Organisation.objects.filter(name="Open Doors").exists()


def test_a_text_that_has_become_valid_is_saved_by_its_button_alone(
    web: Client, draft: Expression
) -> None:
    typed: dict[str, Any] = {"partners": "Open Doors", "councils": councils(draft)}
    post(web, section(draft), 422, **typed)
    registered = organisations.register(
        name="Open Doors", applicant_type="charity", by=SERVICE, at=MOMENT
    )
    before = AnswerVersion.objects.count()
    for _ in range(2):
        web.post(section(draft), {**typed, "idle": "1"}, headers=BY_SCRIPT)
    assert AnswerVersion.objects.count() == before
    post(web, section(draft), **typed)
    assert list(draft.partners.all()) == [registered]
