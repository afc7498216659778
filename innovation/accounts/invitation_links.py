"""The link in the letter of an invitation.

Its holder has read the mail of the invited address, so that accepting by it confirms
the address. It works as long as the invitation is open.
"""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from innovation.accounts.models import Invitation

_SIGNER = signing.Signer(sep=".", salt="innovation.accounts.invitation_links")


def link_of(invitation: Invitation) -> str:
    path = reverse("accounts:invited", args=[_SIGNER.sign(invitation.key)])
    return f"{settings.BASE_URL}{path}"


def invitation_of(signed_key: str) -> Invitation | None:
    """The invitation of a link, open or not; `None` if nobody was sent this link."""
    try:
        key = _SIGNER.unsign(signed_key)
    except signing.BadSignature:
        return None
    invitations = Invitation.objects.select_related("organisation", "invited_by")
    return invitations.filter(key=key).first()
