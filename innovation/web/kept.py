"""What somebody sent after their session had ended is kept until they sign in again.

Each form says in a signed field who opened it, because at that moment nothing else
does. Whoever holds such a page can leave something for that person and can read
nothing: it comes back in the form, unsent, to that person alone.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict

from innovation.core.models import KeptPost
from innovation.web import once

FIELD = "writer"
OPEN_AT_MOST = timedelta(days=7)
IGNORE = {"kept": "no"}
"""In the address: show what is saved, and not what was kept."""
_OURS = {FIELD, "csrfmiddlewaretoken"}
_SIGNER = signing.TimestampSigner(salt="innovation.web.kept")


def mark(user: Any) -> str:
    """What a form carries to say who opened it; empty where nobody is signed in."""
    return _SIGNER.sign(user.key) if user.is_authenticated else ""


def writer(request: HttpRequest) -> str:
    """The key of whoever opened the page this was sent from; empty if unknown."""
    try:
        return _SIGNER.unsign(request.POST.get(FIELD, ""), max_age=OPEN_AT_MOST)
    except signing.BadSignature:
        return ""


def keep(request: HttpRequest, *, at: datetime) -> bool:
    """Whether it could be: only if the page says who opened it. A page that says it
    is `idle` brings nothing new.
    """
    person = writer(request)
    if not person or "idle" in request.POST:
        return False
    fields = {
        name.replace("\x00", ""): [text.replace("\x00", "") for text in texts]
        for name, texts in request.POST.lists()
        if name not in _OURS
    }
    KeptPost.objects.update_or_create(
        person=person,
        path=request.path[:500],
        page=page(request),
        defaults={"fields": fields, "at": at},
    )
    return True


def newest(request: HttpRequest) -> KeptPost | None:
    """What the reader left at this address, unless they asked for what is saved."""
    user: Any = request.user
    if not user.is_authenticated or request.GET.get("kept") == IGNORE["kept"]:
        return None
    rows = KeptPost.objects.filter(person=user.key, path=request.path[:500])
    return rows.order_by("-at").first()


def forget(request: HttpRequest) -> None:
    """Once its page was sent after all; or all of it, where it was not wanted."""
    user: Any = request.user
    if not user.is_authenticated:
        return
    rows = KeptPost.objects.filter(person=user.key, path=request.path[:500])
    if request.GET.get("kept") != IGNORE["kept"]:
        rows = rows.filter(page=page(request))
    rows.delete()


def page(request: HttpRequest) -> str:
    """What tells the page this was sent from apart from others."""
    return request.POST.get(once.FIELD, "").replace("\x00", "")[:64]


def data(post: KeptPost) -> QueryDict:
    """As a form takes it."""
    found = QueryDict(mutable=True)
    for name, texts in post.fields.items():
        found.setlist(name, texts)
    return found
