"""Pages for changing one's own account."""

from typing import Never

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout

from innovation.accounts.domain import people
from innovation.accounts.domain.queries import role_grants
from innovation.accounts.forms.person import OwnNameForm, RemindersForm
from innovation.accounts.page_access import SIGNED_IN, permission_required
from innovation.accounts.roles import ROLES, Permission
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
            "gets_reminders": self.user.may(Permission.APPLY),
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


class Reminders(pages.FormPage[Never, RemindersForm]):
    """Says which letters come before a deadline; turns them on or off."""

    policy = permission_required(Permission.APPLY)
    back = "accounts:account"
    title = "Reminders before a deadline"
    template_name = "accounts/reminders.html"
    form_class = RemindersForm
    submit_label = "Save"

    def perform(self, form: RemindersForm) -> pages.Destination:
        wanted = form.cleaned_data["wanted"] == "yes"
        people.choose_reminders(self.user, wanted=wanted, by=self.user, at=clock.now())
        state = "on" if wanted else "off"
        messages.success(self.request, f"Reminders are {state}")
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
