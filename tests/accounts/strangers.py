"""What a stranger sends to learn whether an address has an account."""

import re
from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import get_hasher, make_password
from django.http import HttpResponse
from django.test import Client

from innovation.accounts.models import Standing
from tests import cast

PASSWORD = "a long enough pass phrase"
WHO = ("unknown", "confirmed", "unconfirmed", "staff", "added", "closed")
_number = count(1)


@cache
def _made(hasher: str) -> str:
    return make_password(PASSWORD, hasher=hasher)


def _hashed() -> str:
    """Made once: a thousand people are staged."""
    return _made(get_hasher().algorithm)


def address(who: str) -> str:
    """A new address each time, of the same length, that is what `who` says."""
    email = f"somebody{next(_number):08}@example.org"
    if who == "unknown":
        return email
    role = "official" if who in {"staff", "added"} else "applicant"
    user = cast.person(role, email=email)
    if who != "added":
        user.password = _hashed()
    user.is_active = who != "closed"
    user.save()
    if who not in {"unconfirmed", "added"}:
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return email


def browser() -> Client:
    """Each in a network of its own, or the limits would answer."""
    number = next(_number)
    return Client(
        REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    )


Ask = Callable[[], HttpResponse]


def sign_up(email: str) -> Ask:
    client = browser()
    form = {"email": email, "name": "Some Body", "password1": "quite-a-long-one-31"}
    return lambda: client.post("/accounts/signup/", form)


def sign_in(email: str) -> Ask:
    client = browser()
    form = {"login": email, "password": "not the pass phrase"}
    return lambda: client.post("/accounts/login/", form)


def reset(email: str) -> Ask:
    client = browser()
    return lambda: client.post("/accounts/password/reset/", {"email": email})


def see_code(email: str) -> Ask:
    client = _signed_up(email)
    return lambda: client.get("/accounts/confirm-email/")


def give_code(email: str) -> Ask:
    client = _signed_up(email)
    return lambda: client.post("/accounts/confirm-email/", {"code": "WRONG1"})


def resend_code(email: str) -> Ask:
    client = _signed_up(email)
    return lambda: client.post("/accounts/confirm-email/", {"action": "resend"})


def _signed_up(email: str) -> Client:
    client = browser()
    form = {"email": email, "name": "Some Body", "password1": "quite-a-long-one-31"}
    client.post("/accounts/signup/", form)
    return client


def invite(email: str) -> Ask:
    body = cast.organisation()
    client = browser()
    client.force_login(cast.applicant(body, Standing.ADMINISTRATOR))
    form = {"name": "A Colleague", "email": email, "standing": "viewer"}
    return lambda: client.post(f"/organisations/{body.key}/invite", form)


ASK: dict[str, Callable[[str], Ask]] = {
    one.__name__: one
    for one in (sign_up, sign_in, reset, see_code, give_code, resend_code, invite)
}


def seen(answer: HttpResponse, email: str) -> tuple[Any, ...]:
    """What of an answer could tell: all but what is drawn anew each time."""
    text = answer.content.decode().replace(email, "ADDRESS")
    text = re.sub(
        r'name="(csrfmiddlewaretoken|submission|writer)" value="[^"]*"', "", text
    )
    text = re.sub(r"<strong>[A-Z0-9-]{6,9}</strong>", "", text)
    place = re.sub(r"ORG-\w+-\w+", "ORG", answer.headers.get("Location", ""))
    return answer.status_code, place, text, sorted(answer.cookies)
