"""Letters about accounts, organisations and roles, through the outbox."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from innovation.accounts.models import Membership, RoleGrant, RoleRequest, User


def send(kind: str, *, to: str, **facts: object) -> None:
    """Queue `templates/accounts/letters/<kind>.txt` (a subject, then the text), in the
    transaction of the change that it is about.
    """
    context = {"service": settings.SERVICE_NAME, "base_url": settings.BASE_URL, **facts}
    rendered = render_to_string(f"accounts/letters/{kind}.txt", context)
    subject, _, text = rendered.strip().partition("\n")
    send_mail(subject.strip(), text.strip() + "\n", None, [to])


def send_about_membership(
    to: User, kind: str, membership: Membership, **facts: object
) -> None:
    send(
        kind,
        to=to.email,
        person=to,
        membership=membership,
        organisation=membership.organisation,
        **facts,
    )


def send_about_role(
    to: User, kind: str, request_or_grant: RoleRequest | RoleGrant
) -> None:
    """Queue a letter about a role request or a grant."""
    send(kind, to=to.email, person=to, about=request_or_grant)
