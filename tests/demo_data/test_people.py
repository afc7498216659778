"""Something waits for every role of the demonstration."""

import re
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from bids.models import Bid, Expression
from funding.demo_data.load import load
from funding.demo_data.people import DEMO_PEOPLE, PASSWORD, DemoUsers
from funding.models import Award, Payment
from innovation.accounts.models import User
from innovation.audit.models import Event

pytestmark = pytest.mark.django_db


def test_loading_again_changes_nothing(at: datetime) -> None:
    before = Event.objects.count()
    assert load(at=at) == {
        "The round of 2014": False,
        "The cases of today": False,
        "Feedback on the service": False,
    }
    assert Event.objects.count() == before


def test_whoever_the_readme_sends_to_the_api_can_read_it(client: Client) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text()
    [name] = re.findall(r"`([a-z.]+)`: make a token on\s+`/tokens/`", readme)
    client.force_login(User.objects.get(email=f"{name}@example.org"))
    assert "/tokens/make" in client.get("/tokens/").content.decode()
    assert client.get("/api/").status_code == 200
    form = {"name": "Copy", "scopes": ["awards:read"], "days": "30"}
    page = client.post("/tokens/make", form).content.decode()
    [token] = re.findall(r"<code id=\"token\"[^>]*>([^<]+)", page)
    caller = Client(headers={"authorization": f"Bearer {token}"})
    assert caller.get("/api/v1/awards/").json()["results"]


def test_everybody_printed_can_sign_in() -> None:
    printed = StringIO()
    call_command("demonstration_sign_ins", stdout=printed)
    lines = printed.getvalue().splitlines()[1:]
    assert len(lines) == 17
    for line in lines:
        email, password = line.split()[-2:]
        user = User.objects.get(email=email)
        assert user.check_password(password)
        assert EmailAddress.objects.get(user=user).verified


def test_who_cannot_sign_in_is_not_printed() -> None:
    printed = StringIO()
    call_command("demonstration_sign_ins", stdout=printed)
    hidden = [part.email for part in DEMO_PEOPLE if not part.can_sign_in]
    assert [email for email in hidden if email in printed.getvalue()] == []
    assert not User.objects.get(email=hidden[0]).check_password(PASSWORD)


def test_cases_stand_at_every_point() -> None:
    today = {"round__name__in": ["Open call (demonstration)"]}
    states = Expression.objects.filter(**today).values_list("state", flat=True)
    assert set(states) == {
        "draft", "submitted", "clarification", "taken_forward", "declined",
    }  # fmt: skip
    bids = Bid.objects.filter(**today).values_list("state", flat=True)
    assert set(bids) == {
        "in_development", "submitted", "returned", "assessed", "at_board",
        "with_minister", "approved",
    }  # fmt: skip
    awards = Award.objects.filter(**today).values_list("state", flat=True)
    assert set(awards) == {"offered", "active"}
    payments = Payment.objects.values_list("state", flat=True)
    assert set(payments) == {"planned", "requested", "paid"}


def test_a_seed_grant_waits_for_its_approver() -> None:
    bid = Bid.objects.get(round__route="seed")
    assert bid.state == "with_minister"


def test_a_member_with_an_interest_is_on_the_board() -> None:
    member = DemoUsers()["member3"]
    assert member.interests.get().mitigation == "leaves"


@override_settings(DEMONSTRATION=False)
@pytest.mark.parametrize("command", ["load_demonstration", "demonstration_sign_ins"])
def test_outside_the_demonstration_nothing_is_loaded(command: str) -> None:
    with pytest.raises(CommandError, match="DEMONSTRATION=1"):
        call_command(command, stdout=StringIO())
