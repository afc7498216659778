from django.apps import AppConfig


class BidsConfig(AppConfig):
    name = "bids"

    def ready(self) -> None:
        from bids import constraints, hiding, policies, wording
        from innovation.documents.policies import reach
        from innovation.notifications import letters

        constraints.register()
        letters.withhold(hiding.people_kept_from)
        reach(policies.documents_for)
        wording.register()
