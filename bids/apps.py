from django.apps import AppConfig


class BidsConfig(AppConfig):
    name = "bids"

    def ready(self) -> None:
        from bids import conflicts, constraints, evidence, policies, subjects, wording
        from bids.domain import copies
        from innovation.documents.policies import reach
        from innovation.notifications import letters, rendering

        constraints.register()
        evidence.register()
        letters.withhold(conflicts.people_kept_from)
        rendering.read_when_worded("expression_received", copies.of_expression)
        rendering.read_when_worded("bid_received", copies.of_bid)
        reach(policies.documents_for)
        wording.register()
        subjects.register()
