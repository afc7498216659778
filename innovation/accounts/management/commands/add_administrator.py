"""`manage.py add_administrator EMAIL`: the first administrator of a new service."""

from argparse import ArgumentParser
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.urls import reverse

from innovation.accounts.domain import people
from innovation.accounts.models import User
from innovation.accounts.roles import Administrator
from innovation.audit.events import SERVICE
from innovation.core import clock
from innovation.core.errors import DomainError


class Command(BaseCommand):
    help = (
        "Make somebody an administrator, adding them if they are not here yet, and "
        "print the link with which a new person chooses a password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="shown beside what they do")

    def handle(self, *args: Any, email: str, name: str, **options: Any) -> None:
        try:
            validate_email(email.strip())
            user, new = _administrator(email.strip().lower(), name)
        except ValidationError:
            raise CommandError(f"“{email}” is not an email address.") from None
        except DomainError as error:
            raise CommandError(error.sentence) from None
        self.stdout.write(f"{user.email} is an administrator now.")
        if new:
            self.stdout.write(
                "A letter is on its way to them. This link, good once, does the same: "
                "they choose a password there and set up a second factor at sign-in."
            )
            self.stdout.write(_link(user))


def _administrator(address: str, name: str) -> tuple[User, bool]:
    """Whoever may run this already holds the database: no role is asked of them."""
    now = clock.now()
    found = User.objects.filter(email=address).first()
    if found is not None:
        return people.give_role(
            found, role=Administrator.name, by=SERVICE, at=now
        ), False
    return people.add(
        email=address,
        name=name,
        roles=[Administrator.name],
        by=SERVICE,
        at=now,
        email_is_theirs=True,
    ), True


def _link(user: User) -> str:
    """As allauth writes it in its letter; it ends when the password is set."""
    key = default_token_generator.make_token(user)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
    )
    return f"{settings.BASE_URL}{path}"
