"""The seven page classes. Every page of the service is a subclass of one of them.

Every page has a `policy`. A page about one object also has a `scope`, the rows that its
user may know of, and finds the object there by `key`: outside it is a 404. What the
user may see but not do is refused by `check` or by the domain call, with a 403.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from typing_extensions import TypeVar

from innovation.core import clock, constraints, limits
from innovation.core.errors import (
    DomainError,
    Invalid,
    NotAllowed,
    TooMuch,
    TooOften,
    Unavailable,
)
from innovation.web import (
    child_data_warnings,
    errors,
    idempotency,
    json_requests,
    rate_limits,
    sessions,
    unsent_forms,
    versions,
)
from innovation.web.base import NOT_KEPT_MESSAGE, T
from innovation.web.base import Page as Page
from innovation.web.forms.options import Files
from innovation.web.forms.problems import add_problems
from innovation.web.idempotency import Destination as Destination
from innovation.web.list_page import Filters as Filters
from innovation.web.list_page import ListPage as ListPage

_INTERNAL_FIELDS = {"csrfmiddlewaretoken", unsent_forms.FIELD, versions.FIELD}


F = TypeVar("F", bound=BaseForm, default=Any)
"""The form of a page."""


class DetailPage(Page[T]):
    """A page about one object."""


class FormPage(Page[T], Generic[T, F]):
    """Shows a form; a valid form makes one domain call and redirects.

    A change goes from `post` by `idempotency.perform_once` to `_perform`, `perform` and
    the domain. Errors of the domain or of a constraint are shown in the form with
    everything that was typed; a 403 or 409 is a page of its own. Values of `initial`
    are suggestions; saved values belong on an `EditPage`.
    """

    template_name: ClassVar[str] = "web/form.html"
    form_class: type[F]
    submit_label: ClassVar[str] = "Continue"
    success_message: ClassVar[str] = ""
    bound_form: F
    """The form with the data that was sent."""
    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        """Fill in what was sent after the session had ended, to be sent again."""
        post = unsent_forms.latest(request)
        if post is None:
            return self.show_form(self.form())
        return self.show_form(self.form(unsent_forms.form_data(post)), unsent=post)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        if unsent_forms.writer_key(request) not in {"", getattr(self.user, "key", "")}:
            return refuse_other_person(request)
        self.bound_form = self.form(request.POST, request.FILES)
        if self.bound_form.is_valid():
            try:
                count_change(request)
                address = idempotency.perform_once(request, self._perform)
            except (Invalid, IntegrityError) as error:
                add_problems(self.bound_form, constraints.as_invalid(error))
            except (TooOften, TooMuch) as error:
                return self.show_refused(self.bound_form, error)
            else:
                sessions.extend_if_due(request, clock.now())
                return _redirect_after(request, address, self.success_message)
        else:
            self._warn_of_child_data()
        if earlier_url := idempotency.earlier_address(request):
            return redirect(earlier_url)
        return self.show_form(self.bound_form, status=422)

    def _perform(self) -> Destination:
        destination = self.perform(self.bound_form)
        self._warn_of_child_data()
        unsent_forms.delete(self.request)
        return destination

    def perform(self, form: F) -> Destination:
        """Make the domain call, and return where to go next."""
        raise NotImplementedError

    def initial(self) -> Mapping[str, object]:
        return {}

    def form_options(self) -> dict[str, Any]:
        """Options of the form's constructor, such as a scope."""
        return {}

    def show_refused(self, form: BaseForm, error: DomainError) -> HttpResponse:
        """The form with everything that was typed, to send later or to shorten."""
        if json_requests.is_json_request(self.request):
            return errors.json_error(error)
        files = " Add your files again." if self.request.FILES else ""
        form.add_error(None, f"{error.sentence}{files}")
        page = self.show_form(form, status=error.status)
        return errors.with_retry_after(page, error.retry_after)

    def show_outage(self, outage: Unavailable) -> HttpResponse:
        """Show the form again if possible."""
        request = self.request
        can_show_form = request.method == "POST" and not json_requests.is_json_request(
            request
        )
        if not can_show_form or not outage.pages_work:
            return super().show_outage(outage)
        form = self.form(request.POST, request.FILES)
        form.is_valid()
        return self.show_refused(form, outage)

    def _warn_of_child_data(self) -> None:
        child_data_warnings.notify_listeners(
            self.user,
            self.bound_form,
            self.object,
            unsent_forms.page_token(self.request),
        )

    def form(self, data: QueryDict | None = None, files: Files | None = None) -> F:
        """The form: bound to `data`, or with initial values."""
        return self.form_class(
            data, files, initial=dict(self.initial()), **self.form_options()
        )

    def show_form(
        self, form: BaseForm, status: int = 200, **more: object
    ) -> HttpResponse:
        sent_token = form.data.get(idempotency.FIELD, "") if form.is_bound else ""
        page = self.show(
            status,
            form=form,
            submit_label=self.submit_label,
            submission=sent_token or idempotency.new_token(),
            writer=unsent_forms.writer_token(self.request),
            session_ends=sessions.ends_at(self.request),
            session_seconds=sessions.seconds_left(self.request, clock.now()),
            **more,
        )
        # Not “no-store”: the browser would then lose what was typed when somebody
        # follows a link and comes back. Signing out clears its cache.
        page.headers.setdefault("Cache-Control", "private, no-cache")
        return page


class StepPage(FormPage[T, F]):
    """A step of one object, with a form: a reason, a confirmation.

    `step` is the domain's function. It gets the object, the form's fields by name, `by`
    and `at`. Then the user is redirected to the object's page.
    """

    step: ClassVar[Callable[..., object]]

    def perform(self, form: F) -> Destination:
        step = type(self).step
        step(self.object, **form.cleaned_data, by=self.user, at=clock.now())
        return self.back_url()


class EditPage(StepPage[T, F]):
    """A step whose form shows saved values and changes them.

    The form is sent with the values it showed. Under the lock they are compared with
    the saved values. In the form that `perform` gets, fields that the user did not
    change have the saved values, and `changed_fields` names the others. If two people
    changed the same field, nothing is saved until the second one has chosen.
    """

    confirms_unchanged: ClassVar[bool] = False
    """Whether sending the form also confirms the fields that were not changed."""
    changed_fields: frozenset[str] = frozenset()
    version: versions.Version

    def saved_values(self) -> Mapping[str, object]:
        """The saved values by field."""
        raise NotImplementedError

    def lock(self) -> None:
        """Take the same lock as the domain call, and read the object again."""
        raise NotImplementedError

    def group_title(self, name: str) -> str:
        """The title of the group of a field that can only be saved with others."""
        return ""

    def initial(self) -> Mapping[str, object]:
        return self.saved_values()

    def form(self, data: QueryDict | None = None, files: Files | None = None) -> F:
        unbound = super().form()
        if data is None:
            values = versions.field_values(unbound, unbound.initial)
            self.version = versions.Version(values)
            return unbound
        text = data.get(versions.FIELD, "")
        self.version = versions.Version.from_signed(self.request, text, unbound)
        sent_data = versions.complete_data(
            unbound, data, self.version, self.group_title
        )
        return super().form(sent_data, files)

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        try:
            return super().post(request, **kwargs)
        except versions.EditConflict as conflict:
            return self.show_conflict(conflict)

    @transaction.atomic
    def _perform(self) -> Destination:
        self.lock()
        current = self.saved_values()
        merged = versions.merge(
            self.bound_form,
            current,
            self.version,
            self.group_title,
            confirms_unchanged=self.confirms_unchanged,
        )
        self.changed_fields = merged.changed_fields
        self.bound_form = super().form(merged.data)
        self.version = versions.Version(versions.field_values(self.bound_form, current))
        if not self.bound_form.is_valid():
            raise Invalid({})  # The form says what is wrong.
        return super()._perform()

    def show_conflict(self, conflict: versions.EditConflict) -> HttpResponse:
        """Show the seen, saved and typed values. Nothing is saved yet."""
        posted = self.request.POST if self.version.asked_values else None
        context = {
            "page": self,
            "title": "Somebody else changed this while you were writing",
            "about": self.page_title(),
            "subject": self.subject,
            "back_url": self.back_url(),
            "form": versions.ChoiceForm(conflict.conflicts, posted),
            "hidden_fields": conflict.hidden_fields(_INTERNAL_FIELDS),
            "version": conflict.version.signed(self.request),
            "writer": unsent_forms.writer_token(self.request),
        }
        page = render(self.request, "web/edit_conflict.html", context, status=409)
        page.headers.setdefault("Cache-Control", "private, no-cache")
        return page

    def show_form(
        self, form: BaseForm, status: int = 200, **more: object
    ) -> HttpResponse:
        version = self.version.signed(self.request)
        return super().show_form(form, status, version=version, **more)


class ActionPage(Page[T]):
    """Explains what will happen, with a button that makes one domain call.

    A `StepPage` without fields. Define `perform` if `step` is not enough.
    """

    template_name: ClassVar[str] = "web/action.html"
    explanation: ClassVar[str] = ""
    submit_label: ClassVar[str] = "Confirm"
    warning: ClassVar[bool] = False
    success_message: ClassVar[str] = ""
    step: ClassVar[Callable[..., object]]
    http_method_names = ["get", "head", "post", "options"]

    def perform(self) -> Destination:
        type(self).step(self.object, by=self.user, at=clock.now())
        return self.back_url()

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        return self.show(
            submission=idempotency.new_token(), submit_label=self.submit_label
        )

    def post(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        count_change(request)
        return _redirect_after(
            request,
            idempotency.perform_once(request, self.perform),
            self.success_message,
        )


def count_change(request: HttpRequest) -> None:
    """Count a form against the limit on changes of its sender."""
    rate_limits.require_within_limit(
        request, "forms", limit=limits.CHANGES_A_PERSON, window=limits.CHANGES_WINDOW
    )


def refuse_other_person(request: HttpRequest) -> HttpResponse:
    """Refuse a form if another user has signed in since its page was opened."""
    is_stored = unsent_forms.store(request, at=clock.now())
    if json_requests.is_json_request(request):
        return json_requests.json_response(403)
    outcome = (
        "We have kept what was typed for the person who opened it."
        if is_stored
        else NOT_KEPT_MESSAGE
    )
    raise NotAllowed(
        f"Somebody else has signed in here since this page was opened. {outcome}"
    )


def _redirect_after(request: HttpRequest, address: str, message: str) -> HttpResponse:
    if message:
        messages.success(request, message)
    return redirect(address)
