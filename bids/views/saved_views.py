"""The saved views of the list of cases."""

from typing import Any, Never

from django.urls import reverse

from bids import saved_view_policies
from bids.domain import saved_views
from bids.forms.saved_view import SavedViewForm
from bids.models import SavedView
from innovation.accounts.page_access import permission_required
from innovation.accounts.roles import Permission
from innovation.core import clock
from innovation.core.parameters import single_values
from innovation.web import pages
from innovation.web.idempotency import Destination

READ = permission_required(Permission.READ_CASES)


class SavedViews(pages.Page):
    policy = READ
    back = "bids:cases"
    title = "Saved views"
    template_name = "bids/department/saved_views.html"

    def context(self) -> dict[str, object]:
        views = list(saved_view_policies.saved_views_for(self.user))
        return {
            "own_views": [view for view in views if view.owner == self.user],
            "shared_views": [view for view in views if view.owner != self.user],
        }


class SaveView(pages.FormPage[Never, SavedViewForm]):
    """The filters to save are those in its address."""

    policy = READ
    back = "bids:cases"
    title = "Save this view"
    form_class = SavedViewForm
    submit_label = "Save the view"
    success_message = "The view is saved"

    def form_options(self) -> dict[str, Any]:
        return {"may_share": saved_view_policies.shares_views(self.user)}

    def back_url(self) -> str:
        return f"{reverse('bids:cases')}?{self._query}"

    def perform(self, form: SavedViewForm) -> Destination:
        saved_views.save(
            name=form.cleaned_data["name"],
            params=single_values(self.request.GET),
            shared=form.cleaned_data.get("shared", False),
            by=self.user,
            at=clock.now(),
        )
        return self.back_url()

    @property
    def _query(self) -> str:
        return saved_views.query_of(single_values(self.request.GET))


class DeleteView(pages.ActionPage[SavedView]):
    policy = READ
    scope = staticmethod(saved_view_policies.own_saved_views)
    back = "bids:saved-views"
    title = "Delete this view"
    explanation = "Whoever uses it will no longer find it. The cases stay as they are."
    submit_label = "Delete the view"
    warning = True
    success_message = "The view is deleted"
    step = saved_views.delete
