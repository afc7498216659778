"""The letter to somebody who was given an account: how to choose a password."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse

from innovation.accounts.models import User


def send(user: User) -> None:
    """Goes through the outbox like every letter, with the row it is about."""
    address = settings.BASE_URL + reverse("account_reset_password")
    context = {"person": user, "address": address, "service": settings.SERVICE_NAME}
    text = render_to_string("accounts/invitation.txt", context)
    send_mail(f"Your account: {settings.SERVICE_NAME}", text, None, [user.email])
