"""Adapters: allauth's hooks into this service."""

from collections.abc import Iterator, Mapping
from typing import ClassVar
from urllib.parse import quote

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from innovation.accounts import devices, security_log
from innovation.accounts.domain import attempts, limits, people
from innovation.accounts.domain.limits import Limit
from innovation.accounts.models import User
from innovation.core import clock
from innovation.core.errors import TooOften
from innovation.core.lines import plain_value

WRONG_CODE_MESSAGE = "The code is wrong or has expired. Enter it again"
_REQUESTED_TEMPLATES = {
    f"account/email/{kind}"
    for kind in (
        "account_already_exists",
        "account_closed",
        "email_confirmation",
        "email_confirmation_signup",
        "password_reset_key",
        "unknown_account",
    )
}
"""Letters that anybody can request. The others follow an action of their recipient."""
_SESSION_HASH_KEY = "account_sign_in_begun"
"""The session key for the account's session hash when sign-in started."""


class AccountAdapter(DefaultAccountAdapter):
    error_messages: ClassVar[dict[str, str]] = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": "You have already added this email address",
        "email_password_mismatch": "The email address or password is wrong",
        "email_taken": "You cannot add this email address",
        "enter_current_password": "Your current password is wrong. Enter it again",
        "incorrect_code": WRONG_CODE_MESSAGE,
        "incorrect_password": "The password is wrong",
        "max_email_addresses": "You can only have %d email addresses. Remove one first",
        "same_as_current": "Enter a different email address",
        "too_many_login_attempts": (
            "Too many attempts. Wait 5 minutes and try again, or reset your password"
        ),
        "rate_limited": "Too many attempts. Wait a few minutes and try again",
    }

    @transaction.atomic
    def save_user(
        self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True
    ) -> User:
        """Sign up a person. They get only the role of an applicant."""
        super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data["name"].strip()
        return people.join(user, at=clock.now())

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Count the attempt with our own limits: those of the library would let a
        stranger lock people out.
        """
        email = credentials.get("email", "")
        try:
            self._attempt = attempts.begin(
                email, self._origin(request, email), at=clock.now()
            )
        except TooOften as error:
            security_log.record_excess(request, email)
            sentence = f"{error.sentence}, or reset your password"
            raise ValidationError(sentence, code="too_many_login_attempts") from None

    def _rollback_login_failed_rl_usage(self) -> None:
        self._attempt.give_back()

    def _delete_login_attempts_cached_email(
        self, request: HttpRequest, **credentials: str
    ) -> None:
        email = credentials["email"]
        attempts.clear_failures(email, self._origin(request, email))

    def _origin(self, request: HttpRequest, email: str) -> attempts.Origin:
        """Where an attempt comes from. A user who is signed in has a known device."""
        user = request.user
        device = (
            user.key if user.is_authenticated else devices.device_name(request, email)
        )
        return attempts.Origin(get_ip(request), device)

    def clean_email(self, email: str) -> str:
        """Check an address to which a letter will be sent."""
        if plain_value(email) != email:
            raise ValidationError("Enter the email address on one line", code="invalid")
        try:
            for limit, subject in self._letter_limits(email):
                limits.require_available(limit, subject, at=clock.now())
        except TooOften as error:
            security_log.record_excess(self.request, email)
            raise ValidationError(error.sentence, code="rate_limited") from None
        return email

    def send_mail(
        self, template_prefix: str, email: str, context: Mapping[str, object]
    ) -> None:
        """Send a letter of allauth. Its links start with the setting `BASE_URL`, not
        with the host of the request.
        """
        if template_prefix in _REQUESTED_TEMPLATES:
            for limit, subject in self._letter_limits(email):
                limits.consume(limit, subject, at=clock.now())
        super().send_mail(
            template_prefix, email, {**context, "base_url": settings.BASE_URL}
        )

    def _letter_limits(self, email: str) -> Iterator[tuple[Limit, str]]:
        """The limits for a letter to an address that somebody entered. A known device
        of its holder is not affected by what others request.
        """
        user = self.request.user
        device = devices.device_name(self.request, email)
        if device and not user.is_authenticated:
            yield limits.LETTERS_OF_DEVICE, device
            return
        yield limits.LETTERS_TO_ADDRESS, email.lower()
        if user.is_authenticated:
            yield limits.LETTERS_OF_PERSON, user.key
        else:
            yield limits.LETTERS_OF_NETWORK, get_ip(self.request)

    def get_reset_password_from_key_url(self, key: str) -> str:
        parts = {"uidb36": "UID", "key": "KEY"}
        path = reverse("account_reset_password_from_key", kwargs=parts)
        return settings.BASE_URL + path.replace("UID-KEY", quote(key))

    def is_safe_url(self, url: str) -> bool:
        """`next` may only lead to this host, not to others in `ALLOWED_HOSTS`."""
        return bool(
            url_has_allowed_host_and_scheme(
                url, {self.request.get_host()}, require_https=self.request.is_secure()
            )
        )

    def pre_login(
        self, request: HttpRequest, user: User, **kwargs: object
    ) -> HttpResponse | None:
        request.session[_SESSION_HASH_KEY] = user.get_session_auth_hash()
        response: HttpResponse | None = super().pre_login(request, user, **kwargs)
        return response

    def login(self, request: HttpRequest, user: User) -> None:
        """Runs after the code and the second factor. Meanwhile the account may have
        been deactivated, or its password changed.
        """
        hash_at_start = request.session.pop(_SESSION_HASH_KEY, "")
        user.refresh_from_db()
        if not user.is_active or hash_at_start != user.get_session_auth_hash():
            raise ImmediateHttpResponse(HttpResponseRedirect(reverse("account_login")))
        super().login(request, user)

    def post_login(
        self,
        request: HttpRequest,
        user: User,
        email: str | None = None,
        **kwargs: object,
    ) -> HttpResponse:
        response: HttpResponse = super().post_login(
            request, user, email=email, **kwargs
        )
        devices.remember_device(request, response, email or user.email)
        return response


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, str]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": WRONG_CODE_MESSAGE,
        "unverified_email": "Confirm your email address first",
    }
