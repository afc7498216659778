"""`manage.py add_administrator EMAIL`: the first administrators of a new service.

Two administrators can give roles on the pages. Use this command until there are two, or
if none can be reached.
"""

from argparse import ArgumentParser

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from innovation.accounts.domain import letters, people, role_requests
from innovation.accounts.models import User
from innovation.accounts.roles import Administrator
from innovation.audit.events import SERVICE
from innovation.core import clock
from innovation.core.errors import DomainError
from innovation.core.lines import plain_value


class Command(BaseCommand):
    help = (
        "Make somebody an administrator, and add them if they have no account. Print "
        "the link with which a new person chooses a password."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="the name that others see")
        parser.add_argument(
            "--because",
            default="",
            help="the reason; needed if two administrators could do it on the pages",
        )

    def handle(
        self, *args: object, email: str, name: str, because: str, **options: object
    ) -> None:
        if not because.strip() and _administrators().count() >= 2:
            raise CommandError(
                "There are two administrators, who can give the role on the person’s "
                "page. If neither can, say why with --because. We will write to all "
                "administrators."
            )
        try:
            address = plain_value(email).lower()
            validate_email(address)
            user, is_new = _add_administrator(address, name, because.strip())
        except ValidationError:
            raise CommandError(f"“{email}” is not an email address.") from None
        except DomainError as error:
            raise CommandError(error.sentence) from None
        self.stdout.write(f"{user.email} is now an administrator.")
        if is_new:
            self.stdout.write(
                "We have sent them a link. This one does the same and works once: they "
                "choose a password there, and set up a second factor when they sign in."
            )
            self.stdout.write(_password_link(user))


def _administrators() -> QuerySet[User]:
    return User.objects.filter(roles__contains=[Administrator.name], is_active=True)


@transaction.atomic
def _add_administrator(address: str, name: str, because: str) -> tuple[User, bool]:
    """The administrator, and whether they are new. Needs no permission: whoever can run
    the command has access to the database.
    """
    now = clock.now()
    administrators = list(_administrators())
    user = User.objects.filter(email=address).first()
    is_new = user is None
    if user is None:
        user = people.add(
            email=address,
            name=name,
            roles=[Administrator.name],
            reason=because,
            by=SERVICE,
            at=now,
            email_is_theirs=True,
        )
        grant = user.role_grants.get()
    else:
        grant = role_requests.give_by_service(
            user, role=Administrator.name, at=now, reason=because
        )
        user = grant.user
    for administrator in administrators:
        letters.send_about_role(administrator, "administrator_added", grant)
    return user, is_new


def _password_link(user: User) -> str:
    """The link of allauth's letter; it works until the password is set."""
    key = default_token_generator.make_token(user)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
    )
    return f"{settings.BASE_URL}{path}"
