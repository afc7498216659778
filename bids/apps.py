from django.apps import AppConfig


class BidsConfig(AppConfig):
    name = "bids"

    def ready(self) -> None:
        from bids import constraints, hiding, wording
        from innovation.notifications import letters

        constraints.register()
        letters.withhold(hiding.people_kept_from)
        wording.register()
