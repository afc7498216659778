"""What the seven pages of `innovation.web.pages` have in common: who may open one, what
it is about, and where a refusal leads.
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
    errors,
    idempotency,
    json_requests,
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
"""What a page is about."""


class Page(View, Generic[T]):
    """Shows something; changes nothing. `Page[Bid]` is about a bid."""

    policy: ClassVar[Policy]
    template_name: ClassVar[str]
    title: ClassVar[str] = ""
    scope: ClassVar[Any] = None
    """From a user to the rows they may know of, or nothing."""
    lookup: ClassVar[str] = "key"
    scope_depends_on_day: ClassVar[bool] = False
    """Then its query is written anew each time, and not kept by `statements`."""
    reader: Any = None
    """Whoever reads in place of the request's user: see `_find_object`."""
    object: T = cast("T", None)
    """What the page is about, once `dispatch` has found it."""
    back: ClassVar[str] = ""
    """The name of the address that the back link leads to, such as a list's."""
    object_page: ClassVar[str] = ""
    """The name of the address of the object's own page, which takes its key: the back
    link of a page that does something with the object leads there.
    """
    timeouts: ClassVar[Timeouts | None] = None
    """How long the database may take, where that of a page will not do."""
    http_method_names = ["get", "head", "options"]

    def dispatch(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """A second sending, perhaps by a double click, goes where the first one led:
        what that did is often why the page would refuse now, whenever it was done.
        """
        if earlier := idempotency.earlier_address(request):
            return redirect(earlier)
        try:
            return self.answer(request, *args, **kwargs)
        except (DomainError, Http404) as error:
            if earlier := idempotency.earlier_address(request):
                return redirect(earlier)
            if isinstance(error, DomainError) and not isinstance(error, Unavailable):
                return self.refuse(error)
            raise

    def refuse(self, error: DomainError) -> HttpResponse:
        """The error's page, with the way back to what this page is about."""
        named = self.subject
        # A way back of its own may need what `check` never came to find.
        lost = self.object is None or (named is not None and named.href)
        back = "" if lost else self.back_url()
        return errors.domain_error(self.request, error, named, back)

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
        """A lock is held or something is away: see `errors.outage_page`."""
        raise outage

    def get_object(self) -> T:
        """The object the address names; a 404 outside its reader's scope."""
        value = self.kwargs[self.lookup]
        if "\x00" in value:
            # The database has no text with this character, and fails when asked.
            raise Http404
        if self.scope_depends_on_day:
            found = next(iter(_find_object(type(self), self.user, value)), None)
        else:
            shape = (type(self),)
            found = statements.first(_find_object, self.user, value, variant=shape)
        if found is None:
            raise Http404
        return found

    def rows_in_scope(self) -> QuerySet[T]:
        """The rows this reader may know of."""
        scope = type(self).scope
        assert scope is not None, f"{type(self).__name__} has no scope"
        rows: QuerySet[T] = scope(self.user)
        return rows

    def check(self) -> None:
        """Raise `NotAllowed` or `TooLate` where the page must not even be shown."""

    @property
    def user(self) -> Any:
        """Whoever asks: a person of the service, or nobody."""
        return self.request.user if self.reader is None else self.reader

    @property
    def arrived_at(self) -> datetime:
        """When the request reached the server, to the microsecond."""
        moment: datetime = getattr(self.request, "arrived_at", None) or clock.now()
        return moment

    def page_title(self) -> str:
        return self.title

    @property
    def subject(self) -> Subject | None:
        """What the page is about, named above it; see `innovation.web.subjects`."""
        return subjects.subject_of(self.object, self.user)

    def back_url(self) -> str:
        """The address of the back link; empty for none."""
        if self.object_page:
            return self.object_url()
        return reverse(self.back) if self.back else ""

    def object_url(self) -> str:
        """The object's own page, where its readers of this page read it."""
        return reverse(self.object_page, args=[getattr(self.object, self.lookup)])

    def get_template_name(self) -> str:
        return self.template_name

    def context(self) -> dict[str, Any]:
        """What the template reads besides `title`, `back_url`, `page` and `object`."""
        return {}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        return self.show()

    def show(self, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "page": self,
            "title": self.page_title(),
            "back_url": self.back_url(),
            "object": self.object,
            "subject": self.subject,
            **self.context(),
            **more,
        }
        return render(self.request, self.get_template_name(), context, status=status)


def _find_object(page: type[Page[T]], reader: Any, value: str) -> QuerySet[T]:
    """For `statements`: what a page is about, by what the address says."""
    made = page()
    made.reader = reader
    return made.rows_in_scope().filter(**{page.lookup: value})[:1]


def redirect_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back again; what was sent is kept meanwhile."""
    address = redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    sent = request.method == "POST"
    safe = sent and unsent_forms.store(request, at=clock.now())
    if json_requests.is_json_request(request):
        return json_requests.json_response(401, sign_in=address.url, kept=safe)
    if safe:
        messages.info(
            request, "You were signed out. Sign in again: we have kept what you typed."
        )
    elif sent:
        messages.warning(request, f"You were signed out. {NOT_KEPT_MESSAGE}")
    return address
