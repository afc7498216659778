"""The page on which somebody confirms an address with the code sent to it."""

from allauth.account.adapter import get_adapter
from allauth.account.views import ConfirmEmailVerificationCodeView
from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from innovation.accounts.forms.sign_in import imitate_lookups
from innovation.accounts.page_access import EVERYBODY


@method_decorator(
    require_http_methods(["GET", "HEAD", "POST", "OPTIONS"]), name="dispatch"
)
class ConfirmEmail(ConfirmEmailVerificationCodeView):
    """Looks the same, and takes as long, if the address is that of another account."""

    policy = EVERYBODY

    def _resend_form_valid(self, form: object) -> HttpResponse:
        response: HttpResponse = super()._resend_form_valid(form)
        if self._process.user is None:
            get_adapter().send_account_already_exists_mail(self._process.email)
            imitate_lookups(3)
        return response
