from django.apps import AppConfig


class BidsConfig(AppConfig):
    name = "bids"

    def ready(self) -> None:
        from bids import constraints, wording

        constraints.register()
        wording.register()
