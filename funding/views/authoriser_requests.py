"""The page on which a colleague asks the authorisers of a grant’s holder to act."""

from collections.abc import Mapping
from functools import cached_property

from funding import policies
from funding.domain import authoriser_requests
from funding.forms.authoriser_request import AskAuthoriserForm
from funding.models import Award
from funding.views.grants import GRANT_HOLDER
from innovation.core import clock
from innovation.core.errors import NotAllowed, TooLate
from innovation.web import pages


class AskAuthoriser(pages.StepPage[Award, AskAuthoriserForm]):
    """For users who edit the organisation’s cases but may not sign for it."""

    policy = GRANT_HOLDER
    scope = policies.own_awards
    object_page = "funding:grant"
    title = "Ask an authoriser to act"
    form_class = AskAuthoriserForm
    submit_label = "Ask them"
    success_message = "We have asked your authorisers to act"
    step = authoriser_requests.request_act

    def check(self) -> None:
        if not policies.may_write_for(self.user, self.object):
            raise NotAllowed("You can read this grant but not act on it.")
        if not self.acts:
            raise TooLate(
                "Your organisation has nothing to do for this grant at the moment."
            )

    def form_options(self) -> dict[str, object]:
        return {"acts": self.acts}

    @cached_property
    def acts(self) -> Mapping[str, str]:
        today = clock.london_day(clock.now())
        return authoriser_requests.possible_acts(self.object, today)
