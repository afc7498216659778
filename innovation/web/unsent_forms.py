"""Stores a form that was sent after the session had ended, until its writer signs in.

Each form says in a signed field who opened it, because the session no longer does.
Somebody else with that page can leave a form for that person, but read nothing: only
that person sees it again, in the form and not yet sent.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import connection, transaction
from django.db.models import Count, QuerySet, Sum
from django.http import HttpRequest, QueryDict

from innovation.core import limits, quotas, statements
from innovation.core.models import UnsentForm
from innovation.core.nulls import without_nulls
from innovation.web import idempotency, rate_limits

FIELD = "writer"
MAX_PAGE_AGE = timedelta(days=7)
IGNORE_QUERY = {"kept": "no"}
"""The query string that shows the saved values in place of the unsent form."""
_DELETE = """
    DELETE FROM core_unsentform
    WHERE person = %s AND path = %s AND (%s OR page = %s)
"""
_INTERNAL_FIELDS = {FIELD, "csrfmiddlewaretoken"}
_SIGNER = signing.TimestampSigner(salt="innovation.web.unsent_forms")


def writer_token(request: HttpRequest) -> str:
    """The signed key of the user, for each form; empty if nobody is signed in."""
    user = request.user
    return _SIGNER.sign(user.key) if user.is_authenticated else ""


def writer_key(request: HttpRequest) -> str:
    """The key of the user who opened the page; empty if unknown."""
    try:
        return _SIGNER.unsign(request.POST.get(FIELD, ""), max_age=MAX_PAGE_AGE)
    except signing.BadSignature:
        return ""


def store(request: HttpRequest, *, at: datetime) -> bool:
    """Store the form, and return whether it was stored. It is not if the page does not
    say who opened it, if that person or the sender's address has stored too much, or if
    the page says that it is `idle`.
    """
    person = writer_key(request)
    if not person or is_idle(request):
        return False
    lookup: dict[str, Any] = {
        "person": person,
        "path": _path(request),
        "page": page_token(request),
    }
    fields = _fields(request)
    size = len(json.dumps(fields))
    with transaction.atomic():
        # The person's count comes last: its lock makes their other requests wait.
        if not (
            _count_within_limit(
                rate_limits.client_address(request), limits.UNSENT_FORMS_AN_ADDRESS, at
            )
            and _count_within_limit(person, limits.UNSENT_FORMS_A_PERSON, at)
            and _has_room(lookup, size)
        ):
            return False
        UnsentForm.objects.update_or_create(
            **lookup, defaults={"fields": fields, "size": size, "at": at}
        )
    return True


def is_idle(request: HttpRequest) -> bool:
    return "idle" in request.POST


def _fields(request: HttpRequest) -> dict[str, list[str]]:
    return {
        without_nulls(name): [without_nulls(text) for text in texts]
        for name, texts in request.POST.lists()
        if name not in _INTERNAL_FIELDS
    }


def _count_within_limit(person: str, limit: int, at: datetime) -> bool:
    return quotas.try_consume(
        "forms kept", person, limit=limit, window=limits.UNSENT_WINDOW, at=at
    )


def _has_room(lookup: Mapping[str, str], size: int) -> bool:
    """For another form of this size, which replaces the one from the same page."""
    if size > limits.JSON_CEILING:
        return False
    other_forms = UnsentForm.objects.exclude(**lookup)
    all_of = other_forms.aggregate(size=Sum("size", default=0))
    own = other_forms.filter(person=lookup["person"]).aggregate(
        size=Sum("size", default=0), rows=Count("pk")
    )
    return bool(
        own["rows"] < limits.UNSENT_FORMS_OF_PERSON
        and own["size"] + size <= limits.UNSENT_BYTES_OF_PERSON
        and all_of["size"] + size <= limits.UNSENT_BYTES
    )


def latest(request: HttpRequest) -> UnsentForm | None:
    """The user's latest unsent form at this address, unless they asked for the saved
    values.
    """
    user = request.user
    if not user.is_authenticated or request.GET.get("kept") == IGNORE_QUERY["kept"]:
        return None
    return statements.first(_latest_at, user.key, _path(request))


def _latest_at(person: str, path: str) -> QuerySet[UnsentForm]:
    rows = UnsentForm.objects.filter(person=person, path=path)
    return rows.order_by("-at", "-pk")[:1]


def delete(request: HttpRequest) -> None:
    """Delete the form of this page, because it has been sent; or all forms at this
    address, if the user asked for the saved values.
    """
    user = request.user
    if not user.is_authenticated:
        return
    of_every_page = request.GET.get("kept") == IGNORE_QUERY["kept"]
    with connection.cursor() as cursor:
        cursor.execute(
            _DELETE,
            [user.key, _path(request), of_every_page, page_token(request)],
        )


def _path(request: HttpRequest) -> str:
    return request.path[: limits.ADDRESS]


def page_token(request: HttpRequest) -> str:
    """Identifies the open page that the form was sent from."""
    return without_nulls(request.POST.get(idempotency.FIELD, ""))[:64]


def form_data(post: UnsentForm) -> QueryDict:
    """The stored fields, as data for a form."""
    data = QueryDict(mutable=True)
    for name, texts in post.fields.items():
        data.setlist(name, texts)
    return data
