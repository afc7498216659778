"""What somebody sent after their session had ended is kept until they sign in again.

Each form says in a signed field who opened it, because at that moment nothing else
does. Whoever holds such a page can leave something for that person and can read
nothing: it comes back in the form, unsent, to that person alone.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import transaction
from django.db.models import Count, Sum
from django.http import HttpRequest, QueryDict

from innovation.core import limits, quotas
from innovation.core.models import KeptPost
from innovation.core.nulls import without_nulls
from innovation.web import idempotency, rate_limits

FIELD = "writer"
MAX_PAGE_AGE = timedelta(days=7)
IGNORE_QUERY = {"kept": "no"}
"""In the address: show what is saved, and not what was kept."""
_INTERNAL_FIELDS = {FIELD, "csrfmiddlewaretoken"}
_SIGNER = signing.TimestampSigner(salt="innovation.web.unsent_forms")


def writer_token(request: HttpRequest) -> str:
    """What a form carries to say who opened it; empty where nobody is signed in."""
    user = request.user
    return _SIGNER.sign(user.key) if user.is_authenticated else ""


def writer_key(request: HttpRequest) -> str:
    """The key of whoever opened the page this was sent from; empty if unknown."""
    try:
        return _SIGNER.unsign(request.POST.get(FIELD, ""), max_age=MAX_PAGE_AGE)
    except signing.BadSignature:
        return ""


def store(request: HttpRequest, *, at: datetime) -> bool:
    """Whether it could be: only if the page says who opened it, and neither they nor
    the sender's address have left too much. A page that says it is `idle` brings
    nothing new.
    """
    person = writer_key(request)
    if not person or is_idle(request):
        return False
    where: dict[str, Any] = {
        "person": person,
        "path": _path(request),
        "page": page_token(request),
    }
    fields = _fields(request)
    size = len(json.dumps(fields))
    with transaction.atomic():
        # The count of the person comes last: it holds back what else is kept for them.
        if not (
            _count_within_limit(
                rate_limits.client_address(request), limits.UNSENT_FORMS_AN_ADDRESS, at
            )
            and _count_within_limit(person, limits.UNSENT_FORMS_A_PERSON, at)
            and _has_room(where, size)
        ):
            return False
        KeptPost.objects.update_or_create(
            **where, defaults={"fields": fields, "size": size, "at": at}
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


def _count_within_limit(who: str, most: int, at: datetime) -> bool:
    return quotas.try_consume(
        "forms kept", who, most=most, window=limits.UNSENT_WINDOW, at=at
    )


def _has_room(where: Mapping[str, str], size: int) -> bool:
    """For one more of this size, in place of the one from the same page."""
    if size > limits.JSON_CEILING:
        return False
    others = KeptPost.objects.exclude(**where)
    all_of = others.aggregate(size=Sum("size", default=0))
    own = others.filter(person=where["person"]).aggregate(
        size=Sum("size", default=0), rows=Count("pk")
    )
    return bool(
        own["rows"] < limits.UNSENT_FORMS_OF_PERSON
        and own["size"] + size <= limits.UNSENT_BYTES_OF_PERSON
        and all_of["size"] + size <= limits.UNSENT_BYTES
    )


def latest(request: HttpRequest) -> KeptPost | None:
    """What the reader left at this address, unless they asked for what is saved."""
    user = request.user
    if not user.is_authenticated or request.GET.get("kept") == IGNORE_QUERY["kept"]:
        return None
    rows = KeptPost.objects.filter(person=user.key, path=_path(request))
    return rows.order_by("-at").first()


def delete(request: HttpRequest) -> None:
    """Once its page was sent after all; or all of it, where it was not wanted."""
    user = request.user
    if not user.is_authenticated:
        return
    rows = KeptPost.objects.filter(person=user.key, path=_path(request))
    if request.GET.get("kept") != IGNORE_QUERY["kept"]:
        rows = rows.filter(page=page_token(request))
    rows.delete()


def _path(request: HttpRequest) -> str:
    return request.path[: limits.ADDRESS]


def page_token(request: HttpRequest) -> str:
    """What tells the page this was sent from apart from others."""
    return without_nulls(request.POST.get(idempotency.FIELD, ""))[:64]


def form_data(post: KeptPost) -> QueryDict:
    """As a form takes it."""
    found = QueryDict(mutable=True)
    for name, texts in post.fields.items():
        found.setlist(name, texts)
    return found
