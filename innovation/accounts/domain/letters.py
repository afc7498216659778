"""Letters about belonging to an organisation and about roles, through the outbox like
every mail.
"""

from collections.abc import Mapping

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from innovation.accounts.models import Membership, RoleGrant, RoleRequest, User


def tell(to: User, kind: str, membership: Membership, **facts: str) -> None:
    """`kind` names `templates/accounts/letters/<kind>.txt`: a subject, then the text.
    In the transaction of what the letter tells of.
    """
    about = {"membership": membership, "organisation": membership.organisation}
    _write(to, kind, {**about, **facts})


def tell_of_role(to: User, kind: str, about: RoleRequest | RoleGrant) -> None:
    """`about`: what was asked, or what somebody holds."""
    _write(to, kind, {"about": about})


def _write(to: User, kind: str, about: Mapping[str, object]) -> None:
    context = {
        "person": to,
        "service": settings.SERVICE_NAME,
        "base_url": settings.BASE_URL,
        **about,
    }
    written = render_to_string(f"accounts/letters/{kind}.txt", context)
    subject, _, text = written.strip().partition("\n")
    send_mail(subject.strip(), text.strip() + "\n", None, [to.email])
