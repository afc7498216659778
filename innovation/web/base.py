"""The base of the page classes in `innovation.web.pages`: the policy, the object and
the handling of errors.
"""

from datetime import datetime
from typing import Any, ClassVar, Generic, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views import View
from typing_extensions import TypeVar

from innovation.core import clock, outages, statements
from innovation.core.access import Policy
from innovation.core.errors import DomainError, NotAllowed, Unavailable
from innovation.core.timeouts import Timeouts, use_timeouts
from innovation.web import (
    arrival,
    errors,
    idempotency,
    json_requests,
    metadata,
    sessions,
    subjects,
    unsent_forms,
)
from innovation.web.subjects import Subject

NOT_KEPT_MESSAGE = (
    "Nothing was sent, and we could not keep what you typed. Go back in your browser "
    "to copy it."
)


T = TypeVar("T", bound=Model, default=Any)
"""The model of the page's object."""


class Page(View, Generic[T]):
    """Shows something; changes nothing. `Page[Bid]` is about a bid."""

    policy: ClassVar[Policy]
    template_name: ClassVar[str]
    title: ClassVar[str] = ""
    description: ClassVar[str] = ""
    """What search engines say about a page that is `shared`, in a sentence or two."""
    scope: ClassVar[Any] = None
    """A function from a user to the rows that they may know of."""
    lookup: ClassVar[str] = "key"
    scope_depends_on_day: ClassVar[bool] = False
    """Whether the query of the scope changes with the day, so that `statements` must
    not keep it.
    """
    shared: ClassVar[bool] = False
    """Whether the page is the same for everybody who has not signed in, so that proxies
    may keep it: see `caching`. Not for a page with a form that is sent.
    """
    reader: Any = None
    """The user of a page that has no request: see `_find_object`."""
    object: T = cast("T", None)
    """The page's object, set by `dispatch`."""
    back: ClassVar[str] = ""
    """The URL name for the back link, such as a list's."""
    object_page: ClassVar[str] = ""
    """The URL name of the object's own page, which takes its key. The back links of
    other pages about the object lead there.
    """
    timeouts: ClassVar[Timeouts | None] = None
    """Database timeouts, if the usual ones of a page are too short."""
    http_method_names = ["get", "head", "options"]

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """If the form was already sent, for example by a double click, redirect to
        where the first one led: what it did is often why this one is refused.
        """
        if earlier_url := idempotency.earlier_address(request):
            return redirect(earlier_url)
        try:
            return self.answer(request, *args, **kwargs)
        except (DomainError, Http404) as error:
            if earlier_url := idempotency.earlier_address(request):
                return redirect(earlier_url)
            if isinstance(error, DomainError) and not isinstance(error, Unavailable):
                return self.refuse(error)
            raise

    def refuse(self, error: DomainError) -> HttpResponse:
        """The error page, with a link back to the object of this page."""
        subject = self.subject
        # Without an object `back_url` may fail; a subject has a link of its own.
        has_back = self.object is not None and not (subject and subject.href)
        back = self.back_url() if has_back else ""
        return errors.domain_error(self.request, error, subject, back)

    def answer(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if not self.policy.allows(self.user):
            sessions.require_session(request)
            if not self.user.is_authenticated:
                return redirect_to_sign_in(request)
            raise NotAllowed(self.policy.refusal)
        if self.lookup in kwargs and self.scope is not None:
            sessions.require_session(request)
            self.object = self.get_object()
        self.check()
        try:
            with use_timeouts(self.timeouts):
                return super().dispatch(request, *args, **kwargs)
        except outages.ERROR_TYPES as error:
            outage = outages.explain(error)
            if outage is None:
                raise
            return self.show_outage(outage)

    def show_outage(self, outage: Unavailable) -> HttpResponse:
        """The page for an outage: see `errors.outage_page`."""
        raise outage

    def get_object(self) -> T:
        """The object that the address names; a 404 outside the user's scope."""
        value = self.kwargs[self.lookup]
        if "\x00" in value:
            # A query with this character would fail: PostgreSQL cannot store it.
            raise Http404
        if self.scope_depends_on_day:
            row = next(iter(_find_object(type(self), self.user, value)), None)
        else:
            variant = (type(self),)
            row = statements.first(_find_object, self.user, value, variant=variant)
        if row is None:
            raise Http404
        return row

    def rows_in_scope(self) -> QuerySet[T]:
        """The rows that this user may know of."""
        scope = type(self).scope
        assert scope is not None, f"{type(self).__name__} has no scope"
        rows: QuerySet[T] = scope(self.user)
        return rows

    def check(self) -> None:
        """Raise `NotAllowed` or `TooLate` if the page must not be shown."""

    @property
    def user(self) -> Any:
        """The user who opens the page; anonymous if they are not signed in."""
        return self.request.user if self.reader is None else self.reader

    @property
    def arrived_at(self) -> datetime:
        """When the request reached the server, to the microsecond."""
        return arrival.arrived_at(self.request)

    def page_title(self) -> str:
        return self.title

    def page_description(self) -> str:
        return self.description

    @property
    def metadata(self) -> metadata.Metadata | None:
        """What a public page says of itself; `None` for all others."""
        if not self.shared:
            return None
        return metadata.page_metadata(self.request.path, self.page_description())

    @property
    def subject(self) -> Subject | None:
        """The object as named above the heading: see `innovation.web.subjects`."""
        return subjects.subject_of(self.object, self.user)

    def back_url(self) -> str:
        """The address of the back link; empty for none."""
        if self.object_page:
            return self.object_url()
        return reverse(self.back) if self.back else ""

    def object_url(self) -> str:
        """The address of the object's own page."""
        return reverse(self.object_page, args=[getattr(self.object, self.lookup)])

    def get_template_name(self) -> str:
        return self.template_name

    def context(self) -> dict[str, Any]:
        """Template variables besides `title`, `back_url`, `page` and `object`."""
        return {}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        """A subclass can also stream a file, which is no `HttpResponse`."""
        return self.show()

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        """The page; `more` are further template variables."""
        context = {
            "page": self,
            "title": self.page_title(),
            "back_url": self.back_url(),
            "object": self.object,
            "subject": self.subject,
            "metadata": self.metadata if status == 200 else None,
            **self.context(),
            **more,
        }
        return render(self.request, self.get_template_name(), context, status=status)


def _find_object(page: type[Page[T]], reader: Any, value: str) -> QuerySet[T]:
    """The query for the object of a page, built without a request for `statements`."""
    view = page()
    view.reader = reader
    return view.rows_in_scope().filter(**{page.lookup: value})[:1]


def redirect_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Redirect to the sign-in page and then back. A form that was sent is stored."""
    response = redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    is_post = request.method == "POST"
    is_stored = is_post and unsent_forms.store(request, at=clock.now())
    if json_requests.is_json_request(request):
        return json_requests.json_response(401, sign_in=response.url, kept=is_stored)
    if is_stored:
        messages.info(
            request, "You were signed out. Sign in again: we have kept what you typed."
        )
    elif is_post:
        messages.warning(request, f"You were signed out. {NOT_KEPT_MESSAGE}")
    return response
