"""Pages of the demonstration's postbox, and of the outbox for administrators."""

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from innovation.accounts.page_access import SIGNED_IN, permission_required
from innovation.accounts.permissions import Visitor, has_permission
from innovation.accounts.roles import Permission
from innovation.notifications import letters
from innovation.notifications.forms import OutboxFilter
from innovation.notifications.models import NEEDS_ATTENTION, Letter, PostedLetter
from innovation.web import pages

SYSTEM_HEALTH = permission_required(Permission.READ_SYSTEM_HEALTH)


def posted_letters_for(user: Visitor) -> QuerySet[PostedLetter]:
    """Only the user's own letters: they contain links to new passwords."""
    if not user.is_authenticated:
        return PostedLetter.objects.none()
    return PostedLetter.objects.filter(address=user.email)


class Postbox(pages.ListPage[PostedLetter]):
    policy = SIGNED_IN
    scope = staticmethod(posted_letters_for)
    ordering = ("-posted_at", "-id")
    template_name = "notifications/postbox.html"
    title = "Letters"

    def check(self) -> None:
        if not settings.DEMONSTRATION:
            raise Http404


class PostedLetterPage(pages.DetailPage[PostedLetter]):
    policy = SIGNED_IN
    lookup = "reference"
    scope = staticmethod(posted_letters_for)
    back = "notifications:postbox"
    template_name = "notifications/posted.html"

    def check(self) -> None:
        if not settings.DEMONSTRATION:
            raise Http404

    def get_object(self) -> PostedLetter:
        """The first one, if the postbox has a letter twice."""
        letter = self.rows_in_scope().filter(reference=self.kwargs["reference"]).first()
        if letter is None:
            raise Http404
        return letter

    def page_title(self) -> str:
        return str(self.object.title)


class PostedFile(PostedLetterPage):
    """The file that came with a letter, to be opened by a calendar."""

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponse:
        if not self.object.files:
            raise Http404
        name, content_type, text = self.object.files[0]
        disposition = content_disposition_header(as_attachment=True, filename=name)
        return HttpResponse(
            text,
            content_type=f"{content_type}; charset=utf-8",
            headers={"Content-Disposition": str(disposition)},
        )


def outbox_for(user: Visitor) -> QuerySet[Letter]:
    if not has_permission(user, Permission.READ_SYSTEM_HEALTH):
        return Letter.objects.none()
    return Letter.objects.select_related("chain").defer("text", "facts")


class Outbox(pages.ListPage[Letter]):
    """The states of all letters, without their text, which is about cases."""

    policy = SYSTEM_HEALTH
    scope = staticmethod(outbox_for)
    ordering = ("-put_at", "-id")
    filter_form = OutboxFilter
    template_name = "notifications/outbox.html"
    title = "Letters being sent"

    def narrow(
        self, rows: QuerySet[Letter], filter_values: dict[str, object]
    ) -> QuerySet[Letter]:
        state = filter_values.get("state")
        if state == "troubled":
            return rows.filter(state__in=NEEDS_ATTENTION)
        return rows.filter(state=state) if state else rows


class SendAgain(pages.ActionPage[Letter]):
    policy = SYSTEM_HEALTH
    scope = staticmethod(outbox_for)
    back = "notifications:outbox"
    template_name = "notifications/send_again.html"
    title = "Send this letter again"
    submit_label = "Send it again"
    success_message = "The letter will be sent again"
    step = letters.send_again
