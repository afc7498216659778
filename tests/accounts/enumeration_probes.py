"""What a stranger sends to learn whether an address has an account."""

import re
from collections.abc import Callable
from functools import cache
from itertools import count

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import get_hasher, make_password
from django.http.response import HttpResponseBase
from django.test import Client

from innovation.accounts.models import Standing
from tests.factories import users

PASSWORD = "a long enough pass phrase"
ADDRESS_KINDS = ("unknown", "confirmed", "unconfirmed", "staff", "added", "closed")
_number = count(1)


@cache
def _hash_with(hasher: str) -> str:
    return make_password(PASSWORD, hasher=hasher)


def _password_hash() -> str:
    """Made once: a thousand people are staged."""
    return _hash_with(get_hasher().algorithm)


def create_address(kind: str) -> str:
    """A new address each time, of the same length, that is what `who` says."""
    email = f"somebody{next(_number):08}@example.org"
    if kind == "unknown":
        return email
    role = "official" if kind in {"staff", "added"} else "applicant"
    user = users.person(role, email=email)
    if kind != "added":
        user.password = _password_hash()
    user.is_active = kind != "closed"
    user.save()
    if kind not in {"unconfirmed", "added"}:
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return email


def new_client() -> Client:
    """Each in a network of its own, or the limits would answer."""
    number = next(_number)
    return Client(
        REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    )


Probe = Callable[[], HttpResponseBase]


def sign_up(email: str) -> Probe:
    client = new_client()
    form = {"email": email, "name": "Some Body", "password1": "quite-a-long-one-31"}
    return lambda: client.post("/accounts/signup/", form)


def sign_in(email: str) -> Probe:
    client = new_client()
    form = {"login": email, "password": "not the pass phrase"}
    return lambda: client.post("/accounts/login/", form)


def reset(email: str) -> Probe:
    client = new_client()
    return lambda: client.post("/accounts/password/reset/", {"email": email})


def see_code(email: str) -> Probe:
    client = _sign_up_client(email)
    return lambda: client.get("/accounts/confirm-email/")


def give_code(email: str) -> Probe:
    client = _sign_up_client(email)
    return lambda: client.post("/accounts/confirm-email/", {"code": "WRONG1"})


def resend_code(email: str) -> Probe:
    client = _sign_up_client(email)
    return lambda: client.post("/accounts/confirm-email/", {"action": "resend"})


def _sign_up_client(email: str) -> Client:
    client = new_client()
    form = {"email": email, "name": "Some Body", "password1": "quite-a-long-one-31"}
    client.post("/accounts/signup/", form)
    return client


def invite(email: str) -> Probe:
    organisation = users.organisation()
    client = new_client()
    client.force_login(users.applicant(organisation, Standing.ADMINISTRATOR))
    form = {"name": "A Colleague", "email": email, "standing": "viewer"}
    return lambda: client.post(f"/organisations/{organisation.key}/invite", form)


PROBES: dict[str, Callable[[str], Probe]] = {
    one.__name__: one
    for one in (sign_up, sign_in, reset, see_code, give_code, resend_code, invite)
}


def comparable_answer(answer: HttpResponseBase, email: str) -> tuple[object, ...]:
    """What of an answer could tell: all but what is drawn anew each time."""
    text = answer.getvalue().decode().replace(email, "ADDRESS")
    text = re.sub(
        r'name="(csrfmiddlewaretoken|submission|writer)" value="[^"]*"', "", text
    )
    text = re.sub(r"<strong>[A-Z0-9-]{6,9}</strong>", "", text)
    place = re.sub(r"ORG-\w+-\w+", "ORG", answer.headers.get("Location", ""))
    return answer.status_code, place, text, sorted(answer.cookies)
