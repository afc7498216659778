"""A stranger who guesses is slowed down, and locks nobody out."""

from itertools import count

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import mail
from django.http import HttpRequest
from django.test import Client, RequestFactory

from innovation.accounts import devices
from innovation.accounts.domain import attempts, limits
from innovation.accounts.domain.attempts import Origin
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.errors import TooOften
from innovation.core.models import Quota
from tests.concurrency import run_concurrently
from tests.dates import MOMENT, moment_after
from tests.factories import users

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough pass phrase"
_network = count(1)


@pytest.fixture
def owner() -> User:
    return users.person_with_password(PASSWORD)


def client_elsewhere() -> Client:
    """A browser that was never here, in a network of its own."""
    number = next(_network)
    return Client(REMOTE_ADDR=f"10.{number >> 8 & 255}.{number & 255}.1")


def sign_in(client: Client, email: str, password: str = PASSWORD) -> str:
    """Empty where it succeeds; else the page."""
    form = {"login": email, "password": password}
    response = client.post("/accounts/login/", form)
    return "" if response.status_code == 302 else response.content.decode()


def guess_repeatedly(client: Client, email: str, times: int = 8) -> str:
    return [sign_in(client, email, f"wrong {n}") for n in range(times)][-1]


def test_after_five_wrong_passwords_attempts_are_refused_until_a_time(
    owner: User,
) -> None:
    outsider = client_elsewhere()
    assert "The email address or password is wrong" in guess_repeatedly(
        outsider, owner.email, 5
    )
    page = sign_in(outsider, owner.email)
    assert "Too many attempts. You can try again from " in page
    assert "or reset your password" in page


def test_the_owner_can_sign_in_from_a_known_device_and_from_another_network(
    owner: User,
) -> None:
    owner_client = client_elsewhere()
    assert sign_in(owner_client, owner.email) == ""
    owner_client.post("/accounts/logout/")
    outsider = client_elsewhere()
    guess_repeatedly(outsider, owner.email, 40)
    assert sign_in(outsider, owner.email) != ""
    # Even in the network that the stranger is in.
    owner_client.defaults["REMOTE_ADDR"] = outsider.defaults["REMOTE_ADDR"]
    assert sign_in(owner_client, owner.email) == ""
    assert sign_in(client_elsewhere(), owner.email) == ""


def test_a_known_device_counts_for_one_account_and_is_limited(
    owner: User,
) -> None:
    other = users.person("applicant")
    device = client_elsewhere()
    sign_in(device, owner.email)
    device.post("/accounts/logout/")
    assert "Too many attempts" in guess_repeatedly(device, other.email, 6)
    most = limits.ATTEMPTS_OF_DEVICE.maximum
    assert "Too many attempts" in guess_repeatedly(device, owner.email, most + 1)
    assert "Too many attempts" in sign_in(device, owner.email)


def test_a_forged_or_copied_device_cookie_is_ignored(owner: User) -> None:
    device = client_elsewhere()
    sign_in(device, owner.email)
    mark = device.cookies[settings.DEVICE_COOKIE_NAME].value
    for false in (f"{mark}x", mark.replace(":", "a:", 1), "x"):
        outsider = client_elsewhere()
        outsider.cookies[settings.DEVICE_COOKIE_NAME] = false
        assert "Too many attempts" in guess_repeatedly(outsider, owner.email, 6)
    cookie = device.cookies[settings.DEVICE_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    # A name with “__Host-” is taken for all of one host only.
    assert (cookie["path"], cookie["domain"]) == ("/", "")
    assert owner.email not in cookie.value
    assert owner.key not in cookie.value


def test_a_browser_is_a_known_device_of_five_users(owner: User) -> None:
    client = client_elsewhere()
    for _ in range(7):
        user = users.person("applicant")
        user.set_password(PASSWORD)
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True)
        sign_in(client, user.email)
        client.post("/accounts/logout/")
    assert len(devices._device_names(_request(client))) == 5


def _request(client: Client) -> HttpRequest:
    request = RequestFactory().get("/")
    request.COOKIES = {name: one.value for name, one in client.cookies.items()}
    return request


def count_guesses(email: str, networks: int, tries: int) -> int:
    """How many passwords are looked at, of so many tries from each network in a day."""
    looked_at = 0
    for number in range(networks):
        for _ in range(tries):
            try:
                attempts.begin(email, Origin(f"network {number}", ""), at=MOMENT)
            except TooOften:
                break
            looked_at += 1
    return looked_at


def test_attempts_from_many_networks_are_limited_more_strictly() -> None:
    email = "somebody@example.org"
    assert (
        count_guesses(email, networks=1, tries=100) == limits.FAILURES_WHEN_FEW.maximum
    )
    assert (
        count_guesses(email, networks=60, tries=100)
        <= 100 + 60 * limits.FAILURES_WHEN_MANY.maximum
    )
    # Whoever holds the account has tries of their own in a network not yet seen.
    attempts.begin(email, Origin("home", ""), at=MOMENT)


def test_refused_attempts_do_not_count_for_the_account() -> None:
    """Else one stranger, tireless enough, would take the tries of all others."""
    email = "somebody@example.org"
    for _ in range(20):
        count_guesses(email, networks=1, tries=25)
    failures = limits.used_count(limits.FAILURES_AT_ACCOUNT, email, at=MOMENT)
    assert failures == limits.FAILURES_WHEN_FEW.maximum


def test_a_right_password_is_not_counted(owner: User) -> None:
    client = client_elsewhere()
    previous = 0
    for _ in range(12):
        client.cookies.clear()
        assert sign_in(client, owner.email) == ""
        amounts = dict(Quota.objects.values_list("name", "amount"))
        # A minute ends now and then, and with it what is counted.
        attempts_now = amounts.pop(limits.ATTEMPTS_OF_NETWORK.name)
        assert attempts_now in (previous + 1, 1)
        assert set(amounts.values()) <= {0}
        previous = attempts_now


@pytest.mark.django_db(transaction=True)
def test_simultaneous_attempts_cannot_pass_the_limit() -> None:
    origin = Origin("network", "")
    outcomes = run_concurrently(
        [lambda: attempts.begin("a@example.org", origin, at=MOMENT)] * 20
    )
    assert sum(isinstance(one, TooOften) for one in outcomes) == 15


def test_a_limit_is_reset_after_its_window() -> None:
    origin = Origin("network", "")
    assert count_guesses("a@example.org", 1, 9) == 5
    attempts.begin("a@example.org", Origin("network 0", ""), at=moment_after(minutes=5))
    attempts.begin("a@example.org", origin, at=MOMENT)


def test_a_new_password_by_letter_resets_the_failures(
    owner: User,
) -> None:
    client = client_elsewhere()
    guess_repeatedly(client, owner.email)
    client.post("/accounts/password/reset/", {"email": owner.email})
    [link] = [w for w in mail.outbox[-1].body.split() if "/reset/key/" in w]
    path = "/" + link.split("/", 3)[3]
    form = client.get(path)["Location"]
    new_password = "another long pass phrase"
    client.post(form, {"password1": new_password, "password2": new_password})
    assert sign_in(client, owner.email, new_password) == ""
    assert "no longer works" in client.get(path).content.decode()


def test_letters_requested_by_others_do_not_use_up_the_owners_limit(
    owner: User,
) -> None:
    owner_client = client_elsewhere()
    sign_in(owner_client, owner.email)
    owner_client.post("/accounts/logout/")
    most = limits.LETTERS_TO_ADDRESS.maximum
    for _ in range(most):
        limits.consume(limits.LETTERS_TO_ADDRESS, owner.email, at=clock.now())
    for address, form in (
        ("/accounts/signup/", _sign_up_form(owner.email)),
        ("/accounts/password/reset/", {"email": owner.email}),
    ):
        page = client_elsewhere().post(address, form).content.decode()
        assert (
            "We have sent too many emails about this. You can ask for another" in page
        )
        assert f'value="{owner.email}"' in page
    assert not mail.outbox
    owner_client.post("/accounts/password/reset/", {"email": owner.email})
    assert len(mail.outbox) == 1


def _sign_up_form(email: str) -> dict[str, str]:
    return {"email": email, "name": "Some Body", "password1": "quite-a-long-one-31"}


def test_a_user_can_request_twenty_letters_a_day(
    owner: User,
) -> None:
    client = client_elsewhere()
    sign_in(client, owner.email)
    response = client.post("/accounts/email/", {"action_add": "", "email": "a@b.org"})
    client.post(response["Location"], {"password": PASSWORD})
    for _ in range(limits.LETTERS_OF_PERSON.maximum - 1):
        limits.consume(limits.LETTERS_OF_PERSON, owner.key, at=clock.now())
    before = len(mail.outbox)
    page = client.post("/accounts/email/", {"action_add": "", "email": "c@b.org"})
    assert "You can ask for another from" in page.content.decode()
    assert len(mail.outbox) == before
