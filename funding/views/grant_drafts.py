"""The base of the pages of a claim and a report: written by the holder’s people, saved
as a draft, and sent by an authoriser.
"""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import ClassVar, TypedDict, TypeVar

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile

from funding import policies
from funding.domain import grant_drafts, grant_files
from funding.domain.queries import grant_files as grant_file_queries
from funding.domain.queries import grants
from funding.forms.grant_draft import GrantDraftForm
from funding.models import GrantDraft, GrantFile, MonitoringReport, Payment
from funding.views.grants import GRANT_HOLDER, grant_url
from innovation.accounts.policies import names_of_authorisers
from innovation.core import clock, limits
from innovation.core.errors import NotAllowed
from innovation.web import pages

S = TypeVar("S", bound=Payment | MonitoringReport)
F = TypeVar("F", bound=GrantDraftForm)


class ChangedFiles(TypedDict):
    files: "Sequence[UploadedFile[bytes]]"
    removed: Collection[str]


class GrantDraftPage(pages.EditPage[S, F]):
    policy = GRANT_HOLDER
    template_name = "funding/applicant/grant_draft.html"
    saved_message: ClassVar[str]
    draft: GrantDraft | None = None

    def check(self) -> None:
        if not policies.may_prepare(self.user, self.object.award):
            raise NotAllowed("You can read this grant but not act on it.")
        grant_drafts.require_open(self.object)

    def back_url(self) -> str:
        return grant_url(self.object.award)

    def saved_values(self) -> dict[str, object]:
        self.draft = grant_drafts.of_subject(self.object)
        return dict(self.draft.values) if self.draft else {}

    def lock(self) -> None:
        self.object = grant_drafts.lock(self.object, self.user)

    @cached_property
    def files(self) -> list[GrantFile]:
        return list(grant_files.draft_files(self.object))

    @cached_property
    def may_send(self) -> bool:
        """Whether the reader can send it now."""
        return policies.may_bind(self.user, self.object.award)

    def form_options(self) -> dict[str, object]:
        return {"files": self.files}

    def context(self) -> dict[str, object]:
        award = self.object.award
        return {
            "award": award,
            "facts": self.facts(),
            "paid": grants.paid_so_far(award),
            "spending": grants.last_spending(award),
            "files": grant_file_queries.listed(self.files),
            "claimable_from": None,
            "refusal_reason": "",
            "draft": self.draft,
            "may_send": self.may_send,
            "signers": [] if self.may_send else self.signers(),
            "max_files": limits.FILES_OF_QUESTION,
            "max_megabytes": settings.DOCUMENT_MOST_MEGABYTES,
        }

    def signers(self) -> list[str]:
        lead = self.object.award.lead
        return names_of_authorisers(lead) if lead else []

    def facts(self) -> list[tuple[str, object]]:
        """What the claim or the report is about, as labels and values."""
        return []

    def changed_files(self, form: F) -> ChangedFiles:
        return {
            "files": self.request.FILES.getlist(grant_files.FIELD),
            "removed": form.cleaned_data.get(grant_files.REMOVE_FIELD, []),
        }

    def save_draft(self, form: F) -> pages.Destination:
        grant_drafts.save(
            self.object,
            values=form.raw_input(),
            **self.changed_files(form),
            by=self.user,
            at=clock.now(),
        )
        messages.success(self.request, self.saved_message)
        return self.request.path
