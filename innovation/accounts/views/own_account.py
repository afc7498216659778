"""Pages for changing one's own account."""

from typing import Never

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import logout

from innovation.accounts.domain import people
from innovation.accounts.domain.queries import role_grants
from innovation.accounts.forms.person import OwnNameForm
from innovation.accounts.page_access import SIGNED_IN
from innovation.accounts.roles import ROLES
from innovation.core import clock
from innovation.core.rows import lock_row
from innovation.web import pages


class Account(pages.Page):
    policy = SIGNED_IN
    title = "Your account"
    template_name = "accounts/account.html"

    def context(self) -> dict[str, object]:
        ending_grants = role_grants.ending_grants_of(self.user)
        return {
            "second_step": is_mfa_enabled(self.user),
            "roles": [
                (ROLES[name].title, ending_grants.get(name))
                for name in self.user.roles_in_force
            ],
        }


class Name(pages.EditPage[Never, OwnNameForm]):
    policy = SIGNED_IN
    back = "accounts:account"
    title = "Change your name"
    form_class = OwnNameForm
    submit_label = "Save"
    success_message = "Your name was changed"

    def check(self) -> None:
        self.person = self.user

    def lock(self) -> None:
        self.person = lock_row(self.user)

    def saved_values(self) -> dict[str, object]:
        return {"name": self.person.name}

    def perform(self, form: OwnNameForm) -> pages.Destination:
        name = form.cleaned_data["name"]
        people.rename(self.user, name=name, by=self.user, at=clock.now())
        return self.back_url()


class SignOutEverywhere(pages.ActionPage):
    policy = SIGNED_IN
    back = "accounts:account"
    title = "Sign out everywhere"
    explanation = (
        "You will be signed out here and in every other browser. Links we have sent "
        "you to choose a new password will stop working."
    )
    submit_label = "Sign out everywhere"
    success_message = "You are signed out everywhere"

    def perform(self) -> pages.Destination:
        people.sign_out_everywhere(self.user, by=self.user, at=clock.now())
        logout(self.request)
        return "/"
