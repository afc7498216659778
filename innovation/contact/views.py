"""How to reach the team, and feedback on the service."""

from collections.abc import Mapping
from typing import Never

from django.conf import settings
from django.db.models import QuerySet

from innovation.accounts.page_access import EVERYBODY, permission_required
from innovation.accounts.roles import Permission
from innovation.contact import page_patterns, service_feedback
from innovation.contact.forms import ServiceFeedbackFilter, ServiceFeedbackForm
from innovation.contact.models import ServiceFeedback
from innovation.core import clock, limits
from innovation.web import pages, rate_limits

READ_FEEDBACK = permission_required(Permission.READ_FEEDBACK)


class ContactPage(pages.Page):
    """A public page that says how to reach the team."""

    policy = EVERYBODY
    shared = True

    def context(self) -> dict[str, object]:
        return {
            "contact": settings.CONTACT_EMAIL,
            "phone": settings.CONTACT_PHONE,
            "hours": settings.CONTACT_HOURS,
        }


class Help(ContactPage):
    template_name = "contact/help.html"
    title = "Help and contact"
    description = (
        "How to contact the team behind the Children’s Social Care Innovation "
        "Programme, and answers about accounts, applications and deadlines."
    )


class GiveFeedback(pages.FormPage[Never, ServiceFeedbackForm]):
    policy = EVERYBODY
    template_name = "contact/give_feedback.html"
    title = "Give feedback on this service"
    form_class = ServiceFeedbackForm
    submit_label = "Send feedback"

    def initial(self) -> Mapping[str, object]:
        return {"page": page_patterns.referring_page(self.request)}

    def perform(self, form: ServiceFeedbackForm) -> pages.Destination:
        rate_limits.require_within_limit(
            self.request,
            "feedback forms",
            limit=limits.SERVICE_FEEDBACK_A_SENDER,
            window=limits.SERVICE_FEEDBACK_WINDOW,
        )
        service_feedback.give(
            text=form.cleaned_data["text"],
            email=form.cleaned_data["email"],
            page=page_patterns.page_pattern(form.cleaned_data["page"]),
            at=clock.now(),
        )
        return "contact:sent"


class FeedbackSent(pages.Page):
    policy = EVERYBODY
    template_name = "contact/feedback_sent.html"
    title = "Thank you for your feedback"


class ReceivedFeedback(pages.ListPage[ServiceFeedback]):
    policy = READ_FEEDBACK
    scope = staticmethod(service_feedback.feedback_for)
    ordering = ("-sent_at", "-id")
    filter_form = ServiceFeedbackFilter
    template_name = "contact/received_feedback.html"
    title = "Feedback on the service"

    def narrow(
        self, rows: QuerySet[ServiceFeedback], filter_values: dict[str, object]
    ) -> QuerySet[ServiceFeedback]:
        state = filter_values.get("state")
        if state == "all":
            return rows
        return rows.filter(settled_at__isnull=state != "settled")


class SettleFeedback(pages.ActionPage[ServiceFeedback]):
    policy = READ_FEEDBACK
    scope = staticmethod(service_feedback.feedback_for)
    back = "contact:received"
    template_name = "contact/settle_feedback.html"
    title = "Mark this feedback as dealt with"
    submit_label = "Mark as dealt with"
    success_message = "The feedback was marked as dealt with"
    step = service_feedback.settle
