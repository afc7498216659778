"""A few pages with every kind of field: what the tests of the page bases drive.

They stand on the forms' own table, `Submission`, so that they need no app's models.
"""

from datetime import UTC, datetime
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.urls import include, path

from innovation.accounts.models import User
from innovation.core.access import EVERYBODY, SIGNED_IN, Policy
from innovation.core.errors import Invalid, NotAllowed, TooLate
from innovation.core.models import Submission
from innovation.core.money import Money
from innovation.web import forms, pages

NOBODY = Policy("nobody", lambda user: False)
COUNCILS = [(name[:3], name) for name in ("Derbyshire", "Devon", "Doncaster")]
COLOURS = [("red", "Red"), ("green", "Green"), ("other", "Another colour")]


def all_rows(user: Any) -> QuerySet[Submission]:
    return Submission.objects.all()


def visible_rows(user: Any) -> QuerySet[Submission]:
    return Submission.objects.exclude(token__startswith="hidden")


def users(user: Any) -> QuerySet[User]:
    return User.objects.filter(pk=user.pk)


class EveryField(forms.Form):
    name = forms.TextField(
        label="What is the project called?",
        help_text="The name people know it by",
        missing="Enter the name of the project",
    )
    summary = forms.LongTextField(
        label="Summary", max_words=20, missing="Enter a summary"
    )
    email = forms.EmailField(label="Email address", required=False)
    amount = forms.MoneyField(label="How much funding do you need?")
    colour = forms.ChoiceField(
        COLOURS,
        label="Which colour is it?",
        missing="Select a colour",
        reveals={"other": ["colour_text"]},
        choice_hints={"red": "Like a post box"},
    )
    colour_text = forms.TextField(label="Name of the colour", required=False)
    needs = forms.MultipleChoiceField(
        COLOURS, label="Which do you need?", missing="Select what you need"
    )
    place = forms.ChoiceField(
        COLOURS, label="Place", select=True, missing="Select a place"
    )
    council = forms.ChoiceField(
        COUNCILS, label="Council", autocomplete=True, required=False
    )
    starts = forms.DateField(
        label="When does it start?", missing="Enter the date it starts"
    )
    people = forms.WholeNumberField(label="How many people?", min_value=1)
    paper = forms.FileField(label="Upload the plan", required=False)
    agreed = forms.TickField(
        label="The director has agreed", missing="Confirm that the director has agreed"
    )


class NameForm(forms.Form):
    token = forms.TextField(label="Name", missing="Enter a name")


class Filter(forms.FilterForm):
    q = forms.TextField(label="Name", required=False)
    since = forms.DateField(label="Since", required=False)


class Front(pages.Page):
    policy = EVERYBODY
    template_name = "web/action.html"
    title = "The front"
    explanation = "Plain"

    def context(self) -> dict[str, Any]:
        return {"submit_label": "Go on"}


class Rows(pages.ListPage):
    policy = SIGNED_IN
    template_name = "web/list.html"
    title = "Rows"
    scope = staticmethod(visible_rows)
    ordering = ("-at", "token")
    size = 3
    filter_form = Filter

    def narrow(self, rows: Any, filters: dict[str, Any]) -> Any:
        if filters.get("q"):
            rows = rows.filter(token__icontains=filters["q"])
        return rows


class Detail(pages.DetailPage):
    policy = SIGNED_IN
    template_name = "web/action.html"
    scope = staticmethod(visible_rows)
    lookup = "token"

    def page_title(self) -> str:
        return str(self.object.token)


class Case(pages.DetailPage):
    """Looked up by a key that no row has."""

    policy = SIGNED_IN
    template_name = "web/action.html"
    scope = staticmethod(users)

    def page_title(self) -> str:
        return str(self.object)


class Everything(pages.FormPage):
    policy = SIGNED_IN
    title = "Every field"
    form_class = EveryField

    def perform(self, form: django_forms.Form) -> pages.Destination:
        if form.cleaned_data["amount"] > Money.pounds(1000):
            raise Invalid.field("amount", "The call gives £1,000 or less")
        return "/rows"


class Add(pages.FormPage):
    policy = SIGNED_IN
    title = "Add a row"
    form_class = NameForm
    submit_label = "Add"
    success_message = "The row was added"

    def back_url(self) -> str:
        return "/rows"

    def perform(self, form: django_forms.Form) -> pages.Destination:
        name = form.cleaned_data["token"]
        if name == "late":
            raise TooLate("The round has closed.")
        if name == "forbidden":
            raise NotAllowed("Only the lead may do this.")
        if name == "wrong":
            raise Invalid({"token": ["Choose another name"], None: ["Full up"]})
        at = datetime(2015, 2, 28, tzinfo=UTC)
        Submission.objects.create(token=name, address="made", at=at)
        return "/rows"


class AddressForm(forms.Form):
    address = forms.TextField(label="Address", missing="Enter an address")


def change_address(row: Submission, *, address: str, by: User, at: datetime) -> None:
    row.address = f"{address} by {by.email}"
    row.save()


class ChangeAddress(pages.StepPage[Submission, AddressForm]):
    policy = SIGNED_IN
    scope = staticmethod(visible_rows)
    lookup = "token"
    object_page = "row"
    title = "Change the address"
    form_class = AddressForm
    success_message = "The address was changed"
    step = change_address


class Remove(pages.ActionPage):
    policy = SIGNED_IN
    scope = staticmethod(visible_rows)
    lookup = "token"
    title = "Remove the row"
    explanation = "It will be gone."
    submit_label = "Remove"
    warning = True

    def perform(self) -> pages.Destination:
        self.object.delete()
        return "/rows"


PAGE_FRAME = """
{% extends "base.html" %}
{% block content %}
<h1 class="govuk-heading-l">{{ title }}</h1>
{% include "components/sub_navigation.html" with items=places %}
<h2 class="govuk-heading-m">Facts</h2>
{% jinja "summary_list.html" rows=facts %}
<h2 class="govuk-heading-m">History</h2>
{% jinja "timeline.html" items=history %}
{% govuk "inset-text" text="Something to know" %}
{{ "New"|tag:"green" }} {% state_tag state %}
{% include "components/pagination.html" %}
{% endblock %}
"""


class PageFrame(Front):
    title = "PageFrame"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        context = {
            "title": self.title,
            "back_url": "/rows",
            "places": [
                {"label": "Case", "href": "/furniture", "current": True},
                {"label": "Letters", "href": "/rows"},
            ],
            "facts": [
                {"label": "Lead", "value": "Doncaster Trust", "href": "/rows"},
                {"label": "Amount", "value": Money.pounds(1000)},
                {"label": "Ended", "value": None},
            ],
            "history": [
                {
                    "title": "Submitted",
                    "by": "Jo",
                    "at": datetime(2015, 2, 28, 12, tzinfo=UTC),
                    "text": "Two\nlines",
                },
                {"title": "Written", "at": datetime(2015, 2, 27, tzinfo=UTC)},
            ],
            "state": ("Taken forward", "blue"),
            "pagination": {"next_query": "?after=x", "previous_query": "?before=x"},
        }
        messages.success(request, "It was done")
        messages.info(request, "Something else happened")
        content = Template(PAGE_FRAME.strip()).render(RequestContext(request, context))
        return HttpResponse(content)


class ForbiddenPage(Front):
    policy = NOBODY


class TooLatePage(Front):
    def check(self) -> None:
        raise TooLate("Too late to look.")


class FailingPage(Front):
    def context(self) -> dict[str, Any]:
        raise RuntimeError("broken")


urlpatterns = [
    path("", Front.as_view(), name="front"),
    path("rows", Rows.as_view(), name="rows"),
    path("rows/add", Add.as_view(), name="add"),
    path("rows/<str:token>", Detail.as_view(), name="row"),
    path("rows/<str:token>/address", ChangeAddress.as_view(), name="address"),
    path("rows/<str:token>/remove", Remove.as_view(), name="remove"),
    path("cases/<str:key>", Case.as_view(), name="case"),
    path("everything", Everything.as_view(), name="everything"),
    path("closed", ForbiddenPage.as_view(), name="closed"),
    path("checked", TooLatePage.as_view(), name="checked"),
    path("furniture", PageFrame.as_view(), name="furniture"),
    path("broken", FailingPage.as_view(), name="broken"),
    path("", include("innovation.urls")),
]
handler400 = "innovation.web.errors.bad_request"
handler403 = "innovation.web.errors.forbidden"
handler404 = "innovation.web.errors.not_found"
handler500 = "innovation.web.errors.server_error"
