"""Downloads of documents. The service never shows their contents in a page."""

from django.http import FileResponse, HttpRequest, HttpResponseBase

from innovation.accounts.page_access import SIGNED_IN
from innovation.core import outages
from innovation.core.errors import TooLate
from innovation.documents import policies, serving
from innovation.documents.models import Document
from innovation.documents.validators.kinds import MEDIA_TYPES
from innovation.web import pages

HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; sandbox"
    ),
    "X-Content-Type-Options": "nosniff",
}


class Download(pages.DetailPage[Document]):
    policy = SIGNED_IN
    scope = staticmethod(policies.documents_for)

    def check(self) -> None:
        if not serving.may_be_served(self.object.state):
            raise TooLate(self.object.state_wording.sentence)

    def get(self, request: HttpRequest, **kwargs: object) -> HttpResponseBase:
        file = self.object.file.open("rb")
        if file.size != self.object.size:
            # Cut short on the disk, or put back from half a copy.
            file.close()
            raise outages.storage_outage()
        return FileResponse(
            file,
            as_attachment=True,
            filename=self.object.name,
            content_type=MEDIA_TYPES[self.object.kind],
            headers=HEADERS,
        )
