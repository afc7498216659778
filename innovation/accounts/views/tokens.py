"""Pages of one's own API tokens."""

from typing import Never

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from innovation.accounts import policies
from innovation.accounts.domain import tokens
from innovation.accounts.forms.token import TokenForm
from innovation.accounts.models import ApiToken
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import Invalid
from innovation.web import pages
from innovation.web.forms import add_problems


class Tokens(pages.Page):
    policy = permission_required(Permission.USE_API)
    title = "API tokens"
    template_name = "accounts/tokens.html"

    def context(self) -> dict[str, object]:
        tokens = policies.tokens_for(self.user)
        return {"tokens": list(tokens), "now": clock.now()}


class MakeToken(pages.FormPage[Never, TokenForm]):
    """Shows the token in the response in place of a redirect, because it is stored
    nowhere.
    """

    policy = permission_required(Permission.USE_API)
    back = "accounts:tokens"
    title = "Make an API token"
    form_class = TokenForm
    submit_label = "Make the token"

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        form = TokenForm(request.POST)
        if not form.is_valid():
            return self.show_form(form, status=422)
        try:
            token_page = self.make(form)
        except Invalid as wrong:
            add_problems(form, wrong)
            return self.show_form(form, status=422)
        context = {
            "api_token": token_page[0],
            "token": token_page[1],
            "title": "Your new API token",
        }
        response = render(request, "accounts/new_token.html", context)
        response["Cache-Control"] = "no-store"
        return response

    def make(self, form: TokenForm) -> tuple[ApiToken, str]:
        now = clock.now()
        return tokens.make(
            user=self.user,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=now + form.lifetime(),
            by=self.user,
            at=now,
        )


class RevokeToken(pages.ActionPage[ApiToken]):
    policy = permission_required(Permission.USE_API)
    scope = staticmethod(policies.tokens_for)
    back = "accounts:tokens"
    title = "Revoke this token"
    explanation = "Programs that use it will stop working at once."
    submit_label = "Revoke the token"
    warning = True
    success_message = "The token was revoked"
    step = tokens.revoke
