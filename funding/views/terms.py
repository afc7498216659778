"""Pages of terms and conditions: published by the grant manager, read with an offer."""

from typing import Never

from django.db.models import QuerySet
from django.urls import reverse

from funding import policies
from funding.domain import terms
from funding.forms.terms import PublishForm
from funding.models import Award, Terms
from funding.views.awards import AWARD_READER, GRANT_MANAGER
from funding.views.grants import GRANT_HOLDER
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.errors import TooLate
from innovation.web import pages


class AllTerms(pages.ListPage[Terms]):
    policy = AWARD_READER
    scope = policies.terms_for
    title = "Terms and conditions"
    template_name = "funding/department/terms.html"
    ordering = ("-published_at", "-id")
    back = "funding:awards"

    def rows_in_scope(self) -> QuerySet[Terms]:
        return super().rows_in_scope().select_related("round", "published_by")

    def context(self) -> dict[str, object]:
        return {"may_publish": self.user.may(Permission.MANAGE_GRANTS)}


class TermsPage(pages.DetailPage[Terms]):
    policy = AWARD_READER
    scope = policies.terms_for
    template_name = "funding/department/terms_version.html"
    back = "funding:terms"

    def rows_in_scope(self) -> QuerySet[Terms]:
        return super().rows_in_scope().select_related("round", "published_by")

    def page_title(self) -> str:
        return f"Terms and conditions: {self.object}"


class Publish(pages.FormPage[Never, PublishForm]):
    policy = GRANT_MANAGER
    title = "Publish terms and conditions"
    form_class = PublishForm
    submit_label = "Publish"
    success_message = "The terms and conditions are published"
    back = "funding:terms"

    def perform(self, form: PublishForm) -> pages.Destination:
        version = terms.publish(**form.cleaned_data, by=self.user, at=clock.now())
        return reverse("funding:terms-version", args=[version.key])


class GrantTerms(pages.DetailPage[Award]):
    """The version that the holder’s own offer has."""

    policy = GRANT_HOLDER
    scope = policies.own_awards
    object_page = "funding:grant"
    title = "Terms and conditions"
    template_name = "funding/applicant/grant_terms.html"

    def rows_in_scope(self) -> QuerySet[Award]:
        related = ("lead", "round", "offer__terms", "offer__answered_by")
        return super().rows_in_scope().select_related(*related)

    def check(self) -> None:
        offer = getattr(self.object, "offer", None)
        if offer is None or offer.terms is None:
            raise TooLate("This grant was offered without terms and conditions.")
